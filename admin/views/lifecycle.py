"""Life after approval: what ends soon, what lapses, which extensions rest."""

from typing import Any

from flask import render_template, url_for
from werkzeug.wrappers import Response

from admin import asked
from admin.page import act, done, gettext, one_line, page
from registry.enterprises.queries import names_of
from registry.filings.changing import RENEWABLE
from registry.filings.kinds import Kind
from registry.http import current_actor
from registry.kernel.paging import PageRequest
from registry.lifecycle import idle as without_permit
from registry.lifecycle import queries, service
from registry.lifecycle.kinds import Expiring
from registry.lifecycle.workflow import LapseState

PAGES = {
    Expiring.PERMIT: ("permits_one", "key"),
    Expiring.SIGNATURE: ("signatures_one", "key"),
    Expiring.PORT: ("ports_one", "port"),
    Expiring.LICENCE: ("enterprises_one", "code"),
}
MOST_RESTING = 100


@page("/lifecycle", "registry.read")
def ends() -> str:
    """What ends soon, what lapses, what rests."""
    actor, enterprise = current_actor(), asked.text("enterprise")
    state = asked.text("state")
    endings = queries.ending_for(actor, enterprise)
    lapses = queries.lapses(actor, asked.paging(), state=state if state in list(LapseState) else "")
    resting = queries.quarantined(actor, PageRequest("", MOST_RESTING))
    idle = without_permit.idle(actor, PageRequest("", MOST_RESTING))
    codes = {code for each in endings for code in each.enterprises}
    codes |= {each.enterprise for each in lapses.items} | {each.holder for each in resting.items}
    codes |= {each.holder for each in idle.items}
    return render_template(
        "lifecycle/ends.html",
        endings=endings,
        lapses=lapses,
        resting=resting.items,
        idle=idle.items,
        names=names_of(codes),
        states=LapseState,
        page_of=page_of,
        renewal_of=renewal_of,
    )


@act("/lifecycle/extensions/<string:port>/take-back", service.TAKE_BACK)
def take_back(port: str) -> Response:
    """Take an extension without a permit back."""
    service.take_back(current_actor(), port, one_line("reason")[:2000])
    return done(gettext("It is taken back; its rest has begun."), "lifecycle_ends")


def page_of(what: str, key: str) -> str:
    """The page that shows a thing that ends, empty where there is none."""
    endpoint, name = PAGES.get(Expiring(what), ("", ""))
    parts: dict[str, Any] = {name: key}
    return url_for(f"console.{endpoint}", **parts) if endpoint else ""


def renewal_of(what: str, key: str) -> str:
    """Where a thing that ends is renewed with what is on file, empty where it is not renewed by a filing."""
    if what not in RENEWABLE:
        return ""
    return url_for("console.filings_own_new", kind=Kind.RENEWAL.value, subject_kind=what, subject=key)
