"""Parts of long messages: which belong together, which wait for others. SQL text, no engine."""

GAP = 600_000  # parts of one message lie at most so far apart, in milliseconds
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
_KEY = "gateway, port, recipient, message_ref, part_total"
_FIRST = ("scheduled", "given_signature", "submitter", "agent", "province", "declared", "missing")


def grouped(parts: str) -> str:
    """SQL that answers the parts with `message`, the same number for parts of one message, and `whole`, if all are there.

    Parts that share gateway, port, recipient and reference belong together while no gap between two is longer than ten
    minutes; where a number comes twice there are two messages. Without reference and recipient nothing is joined.
    """
    return f"""
        SELECT * EXCLUDE (message, cut, session, copy), dense_rank() OVER (ORDER BY {_KEY}, session, copy) AS message,
            (message_ref <> '' OR recipient <> '')
            AND count(*) OVER (PARTITION BY {_KEY}, session, copy) = part_total AS whole
        FROM (SELECT *, row_number() OVER (PARTITION BY {_KEY}, session, part_number ORDER BY at_ms, origin, line) AS copy
            FROM (SELECT *, sum(cut) OVER (PARTITION BY {_KEY} ORDER BY at_ms, part_number, origin, line) AS session
                FROM (SELECT *, 0 AS message, CASE WHEN at_ms - lag(at_ms) OVER
                    (PARTITION BY {_KEY} ORDER BY at_ms, part_number, origin, line) > {GAP} THEN 1 ELSE 0 END AS cut
                    FROM {parts})))
    """  # noqa: S608 - fixed names


def messages_of(parts: str) -> str:
    """SQL of one row for each `message` of grouped parts: texts in order, the rest from the earliest part.

    `line` is a number of its own below zero; where the message came from is told by its first part.
    """
    first = ", ".join(f"arg_min({name}, part_number) AS {name}" for name in _FIRST)
    return f"""
        SELECT -message AS line, arg_min(origin, part_number) AS origin, arg_min(line, part_number) AS origin_line,
            min(at_ms) AS at_ms, {_KEY}, string_agg(content, '' ORDER BY part_number) AS content, {first},
            min(part_number) = 1 AS has_first, max(part_number) = part_total AS has_last
        FROM {parts} GROUP BY message, {_KEY}
    """  # noqa: S608 - fixed names
