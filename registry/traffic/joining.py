"""Parts of long messages: which belong together, which wait for others. SQL text, no engine."""

# ruff: noqa: S608 - the SQL is made of our own fixed names; what comes from outside goes through `quoted`

GAP = 600_000  # between two parts of one message lie at most so many milliseconds
PART_COLUMNS = {
    "line": "BIGINT",
    "origin": "VARCHAR",
    "at_ms": "BIGINT",
    "scheduled": "BIGINT",
    "gateway": "VARCHAR",
    "port": "VARCHAR",
    "recipient": "VARCHAR",
    "message_ref": "VARCHAR",
    "part_total": "BIGINT",
    "part_number": "BIGINT",
    "content": "VARCHAR",
    "given_signature": "VARCHAR",
    "submitter": "VARCHAR",
    "agent": "VARCHAR",
    "province": "VARCHAR",
    "declared": "INTEGER",
    "missing": "BIGINT",
}
_KEY = ("gateway", "port", "recipient", "message_ref", "part_total")
_TAKEN = ("origin", "scheduled", "given_signature", "submitter", "agent", "province", "declared", "missing", *_KEY)
_NAMED = "(message_ref <> '' OR recipient <> '')"  # without either nothing tells whose part it is

KEYED = f"SELECT *, hash({', '.join(_KEY)}) AS key FROM loose"

PLAIN = f"""
    SELECT key FROM bucket WHERE {_NAMED} GROUP BY key
    HAVING count(*) = min(part_total) AND count(DISTINCT part_number) = min(part_total)
        AND max(at_ms) - min(at_ms) <= {GAP}
"""
"""SQL of the keys of a bucket under which one message lies, whole: nearly all of them, found without sorting."""


def grouped(parts: str) -> str:
    """SQL that answers the parts with `message`, one number for the parts of one, and `whole`, if all are there.

    Parts that share gateway, port, recipient and reference belong together while no gap between two is longer than ten
    minutes; where a number comes twice there are two messages. Without reference and recipient nothing is joined.
    """
    key, order = ", ".join(_KEY), "at_ms, part_number, origin, line"
    return f"""
        SELECT * EXCLUDE (cut, session, copy), dense_rank() OVER (ORDER BY {key}, session, copy) AS message,
            {_NAMED} AND count(*) OVER (PARTITION BY {key}, session, copy) = part_total AS whole
        FROM (SELECT *, row_number() OVER
                (PARTITION BY {key}, session, part_number ORDER BY at_ms, origin, line) AS copy
            FROM (SELECT *, sum(cut) OVER (PARTITION BY {key} ORDER BY {order}) AS session
                FROM (SELECT *, CASE WHEN at_ms - lag(at_ms) OVER (PARTITION BY {key} ORDER BY {order}) > {GAP}
                    THEN 1 ELSE 0 END AS cut FROM {parts})))
    """


def messages_of(parts: str) -> str:
    """SQL of one row for each `message` of these parts: texts in order, the rest from the first part."""
    first = ", ".join(f"arg_min({name}, part_number) AS {name}" for name in _TAKEN)
    return f"""
        SELECT message, arg_min(line, part_number) AS origin_line, min(at_ms) AS at_ms, {first},
            string_agg(content, '' ORDER BY part_number) AS content,
            min(part_number) = 1 AS has_first, max(part_number) = min(part_total) AS has_last
        FROM {parts} GROUP BY message
    """


def plain_messages(parts: str) -> str:
    """The same columns for parts of which nothing but one whole message has a `key`: without looking for the first."""
    first = ", ".join(f"first.{name} AS {name}" for name in _TAKEN)
    return f"""
        SELECT key AS message, first.line AS origin_line, texts.at_ms AS at_ms, {first}, texts.content AS content,
            true AS has_first, true AS has_last
        FROM {parts} first JOIN (SELECT key, min(at_ms) AS at_ms, string_agg(content, '' ORDER BY part_number)
            AS content FROM {parts} GROUP BY key) texts USING (key) WHERE first.part_number = 1
    """


NO_MESSAGES = f"{messages_of('(SELECT *, 0 AS message FROM keyed)')} LIMIT 0"


def numbered(messages: str, before: int) -> str:
    """SQL of joined messages with a `line` of their own, below zero: no row of a file has it. `before`: lines taken."""
    return f"SELECT * EXCLUDE (message), -row_number() OVER () - {before} AS line FROM ({messages})"
