"""How fast the engine reads messages, against a hand-written query: `python -m tests.texts.rate [MESSAGES]`."""

import random
import sys
import time

import duckdb
import pyarrow as pa

from registry.texts.engine import messages_query

TEMPLATES = (
    "【{name}】您的验证码是{number}，5分钟内有效，请勿泄露给他人，如非本人操作请忽略本短信。",
    "【{name}】尊敬的客户，您的订单{number}已发货，快递单号{number}，请注意查收，如有疑问请联系客服。",
    "【{name}】双十一大促，全场满200减100，点击 t.cn/{number} 抢购，先到先得，拒收请回复R",
    "尊敬的客户，您尾号{number}的账户消费100元，余额{number}元，详询95588。【{name}】",
    "【{name}】您的贷款已逾期{number}天，请尽快还款，以免影响征信，详询4006{number}。",
    "【{name}】会员日来袭，新品上市全场5折起，地址中山路18号，电话010-57{number}，回T退订",
)
BY_HAND = """
    SELECT day, port, submitter, regexp_extract(content, '【([^】]*)】', 1) AS signature,
        CASE WHEN regexp_matches(content, '验证码|校验码') THEN 1
             WHEN regexp_matches(content, '退订|拒收|优惠|促销') THEN 4 ELSE 2 END AS category, count(*) AS messages
    FROM messages GROUP BY ALL"""
EVERYTHING = f"""
    SELECT day, port, submitter, signature, category, count(*) AS messages, bool_or(opt_out) AS opt_out,
        min(signature_sure) AS sure, min(signature_read) AS read, min(category_sure) AS category_sure,
        sum(len(links)) AS links, sum(len(link_domains)) AS domains, sum(len(contacts)) AS contacts
    FROM ({messages_query("messages")}) GROUP BY ALL"""  # noqa: S608


def messages(count: int) -> pa.Table:
    """Made messages of 2,000 senders."""
    dice = random.Random(1)  # noqa: S311 - made texts, the same each time
    senders = [dice.randrange(2000) for _ in range(count)]
    texts = [
        dice.choice(TEMPLATES).format(name=f"公司{sender}", number=dice.randint(100000, 999999)) for sender in senders
    ]
    ports = [f"10690{sender:05}" for sender in senders]
    submitters = [f"S{sender % 50}" for sender in senders]
    days = [20260101 + row % 3 for row in range(count)]
    return pa.table({"content": texts, "port": ports, "submitter": submitters, "day": days})


def seconds(engine: duckdb.DuckDBPyConnection, query: str) -> float:
    """The best of three runs."""
    runs = []
    for _ in range(3):
        start = time.perf_counter()
        engine.execute(f"CREATE OR REPLACE TABLE facts AS {query}")
        runs.append(time.perf_counter() - start)
    return min(runs)


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with duckdb.connect() as engine:
        engine.register("made", messages(count))
        engine.execute("CREATE TABLE messages AS FROM made")
        by_hand, everything = seconds(engine, BY_HAND), seconds(engine, EVERYTHING)
    print(f"by hand {count / by_hand:,.0f}/s, everything {count / everything:,.0f}/s, ratio {by_hand / everything:.2f}")
