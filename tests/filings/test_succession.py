"""One enterprise takes the place of another: from its day on, with everything that stood behind what it takes over."""

import datetime as dt
from dataclasses import replace

import pytest

from registry.enterprises import queries as enterprises
from registry.filings import service
from registry.filings.changing import SuccessionContent
from registry.filings.kinds import Verdict
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import NotFound
from registry.permits import queries as permits
from registry.ports import queries as ports
from registry.reports import dossier
from registry.signatures import queries as names
from registry.signatures import service as signatures
from registry.signatures.values import SignatureValues
from registry.store.standing import Standing
from tests.conftest import actor
from tests.factories import registered as made
from tests.filings.conftest import approved, handed_in, marketing_of, paper, permit_of, signature_of

DAY = dt.timedelta(days=1)
YEAR = 365 * DAY
LICENCE = "B2-20209999"


@pytest.fixture
def heir(chain):
    """The SMS service company that the company is merged into, and who speaks for it."""
    return made.enterprise("红帆新通信有限公司", "sms_service_company", licence=LICENCE).code


@pytest.fixture
def lent(chain):
    """The company sends marketing under its customer's signature, on the strength of a confirmed letter."""
    until = clock.now() + 2 * YEAR
    letter = made.letter(chain.customer, chain.company, "京东贸易", valid_until=until)
    signatures.confirm_letter(chain.by_customer, letter.key)
    content = marketing_of(chain, user=chain.company, letter=letter.key, valid_until=until)
    filing = handed_in(chain.by_company, content)
    service.claim(chain.wang, filing.key)
    service.approve(chain.wang, filing.key, comment="同意")
    return service.approve(chain.boss, filing.key, comment="同意").entry_key


def merged(chain, giver, taker, **values):
    by = actor("company", name="zhu", enterprise=taker)
    content = SuccessionContent(giver, taker, **values)
    return approved(chain, handed_in(by, content, papers=[paper(by, "other")]))


def objections(kind, key):
    return {each.code: each.verdict for each in service.recheck(SYSTEM, kind, key) if each.verdict is not Verdict.PASS}


def test_after_a_merger_the_letters_and_the_consent_stand_behind_the_permit_as_before(chain, heir, lent):
    assert objections("permit", lent) == {}
    before = permits.one(SYSTEM, lent)
    merged(chain, chain.company, heir)
    row = permits.one(SYSTEM, lent)
    assert (row.user, row.owner, row.letter, row.filing) == (heir, chain.customer, before.letter, before.filing)
    letter = names.letter(SYSTEM, row.letter)
    assert (letter.applicant, letter.confirmation) == (heir, "confirmed")
    assert objections("permit", lent) == {}


def test_after_a_merger_a_hop_keeps_its_letter(chain, heir, lent):
    letter = permits.one(SYSTEM, lent).letter
    made.delegation(chain.company, chain.customer, "1069012355", letter=letter, valid_until=clock.now() + YEAR)
    merged(chain, chain.company, heir)
    [hop] = [each for each in ports.chain("1069012355") if each.port == "1069012355"]
    assert (hop.from_enterprise, hop.letter) == (heir, letter)
    assert objections("delegation", hop.key) == {}


def test_who_becomes_owner_and_user_in_one_needs_no_letter_any_more(chain, lent):
    merged(chain, chain.customer, chain.company)
    row = permits.one(SYSTEM, lent)
    assert (row.owner, row.user, row.letter) == (chain.company, chain.company, "")
    assert {"F321", "F322", "F323", "F324", "F406"} & set(objections("permit", lent)) == set()


def test_a_successor_that_has_the_same_signature_and_hop_takes_over_all_the_same(chain, heir, lent):
    made.signature(heir, "京东贸易")
    made.delegation(chain.company, heir, role="agent")
    made.delegation(heir, chain.customer, role="end_user")
    merged(chain, chain.customer, heir)
    assert permits.one(SYSTEM, lent).owner == heir
    assert names.registered("京东贸易", heir)


def test_what_was_inherited_stays_inherited(chain, heir):
    signatures.register(SYSTEM, SignatureValues("旧名", chain.company), standing=Standing.INHERITED)
    merged(chain, chain.company, heir)
    assert names.registered("旧名", heir).standing is Standing.INHERITED


def test_a_succession_counts_from_the_day_that_it_names(chain, heir, lent):
    day = clock.now() + 20 * DAY
    filing = merged(chain, chain.company, heir, valid_from=day)
    assert "F105" not in {each.code for each in filing.results if each.verdict != "pass"}
    for before in (clock.now(), day - DAY):
        assert ports.holder_of("10690123", before) == chain.company
        assert permits.one(SYSTEM, lent, as_of=before).user == chain.company
    assert ports.holder_of("10690123", day) == heir
    assert permits.one(SYSTEM, lent, as_of=day).user == heir
    assert heir in ports.declared_users("10690123", day)
    with clock.frozen(day + DAY):
        assert objections("permit", lent) == {}


def test_a_day_that_is_past_is_pointed_out_and_nothing_is_approved_backwards(chain, heir):
    filing = merged(chain, chain.company, heir, valid_from=clock.now() - 9 * DAY)
    assert next(each for each in filing.results if each.code == "F105").verdict == "warn"
    assert ports.holder_of("10690123", clock.now() - DAY) != heir
    assert ports.holder_of("10690123") == heir


def test_a_merger_that_only_a_paper_shows_is_on_record_once_it_is_approved(chain, heir):
    merged(chain, chain.company, heir)
    [tie] = enterprises.relations(heir)
    assert (tie.from_enterprise, tie.to_enterprise, tie.kind) == (chain.company, heir, "merged_into")


def test_a_successor_files_on_for_what_its_predecessor_filed_for_a_customer(chain, heir):
    key = approved(chain, handed_in(chain.by_company, permit_of(chain))).entry_key
    merged(chain, chain.company, heir, manner="split", ports=("10690123",))
    assert objections("permit", key) == {}


def test_the_dossier_of_a_permit_holds_the_succession(chain, heir, lent):
    filing = merged(chain, chain.company, heir)
    assert {"permit", "succession"} <= {each["kind"] for each in dossier.gather(chain.boss, lent)["filings"]}
    assert filing.key in {each["key"] for each in dossier.gather(chain.boss, lent)["filings"]}


def test_a_trademarks_number_is_still_known_after_a_merger(chain, heir):
    content = replace(signature_of(chain, "京东", owner=chain.company, source="trademark"), trademark="12345678")
    filing = handed_in(chain.by_company, content, papers=[paper(chain.by_company, "trademark")])
    approved(chain, filing)
    merged(chain, chain.company, heir)
    assert "F310" not in objections("signature", names.registered("京东", heir).key)
    with pytest.raises(NotFound):
        service.recheck(SYSTEM, "signature", filing.entry_key)
