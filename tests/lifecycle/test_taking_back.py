"""An extension whose last permit is over is listed, and taken back into its rest by one action."""

import pytest

from registry.audit import queries as audit
from registry.filings import service as filings
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Forbidden, NotFound
from registry.kernel.paging import PageRequest
from registry.lifecycle import idle, queries, service
from registry.notices import queries as notices
from registry.permits import service as permits
from registry.ports import queries as ports_known
from registry.ports.values import DelegationValues
from tests.conftest import actor
from tests.factories import registered as made
from tests.filings.conftest import trade

__all__ = ["trade"]
ALL = PageRequest("", 1000)
EXTENSION = "1069012301"


def listed(by=SYSTEM):
    return {each.port: each for each in idle.idle(by, ALL).items}


@pytest.fixture
def let(trade):
    """The customer's extension with a permit, since forty days."""
    with clock.frozen(made.days_ago(40)):
        made.port(trade.company, signing="shared", use="service")
        made.port(trade.company, EXTENSION)
        trade.hop = made.delegation(trade.company, trade.customer, EXTENSION).key
        made.signature(trade.customer, "京东贸易")
        trade.permit = made.permit(trade.customer, trade.customer, EXTENSION, "京东贸易").key
    return trade


def test_it_is_listed_once_its_last_permit_is_over(let):
    made.port(let.company, "1069012399")  # one that never had a permit
    assert listed() == {}
    with clock.frozen(made.days_ago(3)):
        permits.end_permit(SYSTEM, let.permit)
    found = listed()[EXTENSION]
    assert (set(listed()), found.holder) == ({EXTENSION}, let.company)
    assert clock.local_day(found.since) == clock.local_day(made.days_ago(3))
    assert set(listed(let.by_company)) == {EXTENSION}
    assert listed(let.by_stranger) == {}


@pytest.mark.parametrize("other", [EXTENSION, f"{EXTENSION}5", "10690123*"])
def test_another_permit_on_it_below_it_or_over_it_keeps_it(let, other):
    with clock.frozen(made.days_ago(3)):
        permits.end_permit(SYSTEM, let.permit)
    made.permit(let.customer, let.customer, other, "京东贸易", categories=("verification",))
    assert listed() == {}


def test_taken_back_it_ends_with_its_hops_rests_and_everybody_is_told(let):
    permits.end_permit(SYSTEM, let.permit)
    row = service.take_back(let.li, EXTENSION, "核查后收回")
    assert row.port == EXTENSION
    assert listed() == {}
    assert ports_known.chain(EXTENSION) == []
    assert ports_known.holder_of(EXTENSION) == let.company  # the code above is held as before
    assert [each.port for each in queries.quarantined(SYSTEM, ALL).items] == [EXTENSION]
    event = audit.history("port", EXTENSION)[-1]
    assert (event.action, event.reason, event.actor) == ("port.ended", "NO_PERMIT_LEFT: 核查后收回", "li")
    for party in (let.by_company, let.by_customer):
        assert "port.taken_back" in {each.event for each in notices.listed(party, ALL).items}
    asked = DelegationValues(EXTENSION, let.company, let.stranger)
    said = {each.code: each.verdict for each in filings.dry_run(let.by_company, asked).results}
    assert said["F206"] == "fail"


def test_one_that_is_permitted_or_no_extension_is_not_taken_back_nor_by_a_company(let):
    for port in (EXTENSION, "10690123"):
        with pytest.raises(Conflict):
            service.take_back(let.li, port)
    with pytest.raises(NotFound):
        service.take_back(let.li, "1069099")
    permits.end_permit(SYSTEM, let.permit)
    for by in (let.by_company, actor("regulator")):
        with pytest.raises(Forbidden):
            service.take_back(by, EXTENSION)


def test_the_api_lists_it_and_takes_it_back(let, caller):
    permits.end_permit(SYSTEM, let.permit)
    reviewer = caller("reviewer")
    assert [each["port"] for each in reviewer.get("/api/v1/idle-extensions").json["items"]] == [EXTENSION]
    done = reviewer.post(f"/api/v1/idle-extensions/{EXTENSION}/take-back", json={"reason": "不再使用"})
    assert (done.status_code, done.json["holder"]) == (200, let.company)
    assert reviewer.get("/api/v1/idle-extensions").json["items"] == []
    again = reviewer.post(f"/api/v1/idle-extensions/{EXTENSION}/take-back", json={})
    assert (again.status_code, again.json["code"]) == (404, "no_such_port")
