"""The numbering plan."""

import csv

import pytest

from registry.ports.plan import OUTSIDE, PLAN, Assigner, Status, Use, classify, is_main_port
from tests.shared import SHARED, needs_shared


def test_each_prefix_stands_once_in_the_plan():
    assert len({entry.prefix for entry in PLAN}) == len(PLAN)


@pytest.mark.parametrize(
    ("port", "prefix", "use", "status"),
    [
        ("106900011", "10690", Use.PLATFORM, Status.OPEN),
        ("106951234567", "10695", Use.OWN, Status.OPEN),
        ("10699000", "10699", Use.PUBLIC_GOOD, Status.OPEN),
        ("1069150", "106", Use.NONE, Status.VERIFY),
        ("10611234", "1061", Use.NONE, Status.RESERVED),
        ("10681234", "1068", Use.NONE, Status.VERIFY),
        ("95588", "955", Use.BANK, Status.OPEN),
        ("95188", "95", Use.CALL_CENTRE, Status.OPEN),
        ("96110", "96", Use.CALL_CENTRE, Status.OPEN),
        ("12306", "12", Use.GOVERNMENT, Status.OPEN),
        ("12110", "12110", Use.EMERGENCY, Status.OPEN),
    ],
)
def test_a_port_stands_in_the_narrowest_range(port, prefix, use, status):
    entry = classify(port)
    assert (entry.prefix, entry.use, entry.status) == (prefix, use, status)


@pytest.mark.parametrize("port", ["13800138000", "4008123123", "861069", "02112345678"])
def test_numbers_that_are_no_service_numbers_are_outside(port):
    assert classify(port) is OUTSIDE
    assert classify(port).status is Status.OUTSIDE
    assert not is_main_port(port)


@pytest.mark.parametrize(("port", "carrier"), [("10655123", "unicom"), ("10657123", "mobile"), ("10659123", "telecom")])
def test_the_carriers_own_codes_say_whose_they_are(port, carrier):
    assert classify(port).carrier == carrier


def test_only_licensed_companies_hold_platform_codes():
    entry = classify("10690123")
    assert entry.may_hold(frozenset({"sms_service_company", "agent"}), "company")
    assert not entry.may_hold(frozenset({"end_user"}), "company")


def test_only_units_hold_codes_of_their_own_and_only_public_bodies_those_of_public_good():
    assert classify("106951234567").may_hold(frozenset(), "institution")
    assert not classify("106951234567").may_hold(frozenset({"end_user"}), "trader")
    assert classify("10699000").may_hold(frozenset({"authority"}), "government")
    assert not classify("10699000").may_hold(frozenset({"end_user"}), "company")


@pytest.mark.parametrize("port", ["95588", "955881", "119", "12345", "10639001", "10699000123"])
def test_banks_emergency_public_service_and_public_good_are_protected(port):
    assert classify(port).protected


def test_an_access_code_is_a_main_port_and_its_extension_is_not():
    assert is_main_port("10690123")
    assert not is_main_port("106901231")
    assert is_main_port("106951234567")
    assert not is_main_port("1069512345678")


@needs_shared
def test_the_plan_agrees_with_the_published_one():
    assigners = {"省通信管理局": Assigner.PROVINCE, "工信部": Assigner.MINISTRY, "部和省通信管理局": Assigner.EITHER}
    with (SHARED / "data" / "numbering_plan_106.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["prefix"].isdigit()]
    for row in rows:
        entry = classify(row["prefix"])
        assert entry.prefix == row["prefix"]
        assert entry.assigned_by == assigners.get(row["assigned_by"], Assigner.NOBODY)


@needs_shared
def test_every_known_106_owner_stands_in_a_range_that_is_open_or_to_verify():
    with (SHARED / "data" / "port_owners_106.csv").open(encoding="utf-8") as file:
        found = {classify(row["number"]).status for row in csv.DictReader(file)}
    assert found <= {Status.OPEN, Status.VERIFY}
