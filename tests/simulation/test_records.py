"""The records of a made world look like a network's, noise included, and count up."""

import datetime as dt
import json
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet
import pytest

from registry.simulation.gateways import BY_NAME
from registry.simulation.world import build
from registry.simulation.writing import write_records
from tests.simulation.worlds import SMALL, day_of, records, rows, written


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    written(SMALL, folder)
    return folder


@pytest.fixture(scope="module")
def seen(folder):
    return list(records(folder))


def test_a_day_has_about_the_messages_asked_for(seen):
    messages = Counter(day for day, _ in {(day_of(one), one["message_ref"]) for one in seen})
    assert set(SMALL.calendar) <= set(messages)
    assert all(0.75 * 6_000 < messages[day] < 2 * 6_000 for day in SMALL.calendar)


def test_a_gateway_delivers_its_own_columns_only(seen):
    columns = {one["gateway"]: tuple(one) for one in seen}
    assert columns == {name: gateway.columns for name, gateway in BY_NAME.items()}
    assert any("submitter" not in names for names in columns.values())
    assert any("province" not in names for names in columns.values())


def test_long_messages_come_in_parts_that_may_stand_in_two_files(folder):
    files = defaultdict(set)
    for file in (folder / "records").glob("mobile-zj*.csv"):
        for line in file.read_text(encoding="utf-8").splitlines()[1:]:
            fields = line.split(",")
            if '"DELIVRD"' in fields and fields[fields.index('"DELIVRD"') - 1].isdigit():
                files[fields[9]].add(file.name)
    assert any(len(names) > 1 for names in files.values())


def test_parts_join_to_a_text_with_its_signature(seen):
    parts = defaultdict(dict)
    for one in seen:
        if one.get("part_total"):
            parts[one["gateway"], one["message_ref"], one["part_total"]][int(one["part_number"])] = one["content"]
    assert parts
    for (_, _, total), found in parts.items():
        assert sorted(found) == list(range(1, int(total) + 1))
    joined = ["".join(found[number] for number in sorted(found)) for found in parts.values()]
    assert sum("【" in text and "】" in text for text in joined) > 0.9 * len(joined)


def test_some_gateways_deliver_a_few_messages_with_the_next_days_files(folder):
    named, days = defaultdict(Counter), set(SMALL.calendar)
    for file in (folder / "records").glob("*[0-9].csv"):
        gateway, day = file.stem.rsplit("-", 2)[:2]
        for one in rows(file):
            named[gateway][(dt.date.fromisoformat(day) - day_of(one)).days] += 1
            days.discard(day_of(one))
    assert not days
    assert {name for name, seen in named.items() if set(seen) != {0}} == {"mobile-zj-01", "telecom-bj-01"}
    for seen in (named["mobile-zj-01"], named["telecom-bj-01"]):
        assert set(seen) == {0, 1}
        assert 0.005 < seen[1] / seen.total() < 0.02


def test_a_file_is_delivered_twice_under_another_name(folder):
    for file in (folder / "records").glob("*-again.csv"):
        assert file.read_bytes() == file.with_name(file.name.replace("-again", "")).read_bytes()
        break
    else:
        pytest.fail("no file came twice")


def test_some_messages_are_delivered_twice(seen):
    seen = [one for one in seen if not one["gateway"].startswith("unicom")]
    again = Counter((one["gateway"], one["message_ref"], one["recipient"], one.get("part_number")) for one in seen)
    doubled = sum(count > 1 for count in again.values())
    assert 0 < doubled < 0.01 * len(again)


def test_most_signatures_stand_at_the_start_some_at_the_end(seen):
    whole = [one["content"] for one in seen if not one.get("part_total")]
    start = sum(text.startswith("【") for text in whole) / len(whole)
    end = sum(text.endswith("】") for text in whole) / len(whole)
    assert start > 0.8
    assert 0.02 < end < 0.2


def test_queues_spill_past_eight_with_the_time_that_was_meant(seen):
    late = [one for one in seen if one.get("scheduled_at", "")[11:13] == "19" and one["submitted_at"][11:13] == "20"]
    assert late


@pytest.mark.parametrize(("format_", "packed"), [("csv", "gz"), ("csv", "zst"), ("ndjson", None), ("ndjson", "zst")])
def test_every_format_holds_the_same_number_of_rows(tmp_path, seen, format_, packed):
    assert write_records(build(SMALL), tmp_path, format_, packed) == len(seen)
    assert {"".join(file.suffixes) for file in tmp_path.iterdir()} == {f".{format_}{'.' + packed if packed else ''}"}


def test_a_line_of_ndjson_leaves_out_what_is_unknown(tmp_path):
    write_records(build(SMALL), tmp_path, "ndjson")
    first = next(iter(sorted(tmp_path.iterdir()))).read_text(encoding="utf-8").splitlines()[0]
    assert None not in json.loads(first).values()


def test_parquet_holds_the_same_rows(tmp_path, seen):
    write_records(build(SMALL), tmp_path, "parquet")
    counts = [pyarrow.parquet.read_metadata(file).num_rows for file in tmp_path.iterdir()]
    assert sum(counts) == len(seen)


@pytest.mark.parametrize(("format_", "packed"), [("xlsx", None), ("csv", "rar")])
def test_an_unknown_format_is_refused(tmp_path, format_, packed):
    with pytest.raises(ValueError, match="format is one of"):
        write_records(build(replace(SMALL, days=1)), tmp_path, format_, packed)
