"""Running the checks: before a filing is handed in, when it is, when it is decided on, and years later."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from registry.filings import engine, needs_two, policy
from registry.filings.changing import TemporaryPermitContent, takes_effect_at_once
from registry.filings.content import Content, from_bag, kind_of
from registry.filings.kinds import Kind
from registry.filings.model import CheckedFiling, Filing
from registry.filings.outcome import Result, keep
from registry.filings.queries.entries import (
    content_of_entry,
    declared_with,
    entry_of,
    filing_of,
    holder_of,
    made_by,
    papers_of_entry,
    rests_on,
)
from registry.filings.queries.gathering import Ask, gather, gather_all, scopes_of
from registry.filings.queries.on_file import serving_again
from registry.filings.queries.successors import stands_for
from registry.filings.signature_change import SignatureChangeContent
from registry.filings.view import View
from registry.filings.workflow import State
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import FieldError, Invalid
from registry.store import unit_of_work


@dataclass(frozen=True, slots=True)
class DryRun:
    """What would come of a filing: every check's answer, why two would decide, and by when if it were handed in now."""

    results: list[Result]
    needs_two: list[needs_two.Condition]
    due_at: dt.datetime
    relied_on: list[str]


def dry_run(actor: Actor, content: Content, *, papers: Sequence[str] = (), applicant: str | None = None) -> DryRun:
    """What would come of it, before anything is filed. Raises Invalid for content that cannot be kept."""
    actor.require("filing.submit")
    content, at = checked(content), clock.now()
    found = judged(content, whose(actor, applicant), at, papers)
    urgency = policy.priority(kind_of(content), found.results, waited_before=False)
    conditions = needs_two.conditions(found.asked, found.asked_view)
    return DryRun(found.results, conditions, policy.due(at, urgency), found.relied_on)


def recheck(actor: Actor, subject_kind: str, key: str, at: dt.datetime | None = None) -> list[Result]:
    """The same checks over an entry that stands in the registry, with the clock at `at` (now where not said).

    Raises NotFound where nothing of this key is in force then or later.
    """
    actor.require("filing.read")
    kind, at = Kind(subject_kind), at or clock.now()
    row = entry_of(kind, key, at)
    filing = made_by(kind, row)
    content = content_of_entry(kind, row, filing)
    applicant = stands_for(filing, row, at) if filing and filing_of(row) else holder_of(row, at)
    told = papers_of_entry(kind, row, filing)
    papers = told if told or filing else serving_again(content, applicant, at, ()) or None
    itself = None if kind is Kind.ENTERPRISE else row
    view = gather(content, applicant, at, papers=papers, itself=itself, registered=True)
    return [*engine.run(content, view), *_declared(kind, row, at)]


def _declared(kind: Kind, row: Any, at: dt.datetime) -> list[Result]:
    """What the checks of beneficiaries alone say of those that a permit declares."""
    content = declared_with(kind, row, at)
    if content is None:
        return []
    view = gather(content, holder_of(row, at), at, papers=None, registered=True)
    return [result for result in engine.run(content, view) if engine.kinds_of(result.code) == {Kind.BENEFICIARIES}]


def run_now(filing: Filing) -> tuple[Content, View, list[Result]]:
    """The checks over a filing as things stand; their answers are kept in place of the earlier ones."""
    content, at = from_bag(filing.kind, filing.content), clock.now()
    if filing.entry_key:  # it counts since it was handed in: what the checks said then stays beside it
        return content, gather(content, filing.applicant, at, papers=[*filing.papers, *filing.relied_on]), []
    found = judged(content, filing.applicant, at, filing.papers, filing.key)
    if filing.state is not State.AWAITING_SECOND:
        filing.needs_two = found.conditions()
    filing.relied_on = [key for key in found.relied_on if key not in filing.papers]
    _keep(filing, found.results, at)
    return content, found.view, found.results


@dataclass(frozen=True, slots=True)
class Judged:
    """What the checks said of a content, and of what it asks for where it starts from an entry that stands."""

    content: Content
    view: View
    results: list[Result]
    asked: Content
    asked_view: View
    relied_on: list[str]

    def conditions(self) -> list[str]:
        """The codes of the conditions for a second reviewer; nobody need confirm what counts at once."""
        if takes_effect_at_once(self.content):
            return []
        return [row.code for row in needs_two.conditions(self.asked, self.asked_view)]


def judged(content: Content, applicant: str, at: dt.datetime, papers: Sequence[str], filing: str = "") -> Judged:
    """Run the checks of the content's own kind, and those of what it would make of the entry that it starts from.

    Papers that are on file with that entry count: nobody is asked for them twice.
    """
    [found] = judged_all([Ask(content, applicant, tuple(papers), filing=filing)], at)
    return found


def judged_all(asks: Sequence[Ask], at: dt.datetime, *, search: bool = True) -> list[Judged]:
    """The same for many, by the queries of one. Without `search` their lookalikes are left to be looked for later."""
    again = [serving_again(ask.content, ask.applicant, at, ask.papers or ()) for ask in asks]
    pairs = list(zip(asks, again, strict=True))
    views = gather_all([replace(ask, papers=(*(ask.papers or ()), *some)) for ask, some in pairs], at, search=search)
    return [_judged(ask, view, at, some) for (ask, some), view in zip(pairs, views, strict=True)]


def _judged(ask: Ask, view: View, at: dt.datetime, again: list[str]) -> Judged:
    content, papers = ask.content, ask.papers or ()
    results = engine.run(content, view)
    based = rests_on(content, at)
    if based is None:
        return Judged(content, view, results, content, view, again)
    asked, row = based
    first = filing_of(row)
    before = list(dict.fromkeys((*again, *papers_of_entry(kind_of(asked), row, first))))
    brings = isinstance(content, SignatureChangeContent)  # what shows its new source comes with it, or is missing
    on_file = [*papers, *before] if papers or before or first or brings else None
    itself = None if isinstance(content, TemporaryPermitContent) else row
    asked_view = gather(asked, ask.applicant, at, papers=on_file, itself=itself)
    own = {result.code for result in results}
    results += [result for result in engine.run(asked, asked_view) if result.code not in own]
    with_itself = replace(asked_view, scopes=(*asked_view.scopes, *scopes_of(row)))
    return Judged(content, view, sorted(results, key=lambda result: result.code), asked, with_itself, before)


def refuse_blocking(results: Iterable[Result], content: Content | None = None) -> None:
    """Raise Invalid with every field that a blocking check refuses; any check, of a content that counts at once."""
    at_once = takes_effect_at_once(content)
    fields = [error for result in results if result.stops or (at_once and result.failed) for error in _errors(result)]
    if fields:
        named = ", ".join(dict.fromkeys(error.field for error in fields))
        why = "it would count before anybody looks at it" if at_once else "this can never be right as it is"
        raise Invalid("checks_failed", f"{why}: {named}", fields=fields)


def checked(content: Content) -> Content:
    """The content as it is kept. Raises Invalid, its fields named by their path in the filing."""
    try:
        return content.checked()
    except Invalid as error:
        fields = [replace(each, field=f"content.{each.field}") for each in error.fields]
        raise Invalid(error.code, error.detail, fix=error.fix, fields=fields) from error


def whose(actor: Actor, applicant: str | None) -> str:
    """For whom somebody files: a company for itself alone."""
    if actor.is_company or applicant is None:
        if actor.enterprise is None:
            raise Invalid("applicant_needed", "say which enterprise files this")
        return actor.enterprise
    return applicant


def _errors(result: Result) -> list[FieldError]:
    named = result.outcome.fields or ("",)
    said, fix = result.outcome.reason.en, result.outcome.fix.en
    paths = [name if name == "papers" or not name else f"content.{name}" for name in named]
    both = (result.outcome.reason, result.outcome.fix)
    return [FieldError(path, result.code, said, fix, *both) for path in paths]


def _keep(filing: Filing, results: Iterable[Result], at: dt.datetime) -> None:
    with unit_of_work() as session:
        session.flush()
        passed, said = keep(results)
        if filing.checked is None:
            filing.checked = CheckedFiling(at=at, passed=passed, said=said)
        else:
            filing.checked.at, filing.checked.passed, filing.checked.said = at, passed, said
        session.flush()


def checked_row(filing_id: int, results: Iterable[Result], at: dt.datetime) -> dict[str, Any]:
    """What the checks said of a filing, as it is kept with it."""
    passed, said = keep(results)
    return {"filing_id": filing_id, "at": at, "passed": passed, "said": said}
