"""An extension that has ended rests before another one may have it."""

import datetime as dt

import pytest

from registry.filings import service as filings
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Invalid
from registry.kernel.paging import PageRequest
from registry.law import provisions
from registry.lifecycle import queries
from registry.ports import service as ports
from registry.ports.values import DelegationValues
from tests.conftest import actor
from tests.factories import registered as made
from tests.filings.conftest import trade

__all__ = ["trade"]
ALL = PageRequest("", 1000)
EXTENSION = "1069012301"


@pytest.fixture
def ended(trade):
    """The company's extension, let to its customer and ended ten days ago."""
    with clock.frozen(made.days_ago(40)):
        made.port(trade.company, signing="shared", use="service")
        made.port(trade.company, EXTENSION)
        hop = made.delegation(trade.company, trade.customer, EXTENSION)
    with clock.frozen(made.days_ago(10)):
        ports.end_delegation(SYSTEM, hop.key)
        ports.end_port(SYSTEM, EXTENSION)
    return trade


def asked(trade, taker, days=0):
    begins = clock.now() + dt.timedelta(days=days) if days else None
    values = DelegationValues(EXTENSION, trade.company, taker, valid_from=begins)
    return {each.code: str(each.verdict) for each in filings.dry_run(trade.by_company, values).results}["F206"]


def test_another_customer_may_not_have_it_before_its_rest_is_over(ended):
    days = provisions.integer("ports.quarantine", clock.today())
    assert asked(ended, ended.stranger) == "fail"
    assert asked(ended, ended.stranger, days - 12) == "fail"
    assert asked(ended, ended.stranger, days - 9) == "pass"


def test_whoever_had_it_may_have_it_back(ended):
    assert asked(ended, ended.customer) == "pass"


def test_such_a_filing_is_refused_with_the_day_from_which_it_is_free(ended):
    with pytest.raises(Invalid) as refusal:
        filings.file(ended.by_company, DelegationValues(EXTENSION, ended.company, ended.stranger), submit=True)
    (error,) = [each for each in refusal.value.fields if each.code == "F206" and each.field == "content.port"]
    assert str(clock.today() + dt.timedelta(days=80)) in error.message


def test_what_rests_is_listed_with_its_day_and_no_longer_when_it_was_taken_up_again(ended):
    (rest,) = queries.quarantined(actor("reviewer"), ALL).items
    assert (rest.port, rest.holder) == (EXTENSION, ended.company)
    assert rest.free_on == clock.today() + dt.timedelta(days=80)
    assert queries.quarantined(actor("company", name="lu", enterprise=ended.stranger), ALL).items == []
    made.port(ended.company, EXTENSION)
    assert queries.quarantined(actor("reviewer"), ALL).items == []
