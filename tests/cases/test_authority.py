"""What letters say of authority: only one for a party to the case's numbers speaks against there being none."""

import datetime as dt

import pytest

from registry.cases import queries, service
from registry.detection.proof import Element, Stance
from registry.detection.verdicts import Verdict
from registry.kernel import clock
from registry.kernel.errors import Conflict
from registry.signatures import service as signatures
from registry.signatures.kinds import Confirmation
from registry.store import unit_of_work
from registry.store.periods import change
from tests.cases.test_working import ANALYST, standing
from tests.conftest import actor
from tests.detection.test_findings import DAY, PORT
from tests.factories.registered import delegation, enterprise, letter


def test_a_letter_that_its_owner_confirmed_speaks_against_no_authority(case, parties):
    made = letter(parties["stranger"], parties["holder"], "丙商城")
    assert standing(case, Element.NO_AUTHORITY).stance is None
    signatures.confirm_letter(actor("company", name="wu", enterprise=parties["stranger"]), made.key)
    found = standing(case, Element.NO_AUTHORITY)
    assert (found.stance, "confirmed the letter" in found.why[0].en) == (Stance.AGAINST, True)


def confirmed(owner: str, applicant: str, *texts: str) -> str:
    """The key of a letter that its owner stands by."""
    made = letter(owner, applicant, *texts)
    signatures.confirm_letter(actor("company", name="wu", enterprise=owner), made.key)
    return made.key


def test_a_letter_for_somebody_elsewhere_does_not_speak_against_no_authority(case, parties):
    elsewhere = enterprise("丁代理有限公司", "agent").code
    made = confirmed(parties["stranger"], elsewhere, "丙商城")
    found = standing(case, Element.NO_AUTHORITY)
    assert found.shown
    assert any(made in each.en and "丁代理" in each.en for each in found.why)
    service.take(ANALYST, case.key)
    assert service.judge(ANALYST, case.key, Verdict.UNDECLARED_USE, "both were asked").verdict is Verdict.UNDECLARED_USE


@pytest.mark.parametrize("who", ["holder", "user"])
def test_a_letter_for_a_party_to_the_numbers_speaks_against_however_its_signatures_are_written(case, parties, who):
    confirmed(parties["stranger"], parties[who], " 丙 商 城 ")
    assert standing(case, Element.NO_AUTHORITY).stance is Stance.AGAINST
    service.take(ANALYST, case.key)
    with pytest.raises(Conflict):
        service.judge(ANALYST, case.key, Verdict.UNDECLARED_USE, "we are sure")


def test_a_letter_for_the_agent_in_the_chain_speaks_against(case, parties):
    agent = enterprise("丁代理有限公司", "agent").code
    delegation(parties["holder"], agent, PORT, "agent")
    confirmed(parties["stranger"], agent, "丙商城")
    assert standing(case, Element.NO_AUTHORITY).stance is Stance.AGAINST


def test_what_the_owner_said_of_a_letter_after_the_days_of_the_case_counts(case, parties):
    made = letter(parties["stranger"], parties["holder"], "丙商城")
    with unit_of_work():
        row = queries.told(case.key).registered.letters[0]
        change(row, clock.midnight(DAY + dt.timedelta(days=9)), "wu", confirmation=Confirmation.CONFIRMED)
    found = standing(case, Element.NO_AUTHORITY)
    assert (found.stance, made.key in found.why[0].en, len(found.why)) == (Stance.AGAINST, True, 1)


def test_a_letter_that_had_ended_before_speaks_for_no_authority_and_says_when(case, parties):
    before = {"confirmation": "confirmed", "valid_until": clock.midnight(DAY)}
    made = letter(parties["stranger"], parties["holder"], "丙商城", **before)
    found = standing(case, Element.NO_AUTHORITY)
    assert found.shown
    assert any(made.key in each.en and "ended" in each.en for each in found.why)
