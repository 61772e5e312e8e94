"""Filings that start from an entry which stands: what becomes of it when they are handed in, approved, refused."""

import datetime as dt
from dataclasses import replace

import pytest

from registry.audit.queries import history
from registry.changes.model import Change
from registry.enterprises import service as enterprises
from registry.enterprises.values import RelationValues
from registry.filings import service
from registry.filings.changing import (
    BeneficiariesContent,
    RenewalContent,
    ScopeChangeContent,
    SuccessionContent,
    TemplateContent,
    TemporaryPermitContent,
    compared,
)
from registry.filings.content import SignatureContent, WithdrawalContent
from registry.filings.kinds import Kind
from registry.filings.queries.entries import last_entry
from registry.filings.workflow import State
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Invalid, NotFound
from registry.permits import queries as permits
from registry.permits.values import ScopeValues, TemplateValues
from registry.ports import queries as ports
from registry.signatures.queries import registered
from registry.signatures.values import SignatureValues
from tests.conftest import actor
from tests.factories import registered as made
from tests.filings.conftest import CONSENT, OFFER, approved, handed_in, marketing_of, paper, permit_of

SENT = "【京东贸易】您的订单已发货，请查收"
NOTICE = ScopeValues(("notice",), monthly_volume=10000)
WIDER = ScopeValues(("notice", "verification"), monthly_volume=10000)
NARROWER = ScopeValues(("notice",), provinces=("11",), monthly_volume=500)


@pytest.fixture
def permit(chain):
    """The key of an approved permit of the customer, which ends in a month."""
    until = clock.now() + dt.timedelta(days=30)
    return approved(chain, handed_in(chain.by_customer, permit_of(chain, valid_until=until))).entry_key


def now_of(key):
    return permits.one(SYSTEM, key)


def test_the_approved_scope_counts_until_the_wider_one_is_approved(chain, permit):
    filing = handed_in(chain.by_customer, ScopeChangeContent(permit, WIDER))
    assert now_of(permit).categories == ["notice"]
    assert {each.code for each in filing.results} >= {"F501", "F502", "F401", "F409"}
    done = approved(chain, filing)
    assert (done.entry_kind, done.entry_key, now_of(permit).categories) == (
        "permit",
        permit,
        ["notice", "verification"],
    )
    assert now_of(permit).filing != filing.key  # what only the first filing said stays with it


def test_a_narrower_scope_may_count_at_once_and_is_looked_at_afterwards(chain, permit, session):
    filing = handed_in(chain.by_customer, ScopeChangeContent(permit, NARROWER, at_once=True))
    assert (filing.state, now_of(permit).monthly_volume, filing.needs_two) == (State.SUBMITTED, 500, [])
    changed = [each for each in history("permit", permit) if each.action == "permit.changed"]
    assert changed[-1].after["decision"]["at_once"] is True
    changes = session.query(Change).count()
    assert approved(chain, filing).state is State.APPROVED
    assert session.query(Change).count() == changes


def test_a_wider_scope_never_counts_at_once(chain, permit):
    with pytest.raises(Invalid) as refused:
        handed_in(chain.by_customer, ScopeChangeContent(permit, WIDER, at_once=True))
    assert ("content.categories", "F502") in [(each.field, each.code) for each in refused.value.fields]
    assert now_of(permit).categories == ["notice"]


def test_who_begins_to_advertise_says_consent_and_shows_samples_as_for_a_first_permit(chain, permit):
    content = ScopeChangeContent(permit, ScopeValues(("notice", "marketing"), monthly_volume=10000))
    bare = handed_in(chain.by_customer, content)
    assert {each.code for each in bare.results if each.verdict == "fail"} == {"F406", "F413"}
    full = handed_in(chain.by_customer, replace(content, **CONSENT, samples=(OFFER,)))
    assert {each.code for each in full.results if each.verdict == "fail"} == set()
    approved(chain, full)
    service.approve(chain.wang, full.key, comment="同意")
    again = {each.code: each.verdict for each in service.recheck(SYSTEM, "permit", permit)}
    assert (again["F406"], again["F413"]) == ("pass", "pass")


def test_what_is_on_file_of_marketing_serves_a_later_change_and_goes_with_the_category(chain):
    content = marketing_of(chain, categories=("notice", "marketing"))
    first = handed_in(chain.by_customer, replace(content, samples=(OFFER, SENT)))
    approved(chain, first)
    key = service.approve(chain.wang, first.key, comment="同意").entry_key
    less = ScopeValues(("notice", "marketing"), monthly_volume=5000)
    assert handed_in(chain.by_customer, ScopeChangeContent(key, less, at_once=True)).entry_key == key
    notices = ScopeValues(("notice",), monthly_volume=5000)
    assert handed_in(chain.by_customer, ScopeChangeContent(key, notices, at_once=True)).entry_key == key


def test_nobody_changes_a_strangers_permit(chain, permit):
    with pytest.raises(Invalid) as refused:
        handed_in(chain.by_stranger, ScopeChangeContent(permit, NARROWER, at_once=True))
    assert "F501" in {each.code for each in refused.value.fields}


def test_a_backup_channel_opens_at_once_for_its_hours_and_ends_when_it_is_refused(chain, permit):
    made.port(chain.company, "1069012302")
    filing = handed_in(chain.by_customer, TemporaryPermitContent(permit, "1069012302", 48, "主通道中断"))
    channel = now_of(filing.entry_key)
    assert (channel.port, channel.signature, channel.user, channel.purpose) == (
        "1069012302",
        "京东贸易",
        chain.customer,
        "backup",
    )
    lasts = channel.valid_until - channel.valid_from
    assert dt.timedelta(hours=47, minutes=59) < lasts <= dt.timedelta(hours=48)
    service.claim(chain.li, filing.key)
    service.reject(chain.li, filing.key, reasons=[{"code": "OTHER", "field": ""}], comment="通道未中断")
    assert now_of(channel.key).valid_until <= clock.now() + dt.timedelta(seconds=1)


def test_no_backup_channel_lasts_longer_than_the_provision_allows(chain, permit):
    with pytest.raises(Invalid) as refused:
        handed_in(chain.by_customer, TemporaryPermitContent(permit, "1069012302", 73, "主通道中断"))
    assert ("content.hours", "F505") in [(each.field, each.code) for each in refused.value.fields]


def test_a_renewal_gives_more_time_and_asks_for_no_paper_again(chain, permit):
    until = clock.now() + dt.timedelta(days=365)
    filing = handed_in(chain.by_customer, RenewalContent("permit", permit, until))
    assert now_of(permit).valid_until < until
    approved(chain, filing)
    assert (now_of(permit).valid_until, len(permits.history(permit))) == (until, 2)


def test_what_has_lapsed_is_registered_again_with_the_gap_between(chain, permit):
    later = clock.now() + dt.timedelta(days=60)
    with clock.frozen(later):
        filing = handed_in(chain.by_customer, RenewalContent("permit", permit, later + dt.timedelta(days=100)))
        assert next(each for each in filing.results if each.code == "F506").verdict == "warn"
        approved(chain, filing)
        assert now_of(permit).valid_from >= later
    with pytest.raises(NotFound):
        permits.one(SYSTEM, permit, as_of=later - dt.timedelta(days=1))


def test_a_signature_is_renewed_like_a_permit(chain):
    until = clock.now() + dt.timedelta(days=20)
    content = SignatureContent(SignatureValues("京东", chain.customer, "short_name", valid_until=until))
    key = approved(chain, handed_in(chain.by_customer, content)).entry_key
    approved(chain, handed_in(chain.by_customer, RenewalContent("signature", key)))
    assert registered("京东", chain.customer, until + dt.timedelta(days=500))


UNTIL = clock.now() + dt.timedelta(days=20)


@pytest.mark.parametrize("kind", ["port", "delegation", "letter"])
def test_ports_hops_and_letters_are_renewed_too(chain, kind):
    later = UNTIL + dt.timedelta(days=300)
    made_here = {
        "port": lambda: made.port(chain.company, "1069012399", valid_until=UNTIL).port,
        "delegation": lambda: made.delegation(chain.company, chain.stranger, "1069012388", valid_until=UNTIL).key,
        "letter": lambda: made.letter(chain.customer, chain.company, "京东贸易", valid_until=UNTIL).key,
    }
    key = made_here[kind]()
    by = chain.by_customer if kind == "letter" else chain.by_company
    approved(chain, handed_in(by, RenewalContent(kind, key, later)))
    assert last_entry(Kind(kind), key, UNTIL).valid_until == later


def test_who_may_send_by_a_letter_does_not_prolong_the_owners_word(chain):
    key = made.letter(chain.customer, chain.company, "京东贸易", valid_until=UNTIL).key
    with pytest.raises(Invalid) as refused:
        handed_in(chain.by_company, RenewalContent("letter", key, UNTIL + dt.timedelta(days=300)))
    assert "F501" in {each.code for each in refused.value.fields}


@pytest.mark.parametrize("kind", ["port", "delegation", "signature", "letter"])
def test_whatever_a_company_has_is_withdrawn_by_filing_it_and_ends_with_the_approval(chain, kind):
    [hop] = ports.chain("1069012301")
    keys = {
        "port": made.port(chain.company, "1069012399").port,
        "delegation": hop.key,
        "signature": registered("京东贸易", chain.customer).key,
        "letter": made.letter(chain.customer, chain.company, "京东贸易").key,
    }
    by = chain.by_customer if kind == "signature" else chain.by_company
    filing = handed_in(by, WithdrawalContent(kind, keys[kind], "不再使用"))
    assert last_entry(Kind(kind), keys[kind], clock.now()).valid_until is None
    approved(chain, filing)
    ended = last_entry(Kind(kind), keys[kind], clock.now() + dt.timedelta(seconds=1))
    assert ended.valid_until <= clock.now() + dt.timedelta(seconds=1)


def test_merchants_come_and_go_under_a_platforms_permit(chain):
    platform = approved(chain, handed_in(chain.by_customer, permit_of(chain, on_behalf="merchants"))).entry_key
    come = BeneficiariesContent(platform, add=({"beneficiary": "shop-1", "name": "一号店"}, {"beneficiary": "shop-2"}))
    approved(chain, handed_in(chain.by_customer, come))
    assert [each.beneficiary for each in permits.beneficiaries(platform)] == ["shop-1", "shop-2"]
    approved(chain, handed_in(chain.by_customer, BeneficiariesContent(platform, end=("shop-1",))))
    assert [each.beneficiary for each in permits.beneficiaries(platform)] == ["shop-2"]


def test_a_template_is_filed_and_withdrawn(chain, permit):
    body = "【京东贸易】您的订单{1}已发货。"
    filed = approved(chain, handed_in(chain.by_customer, TemplateContent(TemplateValues(permit, body))))
    assert [each.body for each in permits.templates(permit)] == [body]
    approved(chain, handed_in(chain.by_customer, WithdrawalContent("template", filed.entry_key)))
    assert permits.templates(permit) == []


def test_a_message_is_held_against_the_texts_of_its_permit(chain, permit, caller):
    body = "您的订单{1}已发货。"
    approved(chain, handed_in(chain.by_customer, TemplateContent(TemplateValues(permit, body))))
    gateway = caller("gateway")

    def asked(text):
        return gateway.get(f"/api/v1/permits/{permit}/templates", query_string={"text": text}).json

    found = asked("【京东贸易】您的订单 88 已发货！拒收请回复R")
    assert (found["matches"], found["items"][0]["variables"]) == (True, ["88"])
    assert asked("【京东贸易】您的订单88已取消")["matches"] is False
    assert asked("")["matches"] is None


def test_a_code_is_not_transferred_without_a_merger(chain):
    with pytest.raises(Invalid) as refused:
        handed_in(chain.by_company, SuccessionContent(chain.company, chain.stranger))
    said = next(each for each in refused.value.fields if each.code == "F507")
    assert "apply for it anew" in said.fix


def test_by_merger_everything_is_the_successors(chain, permit):
    heir = made.enterprise("京东贸易集团有限公司", "end_user").code
    enterprises.relate(SYSTEM, RelationValues(chain.customer, heir, "merged_into"))
    by_heir = actor("company", name="zhu", enterprise=heir)
    approved(chain, handed_in(by_heir, SuccessionContent(chain.customer, heir)))
    assert (now_of(permit).user, now_of(permit).owner) == (heir, heir)
    assert registered("京东贸易", heir)
    assert not registered("京东贸易", chain.customer)
    assert heir in ports.declared_users("1069012301")


def test_by_split_the_codes_that_are_named_go_over_with_what_hangs_on_them(chain, permit):
    heir = made.enterprise("红帆新通信有限公司", "sms_service_company", licence="B2-20209999").code
    content = SuccessionContent(chain.company, heir, "split", ("10690123",))
    filing = handed_in(chain.by_company, content, papers=[paper(chain.by_company, "other")])
    approved(chain, filing)
    assert ports.holder_of("10690123") == heir
    assert chain.customer in ports.declared_users("1069012301")
    assert now_of(permit).user == chain.customer


@pytest.mark.parametrize(
    ("new", "wider", "narrower"),
    [
        (NOTICE, (), ()),
        (WIDER, ("categories",), ()),
        (NARROWER, (), ("provinces", "monthly_volume")),
        (ScopeValues(("notice",), hours="08:00-21:00"), ("hours", "monthly_volume"), ()),
        (ScopeValues(("marketing",), monthly_volume=10000), ("categories",), ("categories",)),
        (ScopeValues(("notice",), monthly_volume=10000, links=("jd.com",)), ("links",), ()),
    ],
)
def test_a_change_of_scope_is_wider_or_narrower_field_by_field(new, wider, narrower):
    found = compared(NOTICE, new, "08:00-20:00")
    assert (found.wider, found.narrower) == (wider, narrower)
