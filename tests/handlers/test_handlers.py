"""Handlers: encrypted, masked everywhere, found by hash, one enterprise each, real names asked of a source."""

import json

import pytest
import sqlalchemy as sa

from registry.audit.model import AuditEvent
from registry.enterprises import service as enterprises
from registry.enterprises.values import EnterpriseValues, RelationValues
from registry.filings import queries as filings_known
from registry.filings import service as filings
from registry.filings.service import looking
from registry.handlers import queries, service
from registry.handlers.values import HandlerValues
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Forbidden, Invalid, NotFound
from registry.kernel.paging import PageRequest
from registry.lookups import queries as lookups
from registry.lookups.model import Lookup
from registry.store import db
from tests.factories import registered as made
from tests.filings.conftest import handed_in, paper, trade  # noqa: F401 - a fixture
from tests.lookups.conftest import source  # noqa: F401 - a fixture
from tests.notices.conftest import setting  # noqa: F401 - a fixture

ID, PHONE = "11010519491231002X", "13812345678"
PERSON = HandlerValues("王小明", ID, PHONE)


def verdict(trade, key, code="F131", enterprise=None):  # noqa: F811
    content = EnterpriseValues(enterprise or made.code(), "新公司有限公司", handler=key)
    results = filings.dry_run(trade.by_company, content).results
    return next(each.verdict.value for each in results if each.code == code)


def test_values_are_encrypted_and_shown_masked(trade):  # noqa: F811
    row = service.register(trade.by_company, PERSON)
    assert all(value not in json.dumps([row.sealed, row.masked]) for value in (ID, PHONE, "王小明"))
    shown = queries.shown(row)
    assert (shown.name, shown.id_number, shown.phone) == ("王**", "110***********002X", "138****5678")


def test_nothing_whole_stands_in_trail_lists_or_pages(trade, caller, app):  # noqa: F811
    row = service.register(trade.by_company, PERSON)
    service.unmask(trade.li, row.key, "phone", "电话核实经办人")
    paths = ("/api/v1/handlers", f"/api/v1/handlers/{row.key}", "/api/v1/audit-events?limit=100")
    told = "".join(caller("supervisor").get(path).text for path in paths)
    assert "110***********002X" in told
    assert all(value not in told for value in (ID, PHONE))
    assert all(ID not in str(event.after) for event in db.session.scalars(sa.select(AuditEvent)))


def test_a_whole_value_needs_a_reason_and_is_recorded(trade, caller):  # noqa: F811
    key = service.register(trade.by_company, PERSON).key
    path = f"/api/v1/handlers/{key}/unmask"
    staff, company = caller("reviewer"), caller("company_key", enterprise=trade.company)
    assert company.post(path, json={"field": "phone", "reason": "just so"}).status_code == 403
    assert staff.post(path, json={"field": "phone", "reason": ""}).status_code == 422
    answer = staff.post(path, json={"field": "phone", "reason": "电话核实"}, headers={"Idempotency-Key": "k-1"})
    assert (answer.json, answer.headers["Cache-Control"]) == ({"value": PHONE}, "no-store")
    again = staff.post(path, json={"field": "phone", "reason": "电话核实"}, headers={"Idempotency-Key": "k-1"})
    assert (again.status_code, PHONE in again.text) == (409, False)
    [event] = db.session.scalars(sa.select(AuditEvent).filter_by(action="personal.unmasked")).all()
    assert (event.subject_key, event.reason) == (key, "电话核实")


def test_a_person_is_found_by_either_number_however_it_is_written(trade, caller):  # noqa: F811
    key = service.register(trade.by_company, PERSON).key
    for asked in ({"id_number": "110105 19491231 002x"}, {"phone": "138-1234-5678"}):
        found = caller("analyst").post("/api/v1/handlers:find", json=asked)
        assert [each["key"] for each in found.json["items"]] == [key]
    assert caller("analyst").post("/api/v1/handlers:find", json={}).json["items"] == []
    assert caller("company_key", enterprise=trade.company).post("/api/v1/handlers:find", json={}).status_code == 403


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (HandlerValues("王", "110105194912310021", PHONE), "id_number"),
        (HandlerValues("王", ID, "12345"), "phone"),
        (HandlerValues("", ID, PHONE), "name"),
    ],
)
def test_what_can_be_no_number_is_refused_without_repeating_it(trade, values, field):  # noqa: F811
    with pytest.raises(Invalid) as refused:
        service.register(trade.by_company, values)
    assert [each.field for each in refused.value.fields] == [field]
    assert values.id_number not in str(refused.value.fields)


def test_a_handler_of_one_enterprise_passes_and_of_two_fails(trade):  # noqa: F811
    new = made.code()
    mine = service.register(trade.by_company, PERSON, enterprise=new)
    assert verdict(trade, mine.key, enterprise=new) == "pass"
    theirs = service.register(trade.by_stranger, HandlerValues("王小明", ID, "13900000000"))
    assert verdict(trade, mine.key, enterprise=new) == "fail"
    service.end(trade.by_stranger, theirs.key)
    assert verdict(trade, mine.key, enterprise=new) == "pass"
    service.register(trade.by_stranger, HandlerValues("李某", "110105198001010032", PHONE))
    assert verdict(trade, mine.key, enterprise=new) == "fail", "the telephone alone tells too"


def test_a_tie_between_two_enterprises_excuses_nobody(trade):  # noqa: F811
    enterprises.relate(SYSTEM, RelationValues(trade.stranger, trade.company, "parent"))
    mine = service.register(trade.by_company, PERSON)
    assert verdict(trade, mine.key, enterprise=trade.company) == "pass"
    service.register(trade.by_stranger, HandlerValues("王小明", ID, "13900000000"))
    assert verdict(trade, mine.key, enterprise=trade.company) == "fail"


def test_another_companys_handler_cannot_be_named(trade):  # noqa: F811
    theirs = service.register(trade.by_stranger, PERSON)
    assert verdict(trade, theirs.key) == "fail"
    with pytest.raises(NotFound):
        queries.one(trade.by_company, theirs.key)
    with pytest.raises(Forbidden):
        service.unmask(trade.by_stranger, theirs.key, "phone", "my own")


def test_opaque_keys_of_bundles_are_compared_as_they_are(trade):  # noqa: F811
    assert verdict(trade, "H-17") == "pass"
    made.enterprise("别家有限公司", handler="H-17")
    assert verdict(trade, "H-17") == "fail"


def test_a_real_name_service_is_told_the_name_and_number_and_they_are_kept_nowhere(trade, source):  # noqa: F811
    new = made.code()
    key = service.register(trade.by_company, PERSON, enterprise=new).key
    source.has(queries.standing(key, new).id_hash, matches="true")
    content = EnterpriseValues(new, "新公司有限公司", handler=key)
    filing = handed_in(trade.by_company, content, papers=[paper(trade.by_company, "licence")])
    looking.work(SYSTEM, filing.key, anew=False)
    results = filings_known.find(SYSTEM, filing.key).results
    assert next(each.verdict for each in results if each.code == "F123") == "pass"
    asked = next(said for _head, said in source.asked if said["kind"] == "real_name")
    assert (asked["claimed"]["id_number"], asked["claimed"]["name"]) == (ID, "王小明")
    kept = [row for row in lookups.listed(PageRequest("", 50)).items if row.kind == "real_name"]
    assert all(ID not in str([row.subject, row.claimed, row.found]) for row in kept)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Lookup)) >= 1
    assert db.session.scalar(sa.select(AuditEvent.subject_key).filter_by(action="personal.handed_over")) == key
