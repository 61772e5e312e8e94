"""From what people write in a permit (hours, volume, links, contacts) to the integers that the scope rules compare."""

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from registry.kernel.sentence import Sentence, Unreadable
from registry.permits.scope import UNLIMITED

_HOURS = re.compile(r"([0-9]{2}):([0-5][0-9])-([0-9]{2}):([0-5][0-9])\Z")
_SCHEME = re.compile(r"\A(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_HOST = re.compile(r"(?!-)[\w-]{1,63}(?:\.[\w-]{1,63})+\Z")
_COUNTRY = re.compile(r"\A(?:\+|00)86")
_LEAST_DIGITS_BESIDE_LETTERS = 5
_DAY = 24
_HOUR = 60
_MOST_BITS = 62

_WRONG_HOURS = Sentence(
    "时段{text}有误：写作 08:00-20:00（整点，不跨零点），多个时段用 | 分开",
    "{text} is no span of hours: write 08:00-20:00 (full hours, within a day), several joined with |",
)
_WRONG_LINK = Sentence(
    "链接{text}有误：应为域名，可带路径，如 example.com/path",
    "{text} is no link: write a host, perhaps with a path (example.com/path)",
)
_TOO_WIDE = Sentence(
    "链接{text}是公共后缀，范围过宽，应写明具体域名",
    "{text} is a public suffix and covers strangers: write the domain itself",
)
_WRONG_CONTACT = Sentence("联系方式{text}为空或没有数字、字母", "{text} is no contact: it has no digits, no letters")
_PUBLIC_SUFFIXES = frozenset(
    f"{label}.{country}"
    for country in ("cn", "hk", "tw", "mo")
    for label in ("com", "net", "org", "gov", "edu", "ac", "mil", "idv")
)


def hours_bits(text: str) -> int:
    """The hours (bits 0 to 23) of `08:00-20:00`, or of several spans joined with `|`. Raises Unreadable.

    Usage is told by the hour: one of which a part is permitted, as other registers have it, counts as permitted.
    """
    bits = 0
    for span in text.split("|"):
        first, last = _minutes(span)
        bits |= (1 << -(-last // _HOUR)) - (1 << first // _HOUR)
    return bits


def full_hours(text: str) -> int:
    """The same of what is filed here, which is to name full hours. Raises Unreadable."""
    for span in text.split("|"):
        if any(minute % _HOUR for minute in _minutes(span)):
            raise Unreadable("HOURS_UNREADABLE", _WRONG_HOURS.about(text=repr(span)))
    return hours_bits(text)


def _minutes(span: str) -> tuple[int, int]:
    found = _HOURS.match(span.strip())
    times = [int(each) for each in found.groups()] if found else [0, 0, 0, 0]
    first, last = times[0] * _HOUR + times[1], times[2] * _HOUR + times[3]
    if not first < last <= _DAY * _HOUR:
        raise Unreadable("HOURS_UNREADABLE", _WRONG_HOURS.about(text=repr(span)))
    return first, last


def hours_text(bits: int) -> str:
    """A set of hours as spans: what `hours_bits` reads."""
    set_hours = [hour for hour in range(_DAY) if bits >> hour & 1]
    firsts = [hour for hour in set_hours if hour - 1 not in set_hours]
    lasts = [hour + 1 for hour in set_hours if hour + 1 not in set_hours]
    return "|".join(f"{first:02}:00-{last:02}:00" for first, last in zip(firsts, lasts, strict=True))


def unlimited_if_none(limit: int | None) -> int:
    """A limit as the rules read it: no limit is the largest integer."""
    return UNLIMITED if limit is None else limit


@dataclass(frozen=True, slots=True)
class Link:
    """A link taken apart: host in lower case, path without query, `/` for none. Scheme, user and port don't count."""

    host: str
    path: str

    def covers(self, other: "Link") -> bool:
        """Whether another link has this host or a sub-domain of it, and this path or one below it."""
        same_host = other.host == self.host or other.host.endswith("." + self.host)
        return same_host and (other.path + "/").startswith(self.path.rstrip("/") + "/")

    def __str__(self) -> str:
        return self.host + self.path.rstrip("/")


def link(text: str) -> Link:
    """The link that a text writes, whatever its scheme. Raises Unreadable.

    What would lead a browser elsewhere is undone first: user names before `@`, backslashes, full-width dots, `..`.
    """
    written = unicodedata.normalize("NFKC", text).strip().replace("\\", "/").replace("。", ".")
    try:
        parts = urlsplit("//" + _SCHEME.sub("", written, count=1))
        host = _ascii(parts.hostname or "")
    except ValueError:
        host = ""
    if not _HOST.match(host):
        raise Unreadable("LINK_UNREADABLE", _WRONG_LINK.about(text=repr(text[:80])))
    return Link(host, posixpath.normpath("/" + parts.path.lstrip("/")))


def declared_link(text: str) -> Link:
    """A link as a permit may declare it. Raises Unreadable also for a public suffix, which would cover strangers."""
    found = link(text)
    if found.host in _PUBLIC_SUFFIXES:
        raise Unreadable("LINK_TOO_WIDE", _TOO_WIDE.about(text=repr(found.host)))
    return found


def _ascii(host: str) -> str:
    host = host.rstrip(".").lower()
    return host if host.isascii() else host.encode("idna").decode("ascii")


def contact(text: str) -> str:
    """How a contact is compared: by its digits, without `+86`; by its letters too where it has few digits.

    Raises Unreadable where nothing is left.
    """
    written = _COUNTRY.sub("", unicodedata.normalize("NFKC", text).strip().casefold(), count=1)
    digits = "".join(character for character in written if character in "0123456789")
    letters = "".join(character for character in written if character.isalpha())
    key = digits if len(digits) >= _LEAST_DIGITS_BESIDE_LETTERS or not letters else letters + digits
    if not key:
        raise Unreadable("CONTACT_UNREADABLE", _WRONG_CONTACT.about(text=repr(text[:80])))
    return key


def links_declared(links: Sequence[Link], declared: Iterable[Link]) -> int:
    """Which of a usage's links a permit covers, as bits: bit n for the n-th. At most 62 are told apart."""
    kept = list(declared)
    return bits_of(any(each.covers(one) for each in kept) for one in links)


def contacts_declared(contacts: Sequence[str], declared: Iterable[str]) -> int:
    """Which of a usage's contacts (as `contact` gives them) a permit declares, as bits. At most 62 are told apart."""
    kept = set(declared)
    return bits_of(one in kept for one in contacts)


def all_of(things: Sequence[object]) -> int:
    """The bits of all of a usage's links or contacts. More than 62 are folded into the last bit."""
    return bits_of(True for _ in things)


def bits_of(flags: Iterable[bool]) -> int:
    """Flags as bits, the first lowest. Beyond 62 the last bit stands for the rest: set only where all of them are."""
    listed = list(flags)
    head, rest = listed[: _MOST_BITS - 1], listed[_MOST_BITS - 1 :]
    bits = sum(1 << place for place, flag in enumerate(head) if flag)
    return bits | (1 << _MOST_BITS - 1 if rest and all(rest) else 0)
