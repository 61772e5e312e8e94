"""The pack's registry is that which the run knew; what proof rests on, and the case page, are what is known now."""

import csv
import io
import json
import zipfile

from registry.cases import queries
from registry.cases.pack import making
from registry.detection.proof import Element, Stance
from registry.enterprises import service as enterprises
from registry.enterprises.values import RelationValues, SubmitterValues
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.paging import PageRequest
from registry.permits import queries as permitted
from registry.permits import service as permits
from registry.permits.model import SharedContact
from registry.permits.values import BeneficiaryValues
from registry.store import unit_of_work
from tests.cases.test_authority import confirmed
from tests.cases.test_working import standing
from tests.conftest import actor
from tests.detection.test_findings import DAY, PORT, detect, feed
from tests.factories.registered import delegation, enterprise, permit

ANALYST = actor("analyst", name="wang")


def packed(key: str) -> dict[str, str]:
    """The texts of a case's pack, by file."""
    with zipfile.ZipFile(io.BytesIO(making.make(ANALYST, key).content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def registered(key: str):
    """What its pack says was registered."""
    return json.loads(packed(key)["registered.json"])


def test_a_permit_that_was_changed_since_stands_as_the_run_knew_it(case, parties):
    before = registered(case.key)["permits"]
    (key,) = {each.key for each in permitted.governing(PORT, "乙银行")}
    permits.end_permit(SYSTEM, key, at=clock.midnight(DAY))
    assert [each.key for each in queries.told(case.key).registered.permits] == [], "the page says what is known now"
    files = packed(case.key)
    then = json.loads(files["registered.json"])
    assert then["permits"] == before
    assert [(each["key"], each["valid_until"]) for each in before] == [(key, None)]
    started = min(each["started_at"] for each in json.loads(files["runs.json"]))
    assert then["known_at"][:16] == clock.write_moment(clock.parse_moment(started))[:16]
    assert "这些天没有任何许可" not in files["index.html"]


def test_a_hop_that_was_declared_since_is_no_step_of_the_packs_chain(case, parties):
    before = packed(case.key)["index.html"]
    delegation(parties["holder"], parties["stranger"], PORT)
    assert "declared" in {each.role.en.split(" ")[0] for each in queries.told(case.key).story.chain}
    assert parties["stranger"] not in {each["to_enterprise"] for each in registered(case.key)["delegations"]}
    assert packed(case.key)["index.html"] == before


def test_proof_and_the_table_of_letters_rest_on_what_is_known_now(case, parties):
    key = confirmed(parties["stranger"], parties["holder"], "丙商城")
    files = packed(case.key)
    proof = {each["element"]: each["stance"] for each in json.loads(files["case.json"])["proof"]}
    assert proof[Element.NO_AUTHORITY] == standing(case, Element.NO_AUTHORITY).stance == Stance.AGAINST
    assert json.loads(files["registered.json"])["letters"] == []
    assert {each["letter"] for each in csv.DictReader(io.StringIO(files["letters.csv"]))} == {key}


def test_it_holds_the_account_that_handed_in_and_ties_between_the_parties(parties, tmp_path):
    strange, other = enterprise("丁代理有限公司").code, enterprise("戊科技有限公司").code
    for account, owner in (("900001", strange), ("900002", other)):
        enterprises.bind_submitter(SYSTEM, SubmitterValues(account, owner))
    enterprises.relate(SYSTEM, RelationValues(parties["holder"], strange, "parent"))
    enterprises.relate(SYSTEM, RelationValues(strange, other, "parent"))
    feed(tmp_path, ("乙银行", 60), account="900001")
    detect()
    (case,) = queries.cases(PageRequest()).items
    then = registered(case.key)
    assert [(each["submitter"], each["enterprise"]) for each in then["submitters"]] == [("900001", strange)]
    assert [(each["from_enterprise"], each["to_enterprise"]) for each in then["relations"]] == [
        (parties["holder"], strange)
    ]


def test_it_holds_the_beneficiaries_of_its_permits_and_the_shared_links_of_its_values(parties, tmp_path):
    made = permit(parties["stranger"], parties["stranger"], PORT, "丙商城", on_behalf="merchants")
    away = permit(parties["stranger"], parties["stranger"], "10690123", "丙商城", on_behalf="merchants")
    for each, links in ((made.key, ("shop-a.cn",)), (away.key, ("shop-b.cn",))):
        permits.add_beneficiary(SYSTEM, BeneficiaryValues(each, "shop", "张小明先生", links, ("13812345678",)))
    with unit_of_work() as session:
        session.add_all(SharedContact(value=each, kind="short_link") for each in ("strange.cn/abc", "other.cn"))
    feed(tmp_path, ("丙商城", 60), words="，详见strange.cn/xyz")
    detect()
    met = [each for each in queries.cases(PageRequest()).items if "S311" in {one.rule for one in each.findings}]
    then = registered(met[0].key)
    (shop,) = then["beneficiaries"]
    assert (shop["permit"], shop["links"], shop["contacts"]) == (made.key, ["shop-a.cn"], ["138****5678"])
    assert [each["value"] for each in then["shared_contacts"]] == ["strange.cn/abc"]
