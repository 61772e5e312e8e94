"""Lookalikes of signatures that came in files: looked for afterwards, before anybody decides."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from registry.filings import engine, policy
from registry.filings.content import from_bag
from registry.filings.model import Filing
from registry.filings.outcome import WAITS, Kept, Result, keep
from registry.filings.queries.filings import lookalikes_wait
from registry.filings.queries.gathering import Ask, gather_all
from registry.filings.workflow import TO_WORK
from registry.kernel import clock
from registry.store import db, unit_of_work


def look_for_lookalikes(keys: Sequence[str]) -> int:
    """Look for the lookalikes of filings that wait for it; priority and risk follow. Answers how many had one."""
    at = clock.now()
    asked = _waiting(keys)
    asks = [Ask(from_bag(each.kind, each.content), each.applicant, tuple(each.papers)) for each in asked]
    found = [engine.run(ask.content, view) for ask, view in zip(asks, gather_all(asks, at), strict=True)]
    told = {filing.key: {each.code: each for each in results} for filing, results in zip(asked, found, strict=True)}
    with unit_of_work():
        held = _waiting(keys, lock=True)  # what moved on meanwhile was looked at by whoever moved it
        return sum(_kept(filing, told[filing.key]) for filing in held if filing.key in told)


def _waiting(keys: Sequence[str], *, lock: bool = False) -> list[Filing]:
    query = (
        sa.select(Filing).where(Filing.key.in_(keys), Filing.state.in_(TO_WORK), lookalikes_wait()).order_by(Filing.id)
    )
    query = query.with_for_update().execution_options(populate_existing=True) if lock else query
    return list(db.session.scalars(query))


def _kept(filing: Filing, results: dict[str, Result]) -> bool:
    """Put the answers in the place of those that waited; whether one of them is no yes."""
    assert filing.checked is not None  # noqa: S101 - it waits, so it was checked
    passed, said = keep([results[code] for code in _waits(filing.results) if code in results])
    new = {*passed, *(each["code"] for each in said)}
    filing.checked.passed = sorted([*filing.checked.passed, *passed])
    filing.checked.said = [each for each in filing.checked.said if each["code"] not in new] + said
    verdicts = [engine.told_again(each.code, each.verdict) for each in filing.results]
    filing.risk = policy.risk(verdicts, len(filing.needs_two))
    waited = any(each.verdict in ("return", "reject") for each in filing.decisions)
    filing.priority = policy.priority(filing.kind, verdicts, waited_before=waited)
    return bool(said)


def _waits(kept: Iterable[Kept]) -> list[str]:
    return [each.code for each in kept if WAITS in each.evidence]
