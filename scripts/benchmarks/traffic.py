"""Ingest from Parquet against one hand-written query over the same file.

The query reads signature and category by a regular expression each and counts by day, port, submitter, signature and
category. `base facts` is validation, reading and base facts; `everything` is what `traffic ingest` does, from the
file's hash to the commit: doubles, parts, side facts, samples, tags.
"""

import json
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click
import duckdb
from flask import Flask

from registry.app import create_app
from registry.kernel.actor import SYSTEM
from registry.settings import Settings
from registry.store.embedded import EmbeddedPostgres
from registry.store.upgrade import upgrade
from registry.traffic import reading, service
from registry.traffic.columns import missing_bits
from registry.traffic.opening import opened
from registry.traffic.refining import Refinery, engine

TEXTS = (
    "【{s}】您的验证码是{d}，5分钟内有效，请勿泄露给他人，如非本人操作请忽略本短信。",
    "【{s}】验证码{d}，您正在登录，若非本人操作请忽略。",
    "【{s}】尊敬的客户，您的订单{d}已发货，快递单号{d}，请注意查收，如有疑问请联系客服。",
    "【{s}】您预约的服务已受理，编号{d}，工作人员将在两个工作日内与您联系，感谢您的支持。",
    "【{s}】双十一大促，全场满200减100，点击 t.cn/{d} 抢购，先到先得，拒收请回复R",
    "尊敬的客户，您尾号{d}的账户消费100元，余额{d}元，详询95588。【{s}】",
    "【{s}】您的贷款已逾期{d}天，请尽快还款，以免影响征信，详询4006{d}。",
    "【{s}】会员日来袭，新品上市全场5折起，地址中山路18号，电话010-57{d}，回T退订",
)
HAND = """SELECT count(*) FROM (
    SELECT (submitted_at + 28800000) // 86400000 AS day, port, submitter,
        regexp_extract(content, '【([^】]*)】', 1) AS signature,
        CASE WHEN regexp_matches(content, '验证码|校验码') THEN 1
             WHEN regexp_matches(content, '退订|拒收|优惠|促销') THEN 4 ELSE 2 END AS category, count(*) AS messages
    FROM read_parquet('{path}') GROUP BY ALL)"""
ROWS = """
    SELECT 1767225600000 + (n * 86400000 // {rows}) AS submitted_at, 'gateway-1' AS gateway,
        '10690' || lpad((a % 5000)::VARCHAR, 5, '0') AS port, 'S' || (a % 50) AS submitter,
        ['11', '31', '32', '33', '44', '51'][1 + c % 6] AS province, (13000000000 + c)::VARCHAR AS recipient,
        n::VARCHAR AS message_ref, 1 AS part_total, 1 AS part_number,
        replace(replace(list_extract([{texts}], 1 + (b % {kinds})::BIGINT), '{{s}}', '公司' || (a % 5000 % 2000)),
            '{{d}}', (100000 + c % 900000)::VARCHAR) AS content
    FROM (SELECT range AS n, (hash(range) % 1000 * (hash(range + 7) % 1000) // 200)::BIGINT AS a,
        (hash(range + 1) % 1000)::BIGINT AS b, (hash(range + 2) % 1000000000)::BIGINT AS c FROM range({rows}))"""
IN_PARTS = """
    SELECT * REPLACE (2 AS part_total, number AS part_number,
        CASE number WHEN 1 THEN left(content, 30) ELSE substr(content, 31) END AS content)
    FROM {rows}, range(1, 3) AS numbers(number) WHERE n % 20 = 0"""


def made(path: Path, messages: int) -> None:
    """Write so many messages as Parquet, one in twenty in two parts."""
    texts = ", ".join("'" + text + "'" for text in TEXTS)
    with duckdb.connect(config={"memory_limit": "1GB"}) as connection:
        rows = ROWS.format(rows=messages, texts=texts, kinds=len(TEXTS))
        pieces = "(SELECT *, submitted_at AS n FROM whole)"
        connection.execute(f"CREATE VIEW whole AS {rows}").fetchall()
        split = IN_PARTS.format(rows=pieces)
        short = f"SELECT * EXCLUDE (n) FROM {pieces} WHERE n % 20 <> 0"  # noqa: S608 - our own text
        split = f"SELECT * EXCLUDE (n, number) FROM ({split})"  # noqa: S608 - our own text
        connection.execute(f"COPY ({short} UNION ALL {split}) TO '{path}' (FORMAT parquet)").fetchall()


def cost(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock, and of all processors together: on a shared machine the second tells more."""
    start, spent = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - spent


def by_hand(path: Path) -> None:
    """The hand-written query."""
    with duckdb.connect() as connection:
        connection.execute(HAND.format(path=path)).fetchall()


def base_facts(path: Path, folder: Path) -> None:
    """Validation, reading, base facts."""
    with tempfile.TemporaryDirectory(dir=folder) as work, engine(Path(work)) as connection:
        file = opened(path, Path(work), connection)
        refinery = Refinery(connection, grace=15, extras=False)
        refinery.take(file, origin="bench", missing=missing_bits(set(file.types)), default_at=None, gateway="")
        refinery.count("bench", lambda _done, _rows: None)
        for day, _messages in refinery.days():
            refinery.write(reading.base_facts(day), Path(work) / "base.parquet")


def everything(app: Flask, path: Path) -> None:
    """What `traffic ingest` does."""
    with app.app_context():
        outcome = service.ingest(SYSTEM, [path])[0]
    if outcome.rejected or outcome.refused:
        raise click.ClickException(f"not taken in whole: {outcome}")


@click.command(help=__doc__)
@click.option("--messages", default=1_000_000, show_default=True)
def bench(messages: int) -> None:
    """Print seconds, messages a second and ratios as JSON."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "records.parquet"
        made(path, messages)
        by_hand(path)  # warm the file
        with EmbeddedPostgres(folder / "postgres") as server:
            app = create_app(settings_of(server.url, folder))
            with app.app_context():
                upgrade()
            took = {
                "by hand": min(cost(lambda: by_hand(path)) for _ in range(3)),
                "base facts": cost(lambda: base_facts(path, folder)),
                "everything": cost(lambda: everything(app, path)),
            }
    hand = took["by hand"]
    shown = {
        each: {
            "seconds": round(clock, 2),
            "messages/s": round(messages / clock),
            "ratio": round(hand[0] / clock, 2),
            "processor seconds": round(spent, 2),
            "processor ratio": round(hand[1] / spent, 2),
        }
        for each, (clock, spent) in took.items()
    }
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    click.echo(json.dumps({"messages": messages, **shown, "peak memory MiB": peak}, ensure_ascii=False, indent=1))


def settings_of(url: str, folder: Path) -> Settings:
    """Settings of a registry that lives as long as the run."""
    key = bytes(32)
    return Settings(
        database_url=url.replace("postgresql://", "postgresql+psycopg://"),
        data=folder / "data",
        port=8000,
        secret_key="bench",  # noqa: S106 - nobody logs in
        encryption_key=key,
        hashing_key=key,
        secure_cookies=False,
        largest_request=1,
    )
