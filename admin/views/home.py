"""The first page: what waits for me."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import render_template, url_for
from flask_babel import gettext as _

from admin.page import page
from registry.asks import queries as asks
from registry.detection import queries as detection
from registry.filings import queries as filings
from registry.http import current_actor
from registry.inquiries import queries as inquiries
from registry.inquiries.workflow import UNANSWERED
from registry.kernel.actor import Actor
from registry.kernel.paging import PageRequest
from registry.lookback import queries as lookback
from registry.measures import queries as measures
from registry.measures.kinds import MeasureState
from registry.signatures import queries as signatures
from registry.signatures.kinds import Confirmation

MOST = 100  # counted one by one: beyond this a page says "100"


@dataclass(frozen=True, slots=True)
class Tile:
    """A number and where it leads. `late`: somebody waits longer than was promised."""

    count: int
    name: str
    address: str
    late: bool = False


@page("/", "registry.read")
def home() -> str:
    """What waits for whoever looks."""
    actor = current_actor()
    return render_template("home/home.html", tiles=list(_tiles(actor)))


def _tiles(actor: Actor) -> Iterator[Tile]:
    if actor.may("filing.read"):
        yield from _filings(actor)
    if actor.may("finding.read"):
        yield from _findings(actor)
    if actor.may("lookback.read"):
        yield from _lookback(actor)
    if actor.may("letter.confirm"):
        unanswered = signatures.letters(
            actor, PageRequest("", MOST), owner=actor.enterprise or "", confirmation=Confirmation.NONE.value
        )
        there = url_for("console.letters_listed", confirmation="none", owner=actor.enterprise)
        on_their_way = [row for row in inquiries.asked_of(actor) if row.state in UNANSWERED]
        yield Tile(len(unanswered.items) + len(on_their_way), _("letters to confirm"), there)
    if actor.may("measure.lift") and not actor.is_company:
        lifted = measures.listed(actor, PageRequest("", MOST), state=MeasureState.LIFTED)
        due = [each for each in lifted.items if each.second_look_due and not each.second_look_by]
        there = url_for("console.measures_listed", state="lifted")
        yield Tile(len(due), _("liftings to look at again"), there)


def _filings(actor: Actor) -> Iterator[Tile]:
    waits = filings.waiting(actor)
    there = url_for("console.filings_listed")
    if actor.is_company:
        returned = filings.listed(actor, PageRequest("", MOST), state="returned", applicant=actor.enterprise or "")
        proposed = filings.listed(actor, PageRequest("", MOST), state="proposed", counterparty=actor.enterprise or "")
        yield Tile(
            len(returned.items), _("filings returned to you"), url_for("console.filings_listed", state="returned")
        )
        yield Tile(len(proposed.items), _("delegations to accept"), url_for("console.filings_listed", state="proposed"))
        yield Tile(sum(waits.by_state.values()), _("filings on their way"), there)
        return
    yield Tile(waits.by_state.get("submitted", 0), _("filings to review"), there)
    yield Tile(waits.mine, _("filings you have claimed"), url_for("console.filings_listed", state="in_review"))
    second = url_for("console.filings_listed", state="awaiting_second")
    yield Tile(waits.by_state.get("awaiting_second", 0), _("filings for a second reviewer"), second)
    yield Tile(waits.late, _("filings later than promised"), there, late=True)


def _findings(actor: Actor) -> Iterator[Tile]:
    counted = detection.waiting(actor)
    states = (
        {"notified": _("findings to answer")}
        if actor.is_company
        else {
            "open": _("findings open"),
            "answered": _("findings answered, to be judged"),
        }
    )
    for state, name in states.items():
        yield Tile(counted.get(state, 0), name, url_for("console.findings_listed", state=state))
    name = _("originals to hand over") if actor.is_company else _("originals to look at")
    there = url_for("console.asks_listed", state="asked" if actor.is_company else "received")
    yield Tile(asks.waiting(actor), name, there)
    yield Tile(
        counted["overdue"], _("answers to findings overdue"), url_for("console.findings_listed", overdue=1), late=True
    )


def _lookback(actor: Actor) -> Iterator[Tile]:
    counted = lookback.waiting(actor)
    there = url_for("console.lookback_items", outcome="needs_answer")
    if not actor.is_company:
        yield Tile(counted["answered"], _("look-back answers to judge"), there)
    yield Tile(counted["needs_answer"], _("look-back items that need an answer"), there)
    yield Tile(
        counted["overdue"], _("look-back items overdue"), url_for("console.lookback_items", overdue=1), late=True
    )
