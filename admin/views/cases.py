"""Cases: the list, one with its story, and what may be done about it."""

import io
from typing import Any

from flask import render_template, request, send_file
from markupsafe import Markup
from werkzeug.wrappers import Response

from admin import asked
from admin.failing import inline
from admin.languages import language
from admin.page import act, done, gettext, one_line, page
from registry.cases import drawing, queries, service
from registry.cases.pack import making
from registry.cases.queries import Told
from registry.cases.workflow import MACHINE
from registry.detection.catalogue import catalogue
from registry.detection.kinds import CaseKind, CaseState
from registry.detection.model import Case
from registry.detection.proof import NEEDED, SENTENCES, Element, Stance, missing
from registry.detection.verdicts import SENTENCES as VERDICTS
from registry.detection.verdicts import Verdict
from registry.enterprises.queries import names_of
from registry.http import current_actor
from registry.http.problem import STATUS
from registry.kernel.errors import Conflict, Invalid


@page("/cases", "detection.read")
def listed() -> str:
    """Cases, as stories that findings tell together; the highest scores first."""
    kind, state = asked.text("kind"), asked.text("state")
    found = queries.cases(
        asked.paging(),
        order="score",
        kind=kind if kind in list(CaseKind) else "",
        state=state if state in list(CaseState) else "",
        enterprise=asked.text("enterprise"),
        port=asked.text("port"),
    )
    names = names_of(each.enterprise for each in found.items)
    return render_template("cases/list.html", cases=found, kinds=CaseKind, states=CaseState, names=names)


@page("/cases/<string:key>", "detection.read")
def one(key: str) -> str:
    """One case: its story, how its proof stands, its findings, what was asked for, what may be done."""
    return _one(key)


def _one(key: str, **tried: Any) -> str:
    told, actor = queries.told(key), current_actor()
    return render_template(
        "cases/one.html",
        told=told,
        case=told.case,
        drawn=_drawn(told),
        proof={verdict: missing(verdict, told.standings) for verdict in NEEDED},
        elements=SENTENCES,
        stances=Stance,
        verdicts=VERDICTS,
        actions=MACHINE.open_to(told, told.case.state, actor),
        rules=catalogue(),
        names=told.registered.names,
        **tried,
    )


def _drawn(told: Told) -> dict[str, Any]:
    """Chain and time line for wide and for narrow screens; the style sheet shows one of each."""
    widths = {"wide": drawing.WIDE, "narrow": drawing.NARROW}
    said = language()
    return {
        kind: {name: Markup(draw(told.story, said, width)) for name, width in widths.items()}  # noqa: S704 - ours, escaped
        for kind, draw in (("chain", drawing.chain), ("time", drawing.time_line))
    }


@act("/cases/<string:key>/take", "finding.work")
def take(key: str) -> Response:
    """Work on it from now on."""
    return _moved(service.take(current_actor(), key, one_line("text"), version=asked.sent_version()))


@act("/cases/<string:key>/note", "finding.work")
def note(key: str) -> Response:
    """Enter what speaks for or against an element of proof."""
    said = (_element(), _stance(), one_line("text"))
    who, version = current_actor(), asked.sent_version()
    return _moved(service.note(who, key, *said, paper=one_line("paper"), version=version))


@act("/cases/<string:key>/ask", "finding.work")
def ask(key: str) -> Response:
    """Ask an enterprise for an original."""
    what, due, version = one_line("text"), asked.sent_day("due"), asked.sent_version()
    service.ask(current_actor(), key, one_line("enterprise"), _element(), what, due=due, version=version)
    return done(gettext("The original is asked for."), "cases_one", key=key)


@act("/cases/<string:key>/judge", "finding.judge")
def judge(key: str) -> Any:
    """Decide what it was; a verdict that lacks its proof comes back with what is missing, and with what was written."""
    if one_line("verdict") not in list(Verdict):
        raise Invalid("no_verdict", "choose what it was")
    verdict, text = Verdict(one_line("verdict")), one_line("text")
    try:
        return _moved(service.judge(current_actor(), key, verdict, text, version=asked.sent_version()))
    except Conflict as problem:
        tried = {"verdict": verdict, "text": text}
        return _one(key, problem=inline(problem), tried=tried), STATUS[type(problem)]


@act("/cases/<string:key>/<any(close, reopen):action>", "finding.judge")
def end(key: str, action: str) -> Response:
    """Nothing is left to do, or it is looked at once more."""
    do = {"close": service.close, "reopen": service.reopen}[action]
    return _moved(do(current_actor(), key, one_line("text"), version=asked.sent_version()))


@act("/cases/<string:key>/merge", "finding.work")
def merge(key: str) -> Response:
    """Have another case take it in."""
    into, version = one_line("into"), asked.sent_version()
    return _moved(service.merge(current_actor(), key, into, one_line("text"), version=version))


@act("/cases/<string:key>/split", "finding.work")
def split(key: str) -> Response:
    """Make some of its findings a case of their own."""
    going, version = request.form.getlist("findings"), asked.sent_version()
    return _moved(service.split(current_actor(), key, going, one_line("text"), version=version))


@page("/cases/<string:key>/pack", "case.pack")
def pack(key: str) -> Response:
    """The evidence pack, to be saved."""
    made = making.make(current_actor(), key)
    return send_file(io.BytesIO(made.content), "application/zip", as_attachment=True, download_name=made.name)


def _element() -> Element:
    if one_line("element") not in list(Element):
        raise Invalid("no_element", "choose what it is to show")
    return Element(one_line("element"))


def _stance() -> Stance:
    if one_line("stance") not in list(Stance):
        raise Invalid("no_stance", "say whether it speaks for it or against it")
    return Stance(one_line("stance"))


def _moved(case: Case) -> Response:
    return done(gettext("Done."), "cases_one", key=case.key)
