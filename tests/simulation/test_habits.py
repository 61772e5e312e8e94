"""Every honest room leaves behind what it says, and it is that room which leaves it."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from registry.simulation import rows
from registry.simulation.catalogue import rooms
from registry.simulation.honest.shared_links import SHARED
from registry.simulation.sending import Hours, Place, Sending
from registry.simulation.town import Grant, Town
from tests.simulation.worlds import SMALL

WEEK = replace(SMALL, days=7, cheats=False)
DAY = dt.timedelta(days=1)
NEEDED = {"access_codes"}  # other rooms can't settle without it


def settled(without: str = "") -> Town:
    """The honest part of a small world of a week, with one room left out."""
    town = Town(WEEK, 0)
    for room in rooms("honest"):
        if room.name != without:
            with town.room(room.name):
                room.settle(town)
    return town


def of(town: Town, room: str) -> list[Grant]:
    """Permits that the room gave."""
    return [grant for grant in town.grants if grant.room == room]


def told(town: Town, story: str, fits: Callable[[Sending], bool] = lambda _: True) -> list[Sending]:
    """Streams that the room added and that fit."""
    return [one for one in town.sendings if one.story == story and fits(one)]


def table(town: Town, kind: type[rows.Row], **values: object) -> list[Any]:
    """Rows of a file that bear these values."""
    return [row for row in town.tables[kind] if all(getattr(row, name) == value for name, value in values.items())]


def crowded(grants: list[Grant], by: Callable[[Grant], str], least: int) -> list[str]:
    """What at least so many of these have in common."""
    return [key for key, count in Counter(map(by, grants)).items() if count >= least]


def registered(town: Town) -> set[str]:
    return {row.signature for row in town.tables[rows.Signature]}


def declared_agents(town: Town, grant: Grant) -> int:
    agents = {member.code for member in town.people["agent"]}
    return len(agents.intersection(grant.way.chain))


def several_owners(town: Town) -> list[str]:
    owners = defaultdict(set)
    for row in town.tables[rows.Signature]:
        owners[row.signature].add(row.owner)
    return [text for text, each in owners.items() if len(each) > 1]


def gaps(town: Town) -> list[rows.Permit]:
    """Permits that go on some days after one for the same name and number had ended."""
    permits = town.tables[rows.Permit]
    lapsed = {(row.signature, row.port): row.valid_until for row in permits if ended(town, row)}
    return [row for row in permits if lapsed.get((row.signature, row.port), row.valid_from) < row.valid_from]


def ended(town: Town, row: Any) -> bool:
    """Whether a row's period ended by the last day of records."""
    return row.valid_until is not None and row.valid_until <= town.settings.calendar[-1]


def lapsed_letters(town: Town) -> list[Grant]:
    letters = {row.letter: row for row in town.tables[rows.Letter]}
    return [grant for grant in town.grants if grant.permit.letter and ended(town, letters[grant.permit.letter])]


def chained(town: Town) -> bool:
    """One and two agents deep, every hop with a letter."""
    grants = of(town, "agent_chains")
    numbers = {grant.way.port for grant in grants}
    hops = [row for row in town.tables[rows.Delegation] if row.port in numbers]
    return {declared_agents(town, grant) for grant in grants} == {1, 2} and all(row.letter for row in hops)


LEFT: dict[str, Callable[[Town], object]] = {
    "access_codes": lambda town: all(table(town, rows.Port, port=code) for _, code in town.access) and town.access,
    "agent_chains": chained,
    "authorities": lambda town: [one for one in of(town, "authorities") if one.number.startswith(("10699", "10639"))],
    "backup_days": lambda town: told(town, "backup_days", lambda one: one.last_at - one.first_at == DAY),
    "big_brands": lambda town: crowded(of(town, "big_brands"), lambda one: one.permit.signature, 6),
    "carrier_customers": lambda town: table(town, rows.Port, use="carrier_allotted"),
    "carriers_own": lambda town: [one for one in town.sendings if one.title],
    "doubtful_wordings": lambda town: [one for one in town.sendings if one.theme == "doubtful"],
    "early_senders": lambda town: told(town, "early_senders", lambda one: one.signature not in registered(town)),
    "extensions": lambda town: [row for row in town.tables[rows.Permit] if row.port.endswith("*")],
    "filed_templates": lambda town: table(town, rows.Template),
    "forged_senders": lambda town: told(
        town, "forged_senders", lambda one: not table(town, rows.Submitter, submitter=one.submitter)
    ),
    "forgotten_opt_outs": lambda town: told(town, "forgotten_opt_outs", lambda one: not one.opt_out),
    "former_names": lambda town: table(town, rows.FormerName),
    "groups": lambda town: table(town, rows.Relation) and of(town, "groups"),
    "homonyms": several_owners,
    "inherited_channels": lambda town: (
        crowded(of(town, "inherited_channels"), lambda one: one.number, 2)
        and table(town, rows.Permit, standing="inherited")
    ),
    "late_letters": lapsed_letters,
    "late_renewals": gaps,
    "marketplaces": lambda town: (
        table(town, rows.Beneficiary)
        and told(town, "marketplaces", lambda one: not table(town, rows.Permit, permit=one.permit, links=(one.link,)))
    ),
    "misspelt": lambda town: told(town, "misspelt", lambda one: one.signature not in registered(town)),
    "new_products": lambda town: [one for one in town.sendings if one.rise > 1],
    "newcomers": lambda town: table(town, rows.Permit, standing="provisional"),
    "obeyed_measures": lambda town: (
        table(town, rows.Measure, state="in_force")
        and table(town, rows.Measure, state="lifted")
        and table(town, rows.Letter, confirmation="denied")
    ),
    "own_use": lambda town: [one for one in of(town, "own_use") if one.way.chain == (one.user.code,)],
    "quiet_channels": lambda town: (
        table(town, rows.Permit, purpose="backup") and table(town, rows.Permit, standby=True)
    ),
    "rerouted_day": lambda town: told(town, "rerouted_day", lambda one: one.last_at - one.first_at == DAY),
    "shared_links": lambda town: [
        one for one in town.sendings if one.link.startswith(tuple(value for value, _ in SHARED))
    ],
    "shared_ports": lambda town: crowded(of(town, "shared_ports"), lambda one: one.number, 12),
    "spilling_queues": lambda town: [one for one in town.sendings if one.hours is Hours.SPILL],
    "unsigned": lambda town: [one for one in town.sendings if one.place is Place.ABSENT],
}


@pytest.fixture(scope="module")
def week() -> Town:
    return settled()


@pytest.mark.parametrize("room", [room.name for room in rooms("honest")])
def test_every_honest_room_leaves_behind_what_it_says_and_nobody_else_does(week, room):
    assert LEFT[room](week), room
    if room not in NEEDED:
        assert not LEFT[room](settled(without=room)), room


def test_no_room_is_awaited_that_is_gone():
    assert set(LEFT) == {room.name for room in rooms("honest")}
