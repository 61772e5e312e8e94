"""Changes of contact over the API."""

from typing import Any

from flask import Response, jsonify

from registry.contacts import queries, service
from registry.contacts.model import ContactChange
from registry.contacts.schemas import (
    ChangeIn,
    ChangeOut,
    ChangePage,
    ChangeQuery,
    ExpectIn,
    ReasonIn,
    ReportIn,
    UnmaskIn,
    ValueOut,
)
from registry.contacts.workflow import DECIDE, REPORT
from registry.http import Blueprint, current_actor
from registry.kernel.paging import Page

blueprint = Blueprint("contacts", __name__, url_prefix="/api/v1", description="Changes of contact, within their days.")
READ = "registry.read"


@blueprint.read("/contact-changes", READ, answers=ChangePage, query=ChangeQuery)
def changes(query: dict[str, Any]) -> Page[ContactChange]:
    """Changes, by age; a company's own."""
    return queries.listed(current_actor(), ChangeQuery.page(query), **query)


@blueprint.read("/contact-changes/<string:key>", READ, answers=ChangeOut)
def change(key: str) -> ContactChange:
    """One change."""
    return queries.one(current_actor(), key)


@blueprint.write("/contact-changes", REPORT, takes=ChangeIn, answers=ChangeOut, status=201)
def report(body: dict[str, Any]) -> ContactChange:
    """An enterprise reports a change of its own."""
    return service.report(current_actor(), **body)


@blueprint.write("/contact-changes:expect", DECIDE, takes=ExpectIn, answers=ChangeOut, status=201)
def expect(body: dict[str, Any]) -> ContactChange:
    """Staff knows of a change that was not reported: the enterprise is told."""
    return service.expect(current_actor(), **body)


@blueprint.write("/contact-changes/<string:key>/report", REPORT, takes=ReportIn, answers=ChangeOut, decides=True)
def report_expected(key: str, body: dict[str, Any], version: int) -> ContactChange:
    """The enterprise reports what is expected of it, or anew what was refused."""
    return service.report_expected(current_actor(), key, version=version, **body)


@blueprint.write("/contact-changes/<string:key>/accept", DECIDE, takes=ReasonIn, answers=ChangeOut, decides=True)
def accept(key: str, body: dict[str, Any], version: int) -> ContactChange:
    """Take a change over."""
    return service.accept(current_actor(), key, version=version, **body)


@blueprint.write("/contact-changes/<string:key>/refuse", DECIDE, takes=ReasonIn, answers=ChangeOut, decides=True)
def refuse(key: str, body: dict[str, Any], version: int) -> ContactChange:
    """Refuse a report, with a reason."""
    return service.refuse(current_actor(), key, version=version, **body)


@blueprint.write("/contact-changes/<string:key>/drop", DECIDE, takes=ReasonIn, answers=ChangeOut, decides=True)
def drop(key: str, body: dict[str, Any], version: int) -> ContactChange:
    """Nothing had changed."""
    return service.drop(current_actor(), key, version=version, **body)


@blueprint.write("/contact-changes/<string:key>/unmask", service.SEE, takes=UnmaskIn, answers=ValueOut)
def unmask(key: str, body: dict[str, Any]) -> Response:
    """See a telephone whole, with the reason on record."""
    response = jsonify({"value": service.unmask(current_actor(), key, body["reason"])})
    response.headers["Cache-Control"] = "no-store"
    return response
