"""Chains never come back to themselves, whatever is filed, on whatever numbers, for whatever time."""

import datetime as dt
from itertools import count

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.filings.outcome import Result
from registry.filings.service.checking import judged
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Problem
from registry.ports import service as ports
from registry.ports.model import Delegation
from registry.ports.prefix import prefixes_of
from registry.ports.values import DelegationValues
from registry.store import db
from registry.store.periods import known
from tests.factories import registered as made

TAILS = ("", "0", "01")
HOLDER, OTHERS = 0, (1, 2)
EVERY_HOP = [
    (tail, giver, taker) for tail in TAILS for giver in (HOLDER, *OTHERS) for taker in OTHERS if giver != taker
]
DAY = dt.timedelta(days=1)
_codes = count(1)

orders = st.permutations(EVERY_HOP)
times = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 4)), min_size=len(EVERY_HOP), max_size=len(EVERY_HOP))
here = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@here
@given(hops=orders, times=times)
def test_no_sequence_of_accepted_hops_leaves_a_loop(session, hops, times):
    code = f"1069{next(_codes):04d}"
    parties = [made.enterprise("甲科技有限公司", "sms_service_company", licence="B2-1").code for _ in range(3)]
    made.port(parties[HOLDER], code)
    now = clock.now()
    for (tail, giver, taker), (start, days) in zip(hops, times, strict=True):
        begins = now + start * DAY if start else None
        until = (begins or now) + days * DAY
        asked = DelegationValues(code + tail, parties[giver], parties[taker], "agent", "", begins, until)
        _accepted(asked, parties[giver], now)
    moments = [now + dt.timedelta(seconds=30) + n * DAY for n in range(7)]
    assert [(tail, at) for tail in TAILS for at in moments if _loops(code + tail, at, parties[HOLDER])] == []


def _accepted(values: DelegationValues, applicant: str, now: dt.datetime) -> None:
    """As an approval does it: no check that blocks may fail, and the registry must take it."""
    results: list[Result] = judged(values, applicant, now, ()).results
    if any(each.stops for each in results):
        return
    try:
        ports.delegate(SYSTEM, values)
    except Problem:
        return


def _loops(number: str, at: dt.datetime, holder: str) -> bool:
    """Whether anybody reaches itself by the hops that cover a number then, or is let a number that it holds."""
    contains = Delegation.valid.op("@>")(sa.cast(at, sa.DateTime(timezone=True)))
    query = sa.select(Delegation).where(Delegation.port.in_(prefixes_of(number)), known(Delegation), contains)
    edges: dict[str, set[str]] = {}
    for row in db.session.scalars(query):
        edges.setdefault(row.from_enterprise, set()).add(row.to_enterprise)
    return any(_reaches(start, start, edges) for start in edges) or any(holder in takers for takers in edges.values())


def _reaches(start: str, goal: str, edges: dict[str, set[str]]) -> bool:
    seen, open_ = set[str](), [start]
    while open_:
        for taker in edges.get(open_.pop(), ()):
            if taker == goal:
                return True
            if taker not in seen:
                seen.add(taker)
                open_.append(taker)
    return False
