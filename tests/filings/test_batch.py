"""Many filings decided by one action: after a sample was opened, each with its own event, four eyes kept."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from registry.audit.queries import history
from registry.filings import queries, service
from registry.filings.batch import queries as batches
from registry.filings.batch import service as batch
from registry.filings.model import CheckedFiling
from registry.filings.workflow import State
from registry.kernel import clock
from registry.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from registry.law import provisions
from tests.filings.conftest import handed_in, marketing_of, port_of


@pytest.fixture
def waiting(chain, session):
    """Twelve filings for extensions that passed every check."""
    keys = [handed_in(chain.by_company, port_of(chain, f"10690123{number}")).key for number in range(20, 32)]
    assert not any(each for each in session.scalars(sa.select(CheckedFiling.said)))
    return keys


def opened(person, drawn):
    for key in drawn.sample:
        batch.look(person, drawn.key, key)


def state_of(person, key):
    return queries.find(person, key).state


def test_a_batch_is_decided_only_after_its_sample_was_opened_and_each_filing_has_its_own_event(chain, waiting):
    drawn = batch.draw(chain.li, waiting)
    assert len(drawn.sample) == 3
    assert set(drawn.sample) <= set(waiting)
    with pytest.raises(Conflict) as refused:
        batch.decide(chain.li, drawn.key)
    assert refused.value.code == "sample_unseen"
    assert {state_of(chain.li, key) for key in waiting} == {State.SUBMITTED}
    opened(chain.li, drawn)
    done = batch.decide(chain.li, drawn.key)
    assert (sorted(done.decided), done.left_out) == (sorted(waiting), [])
    for key in waiting:
        filing = queries.find(chain.li, key)
        expected = State.AWAITING_SECOND if filing.needs_two else State.APPROVED
        assert filing.state is expected
        assert [each.by for each in filing.decisions] == ["li"]
        assert "filing.claim" in {event.action for event in history("filing", key)}
    looked = [event for event in history("decision_batch", drawn.key) if event.action == "batch.look"]
    assert sorted(event.after["filing"] for event in looked) == drawn.sample
    with pytest.raises(Conflict):
        batch.decide(chain.li, drawn.key)


def test_what_changed_meanwhile_is_left_out_and_named_and_the_rest_is_decided(chain, waiting):
    drawn = batch.draw(chain.li, waiting)
    opened(chain.li, drawn)
    service.claim(chain.wang, waiting[0])
    service.withdraw(chain.by_company, waiting[1])
    done = batch.decide(chain.li, drawn.key)
    assert {each["filing"] for each in done.left_out} == set(waiting[:2])
    assert all(each["code"] and each["reason"] for each in done.left_out)
    assert sorted(done.decided) == sorted(waiting[2:])
    assert state_of(chain.li, waiting[0]) is State.IN_REVIEW


def test_those_that_need_two_are_only_endorsed(chain):
    key = handed_in(chain.by_company, marketing_of(chain, hours="09:00-18:00")).key
    filing = queries.find(chain.li, key)
    assert filing.needs_two
    drawn = batch.draw(chain.li, [key])
    opened(chain.li, drawn)
    assert batch.decide(chain.li, drawn.key).decided == [key]
    assert state_of(chain.li, key) is State.AWAITING_SECOND
    assert key not in {each.key for each in batches.eligible(chain.wang)}


def test_what_did_not_pass_every_check_cannot_be_selected(chain, waiting, session):
    queries.find(chain.li, waiting[0]).checked.said = [{"code": "F201", "verdict": "not_checked"}]
    session.flush()
    assert waiting[0] not in {each.key for each in batches.eligible(chain.li)}
    with pytest.raises(Invalid) as refused:
        batch.draw(chain.li, waiting)
    assert waiting[0] in refused.value.detail


def test_nobody_decides_in_a_batch_what_they_filed_and_a_batch_is_its_reviewers_own(chain, waiting):
    both = replace(chain.boss, permissions=chain.boss.permissions | {"filing.submit"})
    own = handed_in(both, port_of(chain, "1069012377"), applicant=chain.company).key
    assert own not in {each.key for each in batches.eligible(chain.boss)}
    with pytest.raises(Invalid):
        batch.draw(chain.boss, [own])
    drawn = batch.draw(chain.li, waiting)
    with pytest.raises(Forbidden):
        batch.look(chain.wang, drawn.key, drawn.sample[0])
    with pytest.raises(NotFound):
        batch.look(chain.li, drawn.key, next(key for key in waiting if key not in drawn.sample))


def test_the_sample_follows_the_provisions(chain, waiting):
    assert [provisions.integer(f"filings.batch_sample.{name}", clock.now()) for name in ("least", "one_of")] == [3, 10]
    assert len(batch.draw(chain.li, waiting[:2]).sample) == 2


def test_a_batch_that_was_killed_while_it_was_decided_goes_on_where_it_stopped(chain, waiting, monkeypatch):
    drawn = batch.draw(chain.li, waiting)
    opened(chain.li, drawn)
    approve, many = service.approve, []

    def die(*args, **values):
        many.append(args)
        if len(many) == 5:
            raise KeyboardInterrupt
        return approve(*args, **values)

    monkeypatch.setattr(service, "approve", die)
    with pytest.raises(KeyboardInterrupt):
        batch.decide(chain.li, drawn.key)
    half = batches.find(drawn.key)
    assert (len(half.decided), half.decided_at) == (4, None)
    done = batch.decide(chain.li, drawn.key)
    assert (sorted(done.decided), done.left_out) == (sorted(waiting), [])
    assert done.decided_at
    assert all(len(queries.find(chain.li, key).decisions) == 1 for key in waiting)


def test_who_decides_on_an_old_version_of_a_batch_is_told(chain, waiting, caller):
    li = caller("reviewer")
    once = {"Idempotency-Key": "batch-1"}  # answered inside the commit that keeps the answer
    drawn = li.post("/api/v1/decision-batches", json={"filings": waiting[:3]}, headers=once)
    assert drawn.json["version"] == 1
    key, before = drawn.json["key"], drawn.headers["ETag"]
    for each in drawn.json["sample"]:
        seen = li.post(f"/api/v1/decision-batches/{key}/look", json={"filing": each})
    decide = f"/api/v1/decision-batches/{key}/decide"
    assert li.post(decide, json={}).status_code == 428
    assert li.post(decide, json={}, headers={"If-Match": before}).status_code == 412
    done = li.post(decide, json={}, headers={"If-Match": seen.headers["ETag"]})
    assert (done.status_code, len(done.json["decided"])) == (200, 3)
