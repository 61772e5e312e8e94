"""The places of the console: what stands in the bar under its head, and which pages belong to each."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, request
from flask_babel import lazy_gettext as _


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the bar: its first page, what one must hold to see it, its name, the concepts that belong to it."""

    endpoint: str
    needs: str
    name: object
    concepts: tuple[str, ...]


PLACES = (
    Place("console.home_home", "registry.read", _("Home"), ("home",)),
    Place("console.notices_inbox", "notice.read", _("Notices"), ("notices", "webhooks")),
    Place(
        "console.filings_listed",
        "filing.read",
        _("Filings"),
        ("filings", "batches", "papers", "bulk", "reviewing", "lookups"),
    ),
    Place(
        "console.ports_tree",
        "registry.read",
        _("Registry"),
        ("ports", "signatures", "letters", "enterprises", "permits", "gateways", "lifecycle", "contacts", "handlers"),
    ),
    Place(
        "console.findings_listed",
        "finding.read",
        _("Findings"),
        ("findings", "cases", "asks", "detection", "replays", "measures"),
    ),
    Place("console.lookback_plans", "lookback.read", _("Look-back"), ("lookback",)),
    Place("console.traffic_files", "traffic.read", _("Gateway records"), ("traffic",)),
    Place("console.reports_listed", "report.read", _("Reports"), ("reports",)),
    Place("console.audit_events", "audit.read", _("Audit trail"), ("audit",)),
    Place("console.deputies_listed", "deputy.manage", _("Deputies"), ("deputies",)),
    Place("console.keys_listed", "key.manage", _("API keys"), ("keys",)),
)


def places() -> Iterator[tuple[str, str, object]]:
    """Every place: first page, permission, name."""
    return (
        (place.endpoint, place.needs, place.name) for place in PLACES if place.endpoint in current_app.view_functions
    )


def here_is(endpoint: str) -> bool:
    """Whether the present page belongs to the place that begins there."""
    concept = str(request.endpoint).partition(".")[2].partition("_")[0]
    return any(place.endpoint == endpoint and concept in place.concepts for place in PLACES)
