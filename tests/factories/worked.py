"""Measures, findings, filings and look-back items in every state that a door starts from."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from registry.accounts import service as accounts
from registry.asks import service as originals
from registry.cases import queries as stories
from registry.cases import service as casework
from registry.contacts import service as contacts
from registry.detection import queries as detected
from registry.detection import service as detection
from registry.detection.proof import Element
from registry.detection.verdicts import Verdict
from registry.erasures import service as erasures
from registry.erasures.kinds import Erasable
from registry.filings import service as filing
from registry.filings.batch import service as deciding
from registry.filings.bulk import service as bulk_files
from registry.filings.kinds import Kind
from registry.gateway import service as gateway
from registry.gateway.values import Reported
from registry.handlers import service as people
from registry.handlers.values import HandlerValues
from registry.inquiries import service as asking
from registry.inquiries.model import OwnerCode
from registry.inquiries.service.codes import hash_of
from registry.kernel import clock
from registry.kernel.actor import SYSTEM, Actor
from registry.kernel.paging import PageRequest
from registry.kernel.sentence import Sentence
from registry.lifecycle.model import Lapse
from registry.lookback import queries as looked
from registry.lookback import service as lookback
from registry.lookback.values import PlanValues
from registry.lookups import service as looking
from registry.measures import service as imposing
from registry.measures.values import MeasureValues
from registry.notices import queries as known
from registry.notices import service as notices
from registry.notices.workflow import DeliveryState
from registry.permits import service as permits
from registry.ports import service as ports
from registry.ports.values import DelegationValues, PortValues
from registry.replays import service as asking_past
from registry.replays.values import Question
from registry.store import unit_of_work
from tests.conftest import actor
from tests.factories import registered

ALL = PageRequest("", 1000)
Step = Callable[[str], Any]


def measures(signature: str) -> dict[str, str]:
    """Warnings about a signature, by their state."""
    said = MeasureValues(**registered.STATED, subject_kind="signature", subject=signature, action="warn")
    by = registered.actor("analyst", name="wang")
    steps = {"in_force": None, "stayed": imposing.stay, "lifted": imposing.lift}
    made = {"proposed": imposing.propose(by, said).key}
    for state, step in steps.items():
        made[state] = imposing.impose_at_once(by, said).key
        if step:
            step(by, made[state], reason="申诉")
    return made


def findings(enterprise: str) -> dict[str, str]:
    """An enterprise's open findings, brought to one state each; `spare` stays open beside `open`."""
    steps: dict[str, Sequence[Step]] = {
        "open": (),
        "spare": (),
        "notified": (_notify,),
        "answered": (_notify, lambda key: detection.answer(SYSTEM, key, "已停止")),
        "confirmed": (_notify, lambda key: detection.judge(SYSTEM, key, Verdict.SUBLET_PROVEN, "抽样属实")),
        "dismissed": (_notify, lambda key: detection.judge(SYSTEM, key, Verdict.GATEWAY_ERROR, "网关标错")),
    }
    keys = [each.key for each in detected.findings(SYSTEM, ALL, enterprise=enterprise).items]
    return _brought(keys, steps)


def _notify(key: str) -> None:
    detection.notify(SYSTEM, key, "请说明")


def case_of(finding: str) -> str:
    """The case of a finding, taken on by somebody: its key."""
    key = detected.finding(SYSTEM, finding).case
    casework.take(SYSTEM, key)
    return key


def cases(findings: Mapping[str, str]) -> dict[str, str]:
    """The case of these findings, in work, and one in each other state, split off from it."""
    main = detected.finding(SYSTEM, findings["open"]).case
    unused = [each.key for each in stories.case(main).told if each.key not in findings.values()]
    steps: dict[str, Sequence[Step]] = {
        "open_case": (),
        "judged_case": (_take, _give_up),
        "closed_case": (_take, _give_up, lambda key: casework.close(SYSTEM, key, "无进展")),
    }
    going = (unused[0], findings["dismissed"], findings["confirmed"])
    keys = [casework.split(SYSTEM, main, [finding], "另案处理").key for finding in going]
    return {"case": main} | _brought(keys, steps)


def _take(key: str) -> None:
    casework.take(SYSTEM, key)


def _give_up(key: str) -> None:
    casework.judge(SYSTEM, key, Verdict.INSUFFICIENT, "没有进一步的证据")


def asks(case: str, enterprise: str, paper: str) -> dict[str, str]:
    """Originals that an enterprise is asked for, by state."""
    by = actor("company", name="wu", enterprise=enterprise)
    steps: dict[str, Sequence[Step]] = {
        "asked": (),
        "received": (lambda key: originals.answer(by, key, "合同见附件", [paper]),),
        "refused": (lambda key: originals.refuse(by, key, "没有合同"),),
    }
    made = [
        casework.ask(SYSTEM, case, enterprise, Element.PAYMENT_OR_CONTRACT, f"合同原件{each}").key for each in steps
    ]
    return _brought(made, steps)


def filings(company: str, customer: str, code: str, reviewer: Actor) -> dict[str, str]:
    """A company's filings of extensions, one in each state; what is in review is the reviewer's.

    `offered`: the customer's own filing that the company has to accept.
    """
    by, asking = actor("company", name="wu", enterprise=company), actor("company", name="he", enterprise=customer)

    def extension(digits: str, *, submit: bool = True) -> str:
        return filing.file(by, PortValues(f"{code}{digits}", company), submit=submit).key

    made = {"draft": extension("11", submit=False), "submitted": extension("12"), "in_review": extension("13")}
    made["returned"] = extension("14")
    made["rejected"] = extension("15")
    for state in ("in_review", "returned", "rejected"):
        filing.claim(reviewer, made[state])
    reasons = [{"code": reason_code(), "field": "port", "comment": ""}]
    filing.send_back(reviewer, made["returned"], reasons=reasons)
    filing.reject(reviewer, made["rejected"], reasons=reasons)
    hop = DelegationValues(f"{code}16", company, customer)
    made["offered"] = filing.file(asking, hop, submit=True).key
    return made


def deputies() -> dict[str, str]:
    """Two colleagues, the one absent and the other the deputy of an earlier absence and of this one."""
    for name in ("absent", "colleague"):
        accounts.open_account(SYSTEM, f"{name}@carrier.example", name, ["reviewer"], "amber lantern on the pier")
    names = {"absent": "absent@carrier.example", "colleague": "colleague@carrier.example"}
    for days in (1, 20):
        until = clock.now() + dt.timedelta(days=days)
        row = accounts.appoint(SYSTEM, names["absent"], names["colleague"], until, "年假")
        accounts.end_deputy(SYSTEM, row.key)
    row = accounts.appoint(SYSTEM, names["absent"], names["colleague"], clock.now() + dt.timedelta(days=9), "病假")
    return names | {"deputy": row.key}


def planted(company: str, code: str, extension: str) -> str:
    """A filing that a supervisor planted in a company's name."""
    by = registered.supervisor()
    content = PortValues(f"{code}{extension}", company)
    return filing.plant(by, content, applicant=company, flaw="用途不符", reasons=["PURPOSE_UNCLEAR"]).key


def reason_code() -> str:
    """One of the coded reasons of reviewers."""
    from registry.filings.reasons import REASONS

    return str(REASONS[0].code)


def items(holder: str, day: dt.date) -> dict[str, str]:
    """Items of a look-back at all that a company holds, by state; most days lack records: none passes by itself."""
    plan = lookback.add_plan(SYSTEM, PlanValues(f"回头看 {holder}", "holder", holder, days=30))
    run = lookback.run_plan(SYSTEM, plan.key, to_day=day)
    rows = looked.items(SYSTEM, ALL, run=run.key).items
    steps: dict[str, Sequence[Step]] = {
        "needs_answer": (_ask,),
        "answered": (_ask, lambda key: lookback.answer(SYSTEM, key, "已整改")),
        "failed": (_ask, lambda key: lookback.judge_failed(SYSTEM, key, "抽查不符")),
    }
    open_ones = [row.key for row in rows if row.state != "passed"]
    return _brought(open_ones, steps) | {"run": run.key}


def _ask(key: str) -> None:
    lookback.ask(SYSTEM, key, "请说明")


def working(*permits: str) -> str:
    """Two gateways at which permits are active; the first one's name."""
    for key in ("gw-1", "gw-2"):
        gateway.open_gateway(SYSTEM, key)
        gateway.report(SYSTEM, key, [Reported(permit, "active") for permit in permits])
    return "gw-1"


def changes(enterprise: str) -> dict[str, str]:
    """A change of contact that a company reported, and one that staff expects."""
    by, day = actor("company", name="wu", enterprise=enterprise), clock.today() - dt.timedelta(days=1)
    reported = contacts.report(by, "telephone", day, value="010-62345678")
    expected = contacts.expect(SYSTEM, enterprise, "handler", day)
    return {"change": reported.key, "expected_change": expected.key}


def inquiries(company: str, letter: str) -> dict[str, str]:
    """A company that is asked, in its inbox, about a letter in its name."""
    accounts.open_account(
        SYSTEM, f"legal@{company.lower()}.example", "法务", ["company"], "three columns two tables", enterprise=company
    )
    until = clock.now() + dt.timedelta(days=14)
    with unit_of_work() as session:  # as if it had been mailed
        said = {"key": f"OWC-{company}", "code_hash": hash_of(f"code-of-{company}"), "owner": company}
        session.add(OwnerCode(**said, made_at=clock.now(), expires_at=until))
    return {"inquiry": asking.ask_about_letter(SYSTEM, letter).key}


def replays(day: dt.date, finding: str) -> dict[str, str]:
    """A question that is answered, one that waits, and a finding that was applied again."""
    stricter = Question(day, day, ("S101",), {"least_messages": 31})
    made = {"replay": asking_past.order(SYSTEM, stricter).key, "again": asking_past.order_again(SYSTEM, finding).key}
    for key in made.values():
        asking_past.carry_out(SYSTEM, key)
    return made | {"waiting_replay": asking_past.order(SYSTEM, stricter).key}


def handler(company: str) -> str:
    """The person who acts for a company: its key."""
    return people.register(SYSTEM, HandlerValues("王经办", "11010519491231002X", "13800138000"), enterprise=company).key


def lookup(company: str) -> str:
    """What a source outside said about a company, once that it knows it not: the key of the first."""
    said, by = {"code": company, "name": "甲通信有限公司"}, registered.reviewer()
    proof = {"source": "国家企业信用信息公示系统", "reference": company, "digest": "0" * 64}
    looking.enter(by, "icp", "sms.example", "not_found", claimed={"domain": "sms.example"}, source="备案系统")
    return looking.enter(by, "company_register", company, "found", claimed=said, found=said, **proof).key


def erased(*companies: str) -> None:
    """Papers of companies that nothing needed any more."""
    for company in companies:
        erasures.note(
            SYSTEM, Erasable.PAPER, f"PAP-{company}", "0" * 64, "retention.papers", clock.today(), enterprise=company
        )


def idle(company: str, code: str, text: str) -> str:
    """An extension whose last permit is over."""
    registered.port(company, f"{code}32")
    permits.end_permit(SYSTEM, registered.permit(company, company, f"{code}32", text).key)
    return f"{code}32"


def ended(company: str, code: str, permit: str) -> None:
    """An extension that was given back, and a warning about a permit."""
    registered.port(company, f"{code}31")
    ports.end_port(SYSTEM, f"{code}31")
    today = clock.today()
    key, days = f"LPS-{permit}", {"idle_since": today - dt.timedelta(days=170), "lapses_on": today}
    with unit_of_work() as session:
        row = Lapse(key=key, permit=permit, enterprise=company, state="warned", warned_at=clock.now(), **days)
        session.add(row)


def told(enterprise: str) -> dict[str, str]:
    """A company's endpoints, and what was told it: one delivery that was given up, others on their way."""
    by = actor("company", name="wu", enterprise=enterprise)
    made = [notices.open_endpoint(by, f"https://{enterprise.lower()}.example/{number}")[0] for number in (1, 2)]
    last = known.listed(by, PageRequest("", 1)).items[0]
    for _ in range(2):
        notices.tell("filing.returned", ("filing", last.subject), Sentence("已退回", "returned"), enterprise=enterprise)
    notices.tell("filing.awaiting_second", ("filing", last.subject), Sentence("待复核", "waits"), office="")
    notices.spread()
    sent = known.deliveries(by, ALL, target=made[0].key).items
    with unit_of_work():
        sent[0].state, sent[0].next_at = DeliveryState.GIVEN_UP, None
    return {"endpoint": made[0].key, "notice": last.key, "delivery": sent[0].key}


def plans(holder: str) -> dict[str, str]:
    """A plan that runs by itself and one that rests."""
    working = lookback.add_plan(SYSTEM, PlanValues("每月回头看", "holder", holder, every="1m"))
    resting = lookback.add_plan(SYSTEM, PlanValues("停用的回头看", "holder", holder, every="1m"))
    lookback.rest(SYSTEM, resting.key)
    return {"plan": working.key, "resting_plan": resting.key}


def _brought(keys: Sequence[str], steps: dict[str, Sequence[Step]]) -> dict[str, str]:
    assert len(keys) >= len(steps), f"{len(keys)} things for {len(steps)} states"
    made = dict(zip(steps, keys, strict=False))
    for state, taken in steps.items():
        for step in taken:
            step(made[state])
    return made


def bulk(folder: Path, company: str, digits: str) -> str:
    """A file of two filings, one of them wrong: its key."""
    path = folder / f"{digits}.csv"
    path.write_text(f"referenceId,port,use\nbulk-1,{digits}41,own\nbulk-2,10690a,own\n", encoding="utf-8")
    return bulk_files.take(SYSTEM, Kind.PORT, path, path.name, applicant=company).key


def batches(company: str, code: str, reviewer: Actor) -> dict[str, str]:
    """A reviewer's batch of one filing, drawn, and another of a second one whose sample was opened."""
    by = actor("company", name="wu", enterprise=company)
    keys = [filing.file(by, PortValues(f"{code}{digits}", company), submit=True).key for digits in ("51", "52")]
    drawn, seen = (deciding.draw(reviewer, [key]).key for key in keys)
    deciding.look(reviewer, seen, keys[1])
    return {"batch": drawn, "batched": keys[0], "seen_batch": seen}
