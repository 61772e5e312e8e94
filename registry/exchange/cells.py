"""How the cells of a bundle are read: the same functions that judge the values of every other door."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from registry.enterprises.identity import parse as identity
from registry.enterprises.kinds import Role
from registry.enterprises.values import code as enterprise
from registry.exchange.form import Column, Read
from registry.kernel import clock
from registry.kernel.checking import Checking
from registry.kernel.standing import Standing
from registry.law.divisions import province_bits
from registry.law.industries import section_of
from registry.measures import limits
from registry.measures.kinds import SubjectKind
from registry.permits.scope_values import contact, declared_link, hours_bits
from registry.permits.values import MOST_VOLUME
from registry.ports import plan, prefix
from registry.ports.values import digits
from registry.signatures.values import MOST_SIGNATURES, sender_name
from registry.texts.category import category_bits

LONGEST_KEY = 100
LONGEST_NAME = 200
LONGEST_TEXT = 10_000
_MOST_DIGITS = 18
_OF_DIGITS = frozenset({SubjectKind.PORT, SubjectKind.PREFIX})
_PROVINCE_FIX = "two digits of GB/T 2260, like 11"

__all__ = ["digits", "enterprise", "sender_name"]


def text(most: int) -> Read:
    """A text of at most so many characters."""

    def read(check: Checking, field: str, cell: str) -> str:
        return check.text(field, cell.replace("\r\n", "\n"), most)

    return read


def kind(kinds: type[StrEnum], **also: StrEnum) -> Read:
    """One value of an enumeration; `also`: other words for some that others are known to write."""

    def read(check: Checking, field: str, cell: str) -> str:
        return check.one_of(field, kinds, also.get(cell, cell)).value

    return read


def listed(parse: Callable[[str], object], fix: str = "") -> Read:
    """A list joined with `|`, each of which `parse` must accept; kept as written, each once."""

    def read(check: Checking, field: str, cell: str) -> tuple[str, ...]:
        return check.every(field, parse, filter(None, (each.strip() for each in cell.split("|"))), fix)

    return read


def moment(check: Checking, field: str, cell: str) -> Any:
    """A time, or a date that means 00:00 in Asia/Shanghai."""
    return check.read(field, clock.parse_moment, cell, None, "write 2026-05-01 or 2026-05-01T08:00:00+08:00")


def flag(check: Checking, field: str, cell: str) -> bool:
    """0 or 1."""
    if cell not in {"0", "1"}:
        check.refuse(field, "unknown_value", f"{cell[:40]!r} is neither 0 nor 1", "write 0 or 1")
    return cell == "1"


def number(least: int, most: int) -> Read:
    """A whole number between two bounds."""

    def read(check: Checking, field: str, cell: str) -> int:
        value = int(cell) if cell.isascii() and cell.isdigit() and len(cell) <= _MOST_DIGITS else -1
        if not least <= value <= most:
            check.refuse(field, "out_of_range", f"{cell[:40]!r} is no number that is possible", f"{least} to {most}")
        return value

    return read


def standing(_check: Checking, _field: str, cell: str) -> str:
    """Verified and provisional are kept; whatever else is written was there before the registry."""
    kept = {Standing.VERIFIED, Standing.PROVISIONAL}
    return (Standing(cell) if cell in kept else Standing.INHERITED).value


def port(check: Checking, field: str, cell: str) -> str:
    """The digits of a port that the numbering plan does not keep in reserve."""
    found = digits(check, field, cell)
    if prefix.is_valid(found) and plan.classify(found).status is plan.Status.RESERVED:
        said = f"{found} stands in a range that the numbering plan keeps in reserve ({plan.classify(found).prefix})"
        check.refuse(field, "port_reserved", said, "nobody can hold it: leave the row out, or correct the number")
    return found


def pattern(check: Checking, field: str, cell: str) -> str:
    """A port, or a prefix that ends in `*`."""
    fix = "the digits alone, or a prefix that ends in *"
    return check.read(field, lambda each: str(prefix.pattern(each)), cell, cell, fix)


def hours(check: Checking, field: str, cell: str) -> str:
    """Spans of hours, kept as written: other registers tell them to the minute."""
    check.read(field, hours_bits, cell, 0)
    return cell


def province(check: Checking, field: str, cell: str) -> str:
    """A province's two digits."""
    check.read(field, lambda each: province_bits([each]), cell, 0, _PROVINCE_FIX)
    return cell


def industry(check: Checking, field: str, cell: str) -> str:
    """An industry of GB/T 4754."""
    check.read(field, section_of, cell, None)
    return cell


def limit(check: Checking, field: str, cell: str) -> dict[str, str]:
    """What a throttle or a limit leaves, by the names of its parts."""
    if check.read(field, limits.parse, cell, None) is None:
        return {}
    parts = (part.partition("=") for part in cell.split(";") if part.strip())
    return {name.strip(): value.strip() for name, _, value in parts}


def signatures(check: Checking, field: str, cell: str) -> tuple[str, ...]:
    """The signatures that a letter allows."""
    found = tuple(dict.fromkeys(filter(None, (each.strip() for each in cell.split("|")))))
    if not 1 <= len(found) <= MOST_SIGNATURES:
        check.refuse(field, "count", f"it lists {len(found)} signatures", f"1 to {MOST_SIGNATURES}")
    return tuple(sender_name(check, f"{field}.{place}", each) for place, each in enumerate(found))


def subject(check: Checking, subject_kind: str, written: str) -> None:
    """Object to the subject of a measure where it can't be one of its kind."""
    if subject_kind == SubjectKind.ENTERPRISE:
        check.read("subject", identity, written, None)
    elif subject_kind in _OF_DIGITS:
        check.read("subject", lambda each: prefix.parse(each.removesuffix("*")), written, None)


def canonical_subject(subject_kind: str, written: str) -> str:
    """An enterprise's one written form, digits without their `*`; else the subject as it is."""
    if subject_kind == SubjectKind.ENTERPRISE:
        return identity(written).code
    return written.removesuffix("*") if subject_kind in _OF_DIGITS else written


KEY = text(LONGEST_KEY)
NAME = text(LONGEST_NAME)
TEXT = text(LONGEST_TEXT)
ROLES = listed(Role, f"one of {', '.join(Role)}")
PROVINCES = listed(lambda each: province_bits([each]), _PROVINCE_FIX)
CATEGORIES = listed(lambda each: category_bits([each]))
VOLUME = number(0, MOST_VOLUME)
LENGTH = number(prefix.LEAST_DIGITS, prefix.MOST_DIGITS)
STANDING = Column("standing", standing, otherwise=Standing.INHERITED.value)
LETTER = Column("letter", KEY)
LINKS = Column("links", listed(declared_link), otherwise=())
CONTACTS = Column("contacts", listed(contact), otherwise=())
