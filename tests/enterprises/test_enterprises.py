"""Enterprises through the service and over HTTP."""

import pytest

from registry.enterprises import queries, service
from registry.enterprises.values import EnterpriseValues, RelationValues, SubmitterValues
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from registry.kernel.paging import PageRequest
from tests.conftest import actor
from tests.factories import registered as make

AT = "/api/v1/enterprises"


def codes(refused):
    return {error.field: error.code for error in refused.value.fields}


def test_a_code_is_kept_in_its_one_written_form(session):
    code = make.code()
    row = service.register(make.reviewer(), EnterpriseValues(f" {code.lower()} ", "甲"))
    assert row.code == code
    assert queries.find(code.lower()) is row


def test_every_wrong_field_is_named_at_once_with_its_fix(session):
    wrong = EnterpriseValues("911101080000000010", " ", "club", ("agent", "friend"), industry="Z99", province="99")
    with pytest.raises(Invalid) as refused:
        service.register(make.reviewer(), wrong)
    assert set(codes(refused)) == {"code", "name", "legal_form", "roles.1", "industry", "province"}
    assert codes(refused)["code"] == "uscc_check_digit"
    assert all(error.message for error in refused.value.fields)


@pytest.mark.parametrize("code", ["", "123", "91110108MA01ABCDE!", "REG-CN:1", "OLD15:12", "9" * 5000, "\0"])
def test_a_malformed_code_is_refused(session, code):
    with pytest.raises(Invalid):
        service.register(SYSTEM, EnterpriseValues(code, "甲"))


def test_the_same_code_twice_is_refused(session):
    first = make.enterprise()
    with pytest.raises(Conflict, match="registered already"):
        service.register(SYSTEM, EnterpriseValues(first.code, "乙"))


def test_a_company_registers_nobody(session):
    with pytest.raises(Forbidden):
        service.register(actor("company", enterprise=make.enterprise().code), EnterpriseValues(make.code(), "甲"))


def test_a_former_name_is_kept_with_the_time_in_which_it_was_borne(session):
    with clock.frozen(make.days_ago(60)):
        row = make.enterprise("旧名")
    with clock.frozen(make.days_ago(30)):
        service.rename(make.reviewer(), row.code, "中名")
    service.rename(make.reviewer(), row.code, "新名")
    asked = [queries.name_at(row.code, make.days_ago(days)) for days in (45, 15, 0)]
    assert asked == ["旧名", "中名", "新名"]
    assert [name.name for name in queries.former_names(row.code)] == ["旧名", "中名"]


def test_whoever_renames_an_outdated_version_is_told(session):
    row = make.enterprise("旧名")
    service.rename(make.reviewer(), row.code, "中名", version=row.version)
    with pytest.raises(Stale):
        service.rename(make.reviewer(), row.code, "新名", version=1)


def test_an_amended_name_is_kept_as_a_former_one_too(session):
    row = make.enterprise("旧名")
    service.amend(make.reviewer(), row.code, EnterpriseValues(row.code, "新名", province="11"))
    assert (row.name, row.province) == ("新名", "11")
    assert [name.name for name in queries.former_names(row.code)] == ["旧名"]


def test_a_tie_is_on_record_once_for_a_time(session):
    parent, child = make.enterprise("母公司"), make.enterprise("子公司")
    tie = RelationValues(parent.code, child.code, "parent")
    service.relate(make.reviewer(), tie)
    assert [each.kind for each in queries.relations(child.code)] == ["parent"]
    with pytest.raises(Conflict) as refused:
        service.relate(make.reviewer(), tie)
    assert refused.value.code == "relation_exists"


def test_nobody_is_tied_to_itself_or_to_a_stranger(session):
    one = make.enterprise()
    with pytest.raises(Invalid):
        service.relate(SYSTEM, RelationValues(one.code, one.code, "parent"))
    with pytest.raises(NotFound):
        service.relate(SYSTEM, RelationValues(one.code, make.code(), "parent"))


def test_an_account_belongs_to_one_enterprise_at_a_time(session):
    one, other = make.enterprise("甲"), make.enterprise("乙")
    with clock.frozen(make.days_ago(10)):
        service.bind_submitter(SYSTEM, SubmitterValues("901234", one.code))
    with pytest.raises(Conflict) as refused:
        service.bind_submitter(SYSTEM, SubmitterValues("901234", other.code))
    assert refused.value.code == "submitter_bound"
    service.unbind_submitter(make.reviewer(), "901234")
    service.bind_submitter(SYSTEM, SubmitterValues("901234", other.code))
    assert queries.submitter_owner("901234", "bj-1") == other.code
    assert queries.submitter_owner("901234", as_of=make.days_ago(5)) == one.code


def test_a_gateways_own_binding_comes_before_that_for_all(session):
    one, other = make.enterprise("甲"), make.enterprise("乙")
    service.bind_submitter(SYSTEM, SubmitterValues("901234", one.code))
    service.bind_submitter(SYSTEM, SubmitterValues("901234", other.code, "bj-1"))
    assert queries.submitter_owner("901234", "bj-1") == other.code
    assert queries.submitter_owner("901234", "sh-1") == one.code


def test_registering_over_http_answers_the_enterprise_and_repeats_safely(caller):
    ask, body = caller("reviewer"), {"code": make.code(), "name": "甲公司", "roles": ["agent"]}
    first = ask.post(AT, json=body, headers={"Idempotency-Key": "k1"})
    again = ask.post(AT, json=body, headers={"Idempotency-Key": "k1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json == first.json
    assert ask.post(AT, json=body).status_code == 409
    shown = ask.get(f"{AT}/{body['code']}")
    assert shown.json["roles"] == ["agent"]
    renamed = ask.post(
        f"{AT}/{body['code']}/rename", json={"name": "乙公司"}, headers={"If-Match": shown.headers["ETag"]}
    )
    assert renamed.json["name"] == "乙公司"
    assert ask.get(f"{AT}/{body['code']}").json["former_names"][0]["name"] == "甲公司"


def test_a_wrong_check_digit_over_http_says_which_digit_is_expected(caller):
    answer = caller("reviewer").post(AT, json={"code": "911101080000000010", "name": "甲"})
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    error = answer.json["errors"][0]
    assert (error["field"], error["code"]) == ("code", "uscc_check_digit")
    assert "expected" in error["message"]


@pytest.mark.parametrize("body", [{}, {"code": 5, "name": "甲"}, {"code": "x", "name": "甲", "more": 1}, [], "x"])
def test_a_malformed_body_is_refused(caller, body):
    assert caller("reviewer").post(AT, json=body).status_code == 422


def test_a_company_sees_itself_alone(caller):
    one, other = make.enterprise("甲"), make.enterprise("乙")
    ask = caller("company_key", enterprise=one.code)
    assert [item["code"] for item in ask.get(AT).json["items"]] == [one.code]
    assert ask.get(f"{AT}/{one.code}").status_code == 200
    assert ask.get(f"{AT}/{other.code}").status_code == 404
    assert ask.post(AT, json={"code": make.code(), "name": "丙"}).status_code == 403


def test_the_list_filters_and_pages(session):
    made = sorted(make.enterprise(f"百分%{n}公司", "agent").code for n in range(5))
    make.enterprise("另一家")
    first = queries.listed(SYSTEM, PageRequest(limit=3), name="分%", role="agent")
    second = queries.listed(SYSTEM, PageRequest(first.after, 3), name="分%", role="agent")
    assert [row.code for page in (first, second) for row in page.items] == made
    assert second.after == ""
