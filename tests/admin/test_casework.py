"""Cases and originals from the console: each action through its page's form, and what a page says to bad input."""

import io
import re

import pytest

from registry.asks import queries as asks
from registry.audit import queries as audit
from registry.cases import queries as cases
from registry.kernel.actor import SYSTEM
from registry.kernel.due import last_day
from registry.kernel.errors import NotFound
from tests.admin.test_working import page_of
from tests.factories.two_companies import PDF

DENIED = {"element": "no_authority", "stance": "for", "text": "所有人书面否认"}


@pytest.fixture
def analyst(visitor):
    return visitor("analyst")


def form_of(person, page: str, action: str) -> set[str]:
    """The names of the fields that the page's form of an action has."""
    text = person.get(page).text
    found = re.search(rf'<form [^>]*action="{re.escape(page)}/{action}">(.*?)</form>', text, re.DOTALL)
    assert found, f"{page} offers no {action}"
    return set(re.findall(r'name="(\w+)"', found[1])) - {"csrf_token"}


def does(person, page: str, action: str, **said):
    """Fill in the page's form of an action and send it: no field that the form does not have is sent."""
    assert said.keys() <= form_of(person, page, action), action
    return person.act(page, action, **said)


def test_a_case_is_taken_proved_judged_closed_and_opened_again(world, analyst):
    page = f"/cases/{world.things['open_case']}"
    page_of(does(analyst, page, "take", text=""))
    page_of(does(analyst, page, "note", paper="", **DENIED))
    assert "所有人书面否认" in analyst.get(page).text
    page_of(does(analyst, page, "judge", verdict="insufficient", text="没有进一步的证据"))
    assert "可采取处置措施" not in analyst.get(page).text, "nothing was confirmed"
    page_of(does(analyst, page, "close", text="无进展"))
    page_of(does(analyst, page, "reopen", text="收到新的投诉"))
    assert cases.case(world.things["open_case"]).state == "in_work"
    done = [each.action for each in audit.history("case", world.things["open_case"])]
    assert done[-5:] == ["case.take", "case.note", "case.judge", "case.close", "case.reopen"]


def test_a_verdict_that_rests_on_what_is_not_shown_is_refused_with_what_is_missing(world, analyst):
    page = f"/cases/{world.things['case']}"
    refused = does(analyst, page, "judge", verdict="sublet_proven", text="看起来如此")
    assert refused.status_code == 409
    [alert] = re.findall(r'role="alert">(.*?)</div>', refused.text, re.DOTALL)
    assert all(lacking in alert for lacking in ("他人实际使用", "付款或合同"))
    assert "无授权" not in alert, "what is shown is not asked for again"
    assert ">看起来如此</textarea>" in refused.text
    assert cases.case(world.things["case"]).verdict is None


def test_a_case_is_split_and_merged(world, analyst):
    key, finding = world.things["case"], world.one.findings["answered"]
    made = page_of(does(analyst, f"/cases/{key}", "split", findings=finding, text="另案处理"))
    assert [each.key for each in cases.case(made.rpartition("/")[2]).told] == [finding]
    assert page_of(does(analyst, made, "merge", into=key, text="同一件事")) == f"/cases/{key}"
    assert finding in {each.key for each in cases.case(key).told}


@pytest.mark.parametrize(
    ("action", "said", "status", "code"),
    [
        ("note", {"element": "no_authority", "stance": "", "text": "x"}, 422, "no_stance"),
        ("note", {"element": "magic", "stance": "for", "text": "x"}, 422, "no_element"),
        ("note", DENIED | {"text": " "}, 422, "reason_missing"),
        ("note", DENIED | {"paper": "PAP-none"}, 404, "no_such_paper"),
        ("ask", {"enterprise": "NOBODY", "element": "no_authority", "text": "合同"}, 404, "no_such_enterprise"),
        ("ask", {"enterprise": "", "element": "", "text": "合同"}, 422, "no_element"),
        ("ask", {"enterprise": "", "element": "no_authority", "text": "合同", "due": "soon"}, 422, "bad_day"),
        ("judge", {"verdict": "guilty", "text": "x"}, 422, "no_verdict"),
        ("judge", {"verdict": "insufficient", "text": " "}, 422, "reason_missing"),
        ("merge", {"into": "CAS-none", "text": "x"}, 404, "no_such_case"),
        ("merge", {"into": "", "text": "x"}, 404, "no_such_case"),
        ("split", {"text": "x"}, 422, "cannot_split"),
        ("close", {"text": "x"}, 409, "wrong_state"),
        ("take", {"text": "x"}, 409, "wrong_state"),
    ],
)
def test_what_a_case_cannot_take_is_refused_in_words(world, analyst, action, said, status, code):
    page, before = f"/cases/{world.things['case']}", len(audit.history("case", world.things["case"]))
    answer = analyst.act(page, action, **said)
    assert (answer.status_code, f"{code} ·" in answer.text) == (status, True)
    assert len(audit.history("case", world.things["case"])) == before


def test_a_page_that_is_no_longer_true_decides_nothing(world, analyst):
    page = f"/cases/{world.things['case']}"
    old = analyst.version(page)
    page_of(does(analyst, page, "note", **DENIED))
    assert analyst.post(f"{page}/note", DENIED | {"version": old}).status_code == 412


def test_an_original_is_asked_for_handed_in_sent_back_and_accepted(world, analyst, visitor):
    key, company = world.things["case"], visitor("company")
    said = {"enterprise": world.one.code, "element": "payment_or_contract", "text": "转租合同原件", "due": ""}
    page_of(does(analyst, f"/cases/{key}", "ask", **said))
    ask = next(each for each in asks.of_case(cases.case(key).id) if each.what == "转租合同原件")
    page = f"/asks/{ask.key}"
    assert f">{last_day(ask.due_at)}<" in company.get(page).text, "the last day that is not too late"
    page_of(does(analyst, page, "remind", text=""))
    scans = {"text": "合同见附件", "paper": (io.BytesIO(PDF), "contract.pdf")}
    page_of(does(company, page, "answer", **scans))
    page_of(does(analyst, page, "send_back", text="缺签字页", due=""))
    page_of(does(company, page, "answer", text="补齐", paper=(io.BytesIO(PDF + b"2"), "contract.pdf")))
    page_of(does(analyst, page, "accept", stance="for", text="合同载明月付"))
    assert (asks.ask(SYSTEM, ask.key).state, asks.ask(SYSTEM, ask.key).stance) == ("accepted", "for")
    assert [each.action for each in asks.ask(SYSTEM, ask.key).steps] == [
        "ask", "remind", "answer", "send_back", "answer", "accept",
    ]  # fmt: skip


def test_an_original_is_refused_received_otherwise_or_no_longer_wanted(world, analyst, visitor):
    asked, received = world.one.asks["asked"], world.one.asks["received"]
    page_of(does(visitor("company"), f"/asks/{asked}", "refuse", text="没有合同"))
    assert asks.ask(SYSTEM, asked).state == "refused"
    page_of(does(analyst, f"/asks/{received}", "drop", text="已另行取得"))
    other = f"/asks/{world.other.asks['asked']}"
    page_of(does(analyst, other, "receive", text="当面递交", hashes="a" * 64))
    assert asks.ask(SYSTEM, world.other.asks["asked"]).hashes == ["a" * 64]


@pytest.mark.parametrize(
    ("action", "said", "status"),
    [
        ("receive", {"text": "当面递交", "hashes": "no hash"}, 422),
        ("receive", {"text": "当面递交", "hashes": ""}, 422),
        ("accept", {"stance": "", "text": "x"}, 422),
        ("accept", {"stance": "for", "text": "x"}, 409),
        ("drop", {"text": " "}, 422),
        ("note_refusal", {"text": ""}, 422),
    ],
)
def test_what_an_ask_cannot_take_is_refused_in_words(world, analyst, action, said, status):
    page = f"/asks/{world.one.asks['asked']}"
    assert analyst.act(page, action, **said).status_code == status
    assert asks.ask(SYSTEM, world.one.asks["asked"]).state == "asked"


def test_a_company_acts_only_on_its_own_asks_and_hands_in_only_papers(world, visitor):
    company = visitor("company")
    assert company.post(f"/asks/{world.other.asks['asked']}/refuse", {"text": "x"}).status_code == 404
    own = f"/asks/{world.one.asks['asked']}"
    assert company.act(own, "answer", text="见附件", paper=(io.BytesIO(b"MZ"), "x.exe")).status_code == 422
    assert company.act(own, "answer", text="见附件").status_code == 422
    assert company.act(own, "remind", text="x").status_code == 403
    with pytest.raises(NotFound):
        cases.case("CAS-none")
