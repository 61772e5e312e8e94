"""Reading cases: the list, one with all that was said about it, its story and how its proof stands. Staff only."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from registry.asks import queries as asks
from registry.asks.model import Ask
from registry.asks.workflow import OPEN
from registry.cases import proving, registered, story
from registry.cases.model import CaseEntry, CaseStep
from registry.cases.registered import Registered
from registry.cases.story import Story
from registry.detection.kinds import TOLD
from registry.detection.model import Case, Finding
from registry.detection.proof import Element, Standing
from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.store import db
from registry.store.lists import page_of_keys


@dataclass(frozen=True, slots=True)
class Told:
    """A case with everything that bears on it.

    `registered` is what is known now, on which proof rests; `then`, in a pack, what was known when its run began.
    """

    case: Case
    registered: Registered
    then: Registered
    story: Story
    entries: Sequence[CaseEntry]
    asks: Sequence[Ask]
    steps: Sequence[CaseStep]
    standings: Mapping[Element, Standing]

    @property
    def version(self) -> int:
        """The version of the case, which somebody decides on."""
        return self.case.version

    @property
    def waits(self) -> int:
        """How many originals are still asked for, or wait for a look."""
        return sum(1 for ask in self.asks if ask.state in OPEN)


def case(key: str) -> Case:
    """One case with its findings. Raises NotFound."""
    query = sa.select(Case).filter_by(key=key).options(joinedload(Case.findings).selectinload(Finding.evidence))
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotFound("no_such_case", f"there is no case {key[:60]}")
    return found


def told(key: str) -> Told:
    """One case with its story, entries, asks, steps, and how each element of proof stands. Raises NotFound.

    Told by what the registry knows now: whoever decides needs what was corrected, filed or answered since the run.
    """
    found = case(key)
    of_case = registered.of(found)
    entries = db.session.scalars(sa.select(CaseEntry).filter_by(case_id=found.id).order_by(CaseEntry.id)).all()
    steps = db.session.scalars(sa.select(CaseStep).filter_by(case_id=found.id).order_by(CaseStep.id)).all()
    asked = asks.of_case(found.id)
    standings = proving.standings(found.told, of_case, entries, asked)
    return Told(found, of_case, of_case, story.told(found, of_case), entries, asked, steps, standings)


def as_known(told: Told, at: dt.datetime | None) -> Told:
    """The same with ports, hops, permits and signatures as known at a moment, in `then` and in the story.

    Letters and measures of the story, and the proof, stay those known now: that is what a verdict rests on.
    """
    if at is None:
        return told
    then, now = registered.of(told.case, at), told.registered
    drawn = replace(then, letters=now.letters, names=now.names | then.names)
    return replace(told, then=then, story=story.told(told.case, drawn))


def cases(
    request: PageRequest,
    *,
    order: str = "key",
    port: str = "",
    least_score: int = 0,
    from_day: dt.date | None = None,
    to_day: dt.date | None = None,
    **filters: str,
) -> Page[Case]:
    """Cases by their keys, or by score with the highest first: of a kind, state, enterprise, verdict, person.

    Without a state: those that tell a story, not those that were merged or withdrawn.
    """
    wanted = {name: value for name, value in filters.items() if value}
    query = sa.select(Case).filter_by(**wanted).options(selectinload(Case.findings))
    if "state" not in wanted:
        query = query.where(Case.state.in_(TOLD))
    if port:
        query = query.where(Case.ports.contains([port]))
    if least_score:
        query = query.where(Case.score >= least_score)
    if from_day:
        query = query.where(Case.last_day >= from_day)
    if to_day:
        query = query.where(Case.first_day <= to_day)
    return _by_score(query, request) if order == "score" else page_of_keys(query, Case.key, request)


def _by_score(query: sa.Select[Case], request: PageRequest) -> Page[Case]:
    """The highest score first; a page goes on after `score:key`."""
    score, _, key = request.after.partition(":")
    if score.isascii() and score.isdecimal() and len(score) < 4:  # noqa: PLR2004 - at most 100
        query = query.where(sa.tuple_(Case.score, Case.key) < sa.tuple_(sa.literal(int(score)), sa.literal(key)))
    rows = db.session.scalars(query.order_by(Case.score.desc(), Case.key.desc()).limit(request.limit + 1)).all()
    more = len(rows) > request.limit
    last = rows[request.limit - 1] if more else None
    return Page(rows[: request.limit], f"{last.score}:{last.key}" if last else "")


def every_case() -> list[Case]:
    """All cases that tell a story, the highest scores first."""
    query = sa.select(Case).where(Case.state.in_(TOLD)).options(selectinload(Case.findings))
    return list(db.session.scalars(query.order_by(Case.score.desc(), Case.key)))
