"""Asking for originals: asked, reminded, handed over or refused, looked at; each company sees its own."""

import datetime as dt
import hashlib

import pytest

from registry.asks import queries, service
from registry.asks.model import Ask
from registry.asks.workflow import MACHINE, AskState
from registry.audit import queries as audit
from registry.cases import service as cases
from registry.detection.proof import Element, Stance
from registry.kernel import clock
from registry.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from registry.kernel.paging import PageRequest
from registry.notices import queries as notices
from registry.papers import service as papers
from tests.cases.conftest import case, parties, tenant
from tests.conftest import actor
from tests.papers.test_papers import PDF

__all__ = ["case", "parties", "tenant"]
ANALYST = actor("analyst", name="wang")


@pytest.fixture
def company(parties):
    return actor("company", name="wu", enterprise=parties["holder"])


@pytest.fixture
def ask(case, parties) -> Ask:
    """The holder is asked for its contract."""
    cases.take(ANALYST, case.key)
    return cases.ask(ANALYST, case.key, parties["holder"], Element.PAYMENT_OR_CONTRACT, "the contract")


def test_a_case_asks_only_while_somebody_works_it(case, parties):
    with pytest.raises(Conflict):
        cases.ask(ANALYST, case.key, parties["holder"], Element.NO_AUTHORITY, "the letter")


def test_who_is_asked_is_told_of_it_and_until_when(ask, company):
    (told,) = notices.about(("ask", ask.key))
    assert (told.event, told.payload["what"]) == ("finding.original_asked", "the contract")
    assert notices.listed(company, PageRequest()).items == [told]
    assert ask.due_at > clock.now()
    assert queries.waiting(company) == 1


def test_nobody_is_asked_until_a_day_that_is_gone_or_for_nothing(case, parties):
    cases.take(ANALYST, case.key)
    who = parties["holder"]
    with pytest.raises(Invalid):
        cases.ask(ANALYST, case.key, who, Element.NO_AUTHORITY, "it", due=clock.today() - dt.timedelta(days=1))
    with pytest.raises(Invalid):
        cases.ask(ANALYST, case.key, who, Element.NO_AUTHORITY, "  ")
    with pytest.raises(NotFound):
        cases.ask(ANALYST, case.key, "nobody", Element.NO_AUTHORITY, "the letter")


def test_an_original_comes_as_a_paper_of_ones_own_and_its_hash_is_kept(ask, company, parties):
    strange = papers.upload(
        actor("company", name="li", enterprise=parties["stranger"]), PDF + b"x", "contract.pdf", "other"
    )
    for keys in ([], [strange.key], ["PAP-none"]):
        with pytest.raises(Invalid):
            service.answer(company, ask.key, "here", keys)
    own = papers.upload(company, PDF, "contract.pdf", "other")
    answered = service.answer(company, ask.key, "here it is", [own.key])
    assert (answered.state, answered.papers) == (AskState.RECEIVED, [own.key])
    assert answered.hashes == [hashlib.sha256(PDF).hexdigest()]
    assert answered.received_at is not None
    (_asked, event) = audit.history("ask", ask.key)
    assert (event.action, event.after["hashes"]) == ("ask.answer", answered.hashes)


def test_what_came_in_another_way_is_noted_by_its_hash(ask):
    with pytest.raises(Invalid):
        service.receive(ANALYST, ask.key, "by courier", ["not a hash"])
    noted = service.receive(ANALYST, ask.key, "by courier", ["A" * 64])
    assert (noted.state, noted.hashes) == (AskState.RECEIVED, ["a" * 64])


def test_a_refusal_says_why_and_may_be_asked_again_or_mended(ask, company):
    with pytest.raises(Invalid):
        service.refuse(company, ask.key, " ")
    assert service.refuse(company, ask.key, "there is none").state is AskState.REFUSED
    again = service.send_back(ANALYST, ask.key, "the customer says there is")
    assert (again.state, again.reminders) == (AskState.ASKED, 0)


def test_only_who_is_asked_sees_it_and_answers(ask, parties, company):
    stranger = actor("company", name="li", enterprise=parties["stranger"])
    for do in (lambda: queries.ask(stranger, ask.key), lambda: service.refuse(stranger, ask.key, "no")):
        with pytest.raises(NotFound):
            do()
    assert queries.asks(stranger, PageRequest()).items == []
    assert [each.key for each in queries.asks(company, PageRequest()).items] == [ask.key]
    with pytest.raises(Stale):
        service.refuse(company, ask.key, "no", version=99)


def test_what_is_due_is_reminded_of_once_a_day_until_it_comes(ask, company):
    assert service.remind_all(ANALYST) == 0
    for day, reminded in ((0, 1), (0, 0), (1, 1)):
        with clock.frozen(ask.due_at + dt.timedelta(days=day, minutes=day)):
            assert service.remind_all(ANALYST) == reminded
    assert (ask.reminders, ask.overdue) == (2, False)
    with clock.frozen(ask.due_at + dt.timedelta(days=9)):
        assert [each.key for each in queries.asks(ANALYST, PageRequest(), overdue=True).items] == [ask.key]
        service.receive(ANALYST, ask.key, "by courier", ["a" * 64])
        assert service.remind_all(ANALYST) == 0


def test_an_original_is_looked_at_with_words_and_a_stance(ask):
    service.receive(ANALYST, ask.key, "by courier", ["a" * 64])
    with pytest.raises(Invalid):
        service.accept(ANALYST, ask.key, Stance.FOR, "")
    accepted = service.accept(ANALYST, ask.key, Stance.AGAINST, "it is about another port")
    assert (accepted.state, accepted.stance) == (AskState.ACCEPTED, Stance.AGAINST)
    with pytest.raises(Conflict):
        service.drop(ANALYST, ask.key, "too late")


def test_the_same_over_http(ask, caller, parties):
    path, staff = f"/api/v1/asks/{ask.key}", caller("analyst")
    company = caller("company_key", enterprise=parties["holder"])
    read = company.get(path)
    said = {"json": {"text": "there is none"}, "headers": {"If-Match": read.headers["ETag"]}}
    assert company.post(f"{path}/refuse", **said).json["state"] == "refused"
    assert company.post(f"{path}/refuse", **said).status_code == 412
    assert company.get("/api/v1/cases").status_code == 403
    assert staff.get("/api/v1/asks?state=refused").json["items"][0]["answer"] == "there is none"


@pytest.mark.parametrize("state", list(AskState))
@pytest.mark.parametrize("action", sorted({line.action for line in MACHINE.transitions}))
@pytest.mark.parametrize("role", ["supervisor", "analyst", "reviewer", "auditor", "company"])
def test_every_state_action_and_role_is_allowed_or_refused_as_the_table_says(state, action, role):
    who = actor(role, enterprise="E" if role == "company" else None)
    line = next((each for each in MACHINE.transitions if each.action == action and state in each.sources), None)
    of_e = type("A", (), {"enterprise": "E"})()
    if who.may(next(each.permission for each in MACHINE.transitions if each.action == action)) and line:
        assert MACHINE.move(of_e, state, action, who) is line.target
    else:
        with pytest.raises((Conflict, Forbidden)):
            MACHINE.move(of_e, state, action, who)
