"""Seasons in the days of records, and numbers of messages that never meet however many there are."""

import datetime as dt
from dataclasses import replace

import pytest

from registry.simulation.drawing import CHUNK, draw, reference, streams
from registry.simulation.people import HOMES
from registry.simulation.sending import is_festive, is_travel
from registry.simulation.settings import MOST_BLOCKS
from registry.simulation.world import made
from tests.simulation.worlds import SMALL

FESTIVALS = (
    dt.date(2024, 2, 10),
    dt.date(2025, 1, 29),
    dt.date(2026, 2, 17),
    dt.date(2027, 2, 6),
    dt.date(2028, 1, 26),
)


@pytest.mark.parametrize("festival", FESTIVALS)
def test_marketing_rises_in_the_weeks_before_the_spring_festival_and_people_travel_around_it(festival):
    days = [festival + dt.timedelta(days=number) for number in range(-30, 31)]
    assert [day for day in days if is_festive(day)] == days[9:30]
    assert [day for day in days if is_travel(day)] == days[20:39]
    assert not any(map(is_travel, SMALL.calendar))


def test_more_recipients_are_away_from_home_at_the_spring_festival_but_few_still():
    usual, festival = (_away(start) for start in (dt.date(2026, 3, 2), dt.date(2026, 2, 17)))
    assert 1.3 * usual < festival < 2.2 * usual
    assert festival < 0.08


def _away(start: dt.date) -> float:
    """The share of messages to homes outside their permit's."""
    settings = replace(SMALL, start=start, days=1, messages_per_day=40_000, cheats=False)
    sendings = [one for one in made(settings, 0).sendings if 0 < len(one.provinces) < len(HOMES) // 2]
    table = draw(streams(sendings), settings, 0, 0, 0, 1)
    rows = zip(table["stream"].to_pylist(), table["province"].to_pylist(), strict=True)
    strange = [province not in sendings[stream].provinces for stream, province in rows]
    assert len(strange) > 3_000
    return sum(strange) / len(strange)


@pytest.mark.parametrize(("messages_per_day", "days"), [(300_000_000, 3), (1_000_000_000, 31), (20_000_000_000, 4_000)])
def test_numbers_of_messages_never_reach_those_of_the_next_piece_day_or_block(messages_per_day, days):
    most = CHUNK + 20 * int(CHUNK**0.5)
    pieces = 1 + messages_per_day // CHUNK
    assert reference(0, 0, 0) + most < reference(0, 0, 1)
    assert reference(0, 0, pieces - 1) + most < reference(0, 1, 0)
    assert reference(0, days - 1, pieces - 1) + most < reference(1, 0, 0)
    assert reference(MOST_BLOCKS, days, pieces) < 2**63
