"""Gateway records made for benchmarks: one day, one message in twenty in two parts.

`few`: eight wordings, which differ in signature and digits alone. `many`: what a nation's day looks like to a reader of
texts: half are codes, three in ten address somebody by name, one in ten is advertising with a link of its own for each
recipient, so that of a million texts some 400,000 are distinct even with their digits masked.
"""

# ruff: noqa: S608 - the SQL is made of our own text

import datetime as dt
from pathlib import Path

import click
import duckdb

from registry.exchange.service import import_bundle
from registry.kernel.actor import SYSTEM

DAY = dt.date(2026, 1, 1)
QUIET = "SET enable_progress_bar = false"  # figures go to the same place

FEW = (
    "【{s}】您的验证码是{d}，5分钟内有效，请勿泄露给他人，如非本人操作请忽略本短信。",
    "【{s}】验证码{d}，您正在登录，若非本人操作请忽略。",
    "【{s}】尊敬的客户，您的订单{d}已发货，快递单号{d}，请注意查收，如有疑问请联系客服。",
    "【{s}】您预约的服务已受理，编号{d}，工作人员将在两个工作日内与您联系，感谢您的支持。",
    "【{s}】双十一大促，全场满200减100，点击 t.cn/{d} 抢购，先到先得，拒收请回复R",
    "尊敬的客户，您尾号{d}的账户消费100元，余额{d}元，详询95588。【{s}】",
    "【{s}】您的贷款已逾期{d}天，请尽快还款，以免影响征信，详询4006{d}。",
    "【{s}】会员日来袭，新品上市全场5折起，地址中山路18号，电话010-57{d}，回T退订",
)
MANY = (
    *FEW[:2],
    "【{s}】{d}是您的登录验证码，切勿告知他人。",
    "【{s}】您正在修改支付密码，校验码{d}，10分钟内有效，请勿泄露。",
    "【{s}】您好，动态密码{d}，用于本次交易，如非本人操作请致电客服。",
    FEW[2],
    "【{s}】亲爱的{n}，您的包裹{d}已到{n}代收点，请凭取件码{m}领取。",
    "{n}先生/女士，您尾号{m}的账户于今日支出{m}.{m}元，余额{d}元。【{s}】",
    "【{s}】{n}您好，您预约的{n}医生门诊已确认，就诊号{m}，请提前15分钟到院。",
    "【{s}】{n}会员，双十一全场满{m}减100，您的专属券 t.cn/{l} 抢购，先到先得，拒收请回复R",
)
ROWS = """
    SELECT 1767225600000 + (n * 86400000 // {rows}) AS submitted_at, 'gateway-1' AS gateway,
        '10690' || lpad((a % 5000)::VARCHAR, 5, '0') AS port, 'S' || (a % 50) AS submitter,
        ['11', '31', '32', '33', '44', '51'][1 + c % 6] AS province, (13000000000 + c)::VARCHAR AS recipient,
        n::VARCHAR AS message_ref, 1 AS part_total, 1 AS part_number,
        {content} AS content
    FROM (SELECT range AS n, (hash(range) % 1000 * (hash(range + 7) % 1000) // 200)::BIGINT AS a,
        (hash(range + 1) % 1000)::BIGINT AS b, (hash(range + 2) % 1000000000)::BIGINT AS c FROM range({rows}))
    JOIN names ON place = c % 90000 JOIN (SELECT place AS owned, name AS owner FROM names) ON owned = a % 5000 % 2000"""
IN_PARTS = """
    SELECT * REPLACE (2 AS part_total, number AS part_number,
        CASE number WHEN 1 THEN left(content, 20) ELSE substr(content, 21) END AS content)
    FROM {rows}, range(1, 3) AS numbers(number) WHERE n % 20 = 0"""
_SURNAMES = "'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡'"
_GIVEN = "'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志文斌宇浩然子轩梓涵欣怡佳琪雨晨思远俊'"
_SHARES = (
    "[0, 1, 2, 3, 4, 5, 5, 0, 1, 2, 6, 7, 8, 9, 3, 4, 5, 6, 7, 5]"  # of twenty messages, the place in MANY of each
)


def _letter(letters: str, number: str) -> str:
    return f"list_extract(string_split({letters}, ''), 1 + ({number}) % {len(letters) - 2})"


_PIECES = (_letter(_SURNAMES, "range"), _letter(_GIVEN, "range // 40"), _letter(_GIVEN, "range // 1900"))
NAMES = f"CREATE TABLE names AS SELECT range AS place, {' || '.join(_PIECES)} AS name FROM range(90000)"


def _content(texts: tuple[str, ...]) -> str:
    """SQL of a text: its wording by chance, its signature by the port's number."""
    many = texts is MANY
    place = f"{_SHARES}[1 + b % 20]" if many else f"b % {len(texts)}"
    filled = {
        "{s}": "left(owner, 2) || '公司'" if many else "'公司' || (a % 5000 % 2000)",
        "{d}": "(100000 + c % 900000)::VARCHAR",
        "{n}": "name",
        "{m}": "(10 + c % 90)::VARCHAR",
        "{l}": "to_base(1000000 + c, 36)",
    }
    made = f"list_extract([{', '.join(repr(text) for text in texts)}], 1 + ({place})::BIGINT)"
    for mark, value in filled.items():
        if any(mark in text for text in texts):
            made = f"replace({made}, '{mark}', {value})"
    return made


LARGEST = 10_000_000  # messages that are made one by one; more are copies of them with references of their own


def made(path: Path, messages: int, texts: str = "many") -> None:
    """Write so many messages as Parquet."""
    rows = ROWS.format(rows=min(messages, LARGEST), content=_content(MANY if texts == "many" else FEW))
    numbered = "(SELECT *, message_ref::BIGINT AS n FROM whole)"
    short = f"SELECT * EXCLUDE (n) FROM {numbered} WHERE n % 20 <> 0"
    query = f"{short} UNION ALL SELECT * EXCLUDE (n, number) FROM ({IN_PARTS.format(rows=numbered)})"
    first = path.with_suffix(".first") if messages > LARGEST else path
    with duckdb.connect(config={"memory_limit": "1GB", "preserve_insertion_order": False}) as connection:
        connection.execute(QUIET)
        connection.execute(NAMES).fetchall()
        connection.execute(f"CREATE VIEW whole AS {rows}").fetchall()
        connection.execute(f"COPY ({query}) TO '{first}' (FORMAT parquet)").fetchall()
        if messages > LARGEST:
            again = "SELECT * REPLACE ('{}-' || message_ref AS message_ref) FROM read_parquet('{}')"
            copies = " UNION ALL ".join(again.format(copy, first) for copy in range(messages // LARGEST))
            connection.execute(f"COPY ({copies}) TO '{path}' (FORMAT parquet)").fetchall()
            first.unlink()


def register(folder: Path) -> None:
    """Bring in a registry that permits these signatures on nine in ten of these ports."""
    folder.mkdir()
    holder, since = "91110108MA01C8JT54", "2020-01-01"
    tables = {
        "enterprises": ["enterprise,name,roles", f"{holder},众信服务有限公司,sms_service_company"],
        "ports": ["port,holder,use,signing,valid_from", f"10690,{holder},service,shared,{since}"],
        "signatures": ["signature,owner,source,valid_from"],
        "permits": ["permit,signature,owner,port,user,categories,valid_from"],
    }
    names = {place: name[:2] + "公司" for place, name in _owners()}
    few = [f"公司{place}" for place in names]
    for name in dict.fromkeys([*names.values(), *few]):
        tables["signatures"].append(f"{name},{holder},short_name,{since}")
    for number in range(5000):
        port = f"10690{number:05}"
        for name in {names[number % 2000], few[number % 2000]} if number % 10 else ():
            said = "verification|notice|marketing|dunning"
            tables["permits"].append(f"P{len(tables['permits'])},{name},{holder},{port},{holder},{said},{since}")
    for table, lines in tables.items():
        (folder / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    refused = import_bundle(SYSTEM, folder).refused
    if refused:
        raise click.ClickException(f"the registry was refused: {refused}")


def _owners() -> list[tuple[int, str]]:
    with duckdb.connect() as connection:
        connection.execute(NAMES).fetchall()
        return connection.execute("SELECT place, name FROM names WHERE place < 2000 ORDER BY place").fetchall()
