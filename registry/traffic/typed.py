"""Rows as delivered turned into typed columns, each with its first fault: SQL text, no engine."""

# ruff: noqa: S608 - the SQL is made of our own fixed names; what comes from outside goes through `quoted`

from collections.abc import Mapping

from registry.law.divisions import BIT
from registry.texts.category import Category

EAST = 8 * 3_600_000  # Asia/Shanghai, milliseconds
DAY, HOUR = 86_400_000, 3_600_000
EARLIEST, LATEST = 946_684_800_000, 4_102_444_800_000  # the years 2000 to 2100
LONGEST_CONTENT, LONGEST_NAME, MOST_PARTS = 20_000, 100, 255
LONGEST_AHEAD = 7 * DAY  # a message that is scheduled further ahead is taken to leave when it is handed in
RFC_3339 = "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?([Zz]|[+-][0-9]{2}:?[0-9]{2})"
NAIVE = ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "DATE")
INTEGERS = ("BIGINT", "UBIGINT", "INTEGER", "UINTEGER")


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def typed(source: str, types: Mapping[str, str], default_at: int | None, gateway: str) -> str:
    """SQL that answers the rows of `source` with typed columns and `fault`, which is empty for a sound row."""
    columns = {
        "line": "line",
        "given_fault": "fault",
        "at_ms": _time("submitted_at", types) if "submitted_at" in types else str(default_at),
        "port": _text("port", types),
        "content": f"coalesce({_raw('content', types)}, '')",
        "given_signature": _text("signature", types),
        "gateway": _gateway(types, gateway),
        "submitter": _text("submitter", types),
        "agent": _text("agent", types),
        "province": _text("province", types),
        "recipient": _text("recipient", types),
        "declared": _declared(types),
        "scheduled": _time("scheduled_at", types) if "scheduled_at" in types else "NULL",
        "message_ref": _text("message_ref", types),
        "part_total": _number("part_total", types, 1),
        "part_number": _number("part_number", types, 1),
    }
    listed = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    return f"SELECT * EXCLUDE (given_fault), {_fault()} AS fault FROM (SELECT {listed} FROM {source})"


def places(at: str = "at_ms", scheduled: str = "scheduled") -> dict[str, str]:
    """SQL of the local day (days since 1970), the local hour in which a message leaves, and its minute."""
    ahead = f"{scheduled} > {at} AND {scheduled} < {at} + {LONGEST_AHEAD}"
    leaves = f"(CASE WHEN {ahead} THEN {scheduled} ELSE {at} END + {EAST})"
    return {
        "day": f"({at} + {EAST}) // {DAY}",
        "hour": f"{leaves} // {HOUR} % 24",
        "minute": f"{leaves} // 60000 % 60",
    }


def province_bit(province: str = "province") -> str:
    """SQL of the set that holds this province alone."""
    cases = " ".join(f"WHEN '{code}' THEN {1 << place}" for code, place in BIT.items())
    return f"CASE {province} {cases} ELSE 0 END"


def _raw(name: str, types: Mapping[str, str]) -> str:
    if name not in types:
        return "NULL"
    return f'"{name}"' if types[name] == "VARCHAR" else f'CAST("{name}" AS VARCHAR)'


def _text(name: str, types: Mapping[str, str]) -> str:
    return f"coalesce(trim({_raw(name, types)}), '')" if name in types else "''"


def _gateway(types: Mapping[str, str], gateway: str) -> str:
    found = _text("gateway", types)
    return f"CASE WHEN {found} = '' THEN {quoted(gateway)} ELSE {found} END" if gateway else found


def _time(name: str, types: Mapping[str, str]) -> str:
    kind = types[name]
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"epoch_ms({name})"
    if kind in INTEGERS:
        return f"CAST({name} AS BIGINT)"
    if kind != "VARCHAR":
        return f"TRY_CAST({name} AS BIGINT)"
    text = f"trim({name})"
    return (
        f"CASE WHEN regexp_full_match({text}, '[0-9]{{11,14}}') THEN CAST({text} AS BIGINT) "
        f"WHEN regexp_full_match({text}, {quoted(RFC_3339)}) THEN epoch_ms(TRY_CAST(upper({text}) AS TIMESTAMPTZ)) END"
    )


def _number(name: str, types: Mapping[str, str], otherwise: int) -> str:
    """A number; `otherwise` where none is given, 0 where it can't be read."""
    if name not in types:
        return str(otherwise)
    if types[name] in INTEGERS:
        return f"coalesce(CAST({name} AS BIGINT), {otherwise})"
    text = _text(name, types)
    return f"CASE WHEN {text} = '' THEN {otherwise} ELSE coalesce(TRY_CAST({text} AS BIGINT), 0) END"


def _declared(types: Mapping[str, str]) -> str:
    cases = " ".join(f"WHEN '{str(each.name).lower()}' THEN {int(each)}" for each in Category)
    return f"CASE {_text('declared_category', types)} {cases} ELSE 0 END" if "declared_category" in types else "0"


def _fault() -> str:
    """The first fault of a row, as `column:code`."""
    provinces = ", ".join(f"'{code}'" for code in BIT)
    unfit = (
        f"part_total <> 1 AND (part_total NOT BETWEEN 1 AND {MOST_PARTS} OR part_number NOT BETWEEN 1 AND part_total)"
    )
    faults = {
        "given_fault <> ''": "given_fault",
        "at_ms IS NULL": "'submitted_at:unreadable'",
        f"at_ms NOT BETWEEN {EARLIEST} AND {LATEST}": "'submitted_at:out_of_range'",
        "NOT regexp_full_match(port, '[0-9]{3,20}')": "'port:not_digits'",
        "content = '' AND given_signature = ''": "'content:empty'",
        f"length(content) > {LONGEST_CONTENT}": "'content:too_long'",
        unfit: "'part_number:unreadable'",
        f"province <> '' AND province NOT IN ({provinces})": "'province:unknown'",
    }
    faults |= {f"length({name}) > {LONGEST_NAME}": f"'{name}:too_long'" for name in ("gateway", "submitter", "agent")}
    cases = " ".join(f"WHEN {condition} THEN {code}" for condition, code in faults.items())
    return f"CASE {cases} ELSE '' END"
