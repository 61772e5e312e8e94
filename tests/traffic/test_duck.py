"""What reads facts and records writes nothing but its answer."""

import pytest

from registry.traffic import duck
from registry.traffic.refining import engine

BARS = "SELECT current_setting('enable_progress_bar')"


@pytest.mark.parametrize("opened", [lambda _: duck.connected(), engine], ids=["facts", "records"])
def test_no_bars_are_drawn_into_what_others_parse(opened, tmp_path):
    with opened(tmp_path) as connection:
        run = connection.raw_sql if hasattr(connection, "raw_sql") else connection.execute
        assert run(BARS).fetchall() == [(False,)]
