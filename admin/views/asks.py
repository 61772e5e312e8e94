"""Originals that were asked for: the list, one of them, what may be done about it."""

from flask import render_template, request
from werkzeug.wrappers import Response

from admin import asked
from admin.page import act, done, gettext, one_line, page
from registry.asks import queries, service
from registry.asks.model import Ask
from registry.asks.workflow import MACHINE, AskState
from registry.detection.proof import SENTENCES, Stance
from registry.enterprises.queries import names_of
from registry.http import current_actor
from registry.kernel.errors import Invalid
from registry.papers import service as papers
from registry.papers.kinds import PaperKind
from registry.store import unit_of_work


@page("/asks", "finding.read")
def listed() -> str:
    """Asks by state; a company sees its own."""
    state = asked.text("state")
    found = queries.asks(
        current_actor(),
        asked.paging(),
        state=state if state in list(AskState) else "",
        overdue=bool(asked.text("overdue")),
        enterprise=asked.text("enterprise"),
    )
    names = names_of(each.enterprise for each in found.items)
    return render_template("asks/list.html", asks=found, states=AskState, names=names, elements=SENTENCES)


@page("/asks/<string:key>", "finding.read")
def one(key: str) -> str:
    """One ask."""
    actor = current_actor()
    found = queries.ask(actor, key)
    return render_template(
        "asks/one.html",
        ask=found,
        elements=SENTENCES,
        actions=MACHINE.open_to(found, found.state, actor),
        stances=Stance,
        names=names_of([found.enterprise]),
    )


@act("/asks/<string:key>/answer", "finding.answer")
def answer(key: str) -> Response:
    """The enterprise hands scans of originals over."""
    actor, sent = current_actor(), [each for each in request.files.getlist("paper") if each]
    with unit_of_work():
        kept = [papers.upload(actor, each.read(), each.filename or "", PaperKind.OTHER).key for each in sent]
        return _moved(service.answer(actor, key, one_line("text"), kept, version=asked.sent_version()))


@act("/asks/<string:key>/refuse", "finding.answer")
def refuse(key: str) -> Response:
    """The enterprise hands nothing over, and says why."""
    return _moved(service.refuse(current_actor(), key, one_line("text"), version=asked.sent_version()))


@act("/asks/<string:key>/note_refusal", "finding.work")
def note_refusal(key: str) -> Response:
    """Staff was told that it is refused."""
    return _moved(service.refuse(current_actor(), key, one_line("text"), version=asked.sent_version()))


@act("/asks/<string:key>/receive", "finding.work")
def receive(key: str) -> Response:
    """Staff notes what came in another way."""
    hashes, version = one_line("hashes").split(), asked.sent_version()
    return _moved(service.receive(current_actor(), key, one_line("text"), hashes, version=version))


@act("/asks/<string:key>/remind", "finding.work")
def remind(key: str) -> Response:
    """Ask once more."""
    return _moved(service.remind(current_actor(), key, one_line("text"), version=asked.sent_version()))


@act("/asks/<string:key>/send_back", "finding.work")
def send_back(key: str) -> Response:
    """Ask again, until a new day."""
    due, version = asked.sent_day("due"), asked.sent_version()
    return _moved(service.send_back(current_actor(), key, one_line("text"), due=due, version=version))


@act("/asks/<string:key>/accept", "finding.judge")
def accept(key: str) -> Response:
    """Say what the original shows."""
    if one_line("stance") not in list(Stance):
        raise Invalid("no_stance", "say whether it speaks for it or against it")
    stance = Stance(one_line("stance"))
    return _moved(service.accept(current_actor(), key, stance, one_line("text"), version=asked.sent_version()))


@act("/asks/<string:key>/drop", "finding.work")
def drop(key: str) -> Response:
    """It is no longer wanted."""
    return _moved(service.drop(current_actor(), key, one_line("text"), version=asked.sent_version()))


def _moved(ask: Ask) -> Response:
    return done(gettext("Done."), "asks_one", key=ask.key)
