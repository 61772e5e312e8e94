"""Signatures and letters through the service and over HTTP."""

import pytest

from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from registry.signatures import queries, service
from registry.signatures.values import LetterValues, SignatureValues
from tests.conftest import actor
from tests.factories import registered as make


def test_a_signature_has_one_registration_of_an_owner_at_a_time(session):
    one, other = make.enterprise("甲"), make.enterprise("乙")
    first = make.signature(one.code)
    with pytest.raises(Conflict) as refused:
        make.signature(one.code)
    assert refused.value.code == "signature_registered"
    assert make.signature(other.code).key != first.key
    assert len(queries.of_text("甲科技")) == 2


def test_ended_and_registered_again_it_keeps_its_key(session):
    owner = make.enterprise()
    with clock.frozen(make.days_ago(10)):
        first = make.signature(owner.code)
    service.end_signature(actor("company", enterprise=owner.code), first.key)
    assert queries.registered("甲科技", owner.code) is None
    assert make.signature(owner.code).key == first.key


@pytest.mark.parametrize("text", ["", "  ", "【甲】", "长" * 65, "甲\0乙"])
def test_what_can_never_be_a_signature_is_refused(session, text):
    with pytest.raises(Invalid):
        service.register(SYSTEM, SignatureValues(text, make.enterprise().code))


def test_an_unknown_source_and_a_stranger_are_refused(session):
    with pytest.raises(Invalid):
        service.register(SYSTEM, SignatureValues("甲", make.enterprise().code, "hearsay"))
    with pytest.raises(NotFound):
        service.register(SYSTEM, SignatureValues("甲", make.code()))


def test_two_owners_of_one_text_never_meet_on_one_port(session):
    one, other = make.enterprise("甲"), make.enterprise("乙")
    make.port(one.code)
    make.signature(one.code)
    make.signature(other.code)
    make.permit(one.code, one.code, "106901231*")
    for digits in ("1069012315", "106901231*", "10690123*"):
        with pytest.raises(Conflict) as refused:
            make.permit(other.code, other.code, digits)
        assert refused.value.code == "signature_of_another_owner"
    make.permit(other.code, other.code, "106901232")


def test_a_permit_for_what_is_not_registered_is_refused(session):
    company = make.enterprise()
    make.port(company.code)
    with pytest.raises(Conflict) as refused:
        make.permit(company.code, company.code)
    assert refused.value.code == "signature_not_registered"
    make.signature(company.code)
    with pytest.raises(Conflict) as refused:
        make.permit(company.code, company.code, "10655001")
    assert refused.value.code == "port_not_registered"


def test_the_owner_confirms_and_may_revoke(caller):
    owner, applicant = make.enterprise("甲"), make.enterprise("乙")
    letter = make.letter(owner.code, applicant.code)
    owners, applicants = (caller("company_key", enterprise=each.code) for each in (owner, applicant))
    path = f"/api/v1/letters/{letter.key}"
    assert applicants.get(path).json["confirmation"] == "none"
    assert applicants.post(f"{path}/confirm", json={}).status_code == 404
    assert owners.post(f"{path}/confirm", json={"answer": "maybe"}).status_code == 422
    confirmed = owners.post(f"{path}/confirm", json={}).json
    assert confirmed["confirmation"] == "confirmed"
    assert confirmed["confirmed_at"]
    assert owners.post(f"{path}/confirm", json={}).status_code == 409
    assert applicants.post(f"{path}/revoke", json={}).status_code == 404
    assert owners.post(f"{path}/revoke", json={"reason": "ended"}).json["valid_until"]
    assert owners.post(f"{path}/revoke", json={}).status_code == 404


def test_what_the_owner_denies_ends(caller):
    owner, applicant = make.enterprise("甲"), make.enterprise("乙")
    letter = make.letter(owner.code, applicant.code)
    owners = caller("company_key", enterprise=owner.code)
    denied = owners.post(f"/api/v1/letters/{letter.key}/confirm", json={"answer": "denied"}).json
    assert denied["confirmation"] == "denied"
    assert denied["valid_until"]
    assert owners.post(f"/api/v1/letters/{letter.key}/confirm", json={}).status_code == 404


def test_staff_do_not_answer_in_the_owners_place(session):
    owner, applicant = make.enterprise("甲"), make.enterprise("乙")
    letter = make.letter(owner.code, applicant.code)
    with pytest.raises(Forbidden):
        service.confirm_letter(make.reviewer(), letter.key)


def test_what_was_known_of_a_letter_stays_known(session):
    owner, applicant = make.enterprise("甲"), make.enterprise("乙")
    with clock.frozen(make.days_ago(20)):
        letter = make.letter(owner.code, applicant.code)
    with clock.frozen(make.days_ago(10)):
        service.confirm_letter(actor("company", enterprise=owner.code), letter.key)
    then = make.days_ago(15)
    assert queries.letter(SYSTEM, letter.key, as_of=then).confirmation == "none"
    assert queries.letter(SYSTEM, letter.key, as_of=make.days_ago(5)).confirmation == "confirmed"


def test_a_letter_lists_one_to_a_hundred_signatures(session):
    owner, applicant = make.enterprise("甲"), make.enterprise("乙")
    for texts in ((), tuple(f"甲{n}" for n in range(101)), ("【甲】",)):
        with pytest.raises(Invalid):
            service.add_letter(SYSTEM, LetterValues(owner.code, applicant.code, texts))
    listed = make.letter(owner.code, applicant.code, "甲", "甲", "甲二")
    assert listed.signatures == ["甲", "甲二"]


def test_a_company_sees_its_own_signatures_and_those_a_letter_allows_it(caller):
    owner, applicant, stranger = (make.enterprise(name) for name in ("甲", "乙", "丙"))
    signature = make.signature(owner.code)
    make.signature(owner.code, "甲集团")
    make.letter(owner.code, applicant.code)
    seen = {}
    for each in (owner, applicant, stranger):
        ask = caller("company_key", enterprise=each.code)
        found = [item["signature"] for item in ask.get("/api/v1/signatures").json["items"]]
        seen[each.name] = (sorted(found), ask.get(f"/api/v1/signatures/{signature.key}").status_code)
    assert seen == {"甲": (["甲科技", "甲集团"], 200), "乙": (["甲科技"], 200), "丙": ([], 404)}


def test_the_lists_filter_by_their_fields(caller):
    owner, applicant = make.enterprise("甲"), make.enterprise("乙")
    make.signature(owner.code, "京東金融")
    make.letter(owner.code, applicant.code, "京东金融")
    ask = caller("auditor")
    for asked, found in (("like=京东", 1), ("like=京%东", 0), ("signature=京東金融", 1), ("source=trademark", 0)):
        assert len(ask.get(f"/api/v1/signatures?{asked.replace('%', '%25')}").json["items"]) == found, asked
    for asked, found in (("signature=京东金融", 1), ("signature=京东", 0), ("confirmation=none", 1)):
        assert len(ask.get(f"/api/v1/letters?{asked}").json["items"]) == found, asked
