"""Lookalikes of signatures that came in files: looked for afterwards, before anybody decides."""

from collections.abc import Sequence

import sqlalchemy as sa

from registry.filings import engine, policy
from registry.filings.content import from_bag
from registry.filings.model import CheckResult, Filing
from registry.filings.outcome import WAITS, Result
from registry.filings.queries.gathering import Ask, gather_all
from registry.filings.service.checking import result_row
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
    waits = sa.exists().where(CheckResult.filing_id == Filing.id, CheckResult.evidence.has_key(WAITS))
    query = sa.select(Filing).where(Filing.key.in_(keys), Filing.state.in_(TO_WORK), waits).order_by(Filing.id)
    query = query.with_for_update().execution_options(populate_existing=True) if lock else query
    return list(db.session.scalars(query))


def _kept(filing: Filing, results: dict[str, Result]) -> bool:
    """Put the answers in the place of those that waited; whether one of them is no yes."""
    at, found = clock.now(), False
    for row in filing.results:
        if WAITS in row.evidence and row.code in results:
            for name, value in result_row(filing.id, results[row.code], at).items():
                setattr(row, name, value)
            found |= row.verdict != "pass"
    said = [engine.told_again(row.code, row.verdict) for row in filing.results]
    filing.risk = policy.risk(said, len(filing.needs_two))
    waited = any(each.verdict in ("return", "reject") for each in filing.decisions)
    filing.priority = policy.priority(filing.kind, said, waited_before=waited)
    return found
