"""How values are shown on pages: moments in Asia/Shanghai, numbers in groups of three, lists in one line."""

import datetime as dt
from typing import Any

from flask import Flask, request, url_for

from admin import languages, places, stacking
from registry.detection import clauses
from registry.http.asking import asking
from registry.kernel import clock, due
from registry.law import divisions
from registry.texts import category


def moment(at: dt.datetime | None) -> str:
    """To the minute, empty for none."""
    return "" if at is None else at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")


def day(at: dt.datetime | dt.date | None) -> str:
    """The calendar day, empty for none."""
    if isinstance(at, dt.datetime):
        at = clock.local_day(at)
    return "" if at is None else at.isoformat()


def last_day(at: dt.datetime | None) -> str:
    """The last calendar day before an end, empty for none: what ends at midnight is promised by the day before."""
    return "" if at is None else day(due.last_day(at))


def day_of_text(text: str | None) -> str:
    """The calendar day of a moment that is kept as text, empty for none."""
    return day(dt.datetime.fromisoformat(text)) if text else ""


def number(value: float | None) -> str:
    """In groups of three, empty for none."""
    return "" if value is None else f"{value:,}"


def provinces(codes: list[str]) -> str:
    """Provinces by name."""
    chinese = languages.language() == "zh_CN"
    names = (divisions.PROVINCES.get(code, (code, code)) for code in codes)
    return ("、" if chinese else ", ").join(name[0 if chinese else 1] for name in names)


def categories(names: list[str] | str) -> str:
    """Categories by their words."""
    listed = [names] if isinstance(names, str) else names
    return " · ".join(languages.word("category", name) for name in listed)


def category_bits(bits: int) -> str:
    """Categories that are kept as bits, by their words."""
    return categories(category.category_names(bits))


def clause(code: str) -> str:
    """What a clause that evidence names says."""
    return languages.said(clauses.sentence(code))


def here(**changed: Any) -> str:
    """The present page's address with some of its parameters changed; empty ones are left out."""
    values = {**(request.view_args or {}), **request.args.to_dict(), **changed}
    return url_for(str(request.endpoint), **{name: value for name, value in values.items() if value != ""})


def may(permission: str) -> bool:
    """Whether whoever looks at the page holds a permission."""
    actor = asking()
    return actor is not None and actor.may(permission)


def register(app: Flask) -> None:
    """Give the templates what they show values with."""
    app.jinja_env.filters.update(
        at=moment,
        day=day,
        last_day=last_day,
        moment_text=day_of_text,
        number=number,
        said=languages.said,
        provinces=provinces,
        categories=categories,
        category_bits=category_bits,
        clause=clause,
        stacked=stacking.stacked,
    )
    app.jinja_env.globals.update(
        word=languages.word,
        problem_said=languages.problem,
        objection=languages.objection,
        mending=languages.mending,
        may=may,
        here=here,
        asking=asking,
        language=languages.language,
        LANGUAGES=languages.LANGUAGES,
        places=places.places,
        here_is=places.here_is,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
