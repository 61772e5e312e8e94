r"""One expression, two worlds: a term holds its engine SQL and the Python that answers the same.

The steps of a reading are written once with these few words. Every pattern keeps to what RE2, Python and Java share:
no look-around, no back-references, no `.`, no `\s`, `[0-9]` for digits; a `$` stands only behind a class that swallows
line ends, for Python's `$` also matches before a last one.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Term:
    """An expression over the columns of one message: `sql` for the engine, `value` for a row in Python."""

    sql: str
    value: Callable[[Row], Any]


Step = dict[str, Term]  # columns that are answered together, from those of the steps before


def column(name: str) -> Term:
    """What an earlier step named so."""
    return Term(name, lambda row: row[name])


def no_texts() -> Term:
    """An empty list of texts."""
    return Term("[]::VARCHAR[]", lambda _: [])


def constant(given: str | int) -> Term:
    """A text, a number or, being one in Python, a truth."""
    return Term(quoted(given) if isinstance(given, str) else str(given).upper(), lambda _: given)


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def matches(text: Term, pattern: str) -> Term:
    """Whether the pattern is found anywhere in the text."""
    search = re.compile(pattern).search
    return Term(f"regexp_matches({text.sql}, {quoted(pattern)})", lambda row: search(text.value(row)) is not None)


def extract(text: Term, pattern: str, group: int = 1) -> Term:
    """What the group holds at the first place where the pattern is found, else an empty text."""
    search = re.compile(pattern).search

    def value(row: Row) -> str:
        found = search(text.value(row))
        return (found.group(group) or "") if found else ""

    return Term(f"regexp_extract({text.sql}, {quoted(pattern)}, {group})", value)


def extract_all(text: Term, pattern: str) -> Term:
    """Every place where the pattern is found, from left to right; the pattern has no capturing group."""
    found = re.compile(pattern).findall
    return Term(f"regexp_extract_all({text.sql}, {quoted(pattern)})", lambda row: found(text.value(row)))


def each_extract(texts: Term, pattern: str) -> Term:
    """The first group's text of every entry in which the pattern is found; the others are left out."""
    search = re.compile(pattern).search
    sql = f"list_transform({texts.sql}, lambda x: regexp_extract(x, {quoted(pattern)}, 1))"
    found = f"list_filter({sql}, lambda x: x <> '')"
    return Term(found, lambda row: [hit.group(1) for one in texts.value(row) if (hit := search(one)) and hit.group(1)])


def each_without(texts: Term, pattern: str) -> Term:
    """Every entry without all places where the pattern is found."""
    replace = re.compile(pattern).sub
    sql = f"list_transform({texts.sql}, lambda x: regexp_replace(x, {quoted(pattern)}, '', 'g'))"
    return Term(sql, lambda row: [replace("", one) for one in texts.value(row)])


def each_lower(texts: Term) -> Term:
    """Every entry, which is ASCII, in lower case."""
    return Term(
        f"list_transform({texts.sql}, lambda x: lower(x))", lambda row: [one.lower() for one in texts.value(row)]
    )


def none_of(texts: Term, pattern: str) -> Term:
    """The entries in which the pattern is not found."""
    search = re.compile(pattern).search
    sql = f"list_filter({texts.sql}, lambda x: NOT regexp_matches(x, {quoted(pattern)}))"
    return Term(sql, lambda row: [one for one in texts.value(row) if not search(one)])


def before(text: Term, mark: str) -> Term:
    """What stands before the first mark, or everything where there is none."""
    return Term(f"split_part({text.sql}, {quoted(mark)}, 1)", lambda row: text.value(row).split(mark, 1)[0])


def without_first(text: Term) -> Term:
    """The text without its first character."""
    return Term(f"substring({text.sql}, 2)", lambda row: text.value(row)[1:])


def without(text: Term, part: Term) -> Term:
    """The text with the part, wherever it stands, taken out; an empty part takes nothing out."""
    return Term(f"replace({text.sql}, {part.sql}, '')", lambda row: text.value(row).replace(part.value(row), ""))


def once(text: Term, part: Term) -> Term:
    """Whether the part, which is not empty, stands in the text exactly once."""
    sql = f"(length({text.sql}) - length(replace({text.sql}, {part.sql}, '')) = length({part.sql}))"
    return Term(sql, lambda row: text.value(row).count(part.value(row)) == 1)


def shorter(text: Term, length: int) -> Term:
    """Whether the text has fewer characters."""
    return Term(f"(length({text.sql}) < {length})", lambda row: len(text.value(row)) < length)


def starts(text: Term, *prefixes: str) -> Term:
    """Whether the text starts with one of these."""
    sql = " OR ".join(f"starts_with({text.sql}, {quoted(prefix)})" for prefix in prefixes)
    return Term(f"({sql})", lambda row: text.value(row).startswith(prefixes))


def contains(text: Term, *parts: str) -> Term:
    """Whether the text holds one of these."""
    sql = " OR ".join(f"contains({text.sql}, {quoted(part)})" for part in parts)
    return Term(f"({sql})", lambda row: any(part in text.value(row) for part in parts))


def contains_of(text: Term, part: Term) -> Term:
    """Whether one column's text holds another's."""
    return Term(f"contains({text.sql}, {part.sql})", lambda row: part.value(row) in text.value(row))


def equal(one: Term, other: Term) -> Term:
    """Whether both are the same."""
    return Term(f"({one.sql} = {other.sql})", lambda row: one.value(row) == other.value(row))


def filled(text: Term) -> Term:
    """Whether there is any text."""
    return Term(f"({text.sql} <> '')", lambda row: text.value(row) != "")


def several(texts: Term) -> Term:
    """Whether the list has more than one different entry."""
    return Term(f"(len(list_distinct({texts.sql})) > 1)", lambda row: len(set(texts.value(row))) > 1)


def filled_list(texts: Term) -> Term:
    """Whether the list has any entry."""
    return Term(f"(len({texts.sql}) > 0)", lambda row: len(texts.value(row)) > 0)


def both(*terms: Term) -> Term:
    """Whether all are true."""
    return Term("(" + " AND ".join(term.sql for term in terms) + ")", lambda row: all(t.value(row) for t in terms))


def either(*terms: Term) -> Term:
    """Whether one is true."""
    return Term("(" + " OR ".join(term.sql for term in terms) + ")", lambda row: any(t.value(row) for t in terms))


def negated(term: Term) -> Term:
    """Whether it is not true."""
    return Term(f"(NOT {term.sql})", lambda row: not term.value(row))


def choose(*branches: tuple[Term, Term], otherwise: Term) -> Term:
    """The answer of the first branch whose condition is true; branches that are not taken cost nothing."""
    sql = " ".join(f"WHEN {condition.sql} THEN {answer.sql}" for condition, answer in branches)

    def value(row: Row) -> Any:
        for condition, answer in branches:
            if condition.value(row):
                return answer.value(row)
        return otherwise.value(row)

    return Term(f"CASE {sql} ELSE {otherwise.sql} END", value)
