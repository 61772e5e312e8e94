"""Working cases: each use case in one unit of work, through one door."""

import datetime as dt
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from registry import audit
from registry.asks import queries as asked
from registry.asks import service as asks
from registry.asks.model import Ask
from registry.audit.service import plain
from registry.cases import queries
from registry.cases.model import CaseEntry, CaseStep
from registry.cases.workflow import MACHINE
from registry.detection import cases, weighing
from registry.detection import service as detection
from registry.detection.kinds import CaseState
from registry.detection.model import Case
from registry.detection.proof import SENTENCES, Element, Stance, missing
from registry.detection.verdicts import Verdict
from registry.detection.workflow import LEFT_OUT, FindingState
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Conflict, FieldError, Invalid, NotFound
from registry.kernel.sentence import Sentence
from registry.papers import queries as papers
from registry.store import unit_of_work
from registry.store.columns import new_key
from registry.store.version import expect

UNJUDGED = (FindingState.OPEN, FindingState.NOTIFIED, FindingState.ANSWERED)
SHOW = Sentence(
    "请要求提供原件，或录入已有的材料；也可选择其他结论",
    "ask for an original, or enter what shows it; or choose another verdict",
)
JUDGED = (FindingState.CONFIRMED, FindingState.DISMISSED)


def take(actor: Actor, key: str, text: str = "", *, version: int | None = None) -> Case:
    """Somebody works on the case from now on."""
    with unit_of_work() as session:
        case = _move(session, actor, key, "take", text, version)
        case.worked_by = actor.name
    return case


def note(
    actor: Actor, key: str, element: Element, stance: Stance, text: str, *, paper: str = "", version: int | None = None
) -> Case:
    """Staff enters what speaks for or against an element of proof. Raises Invalid without words, NotFound."""
    with unit_of_work() as session:
        content = {"element": element, "stance": stance, "paper": papers.paper(actor, paper).key if paper else ""}
        case = _move(session, actor, key, "note", _said(text), version, **content)
        entry = CaseEntry(case_id=case.id, at=clock.now(), actor=actor.name, text=text, **content)
        session.add(entry)
    return case


def ask(
    actor: Actor,
    key: str,
    enterprise: str,
    element: Element,
    what: str,
    *,
    due: dt.date | None = None,
    version: int | None = None,
) -> Ask:
    """Ask an enterprise for an original that shows an element. Raises as the room of asks does."""
    with unit_of_work() as session:
        case = _move(session, actor, key, "ask", what, version, element=element, enterprise=enterprise)
        return asks.ask(actor, case, enterprise, element, what, due=due)


def judge(actor: Actor, key: str, verdict: Verdict, text: str, *, version: int | None = None) -> Case:
    """Say what it was; findings that are not judged yet get the same verdict.

    Raises Conflict where an element that the verdict rests on is not shown, Invalid without a reason.
    """
    with unit_of_work() as session:
        lacking = missing(verdict, queries.told(key).standings)
        case = _move(session, actor, key, "judge", _said(text), version, verdict=verdict)
        if lacking:
            raise _unproven(verdict, lacking)
        case.verdict = verdict
        for finding in case.told:
            if finding.state in UNJUDGED:
                detection.judge(actor, finding.key, verdict, text)
    return case


def close(actor: Actor, key: str, text: str, *, version: int | None = None) -> Case:
    """Nothing is left to do about it."""
    with unit_of_work() as session:
        return _move(session, actor, key, "close", text, version)


def reopen(actor: Actor, key: str, text: str, *, version: int | None = None) -> Case:
    """Look at it once more; the findings that got its verdict are open again."""
    with unit_of_work() as session:
        case = _move(session, actor, key, "reopen", _said(text), version)
        for finding in case.told:
            if finding.state in JUDGED and finding.verdict is case.verdict:
                detection.reopen(actor, finding.key, text)
        case.verdict = None
    return case


def merge(actor: Actor, key: str, into: str, text: str, *, version: int | None = None) -> Case:
    """It is the same story as another case, which takes its findings, entries and asks: the other case.

    Raises Conflict for itself or one that takes nothing in any more.
    """
    with unit_of_work() as session:
        cases.alone(session)
        target = _locked(session, into)
        if into == key or target.state not in cases.GROWING:
            raise Conflict("cannot_merge", f"{key} cannot be merged into {into}")
        case = _move(session, actor, key, "merge", _said(text), version, into=into)
        case.merged_into = into
        for finding in list(case.findings):
            finding.case_row, finding.held = target, True
        session.execute(sa.update(CaseEntry).where(CaseEntry.case_id == case.id).values(case_id=target.id))
        asks.hand_on(session, case, target)
        _step(session, target, actor, "merge", text, {"from": key})
        _describe(session, target)
    return target


def split(actor: Actor, key: str, findings: Iterable[str], text: str, *, version: int | None = None) -> Case:
    """Some of its findings are a story of their own: the new case. Raises Invalid unless some go and some stay."""
    wanted = set(findings)
    with unit_of_work() as session:
        cases.alone(session)
        case = _move(session, actor, key, "split", _said(text), version, findings=sorted(wanted))
        going = [each for each in case.told if each.key in wanted]
        if len(going) != len(wanted) or not going or len(going) == len(case.told):
            error = FieldError("findings", "cannot_split", "none or all of its findings", "name some, not all of them")
            raise Invalid("cannot_split", "some findings go, some stay", fields=[error])
        made = Case(key=new_key("CAS"), state=CaseState.OPEN, follows=key, opened_at=clock.now(), version=1)
        with session.no_autoflush:
            cases.describe(made, going, weighing.weights(session))
            for finding in going:
                finding.case_row, finding.held = made, True
        session.flush()
        _step(session, made, actor, "split", text, {"from": key})
        audit.record(actor, "case.opened", "case", made.key, after={"findings": sorted(wanted), "split_from": key})
        _describe(session, case)
    return made


def _unproven(verdict: Verdict, lacking: list[frozenset[Element]]) -> Conflict:
    wanted = [_any(any_of) for any_of in lacking]
    named = Sentence("；".join(each.zh for each in wanted), "; ".join(each.en for each in wanted))
    error = FieldError("element", "unproven", f"not shown: {named.en}", SHOW.en, said=named, mend=SHOW)
    fix = f"show it first ({named.en}), or choose another verdict"
    return Conflict("unproven", f"{verdict} rests on what is not shown: {named.en}", fix=fix, fields=[error])


def _any(elements: Iterable[Element]) -> Sentence:
    said = [SENTENCES[each] for each in sorted(elements)]
    return Sentence("或".join(each.zh for each in said), " or ".join(each.en for each in said))


def _said(text: str) -> str:
    if not text.strip():
        raise Invalid("reason_missing", "this needs its reason", fix="say in a sentence what it rests on")
    return text


def _locked(session: Session, key: str) -> Case:
    query = sa.select(Case).filter_by(key=key).with_for_update(of=Case).options(selectinload(Case.findings))
    case = session.scalar(query.execution_options(populate_existing=True))
    if case is None:
        raise NotFound("no_such_case", f"there is no case {key[:60]}")
    return case


def _move(
    session: Session, actor: Actor, key: str, action: str, text: str, version: int | None, **content: Any
) -> Case:
    """The one door: look-up, permission, guard, change, step and event."""
    case = _locked(session, key)
    expect(case, version)
    before = case.state
    subject = SimpleNamespace(waits=len(asked.open_of_case(case.id)))
    case.state = MACHINE.move(subject, before, action, actor)
    kept = plain(content)
    _step(session, case, actor, action, text, kept)
    case.version += 1
    after = {"state": case.state, **kept}
    audit.record(actor, f"case.{action}", "case", key, before={"state": before}, after=after, reason=text)
    return case


def _step(session: Session, case: Case, actor: Actor, action: str, text: str, content: dict[str, Any]) -> None:
    session.add(CaseStep(case_id=case.id, at=clock.now(), actor=actor.name, action=action, text=text, content=content))


def _describe(session: Session, case: Case) -> None:
    session.flush()
    session.expire(case, ["findings"])
    story = [each for each in case.findings if each.state not in LEFT_OUT]
    if story:
        cases.describe(case, story, weighing.weights(session))
