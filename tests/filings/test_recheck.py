"""Looking back: the same checks over entries that stand in the registry, with today's clock."""

import datetime as dt

import pytest

from registry.filings import service
from registry.filings.kinds import Verdict
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import NotFound
from tests.factories import registered as made
from tests.filings.conftest import approved, handed_in, permit_of, port_of, signature_of


def objections(kind, key, at=None):
    results = service.recheck(SYSTEM, kind, key, at)
    return {each.code: each.verdict for each in results if each.verdict is not Verdict.PASS}


def test_a_sound_permit_passes_again(chain):
    done = approved(chain, handed_in(chain.by_company, permit_of(chain)))
    assert objections("permit", done.entry_key) == {}


def test_each_kind_of_entry_can_be_asked_about(chain):
    signature = approved(chain, handed_in(chain.by_customer, signature_of(chain, "京东")))
    letter = made.letter(chain.customer, chain.company, "京东").key
    hop = made.delegation(chain.company, chain.stranger, "1069012377").key
    for kind, key in [
        ("port", made.ACCESS_CODE),
        ("delegation", hop),
        ("signature", signature.entry_key),
        ("letter", letter),
        ("enterprise", chain.company),
    ]:
        assert service.recheck(SYSTEM, kind, key), kind


def test_a_port_does_not_stand_in_its_own_way(trade):
    done = approved(trade, handed_in(trade.by_company, port_of(trade)))
    assert "F204" not in objections("port", done.entry_key)


def test_what_was_right_then_is_judged_by_the_rules_of_today(chain):
    made.signature(chain.customer, "京东商城应用", source="app")
    from registry.store.columns import key_of

    key = key_of("SIG", "京东商城应用", chain.customer)
    today = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    assert objections("signature", key, max(today, clock.now()))["F304"] is Verdict.FAIL


def test_a_signature_of_an_old_registry_from_a_shop_is_told_since_when_it_is_none(chain):
    made.signature(chain.customer, "京东网店", source="shop")
    from registry.store.columns import key_of

    results = service.recheck(SYSTEM, "signature", key_of("SIG", "京东网店", chain.customer))
    [found] = [each for each in results if each.code == "F304"]
    assert found.verdict is Verdict.FAIL
    assert "2025-01-01" in found.outcome.reason.zh


def test_a_licence_that_ended_since_is_found(trade):
    until = clock.now() + dt.timedelta(days=10)
    company = made.enterprise("短命公司", "sms_service_company", licence="B2-1", licence_until=until).code
    made.port(company, "10690777", use="service")
    assert "F104" not in objections("port", "10690777")
    assert objections("port", "10690777", clock.now() + dt.timedelta(days=11))["F104"] is Verdict.FAIL


def test_a_user_whose_hop_was_ended_is_found(chain):
    from registry.ports import service as ports
    from registry.ports.queries import chain as hops

    done = approved(chain, handed_in(chain.by_company, permit_of(chain)))
    [hop] = hops("1069012301")
    ports.end_delegation(SYSTEM, hop.key, reason="合同终止")
    assert objections("permit", done.entry_key)["F403"] is Verdict.FAIL


def test_what_was_never_handed_in_is_not_called_checked(trade):
    key = made.signature(trade.customer, "京东").key
    assert objections("signature", key) == {"F106": Verdict.NOT_CHECKED}


def test_an_entry_that_is_not_there_is_said_so(app):
    with pytest.raises(NotFound):
        service.recheck(SYSTEM, "permit", "PMT-NONE")
