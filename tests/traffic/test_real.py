"""Real messages."""

import datetime as dt

from registry.traffic import queries
from tests.shared import SHARED, needs_shared
from tests.traffic.test_ingest import facts, ingest


@needs_shared
def test_real_messages_are_taken_in_whole(app):
    at = dt.datetime(2013, 6, 1, 4, tzinfo=dt.UTC)
    outcome = ingest(SHARED / "data" / "gateway_messages_2013.csv", default_time=at)[0]
    assert outcome.refused is None
    assert outcome.read == 8752
    assert outcome.read == outcome.accepted + outcome.rejected
    assert outcome.rejected < 100  # senders that are no port: names, foreign numbers, numbers a spreadsheet rounded
    assert outcome.unknown_columns == ("label",)
    assert queries.days() == [(dt.date(2013, 6, 1), outcome.accepted)]
    assert sum(fact["messages"] for fact in facts()) == outcome.messages == outcome.accepted
