"""Many filings handed in by one applicant in one commit: by the same steps as one, with the queries of one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from registry.filings import queries
from registry.filings.content import Content
from registry.filings.kinds import Kind
from registry.filings.model import CheckedFiling, Filing
from registry.filings.queries.gathering import Ask
from registry.filings.service import looking
from registry.filings.service.checking import Judged, checked_row, judged_all, refuse_blocking
from registry.filings.service.handing_in import (
    ask_owner,
    draft,
    drafted,
    file_new,
    fill,
    hand_over,
    own_papers,
    promise,
)
from registry.filings.service.telling import tell_of_many
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Problem
from registry.store import unit_of_work
from registry.store.adding import add_rows, next_ids, values_of

ALONE = frozenset({Kind.SCOPE_CHANGE, Kind.TEMPORARY_PERMIT, Kind.RENEWAL})
"""Kinds that may count from their handing in: each is judged by what those before it have changed."""


@dataclass(frozen=True, slots=True)
class Request:
    """What one of many filings asks for, its form checked, under a reference that nobody has used."""

    content: Content
    reference_id: str
    papers: tuple[str, ...] = ()
    note: str = ""


def file_many(actor: Actor, applicant: str, requests: Sequence[Request]) -> list[Filing | Problem]:
    """Hand in all that are sound; answers for each, in their order, its filing or what keeps it out.

    Their lookalikes are not looked for here: `look_for_lookalikes` does that later.
    """
    actor.require("filing.submit")
    at = clock.now()
    with unit_of_work():
        asks = [Ask(each.content, applicant, each.papers) for each in requests]
        found = judged_all(asks, at, search=False)
        own = own_papers(applicant, (key for each in requests for key in each.papers))
        pairs = zip(requests, found, strict=True)
        answers = [_filing(actor, applicant, request, judged, own) for request, judged in pairs]
        sound = [(each, one) for each, one in zip(answers, found, strict=True) if isinstance(each, Filing)]
        _keep(sound)
    return answers


def file_alone(actor: Actor, applicant: str, request: Request) -> Filing | Problem:
    """Hand in one of a kind in `ALONE`, or say what keeps it out; then all of the unit of work is undone."""
    said = (request.content, applicant, request.reference_id, request.papers, request.note)
    try:
        return file_new(actor, *said)
    except Problem as problem:
        return problem


def _filing(actor: Actor, applicant: str, request: Request, judged: Judged, own: Collection[str]) -> Filing | Problem:
    filing = draft(actor, applicant, request.reference_id)
    try:
        fill(filing, request.content, request.papers, request.note, own)
        refuse_blocking(judged.results, judged.content)
    except Problem as problem:
        return problem
    filing.version, filing.needs_two = 1, judged.conditions()
    filing.relied_on = [key for key in judged.relied_on if key not in filing.papers]
    drafted(actor, filing)
    hand_over(actor, filing)
    return filing


def _keep(sound: Sequence[tuple[Filing, Judged]]) -> None:
    offices = queries.offices_of([(judged.content, filing.applicant) for filing, judged in sound])
    for (filing, judged), office in zip(sound, offices, strict=True):
        promise(filing, judged.results, office)
    with unit_of_work() as session:
        for filing, number in zip((each for each, _ in sound), next_ids(session, Filing, len(sound)), strict=True):
            filing.id = number
        add_rows(session, Filing, values_of(filing for filing, _ in sound))
        rows = [checked_row(filing.id, judged.results, judged.view.at) for filing, judged in sound]
        add_rows(session, CheckedFiling, rows)
        tell_of_many([filing for filing, _ in sound])
        for filing, judged in sound:
            ask_owner(filing, judged.content)
            looking.begin(filing)
