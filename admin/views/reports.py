"""Reports: the quarters' lists of opened codes, and the dossier of a permit."""

import datetime as dt
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin import languages, showing
from admin.dossier import SECTIONS, WORDS
from admin.page import act, done, one_line, page
from registry.http import current_actor
from registry.kernel.errors import NotFound
from registry.reports import codes, dossier, queries, service
from registry.reports.api import codes_file, dossier_file


@page("/reports", service.READ)
def listed() -> str:
    """The quarters, and until when their lists are due."""
    return render_template("reports/list.html", quarters=queries.states())


@page("/reports/codes/<string:quarter>/<string:form>", service.READ)
def quarter_codes(quarter: str, form: str) -> Response:
    """The list of a quarter as a file."""
    if form not in codes.FORMS:
        raise NotFound("no_such_form", f"there is no form {form[:10]!r}")
    return codes_file(service.parsed(quarter), form)


@act("/reports/codes/<string:quarter>/hand-in", service.HAND_IN)
def hand_in(quarter: str) -> Response:
    """Note that the list of a quarter was handed in."""
    service.hand_in(current_actor(), quarter, one_line("note")[:1000])
    return done(_("Saved."), "reports_listed")


@page("/permits/<string:key>/dossier", "registry.read")
def permit_dossier(key: str) -> str:
    """Everything on file about a permit."""
    found = dossier.gather(current_actor(), key)
    sections = [
        (name, columns, [_row(name, columns, row) for row in found[name]]) for name, columns in SECTIONS.items()
    ]
    return render_template("reports/dossier.html", permit=key, sections=sections, made_at=found["made_at"])


@page("/permits/<string:key>/dossier/<string:form>", "registry.read")
def dossier_as(key: str, form: str) -> Response:
    """The dossier as a file."""
    if form not in ("json", "zip"):
        raise NotFound("no_such_form", f"there is no form {form[:10]!r}")
    return dossier_file(dossier.gather(current_actor(), key), form)


def _row(section: str, columns: tuple[str, ...], row: dict[str, Any]) -> list[str]:
    return [_cell(section, column, row.get(column)) for column in columns]


def _cell(section: str, column: str, value: Any) -> str:
    if context := WORDS.get((section, column)):
        return languages.word(context, value)
    if column == "valid":
        return " – ".join(_day(each) or _("open") for each in value or ())
    if isinstance(value, dict):
        return languages.said(value)
    if isinstance(value, list):
        return " · ".join(_said(each) for each in value)
    return _day(value, hour=True) if column.endswith(("_at", "at")) else "" if value is None else str(value)


def _said(each: Any) -> str:
    if not isinstance(each, dict):
        return languages.word("category", each)
    return " ".join(filter(None, (languages.said(each), each.get("comment", "")))) or str(each.get("code", ""))


def _day(text: Any, *, hour: bool = False) -> str:
    if not text:
        return ""
    at = dt.datetime.fromisoformat(str(text))
    return showing.moment(at) if hour else showing.day(at)
