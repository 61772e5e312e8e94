"""Filings: the queue of reviewers, a company's own list, one filing with its checks, and what may be done with it."""

from collections.abc import Callable
from typing import Any

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from admin import asked, forms
from admin.languages import word
from admin.page import act, done, gettext, one_line, page
from registry.enterprises.queries import names_of
from registry.filings import engine, needs_two, queries, service
from registry.filings.content import parties
from registry.filings.forms import FORMS
from registry.filings.kinds import Kind, Priority
from registry.filings.model import Filing
from registry.filings.queries.outside import asked_of
from registry.filings.reasons import BY_CODE
from registry.filings.workflow import State
from registry.http import current_actor
from registry.http.problem import STATUS
from registry.inquiries import queries as inquiries
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Stale
from registry.kernel.paging import Page
from registry.papers.service import READ_OFF

ROWS = 4  # reasons that one refusal's form holds
PLAIN = {"claim": service.claim, "release": service.release, "submit": service.submit, "propose": service.submit}
WITH_WORDS = {
    "approve": service.approve,
    "endorse": service.approve,
    "confirm": service.approve,
    "accept": service.accept,
    "decline": service.decline,
    "withdraw": service.withdraw,
    "urge": service.urge,
    "appeal": service.appeal,
}
REFUSING = {"return": service.send_back, "reject": service.reject}


@page("/filings", "filing.read")
def listed() -> str:
    """What waits for a reviewer; for a company, and where asked for, all filings by state and kind."""
    actor = current_actor()
    state, kind = asked.text("state"), asked.text("kind")
    chosen = {"state": state if state in list(State) else "", "kind": kind if kind in list(Kind) else ""}
    whole = actor.is_company or bool(asked.text("all")) or bool(chosen["state"])
    late = bool(asked.text("late"))
    found = _listed(actor, chosen, late=late) if whole else _queue(actor, chosen["kind"], late=late)
    return render_template(
        "filings/list.html",
        filings=found.items,
        after=found.after,
        whole=whole,
        waiting=queries.waiting(actor),
        states=State,
        kinds=Kind,
        priorities=Priority,
        now=clock.now(),
        names=names_of(each.applicant for each in found.items),
    )


def _listed(actor: Actor, chosen: dict[str, str], *, late: bool) -> Page[Filing]:
    return queries.listed(actor, asked.paging(), late=late, **chosen)


def _queue(actor: Actor, kind: str, *, late: bool) -> Page[Filing]:
    priority = asked.text("priority")
    filters = {"kind": kind, "priority": priority if priority in list(Priority) else "", "office": asked.text("office")}
    return queries.queue(actor, asked.paging(), late=late, mine=bool(asked.text("mine")), **filters)


@page("/filings/conditions", "filing.read")
def conditions() -> str:
    """Who needs a second reviewer."""
    return render_template("filings/conditions.html", rows=needs_two.table(clock.today()))


@page("/filings/<string:key>", "filing.read")
def one(key: str) -> str:
    """One filing: what it asks for, what the checks say, what was decided, and what may be done now."""
    actor = current_actor()
    shown = queries.page(actor, key)
    filing = shown.filing
    codes = {filing.applicant, filing.counterparty}
    if shown.review:
        codes |= {permit.user for permit in shown.review.beside}
        codes = codes.union(*(step.parties() for step in shown.review.chain))
    return render_template(
        "filings/one.html",
        page=shown,
        filing=filing,
        asked_outside=asked_of(filing) if actor.may("lookup.read") else [],
        inquiry=inquiries.of_filing(key) if filing.kind is Kind.LETTER else None,
        fields=[field for field in forms.fields_of(FORMS[filing.kind]) if filing.content.get(field.name)],
        checks={check.code: check for check in engine.catalogue()},
        by_code=BY_CODE,
        rows=ROWS,
        now=clock.now(),
        names=names_of(codes | set(parties(shown.content).values())),
    )


@act("/filings/<string:key>/<any(claim, release):action>", "filing.claim")
def take(key: str, action: str) -> Response:
    """Take a filing from the queue, or put it back."""
    return _done(key, lambda: PLAIN[action](current_actor(), key, version=asked.sent_version()))


@act("/filings/<string:key>/papers/<string:paper>/reading", READ_OFF)
def read_off(key: str, paper: str) -> Response:
    """Whose a licence is, as it stands on it; the checks run again."""
    service.read_off(current_actor(), paper, one_line("name_on_it")[:200], one_line("code_on_it")[:200])
    return done(gettext("Whose licence it is, is on record; the checks ran again."), "filings_one", key=key)


@act("/filings/next", "filing.claim")
def take_next() -> Response:
    """Take the first one of the queue."""
    return _moved(service.claim_next(current_actor()))


@act("/filings/<string:key>/<any(submit, propose):action>", "filing.submit")
def hand_in(key: str, action: str) -> Response:
    """Hand a draft in."""
    return _done(key, lambda: PLAIN[action](current_actor(), key, version=asked.sent_version()))


@act("/filings/<string:key>/withdraw", "filing.submit")
def withdraw(key: str) -> Response:
    """Take a filing back."""
    return _with_words(key, "withdraw")


@act("/filings/<string:key>/<any(urge, appeal):action>", "filing.submit")
def press(key: str, action: str) -> Response:
    """Urge those who review it, or appeal against their rejection."""
    return _with_words(key, action)


@act("/filings/<string:key>/<any(accept, decline):action>", "filing.accept")
def reply(key: str, action: str) -> Response:
    """Answer a delegation that the other company proposed."""
    return _with_words(key, action)


@act("/filings/<string:key>/<any(approve, endorse, confirm):action>", "filing.decide")
def approve(key: str, action: str) -> Response:
    """Say yes: alone, as the first of two, or as the second."""
    return _with_words(key, action)


@act("/filings/<string:key>/<any(return, reject):action>", "filing.decide")
def refuse(key: str, action: str) -> Response:
    """Send back or reject, with coded reasons."""
    reasons, comment = list(_reasons()), one_line("comment")
    decide = REFUSING[action]
    version = asked.sent_version()
    return _done(key, lambda: decide(current_actor(), key, version=version, reasons=reasons, comment=comment))


def _with_words(key: str, action: str) -> Response:
    version, comment = asked.sent_version(), one_line("comment")
    return _done(key, lambda: WITH_WORDS[action](current_actor(), key, version=version, comment=comment))


def _reasons() -> Any:
    lines = zip(*(request.form.getlist(name) for name in ("code", "field", "reason_comment")), strict=True)
    return ({"code": code, "field": field, "comment": words.strip()} for code, field, words in lines if code)


def _done(key: str, do: Callable[[], Filing]) -> Response:
    """What was done; where somebody else was quicker: who, what, when, and what one had written."""
    try:
        return _moved(do())
    except Stale:
        actor = current_actor()
        filing = queries.find(actor, key)
        words = [text for name in ("comment", "reason_comment") for text in request.form.getlist(name) if text.strip()]
        act = queries.last_act(actor, filing)
        page = render_template("filings/changed.html", filing=filing, act=act, words=words)
        return make_response(page, STATUS[Stale])


def _moved(filing: Filing) -> Response:
    said = gettext("Done: %(state)s.", state=word("filing_state", filing.state))
    return done(said, "filings_one", key=filing.key)
