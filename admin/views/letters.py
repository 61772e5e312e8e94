"""Letters of authorisation: what their owners say, staff's asking; and the page of an owner that has no log-in."""

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from admin import asked
from admin.failing import inline
from admin.page import PUBLIC, act, done, gettext, one_line, page
from registry.audit import queries as audit
from registry.enterprises.queries import names_of
from registry.http import current_actor
from registry.http.problem import STATUS, request_id
from registry.inquiries import queries, service
from registry.inquiries.workflow import ANSWER, ASK, MACHINE
from registry.kernel import clock
from registry.kernel.errors import Conflict, Invalid, TooMany
from registry.kernel.paging import PageRequest
from registry.permits import queries as permits
from registry.signatures import queries as signatures
from registry.signatures.kinds import Confirmation

FEW = PageRequest("", 200)
SAID = {"confirmed": "confirm", "denied": "deny"}


@page("/letters", "registry.read")
def listed() -> str:
    """Letters by the owner's answer; before them what a company is asked about letters on their way."""
    confirmation = asked.text("confirmation")
    actor = current_actor()
    found = signatures.letters(actor, asked.paging(), confirmation=confirmation, owner=asked.text("owner"))
    on_their_way = queries.asked_of(actor) if actor.is_company else []
    parties = [(row.owner, row.applicant) for row in found.items] + [(row.owner, row.applicant) for row in on_their_way]
    names = names_of(party for both in parties for party in both)
    return render_template(
        "letters/list.html",
        letters=found,
        said=queries.of_letters([row.key for row in found.items]),
        asked_of=[(row, MACHINE.open_to(row, row.state, actor)) for row in on_their_way],
        names=names,
        answers=Confirmation,
        own=actor.enterprise,
    )


@page("/letters/<string:key>", "registry.read")
def one(key: str) -> str:
    """One letter: what it allows, what its owner says, what rests on it."""
    return _one(key)


@act("/letters/<string:key>/answer", ANSWER)
def answer(key: str) -> Response:
    """The owner says whether a letter is its own, or takes its word back."""
    said = one_line("answer")
    service.answer_about_letter(current_actor(), key, SAID.get(said, said), reason=one_line("reason")[:2000])
    return done(gettext("Your answer is on record."), "letters_listed")


@act("/letters/<string:key>/ask", ASK)
def ask(key: str) -> Any:
    """Staff asks the owner about a letter that stands."""
    try:
        service.ask_about_letter(current_actor(), key, **_reached())
    except (Invalid, Conflict) as problem:
        return _one(key, problem=inline(problem)), STATUS[type(problem)]
    return done(gettext("The owner is asked."), "letters_one", key=key)


@act("/inquiries/<string:key>/ask", ASK)
def ask_again(key: str) -> Response:
    """Staff asks the owner about a letter that is filed."""
    row = service.ask(current_actor(), key, version=asked.sent_version(), **_reached())
    return done(gettext("The owner is asked."), "filings_one", key=row.filing)


@act("/inquiries/<string:key>/answer", ANSWER)
def answer_inquiry(key: str) -> Response:
    """The owner says whether a letter that is filed is its own."""
    service.answer(current_actor(), key, one_line("answer"), reason=one_line("reason")[:2000])
    return done(gettext("Your answer is on record."), "letters_listed")


@page("/owner", PUBLIC)
def new_link() -> str:
    """The form to ask for a new link."""
    return render_template("letters/link.html")


@act("/owner", PUBLIC)
def send_link() -> Any:
    """Mail a new link to a known address; the answer never says whether it is one."""
    try:
        service.send_new_link(one_line("email")[:254], _came_from())
    except TooMany as problem:
        return render_template("letters/link.html", problem=inline(problem)), STATUS[TooMany]
    return render_template("letters/link.html", sent=True)


@page("/owner/<string:code>", PUBLIC)
def owner(code: str) -> str:
    """What an owner sees behind its one-time link."""
    return _owner(code)


@act("/owner/<string:code>", PUBLIC)
def say(code: str) -> Any:
    """Everything that the owner says, at once: the link is used up."""
    said = {name.removeprefix("answer-"): value for name, value in request.form.items() if name.startswith("answer-")}
    try:
        rows = service.answer_by_link(
            code, said, _came_from(), reason=one_line("reason")[:2000], request_id=request_id()
        )
    except Invalid as problem:
        return _owner(code, problem=inline(problem)), STATUS[Invalid]
    return render_template("letters/said.html", rows=rows, names=names_of(row.applicant for row in rows))


def _owner(code: str, **told: Any) -> str:
    shown = service.open_link(code, _came_from(), request_id())
    codes = {shown.owner, *(row.applicant for row in shown.letters), *(row.user for row in shown.permits)}
    return render_template("letters/owner.html", shown=shown, code=code, names=names_of(codes), **told)


def _one(key: str, **told: Any) -> str:
    actor = current_actor()
    found = signatures.letter(actor, key)
    inquiry = queries.of_letter(key)
    state = queries.state_of(found)
    resting = permits.listed(actor, FEW, letter=key).items
    ended = found.valid_until is not None and found.valid_until <= clock.now()
    return render_template(
        "letters/one.html",
        letter=found,
        inquiry=inquiry,
        state=state,
        ended=ended,
        actions=[] if ended else MACHINE.open_to(inquiry or found, state, actor),
        permits=resting,
        names=names_of({found.owner, found.applicant, *(each.user for each in resting)}),
        history=[] if actor.is_company else audit.history("letter", key),
        **told,
    )


def _reached() -> dict[str, str]:
    return {"address": one_line("address")[:254], "source": one_line("source")[:300]}


def _came_from() -> str:
    return request.remote_addr or ""
