"""The days before a window: what rules about change compare with. They never become evidence themselves.

Of far days only the last use counts, so of their files nothing but day, number and signature is read; of recent ones
the messages of each day count, too.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

import ibis
from ibis import _

from registry.detection.desk import Plan
from registry.detection.lines import lines as lines_of
from registry.detection.world import prefixes
from registry.texts.category import Category
from registry.traffic import queries as traffic
from registry.traffic.model import FactFile

LOOK_BACK = 400  # days before a window of which anything is known at all: a year, and the month in which it is asked
RECENT = 120  # of these, days whose messages count: drift over months is drift within four of them

_KEYS = ("day", "port", "signature")
SHAPES: dict[str, tuple[str, tuple[str, ...]]] = {
    "earlier": ("base", _KEYS),
    "recent": ("base", (*_KEYS, "category", "messages")),
    "recent_province": ("province", (*_KEYS, "gateway", "submitter", "province", "messages")),
}
"""By name: of which facts, and which of their columns."""
SCHEMAS = {
    name: {column: traffic.SCHEMAS[kind][column] for column in columns} for name, (kind, columns) in SHAPES.items()
}


def spans(from_day: dt.date) -> dict[str, tuple[dt.date, dt.date]]:
    """From which day to which each of them reaches, both included."""
    recent, last = _before(from_day, RECENT), _before(from_day, 1)
    return {
        "earlier": (first_day(from_day), _before(recent, 1)),
        "recent": (recent, last),
        "recent_province": (recent, last),
    }


def first_day(from_day: dt.date) -> dt.date:
    """The first day of which a window that begins on this day knows anything."""
    return _before(from_day, LOOK_BACK)


def _before(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(max(day.toordinal() - days, 1))


def facts(connection: Any, from_day: dt.date, files: Collection[int] | None = None) -> dict[str, Any]:
    """The facts of the days before a window, by name; `files` as in `traffic.facts`."""
    reach = spans(from_day)
    return {
        name: traffic.facts(connection, kind, *reach[name], files, columns) for name, (kind, columns) in SHAPES.items()
    }


def listed(from_day: dt.date) -> list[FactFile]:
    """The files that they stand in."""
    reach = spans(from_day)
    return [file for name, (kind, _columns) in SHAPES.items() for file in traffic.listed(kind, *reach[name])]


def kept(plan: Plan, there: dict[str, Any], tables: dict[str, Any], registry: dict[str, Any]) -> dict[str, Any]:
    """What is kept of it: `earlier`, `recent` and `recent_provinces` of the lines seen with a permit, and `known`."""
    told = {name: there[f"delivered_{name}"].join(there["folds"], "signature") for name in SHAPES}
    lines = _lines(plan, told, tables["permitted"].select("line").distinct(), registry)
    at = {name: table.join(lines, "port") for name, table in told.items()}
    days = (there[f"delivered_{name}"].agg(day=_.day.min()) for name in ("earlier", "recent"))
    earlier, recent, moved = at["earlier"], at["recent"], at["recent_province"]
    moved = moved.filter((_.province != "") & (_.folded != ""))
    moved = moved.anti_join(tables["outside"], ["gateway", "port", "submitter"])
    keys = ("line", "folded", "day")
    marketing = (recent.category & int(Category.MARKETING)) != 0
    sums = {"messages": _sum(recent.messages), "paid": _sum(ibis.ifelse(marketing, recent.messages, 0))}
    return {
        "known": plan.keep("known", ibis.union(*days, tables["facts"].agg(day=_.day.min())).agg(since=_.day.min())),
        "earlier": plan.keep("earlier", earlier.group_by("line", "folded").agg(last_day=_.day.max())),
        "recent": plan.keep("recent", recent.group_by(*keys).agg(**sums)),
        "recent_provinces": plan.keep(
            "recent_provinces", moved.group_by(*keys, "province").agg(messages=_sum(moved.messages))
        ),
    }


def _sum(column: Any) -> Any:
    return column.sum().cast("int64")


def _lines(plan: Plan, told: dict[str, Any], wanted: Any, registry: dict[str, Any]) -> Any:
    """Numbers seen before that belong to the lines wanted: port, line."""
    ports = ibis.union(*(told[name].select("port") for name in ("earlier", "recent"))).distinct()
    every = plan.keep("every_before", prefixes(ports))
    near = plan.keep("near_before", every.semi_join(wanted.rename(prefix="line"), "prefix").select("port").distinct())
    over = plan.keep("over_before", every.semi_join(near, "port"))
    found = plan.keep("lines_before", lines_of(over, registry["ports"], registry["delegations"], registry["permits"]))
    return found.semi_join(wanted, "line")
