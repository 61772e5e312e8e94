"""The evidence pack: read and verified without the registry, it says nothing of persons and is the same each time."""

import csv
import dataclasses
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from registry.audit import queries as audit
from registry.cases import service
from registry.cases.masking import masked
from registry.cases.pack import checking, making, verify
from registry.detection.catalogue import shared_files
from registry.detection.proof import Element, Stance
from registry.detection.rules import s203_undeclared_tenant
from registry.filings import queries as filed
from registry.filings import service as filings
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Forbidden, NotFound
from registry.papers import service as papers
from registry.settings import current
from registry.signatures.values import LetterValues
from registry.traffic import service as traffic
from tests.conftest import actor
from tests.detection.test_findings import DAY, PORT, feed
from tests.factories.registered import letter
from tests.papers.test_papers import PDF

ANALYST = actor("analyst", name="wang")


@pytest.fixture
def packed(case, parties) -> making.Pack:
    """The pack of a case that is being worked."""
    service.take(ANALYST, case.key)
    service.note(ANALYST, case.key, Element.PAYMENT_OR_CONTRACT, Stance.FOR, "receipt shown, call 13812345678")
    service.ask(ANALYST, case.key, parties["holder"], Element.NO_AUTHORITY, "the letter")
    return making.make(ANALYST, case.key)


@pytest.fixture
def unpacked(packed, tmp_path) -> Path:
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        archive.extractall(folder)
    return folder


def told(folder: Path, name: str):
    text = (folder / name).read_text("utf-8")
    return json.loads(text) if name.endswith(".json") else list(csv.DictReader(io.StringIO(text)))


def verified(folder: Path) -> subprocess.CompletedProcess[str]:
    """What the program that lies in the pack says, in a process that knows nothing of the registry."""
    command = [sys.executable, "-I", str(folder / "verify.py"), str(folder)]
    return subprocess.run(command, cwd="/", env={}, capture_output=True, text=True, check=False)


def test_every_hash_and_the_audit_proof_hold_without_the_registry(unpacked):
    said = verified(unpacked)
    assert (said.returncode, said.stdout.strip(), said.stderr) == (0, "whole", "")
    listed = {each["path"]: each["sha256"] for each in told(unpacked, "manifest.json")["files"]}
    there = {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in unpacked.iterdir()}
    del there["manifest.json"]
    assert listed == there


def test_the_events_of_the_case_lead_to_the_root_and_end_at_the_checkpoint(unpacked, case):
    proof = told(unpacked, "audit.json")
    actions = [each["event"]["action"] for each in proof["events"]]
    assert {"detection.run", "case.take", "case.note", "case.ask", "ask.ask", "permit.opened"} <= set(actions)
    last = proof["events"][-1]
    assert proof["checkpoint"]["hash"] == last["hash"]
    stored = {each.number: each.hash for each in audit.history("case", case.key)}
    assert {each["event"]["number"] for each in proof["events"]} >= stored.keys() - {max(stored)}


@pytest.mark.parametrize(
    ("name", "change", "fault"),
    [
        ("facts.csv", lambda text: text + "x", "facts.csv was changed"),
        ("audit.json", lambda text: text.replace("case.take", "case.tame"), "was changed"),
        ("audit.json", lambda text: text.replace('"root": "', '"root": "0'), "does not lead to the root"),
    ],
)
def test_whoever_changes_a_pack_is_found_out(unpacked, name, change, fault):
    path = unpacked / name
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    said = verified(unpacked)
    assert said.returncode == 1
    assert fault in said.stdout


def test_a_file_that_is_missing_or_added_is_named(unpacked):
    (unpacked / "rules.json").unlink()
    (unpacked / "more.txt").write_text("x")
    assert sorted(verify.faults(unpacked)) == ["more.txt is not in the manifest", "rules.json is missing"]


def test_the_registry_that_made_it_knows_its_signatures(packed, unpacked, tmp_path):
    file = tmp_path / "pack.zip"
    file.write_bytes(packed.content)
    assert list(checking.faults(file)) == []
    proof = told(unpacked, "audit.json")
    proof["checkpoint"]["at"] = "2001-01-01T00:00:00+00:00"
    with zipfile.ZipFile(file, "w") as archive:
        for each in unpacked.iterdir():
            archive.writestr(each.name, json.dumps(proof) if each.name == "audit.json" else each.read_bytes())
    assert any("signature does not fit" in each for each in checking.faults(file))
    file.write_bytes(b"no zip")
    assert list(checking.faults(file)) == ["this is no evidence pack"]


def test_the_same_case_gives_the_same_bytes_and_every_making_is_on_record(packed, case):
    again = making.make(ANALYST, case.key)
    assert again.content == packed.content
    made = [each for each in audit.history("case", case.key) if each.action == "case.packed"]
    assert [each.after["sha256"] for each in made] == [packed.sha256] * 2
    service.note(ANALYST, case.key, Element.NO_AUTHORITY, Stance.FOR, "the owner says no")
    assert making.make(ANALYST, case.key).sha256 != packed.sha256


def test_samples_are_traced_to_file_and_row_and_facts_to_their_files(unpacked):
    samples, sources = told(unpacked, "samples.csv"), told(unpacked, "sources.csv")
    assert samples
    assert all("丙商城" in each["content"] and int(each["line"]) > 1 for each in samples)
    assert {each["file"] for each in samples} <= {each["delivery_sha256"] for each in sources}
    assert sum(int(each["messages"]) for each in told(unpacked, "facts.csv")) == 25
    assert {(each["port"], each["day"]) for each in told(unpacked, "evidence.csv")} == {(PORT, str(DAY))}


def test_files_that_were_put_together_since_are_told_with_what_they_became(case, packed, unpacked, parties, tmp_path):
    feed(tmp_path, ("乙银行", 3), name="more")
    traffic.compact(SYSTEM, day=DAY)
    with zipfile.ZipFile(io.BytesIO(making.make(ANALYST, case.key).content)) as archive:
        archive.extractall(tmp_path / "again")
    then, now = told(unpacked, "sources.csv"), told(tmp_path / "again", "sources.csv")
    became = {each["path"]: each["put_into"] for each in now}
    assert {(each["path"], each["sha256"]) for each in then} <= {(each["path"], each["sha256"]) for each in now}
    assert all(became[each["path"]] in became for each in then)
    for each in (each for each in now if not each["put_into"]):
        assert hashlib.sha256((current().facts / each["path"]).read_bytes()).hexdigest() == each["sha256"]
    samples = told(tmp_path / "again", "samples.csv")
    assert {each["file"] for each in samples} <= {each["delivery_sha256"] for each in now}
    assert told(unpacked, "evidence.csv") == told(tmp_path / "again", "evidence.csv")
    assert {each["signature"] for each in told(unpacked, "facts.csv")} >= {"丙商城"}
    assert all(each in told(tmp_path / "again", "facts.csv") for each in told(unpacked, "facts.csv"))


def test_it_holds_the_rule_its_version_and_parameters_and_what_was_registered_then(unpacked, parties):
    rule = next(each for each in told(unpacked, "rules.json") if each["rule"] == "S203")
    files = [Path(s203_undeclared_tenant.__file__), *shared_files()]
    assert rule["version"] == hashlib.sha256(b"".join(each.read_bytes() for each in files)).hexdigest()
    assert rule["parameters"] == dataclasses.asdict(s203_undeclared_tenant.Parameters())
    assert rule["runs"] == sorted({each["run"] for each in told(unpacked, "evidence.csv") if each["rule"] == "S203"})
    then = told(unpacked, "registered.json")
    assert [each["user"] for each in then["permits"]] == [parties["user"]]
    assert PORT in {each["port"] for each in then["ports"]}


def test_parameters_are_those_of_the_run_whatever_the_rule_says_today(case, monkeypatch):
    @dataclasses.dataclass(frozen=True)
    class Stricter(s203_undeclared_tenant.Parameters):
        least_messages: int = 99

    monkeypatch.setattr(s203_undeclared_tenant, "Parameters", Stricter)
    with zipfile.ZipFile(io.BytesIO(making.make(ANALYST, case.key).content)) as archive:
        rules = json.loads(archive.read("rules.json"))
    assert [each["parameters"]["least_messages"] for each in rules if each["rule"] == "S203"] == [10]


def test_a_letter_is_packed_with_the_hashes_of_the_papers_that_came_with_it(case, parties):
    company = actor("company", name="wu", enterprise=parties["holder"])
    paper = papers.upload(company, PDF, "letter.pdf", "letter")
    said = LetterValues(parties["stranger"], parties["holder"], ("丙商城",))
    made = filings.file(company, said, papers=[paper.key], submit=True)
    for reviewer in (actor("reviewer", name="a"), actor("supervisor", name="b")):
        if filings_of(made.key).state != "approved":
            filings.claim(reviewer, made.key)
            filings.approve(reviewer, made.key)
    with zipfile.ZipFile(io.BytesIO(making.make(ANALYST, case.key).content)) as archive:
        (row,) = csv.DictReader(io.StringIO(archive.read("letters.csv").decode()))
    assert (row["owner"], row["papers"]) == (parties["stranger"], paper.key)
    assert row["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert row["remark"] == ""


def test_a_letter_without_a_paper_says_so_in_the_table_and_on_the_page_in_both_languages(case, parties):
    key = letter(parties["stranger"], parties["holder"], "丙商城").key
    with zipfile.ZipFile(io.BytesIO(making.make(ANALYST, case.key).content)) as archive:
        (row,) = csv.DictReader(io.StringIO(archive.read("letters.csv").decode()))
        page = archive.read("index.html").decode()
    assert (row["letter"], row["sha256"]) == (key, "")
    for said in ("本系统没有该委托书的纸件", "This registry holds no paper of this letter"):
        assert said in row["remark"]
        assert said in page


def filings_of(key: str):
    return filed.find(SYSTEM, key)


def test_the_page_in_front_says_it_in_both_languages_and_needs_nothing_beside_it(unpacked):
    page = (unpacked / "index.html").read_text("utf-8")
    for text in ("lang='zh-CN'", "lang='en'", "甲通信有限公司", "丙商城有限公司", "未报备", "undeclared", "<svg"):
        assert text in page
    for head in ("<th>编号</th>", "<th>Is to show</th>", "待提供", "asked for", "付款或合同"):
        assert head in page
    assert not any(each in page for each in ("<script", "<link", "src=", "@import"))


def test_no_persons_number_stands_in_the_pack_outside_the_linked_events(unpacked):
    for each in unpacked.iterdir():
        if each.name != "audit.json":
            assert "13812345678" not in each.read_text("utf-8"), each.name
    assert "138****5678" in (unpacked / "case.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("请致电13812345678", "请致电138****5678"),
        ("证件11010519491231002X已核", "证件110***********002X已核"),
        ("卡6222021234567890123扣款", "卡6222********0123扣款"),
        ("验证码123456，5分钟有效", "验证码******，5分钟有效"),
        ("张小明先生您好", "张**先生您好"),
        ("写信到wang.li@example.com", "写信到w***@example.com"),
        ("客服4008123123，戳 t.cn/abc", "客服4008123123，戳 t.cn/abc"),
        ("您的订单12已发货", "您的订单12已发货"),
    ],
)
def test_what_points_to_a_person_is_masked_and_what_a_sender_offers_is_not(text, shown):
    assert masked(text) == shown


def test_who_may_not_pack_does_not_and_what_is_not_there_is_not_packed(case):
    with pytest.raises(Forbidden):
        making.make(actor("reviewer"), case.key)
    with pytest.raises(NotFound):
        making.make(ANALYST, "CAS-none")


def test_over_http_it_is_a_file_to_be_saved(case, caller):
    answer = caller("auditor").get(f"/api/v1/cases/{case.key}/pack")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert f"{case.key}.zip" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert "index.html" in archive.namelist()
    assert caller("reviewer").get(f"/api/v1/cases/{case.key}/pack").status_code == 403
