"""The honest part of a made world is as untidy as a real one: texts that are read amiss, caps that are all but met."""

from collections import Counter
from dataclasses import replace

import pytest

from registry.simulation.rows import Permit
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
