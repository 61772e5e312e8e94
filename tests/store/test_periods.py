"""Laws of periods: what ends where another begins does not overlap it, and of one thing one version is in force."""

import datetime as dt
from itertools import pairwise

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from registry.filings.view import ENDLESS, Span
from registry.kernel import clock
from registry.kernel.errors import Conflict, Problem
from registry.permits import service
from registry.permits.model import Permit
from registry.permits.values import ScopeValues
from registry.store.periods import in_force, known, period
from tests.factories import registered as made

START = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
hours = st.integers(0, 30)
spans = st.tuples(hours, st.none() | hours).filter(lambda ends: ends[1] is None or ends[1] > ends[0])
in_one_database = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def moment(hour):
    return START + dt.timedelta(hours=hour)


def span(ends):
    return Span(moment(ends[0]), ENDLESS if ends[1] is None else moment(ends[1]))


def covered(ends):
    """The hours of a span one by one, up to a horizon beyond all of them."""
    return set(range(ends[0], 40 if ends[1] is None else ends[1]))


@given(spans, spans)
def test_two_spans_overlap_where_they_have_an_hour_in_common_and_one_lies_within_where_it_has_none_beside(one, other):
    assert span(one).overlaps(span(other)) == span(other).overlaps(span(one)) == bool(covered(one) & covered(other))
    assert span(one).within(span(other)) == (covered(one) <= covered(other))


@given(hours, hours)
def test_a_period_holds_its_beginning_and_not_its_end(start, end):
    if end <= start:
        with pytest.raises(ValueError, match="not after"):
            period(moment(start), moment(end))
        return
    found = period(moment(start), moment(end))
    assert moment(start) in found
    assert moment(end) not in found


@in_one_database
@given(one=spans, other=spans)
def test_the_database_keeps_two_entries_of_one_thing_exactly_where_their_spans_are_apart(session, one, other):
    owner, text = made.enterprise().code, "甲科技"
    ends = [{"valid_from": moment(a), "valid_until": None if b is None else moment(b)} for a, b in (one, other)]
    made.signature(owner, text, **ends[0])
    outer = session.begin_nested()
    try:
        made.signature(owner, text, **ends[1])
        kept = True
    except (Conflict, IntegrityError):
        kept = False
    if outer.is_active:
        outer.rollback()
    assert kept is not span(one).overlaps(span(other))


steps = st.lists(st.tuples(st.sampled_from(["amend", "end"]), hours, st.integers(1, 9)), max_size=6)


@in_one_database
@given(steps=steps)
def test_whatever_is_done_to_a_permit_one_version_counts_at_each_moment_and_it_never_lasts_longer(session, steps):
    company = made.enterprise("甲科技有限公司", "sms_service_company").code
    digits = f"1069{session.scalar(sa.select(sa.func.count()).select_from(Permit)):06d}"
    made.port(company, digits)
    made.signature(company)
    until = moment(20)
    permit = made.permit(company, company, digits, valid_until=until)
    for act, hour, volume in steps:
        try:
            if act == "amend":
                service.amend(
                    made.reviewer(), permit.key, scope=ScopeValues(("notice",), monthly_volume=volume), at=moment(hour)
                )
            else:
                service.end_permit(made.reviewer(), permit.key, at=moment(hour))
                until = min(until, moment(hour))
        except Problem:
            continue
    rows = session.scalars(
        sa.select(Permit).where(Permit.key == permit.key, known(Permit)).order_by(Permit.valid)
    ).all()
    assert all(one.valid_until is not None and one.valid_until <= two.valid_from for one, two in pairwise(rows))
    assert max(row.valid_until for row in rows) <= moment(20)
    for at in [clock.now(), *(moment(hour) for hour in range(0, 31, 3))]:
        found = session.scalars(sa.select(Permit).where(Permit.key == permit.key, in_force(Permit, at))).all()
        assert len(found) <= 1
