"""What the present page was asked for: a page of rows, and the two clocks."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import request

from registry.kernel import clock
from registry.kernel.errors import FieldError, Invalid
from registry.kernel.paging import PageRequest

ROWS = 50  # on one page


def paging(limit: int = ROWS) -> PageRequest:
    """The page of rows that is asked for."""
    return PageRequest(request.args.get("after", "")[:200], limit)


def text(name: str) -> str:
    """A filter, empty where it is not set. Raises Invalid for what no text of the registry may hold."""
    value = request.args.get(name, "").strip()[:200]
    if "\0" in value:
        raise Invalid("unstorable", f"{name} holds a character that cannot be stored")
    return value


@dataclass(frozen=True, slots=True)
class Clocks:
    """When a thing counts, and when we knew it; None is now."""

    as_of: dt.datetime | None = None
    known_at: dt.datetime | None = None

    @property
    def past(self) -> bool:
        """Whether the page shows another time than now."""
        return self.as_of is not None or self.known_at is not None

    def both(self) -> dict[str, Any]:
        """The two by name, as the rooms' queries take them."""
        return {"as_of": self.as_of, "known_at": self.known_at}


def clocks() -> Clocks:
    """The two clocks of the page. Raises Invalid for what is no time."""
    return Clocks(moment("as_of"), moment("known_at"))


def moment(name: str) -> dt.datetime | None:
    """A moment of the page's address, in Asia/Shanghai; None where it is empty. Raises Invalid."""
    return _moment(name, text(name))


def sent_moment(name: str) -> dt.datetime | None:
    """A moment of the sent form, in Asia/Shanghai; None where it is empty. Raises Invalid."""
    return _moment(name, request.form.get(name, "").strip())


def sent_version() -> int | None:
    """The version that somebody decides on, as the form carried it."""
    value = request.form.get("version", "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else None  # noqa: PLR2004


def _moment(name: str, value: str) -> dt.datetime | None:
    if not value:
        return None
    try:
        local = "T" in value and len(value) <= len("2026-05-01T08:00:00")
        return clock.parse_moment(f"{value}+08:00" if local else value)
    except ValueError as error:
        raise Invalid("bad_time", str(error), fields=[FieldError(name, "bad_time", str(error))]) from error


def sent_day(name: str) -> dt.date | None:
    """A calendar day of the sent form; None where it is empty. Raises Invalid."""
    value = request.form.get(name, "").strip()
    try:
        return dt.date.fromisoformat(value) if value else None
    except ValueError as error:
        problem = FieldError(name, "bad_day", f"{value[:40]!r} is no day", "like 2026-05-01")
        raise Invalid("bad_day", "a day is written like 2026-05-01", fields=[problem]) from error
