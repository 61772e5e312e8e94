"""The bundle of a made world holds together."""

import datetime as dt
from collections import defaultdict
from itertools import pairwise

import pytest
from stdnum.cn import uscc

from registry.law.divisions import is_province
from registry.law.industries import section_of
from registry.ports.plan import Status, classify
from registry.simulation.rows import TABLES
from registry.texts.category import category_bits
from tests.simulation.worlds import SMALL, Rows, bundle, written

OPEN = "9999"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rows]:
    folder = tmp_path_factory.mktemp("world")
    written(SMALL, folder)
    return bundle(folder)


def test_every_file_of_the_format_is_there_with_rows(found):
    assert set(found) == {table.FILE for table in TABLES}
    assert all(found.values())


def test_sizes_come_near_what_was_asked_for(found):
    for file, asked in (("enterprises", 120), ("ports", 200), ("signatures", 500)):
        assert 0.75 * asked <= len(found[file]) <= 1.3 * asked


def test_uscc_are_valid_and_nobody_stands_there_twice(found):
    codes = [row["enterprise"] for row in found["enterprises"]]
    assert len(codes) == len(set(codes))
    assert all(uscc.is_valid(code) for code in codes if ":" not in code)
    assert all(is_province(row["province"]) and section_of(row["industry"]) for row in found["enterprises"])


def test_every_enterprise_that_is_named_exists(found):
    known = {row["enterprise"] for row in found["enterprises"]}
    columns = ("enterprise", "holder", "owner", "user", "applicant", "from_enterprise", "to_enterprise")
    for file, rows in found.items():
        for row in rows:
            assert {row[column] for column in columns if row.get(column)} <= known, (file, row)


def test_every_period_begins_before_it_ends(found):
    for rows in found.values():
        for row in rows:
            assert (row.get("valid_from") or "") < (row.get("valid_until") or OPEN)


def test_letters_and_permits_that_are_named_exist(found):
    letters = {row["letter"] for row in found["letters"]}
    permits = {row["permit"] for row in found["permits"]}
    assert {row["letter"] for file in ("delegations", "permits") for row in found[file] if row["letter"]} <= letters
    assert {row["permit"] for file in ("beneficiaries", "templates") for row in found[file]} <= permits
    assert {row["subject"] for row in found["measures"]} <= permits


def test_a_letter_on_a_hop_names_the_giver_and_one_on_a_permit_the_user(found):
    applicants = {row["letter"]: row["applicant"] for row in found["letters"]}
    assert all(applicants[row["letter"]] == row["from_enterprise"] for row in found["delegations"] if row["letter"])
    assert all(applicants[row["letter"]] == row["user"] for row in found["permits"] if row["letter"])


def test_every_port_is_open_in_the_numbering_plan_and_stands_there_once(found):
    ports = [row["port"] for row in found["ports"]]
    assert len(ports) == len(set(ports))
    assert all(classify(port).status is Status.OPEN and 3 <= len(port) <= 20 for port in ports)


def test_every_access_code_is_held_by_whom_the_plan_allows(found):
    parties = {row["enterprise"]: row for row in found["enterprises"]}
    for row in found["ports"]:
        entry, holder = classify(row["port"]), parties[row["holder"]]
        if len(row["port"]) == entry.least_digits and holder["legal_form"] != "foreign":
            assert entry.may_hold(frozenset(holder["roles"].split("|")), holder["legal_form"]), row


def test_every_permit_stands_on_an_allotted_port_whose_holder_or_declared_user_uses_it(found):
    declared = defaultdict(set)
    for row in found["ports"]:
        declared[row["port"]].add(row["holder"])
    for row in found["delegations"]:
        declared[row["port"]].add(row["to_enterprise"])
    for row in found["permits"]:
        port = row["port"].rstrip("*")
        above = set().union(*(declared.get(port[:length], set()) for length in range(3, len(port) + 1)))
        assert row["user"] in above, row


def test_every_permitted_signature_is_registered_by_its_owner(found):
    registered = {(row["signature"], row["owner"]) for row in found["signatures"]}
    assert {(row["signature"], row["owner"]) for row in found["permits"]} <= registered


def test_permits_for_one_signature_and_port_never_overlap(found):
    periods = defaultdict(list)
    for row in found["permits"]:
        periods[row["signature"], row["port"], row["user"]].append((row["valid_from"], row["valid_until"] or OPEN))
        assert category_bits(row["categories"].split("|"))
    for spans in periods.values():
        spans.sort()
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_a_signature_of_several_owners_has_no_port_in_common(found):
    owners = defaultdict(set)
    for row in found["permits"]:
        owners[row["signature"], row["port"]].add(row["owner"])
    assert all(len(each) == 1 for each in owners.values())
    shared = defaultdict(set)
    for row in found["signatures"]:
        shared[row["signature"]].add(row["owner"])
    assert any(len(each) > 1 for each in shared.values()), "the world has homonyms"


def test_the_bundle_holds_every_kind_of_row_that_imports_must_know(found):
    assert {row["standing"] for row in found["permits"]} == {"verified", "inherited", "provisional"}
    assert {row["confirmation"] for row in found["letters"]} == {"confirmed", "none", "denied"}
    assert {"in_force", "lifted"} <= {row["state"] for row in found["measures"]}
    assert {row["use"] for row in found["ports"]} == {"own", "service", "carrier_allotted"}
    assert {row["on_behalf"] for row in found["permits"]} == {"none", "merchants"}
    assert any(row["port"].endswith("*") for row in found["permits"])


def test_former_names_ended_before_the_records(found):
    assert all(dt.date.fromisoformat(row["valid_until"]) < SMALL.start for row in found["names"])
