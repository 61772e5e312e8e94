"""Filings: the queue of reviewers, a company's own list, one filing with its checks, and what may be done with it."""

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from admin import asked, forms
from admin.languages import word
from admin.page import act, done, gettext, one_line, page
from registry.enterprises.queries import names_of
from registry.filings import engine, queries, service
from registry.filings.content import parties
from registry.filings.forms import FORMS
from registry.filings.kinds import Kind
from registry.filings.model import Filing
from registry.filings.reasons import BY_CODE, REASONS
from registry.filings.workflow import State
from registry.http import current_actor

ROWS = 4  # reasons that one refusal's form holds
PLAIN = {"claim": service.claim, "release": service.release, "submit": service.submit, "propose": service.submit}
WITH_WORDS = {
    "approve": service.approve,
    "endorse": service.approve,
    "confirm": service.approve,
    "accept": service.accept,
    "decline": service.decline,
    "withdraw": service.withdraw,
}
REFUSING = {"return": service.send_back, "reject": service.reject}


@page("/filings", "filing.read")
def listed() -> str:
    """What waits for a reviewer; for a company, and where asked for, all filings by state and kind."""
    actor = current_actor()
    state, kind = asked.text("state"), asked.text("kind")
    chosen = {"state": state if state in list(State) else "", "kind": kind if kind in list(Kind) else ""}
    whole = actor.is_company or bool(asked.text("all")) or bool(chosen["state"])
    found = queries.listed(actor, asked.paging(), **chosen) if whole else None
    rows = found.items if found else queries.queue(actor, kind=chosen["kind"])
    return render_template(
        "filings/list.html",
        filings=rows,
        after=found.after if found else "",
        whole=whole,
        waiting=queries.waiting(actor),
        states=State,
        kinds=Kind,
        names=names_of(each.applicant for each in rows),
    )


@page("/filings/<string:key>", "filing.read")
def one(key: str) -> str:
    """One filing: what it asks for, what the checks say, what was decided, and what may be done now."""
    actor = current_actor()
    shown = queries.page(actor, key)
    filing = shown.filing
    codes = {filing.applicant, filing.counterparty, *(permit.user for permit in shown.beside)}
    return render_template(
        "filings/one.html",
        page=shown,
        filing=filing,
        fields=[field for field in forms.fields_of(FORMS[filing.kind]) if filing.content.get(field.name)],
        checks={check.code: check for check in engine.catalogue()},
        reasons=REASONS,
        by_code=BY_CODE,
        rows=ROWS,
        names=names_of(codes | set(parties(shown.content).values())),
    )


@act("/filings/<string:key>/<any(claim, release):action>", "filing.claim")
def take(key: str, action: str) -> Response:
    """Take a filing from the queue, or put it back."""
    return _moved(PLAIN[action](current_actor(), key, version=asked.sent_version()))


@act("/filings/<string:key>/<any(submit, propose):action>", "filing.submit")
def hand_in(key: str, action: str) -> Response:
    """Hand a draft in."""
    return _moved(PLAIN[action](current_actor(), key, version=asked.sent_version()))


@act("/filings/<string:key>/withdraw", "filing.submit")
def withdraw(key: str) -> Response:
    """Take a filing back."""
    return _with_words(key, "withdraw")


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
    return _moved(decide(current_actor(), key, version=asked.sent_version(), reasons=reasons, comment=comment))


def _with_words(key: str, action: str) -> Response:
    return _moved(WITH_WORDS[action](current_actor(), key, version=asked.sent_version(), comment=one_line("comment")))


def _reasons() -> Any:
    lines = zip(*(request.form.getlist(name) for name in ("code", "field", "reason_comment")), strict=True)
    return ({"code": code, "field": field, "comment": words.strip()} for code, field, words in lines if code)


def _moved(filing: Filing) -> Response:
    said = gettext("Done: %(state)s.", state=word("filing_state", filing.state))
    return done(said, "filings_one", key=filing.key)
