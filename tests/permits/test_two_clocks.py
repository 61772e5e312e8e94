"""What was in force then, as it was known then."""

import pytest
import sqlalchemy as sa

from registry.audit.model import AuditEvent
from registry.changes.model import Change
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.correction import Correction
from registry.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from registry.permits import queries, service
from registry.permits.values import ScopeValues
from registry.store.standing import Standing
from tests.factories import registered as make

NOTICES, BOTH = ScopeValues(("notice",)), ScopeValues(("notice", "marketing"))


def test_a_change_today_leaves_last_month_as_it_was(session):
    with clock.frozen(make.days_ago(60)):
        _company, permit = make.standing_permit()
    service.amend(make.reviewer(), permit.key, scope=BOTH)
    then = queries.one(SYSTEM, permit.key, as_of=make.days_ago(30))
    assert then.categories == ["notice"]
    assert queries.one(SYSTEM, permit.key).categories == ["notice", "marketing"]


def test_a_correction_changes_the_past_and_not_what_was_known(session):
    with clock.frozen(make.days_ago(60)):
        _company, permit = make.standing_permit()
    both = Correction(make.supervisor("chen"), "the office typed the wrong category")
    at = make.days_ago(40)
    service.amend(make.supervisor("zhang"), permit.key, scope=BOTH, at=at, correction=both)
    then = make.days_ago(30)
    assert queries.one(SYSTEM, permit.key, as_of=then).categories == ["notice", "marketing"]
    assert queries.one(SYSTEM, permit.key, as_of=then, known_at=then).categories == ["notice"]


def test_nobody_backdates_alone(session):
    company, permit = make.standing_permit()
    with pytest.raises(Invalid) as refused:
        make.permit(company.code, company.code, text="甲科技", valid_from=make.days_ago(30))
    assert refused.value.code == "backdated"
    alone = Correction(make.supervisor("zhang"), "because")
    with pytest.raises(Forbidden, match="second person"):
        service.end_permit(make.supervisor("zhang"), permit.key, at=make.days_ago(1), correction=alone)
    with pytest.raises(Forbidden):
        service.end_permit(
            make.supervisor(), permit.key, at=make.days_ago(1), correction=Correction(make.reviewer(), "x")
        )


def test_what_was_there_before_the_registry_begins_in_the_past(session):
    company = make.enterprise()
    row = make.port(company.code, standing="inherited", valid_from=make.days_ago(400))
    assert row.valid_from < make.days_ago(399)
    assert row.standing is Standing.INHERITED


def test_two_changes_within_one_microsecond_both_stand(session):
    with clock.frozen(make.days_ago(1)):
        _company, permit = make.standing_permit()
        service.amend(make.reviewer(), permit.key, scope=BOTH)
        last = service.amend(make.reviewer(), permit.key, scope=NOTICES)
    assert last.valid_from > permit.valid_from
    assert queries.one(SYSTEM, permit.key).categories == ["notice"]


def test_an_ended_permit_cannot_end_again(session):
    _company, permit = make.standing_permit()
    service.end_permit(make.reviewer(), permit.key)
    with pytest.raises(NotFound) as refused:
        service.end_permit(make.reviewer(), permit.key)
    assert refused.value.code == "no_such_permit"


def test_each_use_case_writes_one_event_and_one_row_of_the_feed_in_its_commit(session):
    _company, permit = make.standing_permit()
    counted = [session.scalar(sa.select(sa.func.count()).select_from(table)) for table in (AuditEvent, Change)]
    service.end_permit(make.reviewer(), permit.key, reason="given up")
    after = [session.scalar(sa.select(sa.func.count()).select_from(table)) for table in (AuditEvent, Change)]
    assert after == [number + 1 for number in counted]
    event = session.scalars(sa.select(AuditEvent).order_by(AuditEvent.number.desc())).first()
    assert (event.action, event.subject_key, event.actor, event.reason) == (
        "permit.ended",
        permit.key,
        "li",
        "given up",
    )
    change = session.scalars(sa.select(Change).order_by(Change.position.desc())).first()
    assert (change.kind, change.action, change.key) == ("permit", "ended", permit.key)


def test_a_refused_use_case_writes_neither(session):
    company, _permit = make.standing_permit()
    before = session.scalar(sa.select(sa.func.count()).select_from(AuditEvent))
    with pytest.raises(Conflict):
        make.signature(company.code)
    assert session.scalar(sa.select(sa.func.count()).select_from(AuditEvent)) == before
