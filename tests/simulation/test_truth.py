"""What the ground truth tells is in the records, and nothing is planted where nobody cheats."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from registry.simulation.catalogue import rooms
from registry.simulation.rows import Measure, Permit, Submitter, at_midnight
from registry.simulation.world import build, made
from tests.simulation.worlds import SMALL, day_of, records, rows, written

KINDS = {"sublet", "scope_expansion", "impersonation"}
LEVELS = {"crude", "medium", "subtle", "grey"}
NOISE = {room.name for room in rooms("honest") if room.order >= 2}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    written(SMALL, folder)
    return folder


def test_every_pattern_is_planted_and_told(folder):
    truth = rows(folder / "truth.csv")
    assert {row["pattern"] for row in truth} == {room.name for room in rooms("cheats")}
    assert {row["kind"] for row in truth} == KINDS
    assert {row["difficulty"] for row in truth} == LEVELS
    assert len({row["incident"] for row in truth}) == len(truth)


def test_every_incident_is_seen_on_its_ports_in_its_days(folder):
    seen = Counter((one["port"], day_of(one)) for one in records(folder))
    contents = {one["port"]: set() for one in records(folder)}
    for one in records(folder):
        contents[one["port"]].add(one["content"])
    for row in rows(folder / "truth.csv"):
        ports, first, last = row["ports"].split("|"), row["first_day"], row["last_day"]
        days = [day for day in SMALL.calendar if first <= day.isoformat() <= last]
        assert days, row
        for port in ports:
            assert sum(seen[port, day] for day in days) >= 10, row
        texts = [text for port in ports for text in contents[port]]
        assert any(f"【{name}】" in text for name in row["signatures"].split("|") for text in texts), row


def test_no_two_incidents_share_a_port(folder):
    ports = Counter(port for row in rows(folder / "truth.csv") for port in row["ports"].split("|"))
    assert set(ports.values()) == {1}


def test_without_cheats_nothing_is_told_and_nothing_is_planted(tmp_path):
    honest = replace(SMALL, cheats=False)
    written(honest, tmp_path)
    assert rows(tmp_path / "truth.csv") == []
    patterns = {room.name for room in rooms("cheats")}
    for town in build(honest).towns():
        assert not [one for one in town.sendings if one.incident or one.story in patterns]
        assert not [grant for grant in town.grants if grant.room in patterns]


def test_the_honest_part_is_the_same_with_and_without_cheats():
    with_cheats, without = made(SMALL, 0), made(replace(SMALL, cheats=False), 0)
    assert with_cheats.sendings[: len(without.sendings)][0].port == without.sendings[0].port
    kept = {row.permit for row in with_cheats.tables[Permit]}
    assert {row.permit for row in without.tables[Permit]} <= kept


@pytest.mark.parametrize("seed", range(4))
def test_what_is_no_noise_is_allowed_by_its_permit(seed):
    town = made(replace(SMALL, seed=seed, cheats=False), 0)
    permits = {row.permit: row for row in town.tables[Permit]}
    stopped = {row.subject for row in town.tables[Measure] if row.state == "in_force"}
    accounts = {row.submitter: row.enterprise for row in town.tables[Submitter]}
    chains = {(grant.number, grant.permit.signature): grant.way.chain for grant in town.grants}
    middles = [at_midnight(day) + dt.timedelta(hours=12) for day in town.settings.calendar]
    for one in town.sendings:
        if one.story in NOISE:
            continue
        permit = permits[one.permit]
        assert (permit.signature, one.category in permit.categories) == (one.signature, True)
        assert one.port == permit.port or one.port.startswith(permit.port.removesuffix("*"))
        assert permit.permit not in stopped
        assert all(permit.holds(at) for at in middles if one.first_at <= at < one.last_at)
        assert permit.provinces == one.provinces
        assert one.away <= 0.05
        assert accounts[one.submitter] in chains[one.port, one.signature]
