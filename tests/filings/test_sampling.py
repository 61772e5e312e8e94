"""Unchanged renewals by sample, and who may send what before anything is filed."""

import datetime as dt
from dataclasses import replace

import pytest

from registry.audit.queries import history
from registry.filings import sampling, service
from registry.filings.changing import RenewalContent
from registry.filings.content import SignatureContent
from registry.filings.workflow import State
from registry.kernel import clock
from registry.law import provisions
from registry.signatures.values import SignatureValues
from tests.factories import registered as made
from tests.filings.conftest import approved, handed_in

SHARE = "filings.renewal_sample"


@pytest.fixture
def share(monkeypatch):
    """`share(10)`: so many unchanged renewals in a hundred are looked at, by a provision in force since long ago."""

    def provide(value):
        [row] = provisions.PROVISIONS[SHARE]
        monkeypatch.setitem(provisions.PROVISIONS, SHARE, (replace(row, value=value),))

    return provide


@pytest.fixture
def name(trade):
    """The key of a customer's signature that ends in twenty days."""
    until = clock.now() + dt.timedelta(days=20)
    content = SignatureContent(SignatureValues("京东", trade.customer, "short_name", valid_until=until))
    return approved(trade, handed_in(trade.by_customer, content)).entry_key


def renewal(trade, name):
    return handed_in(trade.by_customer, RenewalContent("signature", name, clock.now() + dt.timedelta(days=400)))


def test_outside_the_sample_the_registry_approves_by_itself_and_says_what_was_drawn(trade, name, share):
    share(0)
    filing = renewal(trade, name)
    assert filing.state is State.APPROVED
    [decided] = filing.decisions
    assert (decided.by, decided.verdict, filing.entry_key) == ("system", "approve", name)
    assert f"drew {filing.sample_draw}, the sample is below 0" in decided.comment
    event = history("signature", name)[-1]
    assert (event.actor, event.after["decision"]["filing"]) == ("system", filing.key)


def test_of_the_sample_one_reviewer_decides(trade, name, share):
    share(100)
    filing = renewal(trade, name)
    assert (filing.state, filing.needs_two, filing.unsampled) == (State.SUBMITTED, [], False)
    assert approved(trade, filing).decisions[-1].by == "li"


def test_a_renewal_with_a_doubt_or_after_a_lapse_is_looked_at_whatever_is_drawn(trade, name, share):
    share(0)
    made.measure("enterprise", trade.customer, "stop_new")
    doubtful = renewal(trade, name)
    assert (doubtful.state, doubtful.unsampled) == (State.SUBMITTED, False)


def test_a_lapsed_entry_draws_nothing(trade, name, share):
    share(0)
    with clock.frozen(clock.now() + dt.timedelta(days=60)):
        lapsed = renewal(trade, name)
    assert (lapsed.state, lapsed.sample_draw) == (State.SUBMITTED, None)


def test_the_draw_can_be_repeated_and_is_as_fair_as_the_share_says(trade, name, app):
    filing = renewal(trade, name)
    assert service.drawn(filing) == filing.sample_draw
    command = app.test_cli_runner()
    assert command.invoke(args=["filing", "draw", filing.key]).exit_code == 0
    filing.sample_draw = (filing.sample_draw + 1) % 100
    assert command.invoke(args=["filing", "draw", filing.key]).exit_code == 1
    numbers = [sampling.draw(b"secret", f"FLG-{each}") for each in range(20_000)]
    assert set(numbers) == set(range(100))
    assert 0.09 < sum(sampling.sampled(each, 10) for each in numbers) / len(numbers) < 0.11
    assert sampling.draw(b"other", "FLG-1") != sampling.draw(b"secret", "FLG-1")


def test_who_may_send_what_is_answered_before_anything_is_filed(caller, trade):
    company = caller("company_key", enterprise=trade.company)
    own = company.get(f"/api/v1/filings/eligibility?enterprise={trade.company}").json["items"]
    told = {each["category"]: each for each in own}
    assert told["notice"]["open"]
    assert not told["public_good"]["open"]
    assert told["public_good"]["refusal"]["fix"]["zh"]
    assert [each["code"] for each in told["marketing"]["needs_two"]] == ["SENSITIVE_CATEGORY"]
    assert company.get(f"/api/v1/filings/eligibility?enterprise={trade.stranger}").status_code == 404
    lender = company.get("/api/v1/filings/eligibility?legal_form=company&industry=J66").json["items"]
    described = {each["category"]: each for each in lender}
    assert described["dunning"]["open"]
    assert [each["code"] for each in described["notice"]["needs_two"]] == ["FINANCE"]
    assert company.get("/api/v1/filings/eligibility?legal_form=club").status_code == 422
