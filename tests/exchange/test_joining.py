"""What other registers write otherwise is read, and rows that say one thing are put together."""

import datetime as dt

import pytest
import sqlalchemy as sa

from registry.detection import declarations
from registry.enterprises.model import Submitter
from registry.exchange.service import import_bundle
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.permits.kinds import OnBehalf
from registry.permits.model import Beneficiary, Permit
from registry.ports.model import Delegation
from tests.exchange.test_import import objections, with_cell
from tests.factories.exchange import bundle, write


def test_franchisees_may_be_called_franchises(session, tmp_path):
    assert import_bundle(SYSTEM, write(tmp_path / "in", with_cell("permits", 0, "on_behalf", "franchises"))).kept
    assert session.scalar(sa.select(sa.func.count()).where(Permit.on_behalf == OnBehalf.FRANCHISEES)) == 1


@pytest.mark.parametrize(
    ("letter", "valid_until", "codes"),
    [("L2", "", ["taken_over"]), ("L1", "", ["period_overlaps"]), ("L2", "2025-01-01", ["period_overlaps"])],
    ids=["another letter", "the same letter", "ending before the earlier one"],
)
def test_a_hop_under_a_new_letter_takes_the_place_of_the_earlier_one(session, tmp_path, letter, valid_until, codes):
    tables = bundle()
    hop = tables["delegations"][0] | {"letter": "L1", "valid_from": "2023-01-01", "valid_until": ""}
    later = {"letter": letter, "valid_from": "2024-01-01", "valid_until": valid_until}
    tables["delegations"] = [hop, *tables["delegations"][1:], hop | later]
    result = import_bundle(SYSTEM, write(tmp_path / "in", tables))
    assert [code for file, _, code, _ in objections(result) if file == "delegations.csv"] == codes
    assert result.kept == (codes == ["taken_over"])
    if result.kept:
        rows = session.scalars(sa.select(Delegation).where(Delegation.port == hop["port"])).all()
        told = {(row.letter, row.valid_from.year, row.valid_until and row.valid_until.year) for row in rows}
        assert {("L1", 2022, 2023), ("L2", 2023, None)} <= told  # at midnight in Shanghai the year is the one before


@pytest.mark.parametrize("file", ["submitters", "permits", "measures", "delegations"])
def test_a_row_that_stands_there_twice_is_one(session, tmp_path, file):
    tables = bundle()
    tables[file].append(dict(tables[file][0]))
    result = import_bundle(SYSTEM, write(tmp_path / "in", tables))
    assert objections(result) == [(f"{file}.csv", len(tables[file]) + 1, "row_twice", "valid_from")]
    assert result.kept


@pytest.mark.parametrize(
    ("valid_until", "code", "refuses"), [("", "account_of_two", False), ("2023-08-01", "period_overlaps", True)]
)
def test_an_account_that_two_enterprises_have_at_a_time_is_nobodys(session, tmp_path, valid_until, code, refuses):
    tables = bundle()
    one = tables["submitters"][0] | {"gateway": "G7", "submitter": "A7", "valid_from": "2023-01-01", "valid_until": ""}
    other = next(row["enterprise"] for row in tables["enterprises"] if row["enterprise"] != one["enterprise"])
    tables["submitters"] = [one, one | {"enterprise": other, "valid_from": "2023-06-01", "valid_until": valid_until}]
    result = import_bundle(SYSTEM, write(tmp_path / "in", tables))
    assert code in {objection[2] for objection in objections(result)}
    assert bool(result.refused) == refuses
    if not refuses:
        [row] = session.scalars(sa.select(Submitter))
        assert (row.enterprise, row.valid_until) == (one["enterprise"], clock.midnight(dt.date(2023, 6, 1)))


def test_a_beneficiary_that_is_named_twice_at_once_is_one_with_all_its_links(session, tmp_path):
    tables = bundle()
    one = tables["beneficiaries"][0] | {"links": "a.cn", "contacts": "4001234567", "valid_from": "2023-01-01"}
    one |= {"valid_until": "2024-01-01"}
    again = one | {"links": "b.cn|a.cn", "contacts": "", "valid_from": "2023-06-01", "valid_until": ""}
    later = one | {"links": "c.cn", "valid_from": "2022-01-01", "valid_until": "2023-01-01"}
    tables["beneficiaries"] = [one, again, later]
    result = import_bundle(SYSTEM, write(tmp_path / "in", tables))
    assert objections(result) == [("beneficiaries.csv", 3, "put_together", "beneficiary")]
    rows = session.scalars(sa.select(Beneficiary).order_by(Beneficiary.valid)).all()
    assert [(sorted(row.links), row.contacts, row.valid_until) for row in rows] == [
        (["c.cn"], ["4001234567"], rows[1].valid_from),
        (["a.cn", "b.cn"], ["4001234567"], None),
    ]


def test_a_throttle_that_is_not_in_force_need_not_say_yet_what_it_leaves(session, tmp_path):
    tables = with_cell("measures", 0, "limit", "")
    tables["measures"][0]["state"] = "notified"
    assert import_bundle(SYSTEM, write(tmp_path / "in", tables)).kept


def test_a_letter_that_lists_no_names_allows_all_of_its_owner(session, tmp_path):
    assert import_bundle(SYSTEM, write(tmp_path / "in", with_cell("letters", 0, "signatures", ""))).kept
    rows = declarations.letters().to_pylist()
    assert [row["listed"] for row in rows if row["letter"] == "L1"] == ["锦象"]
