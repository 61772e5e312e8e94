"""Who may do what with a filing, and what they are told else."""

import itertools
from dataclasses import replace

import pytest

from registry.audit.model import AuditEvent
from registry.audit.queries import history
from registry.changes.model import Change
from registry.filings import queries, service
from registry.filings.kinds import Priority
from registry.filings.model import Filing
from registry.filings.workflow import MACHINE, OPEN, TO_WORK, State, approving, handing_in
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Problem, Stale
from registry.ports.model import Port
from tests.conftest import actor
from tests.factories import registered as made
from tests.filings.conftest import approved, delegation_of, handed_in, permit_of, port_of, signature_of

ACTORS = {
    "applicant": actor("company", name="wu", enterprise="A"),
    "other party": actor("company", name="he", enterprise="B"),
    "stranger": actor("company", name="lu", enterprise="C"),
    "claimer": actor("reviewer", name="li"),
    "second": actor("reviewer", name="wang"),
    "supervisor": actor("supervisor", name="zhang"),
    "analyst": actor("analyst", name="fang"),
    "author on the staff": actor("reviewer", name="author"),
    "elsewhere": replace(actor("reviewer", name="qian"), offices=frozenset({"44"})),
    "deputy": replace(actor("reviewer", name="sun"), stands_for=frozenset({"li"})),
    "the author's deputy": replace(actor("reviewer", name="zhou"), stands_for=frozenset({"author"})),
    "the clock": replace(SYSTEM, permissions=frozenset({"filing.reassign", "filing.decide"})),
}
APPLICANT = {"mend", "submit", "withdraw"}


def filing_in(state, **values):
    said = {"applicant": "A", "counterparty": None, "authors": ["wu", "author"], "needs_two": [], "office": "33"}
    claimed = "li" if state is State.IN_REVIEW else None
    first = "li" if state is State.AWAITING_SECOND else None
    return Filing(**said | {"state": state, "claimed_by": claimed, "first_decider": first} | values)


def allowed(filing):
    """What the table should allow, written down a second time and plainly: (action, who)."""
    state = filing.state
    found = _by_applicant(filing) | _by_reviewers(filing)
    if state is State.PROPOSED and filing.counterparty:
        found |= {("accept", "other party"), ("decline", "other party")}
    return found | ({("close", "the clock")} if state is State.RETURNED else set())


def _by_applicant(filing):
    state, found = filing.state, set()
    if state in (State.DRAFT, State.RETURNED):
        found |= {("mend", "applicant"), (handing_in(filing), "applicant")}
    if state in OPEN | {State.DRAFT, State.RETURNED}:
        found.add(("withdraw", "applicant"))
    if state in TO_WORK:
        found.add(("urge", "applicant"))
    if state is State.REJECTED:
        found.add(("appeal", "applicant"))
    return found


def _by_reviewers(filing):
    if filing.state is State.SUBMITTED:
        return {("claim", who) for who in ("claimer", "second", "supervisor", "deputy")}
    if filing.state is State.AWAITING_SECOND:
        return set(itertools.product(("confirm", "return", "reject"), ("second", "supervisor")))
    if filing.state is not State.IN_REVIEW:
        return set()
    actions = ("release", approving(filing), "return", "reject")
    return set(itertools.product(actions, ("claimer", "deputy"))) | {("release", "supervisor")}


@pytest.mark.parametrize("needs_two", [[], ["FINANCE"]])
@pytest.mark.parametrize("counterparty", [None, "B"])
@pytest.mark.parametrize("state", list(State))
def test_each_state_action_and_person_does_what_is_written_down(state, counterparty, needs_two):
    filing = filing_in(state, counterparty=counterparty, needs_two=needs_two)
    done = set()
    for action, (who, person) in itertools.product({line.action for line in MACHINE.transitions}, ACTORS.items()):
        try:
            MACHINE.move(filing, state, action, person)
        except Problem:
            continue
        done.add((action, who))
    assert done == allowed(filing)
    for who, person in ACTORS.items():
        assert set(MACHINE.open_to(filing, state, person)) == {action for action, name in done if name == who}


def test_a_port_goes_from_draft_to_the_registry_with_one_event_and_one_row_of_the_feed(trade, session):
    filing = service.file(trade.by_company, port_of(trade))
    assert filing.state is State.DRAFT
    service.submit(trade.by_company, filing.key)
    service.claim(trade.li, filing.key)
    events, changes = session.query(AuditEvent).count(), session.query(Change).count()
    done = service.approve(trade.li, filing.key, comment="材料齐全")
    assert (done.state, done.entry_kind, done.entry_key) == (State.APPROVED, "port", "10690123")
    row = session.query(Port).filter_by(port="10690123").one()
    assert (row.holder, row.standing, row.filing) == (trade.company, "verified", done.key)
    assert filing.submitted_at < row.valid_from <= row.recorded_at
    assert session.query(AuditEvent).count() == events + 1
    assert session.query(Change).count() == changes + 1
    event = history("port", "10690123")[-1]
    assert (event.actor, event.action) == ("li", "port.opened")
    said = {name: event.after["decision"][name] for name in ("filing", "from", "to", "comment")}
    assert said == {"filing": done.key, "from": "in_review", "to": "approved", "comment": "材料齐全"}
    assert [each.action for each in queries.history(done)] == [
        "filing.drafted",
        "filing.submit",
        "filing.claim",
        "port.opened",
    ]


def test_a_delegation_is_reviewed_only_after_the_other_company_accepted(chain):
    filing = handed_in(chain.by_company, delegation_of(chain))
    assert filing.state is State.PROPOSED
    with pytest.raises(Conflict):
        service.claim(chain.li, filing.key)
    with pytest.raises(NotFound):
        service.accept(chain.by_stranger, filing.key)
    with pytest.raises(Forbidden):
        service.accept(chain.by_company, filing.key)
    service.accept(chain.by_customer, filing.key)
    done = approved(chain, filing)
    assert (done.state, done.entry_kind) == (State.APPROVED, "delegation")


def test_the_receiver_of_a_hop_may_propose_it_too(chain):
    filing = handed_in(chain.by_customer, delegation_of(chain))
    assert filing.counterparty == chain.company
    assert service.accept(chain.by_company, filing.key).state is State.SUBMITTED


def test_what_the_other_company_declines_goes_back_to_its_applicant(chain):
    filing = handed_in(chain.by_company, delegation_of(chain))
    assert service.decline(chain.by_customer, filing.key, comment="不知情").state is State.RETURNED
    assert [(each.stage, each.verdict, each.by) for each in filing.decisions] == [("acceptance", "decline", "he")]


def test_what_is_sent_back_is_mended_and_handed_in_again(trade):
    filing = handed_in(trade.by_company, port_of(trade))
    service.claim(trade.li, filing.key)
    reasons = [{"code": "PURPOSE_UNCLEAR", "field": "use", "comment": ""}]
    assert service.send_back(trade.li, filing.key, reasons=reasons).state is State.RETURNED
    service.mend(trade.by_company, filing.key, port_of(trade, signing="shared"))
    again = service.submit(trade.by_company, filing.key)
    assert (again.state, again.priority, again.content["signing"]) == (State.SUBMITTED, Priority.P1, "shared")


def test_a_refusal_without_a_coded_reason_is_none(trade):
    filing = handed_in(trade.by_company, port_of(trade))
    service.claim(trade.li, filing.key)
    for reasons in ([], [{"code": "BECAUSE"}]):
        with pytest.raises(Invalid):
            service.reject(trade.li, filing.key, reasons=reasons)
    assert service.reject(trade.li, filing.key, reasons=[{"code": "SUBLET_SUSPECTED"}]).state is State.REJECTED


def test_a_government_signature_needs_two_different_reviewers(trade, session):
    body = made.enterprise("杭州市教育局", "authority", legal_form="government").code
    by_body = actor("company", name="ju", enterprise=body)
    filing = handed_in(by_body, signature_of(trade, "杭州市教育局", owner=body, source="government"))
    assert set(filing.needs_two) == {"GOVERNMENT_SOURCE", "PROTECTED_NAME"}
    assert approved(trade, filing).state is State.AWAITING_SECOND
    with pytest.raises(Forbidden, match="you decided first"):
        service.approve(trade.li, filing.key, comment="again")
    done = service.approve(trade.wang, filing.key, comment="已核实")
    assert (done.state, done.entry_kind) == (State.APPROVED, "signature")
    assert [(each.stage, each.by) for each in done.decisions] == [("first", "li"), ("second", "wang")]
    event = history("signature", done.entry_key)[-1]
    assert (event.actor, event.after["decision"]["first_decider"]) == ("wang", "li")


def test_nobody_decides_on_what_they_filed(trade):
    both = actor("company", "reviewer", name="two-hats", enterprise=trade.company)
    filing = handed_in(both, port_of(trade))
    with pytest.raises(Forbidden, match="you filed it yourself"):
        service.claim(actor("reviewer", name="two-hats"), filing.key)


def test_of_two_reviewers_who_decide_on_the_same_version_the_second_is_told(trade):
    filing = handed_in(trade.by_company, port_of(trade))
    version = filing.version
    service.claim(trade.li, filing.key, version=version)
    with pytest.raises(Stale):
        service.claim(trade.wang, filing.key, version=version)
    with pytest.raises(Conflict):
        service.claim(trade.wang, filing.key)


def test_a_supervisor_releases_what_an_absent_reviewer_holds(trade):
    filing = handed_in(trade.by_company, port_of(trade))
    service.claim(trade.li, filing.key)
    with pytest.raises(Forbidden):
        service.release(trade.wang, filing.key)
    assert service.release(trade.boss, filing.key).claimed_by is None


def test_the_queue_shows_what_ends_a_risk_first_and_what_failed_last(trade):
    failed = handed_in(trade.by_stranger, signature_of(trade, "百度地图", owner=trade.stranger))
    usual = handed_in(trade.by_company, port_of(trade))
    assert [each.key for each in queries.queue(trade.li).items] == [usual.key, failed.key]
    assert (usual.priority, failed.priority) == (Priority.P2, Priority.P3)
    waiting = queries.waiting(trade.li)
    assert (waiting.by_state, waiting.late, waiting.mine) == ({"submitted": 2}, 0, 0)
    assert usual.due_at > usual.submitted_at


def test_what_failed_a_check_is_approved_only_with_a_word_why(trade):
    filing = handed_in(trade.by_customer, signature_of(trade, "百度地图"))
    service.claim(trade.li, filing.key)
    with pytest.raises(Invalid) as refused:
        service.approve(trade.li, filing.key)
    assert [error.code for error in refused.value.fields] == ["F305"]
    assert service.approve(trade.li, filing.key, comment="集团商标，已核对").state is State.APPROVED


def test_a_page_shows_a_reviewer_the_nearest_names_and_what_is_on_record_of_the_applicant(chain):
    made.signature(chain.stranger, "招商银行", protected=True)
    before = handed_in(chain.by_customer, signature_of(chain, "百度地图"))
    service.claim(chain.li, before.key)
    service.reject(chain.li, before.key, reasons=[{"code": "SOURCE_NOT_PROVEN", "field": "source"}])
    made.measure("enterprise", chain.customer, "warn")
    handed_in(chain.by_stranger, signature_of(chain, "路人", owner=chain.stranger))  # another applicant's
    filing = handed_in(chain.by_customer, signature_of(chain, "招商银彳亍"))
    review = queries.page(chain.li, filing.key).review
    assert [each.text for each in review.nearest] == ["招商银行"]
    record = review.applicant
    assert (record.by_state, record.refused_for) == ({"rejected": 1}, [("SOURCE_NOT_PROVEN", 1)])
    assert ([each.key for each in record.recent], record.measures, record.findings) == ([before.key], 1, 0)


def test_what_became_impossible_meanwhile_is_not_approved(trade):
    first = handed_in(trade.by_company, port_of(trade))
    second = handed_in(trade.by_company, port_of(trade, signing="shared"))
    approved(trade, first)
    service.claim(trade.wang, second.key)
    with pytest.raises(Invalid) as refused:
        service.approve(trade.wang, second.key, comment="也可以")
    assert {error.code for error in refused.value.fields} == {"F204"}
    assert queries.find(trade.wang, second.key).state is State.IN_REVIEW


def test_a_page_shows_a_reviewer_what_else_the_port_carries_and_a_company_only_its_own(chain):
    beside = made.permit(chain.customer, chain.customer, "1069012301", "京东贸易")
    filing = handed_in(chain.by_company, permit_of(chain, signature="京东贸易", categories=("marketing",)))
    page = queries.page(chain.li, filing.key)
    assert [permit.key for permit in page.review.beside] == [beside.key]
    assert [event.action for event in page.review.history] == ["filing.drafted", "filing.submit"]
    assert (page.actions, [row.code for row in page.second_because]) == (["claim"], ["SENSITIVE_CATEGORY"])
    own = queries.page(chain.by_company, filing.key)
    assert (own.review, own.actions) == (None, ["withdraw", "urge"])
