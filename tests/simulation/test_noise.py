"""The honest part of a made world is as untidy as a real one: texts that are read amiss, caps that are all but met."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest

from registry.simulation.rows import Delegation, Enterprise, Letter, Permit
from registry.simulation.settings import Settings
from registry.simulation.wording import DOUBTFUL
from registry.simulation.world import made
from registry.texts.category import category_names
from registry.texts.reading import read_message
from tests.simulation.worlds import SMALL


@pytest.mark.parametrize(("meant", "body"), [(meant, body) for meant, bodies in DOUBTFUL.items() for body in bodies])
def test_doubtful_wordings_are_taken_for_another_category(meant, body):
    assert category_names(read_message(f"【青禾】{body}").category) != [meant]


@pytest.mark.parametrize("days", [3, 7, 30])
def test_some_caps_are_all_but_met_within_the_days_of_records_and_none_is_passed(days):
    town = made(replace(SMALL, days=days, cheats=False), 0)
    caps = {row.permit: row.monthly_volume for row in town.tables[Permit] if row.monthly_volume}
    sent = Counter[str]()
    for sending in town.sendings:
        sent[sending.permit] += sending.daily * days
    filled = sorted(sent[permit] / cap for permit, cap in caps.items())
    assert filled[-1] < 1
    assert sum(share > 0.6 for share in filled) >= 3


@pytest.mark.parametrize("days", [1, 3, 14])
def test_letters_end_a_few_days_ago_and_are_renewed_late_or_not_yet_while_sending_goes_on(days):
    town = made(replace(SMALL, days=days, cheats=False), 0)
    first, last = town.settings.calendar[0], town.settings.calendar[-1]
    letters, renewed, overdue = {row.letter: row for row in town.tables[Letter]}, 0, 0
    sent = {sending.permit for sending in town.sendings}
    for permit in town.tables[Permit]:
        letter = letters.get(permit.letter)
        if letter is None or letter.valid_until > last:
            continue
        later = [row for row in letters.values() if _renews(row, letter)]
        assert permit.permit in sent
        if later:
            assert (first - letter.valid_until).days <= 10
            assert 1 <= (later[0].valid_from - letter.valid_until).days <= 5
            assert later[0].valid_from <= last
        else:
            assert 1 <= (last - letter.valid_until).days <= 5
        renewed, overdue = renewed + bool(later), overdue + (not later)
    assert renewed
    assert overdue


def _renews(later: Letter, letter: Letter) -> bool:
    names = ("owner", "applicant", "signatures")
    same = all(getattr(later, name) == getattr(letter, name) for name in names)
    return same and later is not letter and later.valid_from > letter.valid_until


@pytest.mark.parametrize("settings", [Settings(cheats=False), replace(SMALL, ports=150, signatures=350, cheats=False)])
def test_shared_ports_have_unequal_crowds_of_users_some_of_them_agents_deep(settings):
    town = made(settings, 0)
    shared = [grant for grant in town.grants if grant.room == "shared_ports"]
    users = Counter(grant.number for grant in shared)
    least, most = (150, 400) if settings.signatures >= 2_000 else (20, 150)
    assert least <= max(users.values()) <= most
    assert min(users.values()) < max(users.values()) / 3
    assert 0.18 * settings.signatures < len(shared) < 0.26 * settings.signatures
    hops = {(row.port, row.from_enterprise, row.to_enterprise) for row in town.tables[Delegation]}
    agents = {row.enterprise for row in town.tables[Enterprise] if row.roles == ("agent",)}
    deep = Counter(len(agents.intersection(grant.way.chain)) for grant in shared)
    assert deep[0] > deep[1] + deep[2] > 0.15 * len(shared)
    for grant in shared:
        chain = (*grant.way.chain, grant.user.code)
        assert all((grant.number, giver, taker) in hops for giver, taker in pairwise(chain))
    assert len(hops) == len(town.tables[Delegation])
