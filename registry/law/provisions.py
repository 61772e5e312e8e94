"""Every legal or carrier-set constant, asked for by name and day.

No number of the law stands anywhere else in code. A change of the law is a new row in the table, from its day.
"""

import datetime as dt

from registry.kernel.clock import local_day
from registry.law.provision import Provision, Sure, Value
from registry.law.provision_table import TABLE

__all__ = ["PROVISIONS", "Provision", "Sure", "Value", "at", "integer", "number", "provision", "text", "words"]

PROVISIONS: dict[str, tuple[Provision, ...]] = {
    name: tuple(sorted((row for row in TABLE if row.name == name), key=lambda row: row.valid_from))
    for name in dict.fromkeys(row.name for row in TABLE)
}


def provision(name: str, when: dt.date) -> Provision:
    """The provision in force on a day, or on the Shanghai day of an aware moment. Raises LookupError."""
    day = local_day(when) if isinstance(when, dt.datetime) else when
    rows = PROVISIONS.get(name)
    if rows is None:
        raise LookupError(f"there is no provision named {name!r}")
    found = next((row for row in rows if row.in_force(day)), None)
    if found is None:
        raise LookupError(f"no value of {name!r} is in force on {day}; the first counts from {rows[0].valid_from}")
    return found


def at(name: str, when: dt.date) -> Value:
    """The value in force on a day. Raises LookupError."""
    return provision(name, when).value


def integer(name: str, when: dt.date) -> int:
    """A value that is a whole number. Raises LookupError, or TypeError where it is something else."""
    value = at(name, when)
    if not isinstance(value, int):
        raise TypeError(f"{name} is no whole number")
    return value


def number(name: str, when: dt.date) -> float:
    """A value that is a number. Raises LookupError, or TypeError where it is something else."""
    value = at(name, when)
    if not isinstance(value, int | float):
        raise TypeError(f"{name} is no number")
    return float(value)


def text(name: str, when: dt.date) -> str:
    """A value that is a text. Raises LookupError, or TypeError where it is something else."""
    value = at(name, when)
    if not isinstance(value, str):
        raise TypeError(f"{name} is no text")
    return value


def words(name: str, when: dt.date) -> tuple[str, ...]:
    """A value that is a list, each of it as text. Raises LookupError, or TypeError where it is something else."""
    value = at(name, when)
    if not isinstance(value, tuple):
        raise TypeError(f"{name} is no list")
    return tuple(str(each) for each in value)
