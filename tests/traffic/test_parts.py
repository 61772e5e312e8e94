"""Long messages are joined before they are read."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.kernel.actor import SYSTEM
from registry.settings import current
from registry.traffic import service
from registry.traffic.model import FactFile
from tests.factories.traffic import AT, PARTS, csv_file, part, row
from tests.traffic.test_ingest import facts, ingest

FIRST, LAST = "尊敬的客户，您的订单已经发出，", "请注意查收。【甲公司】"
LATER = AT + dt.timedelta(hours=1)


def told():
    return sorted((f["signature"], f["read"], f["messages"]) for f in facts())


def test_parts_are_joined_before_the_signature_is_read(app, tmp_path):
    outcome = ingest(csv_file(tmp_path / "a.csv", [part(2, LAST, later=3), row(), part(1, FIRST)], PARTS))[0]
    assert (outcome.accepted, outcome.messages, outcome.joined, outcome.waiting) == (3, 2, 1, 0)
    assert told() == [("甲公司", "read", 2)]


def test_parts_in_two_files_of_a_gateway_are_joined(app, tmp_path):
    first = ingest(csv_file(tmp_path / "a.csv", [part(1, FIRST)], PARTS))[0]
    assert (first.messages, first.waiting) == (0, 1)
    second = ingest(csv_file(tmp_path / "b.csv", [part(2, LAST, later=60)], PARTS))[0]
    assert (second.messages, second.joined, second.waiting) == (1, 1, 0)
    assert told() == [("甲公司", "read", 1)]


def test_a_message_whose_parts_lie_on_both_sides_of_midnight_belongs_to_the_first_day(app, tmp_path):
    late = {"submitted_at": "2026-05-01T23:59:59+08:00"}, {"submitted_at": "2026-05-02T00:00:02+08:00"}
    ingest(csv_file(tmp_path / "a.csv", [part(1, FIRST, **late[0]), part(2, LAST, **late[1])], PARTS))
    assert [str(f["day"]) for f in facts()] == ["2026-05-01"]


def test_parts_ten_minutes_apart_belong_together_and_later_ones_do_not(app, tmp_path):
    rows = [part(1, FIRST), part(2, LAST, later=600)]
    rows += [part(1, FIRST, ref="L2"), part(2, LAST, ref="L2", later=600.001)]
    outcome = ingest(csv_file(tmp_path / "a.csv", rows, PARTS))[0]
    assert (outcome.messages, outcome.waiting) == (1, 2)


def test_other_recipients_and_ports_are_other_messages(app, tmp_path):
    rows = [part(1, FIRST), part(2, LAST, recipient="13800008888"), part(2, LAST, port="1069000012")]
    assert ingest(csv_file(tmp_path / "a.csv", rows, PARTS))[0].waiting == 3


def test_a_reference_that_comes_again_later_is_another_message(app, tmp_path):
    rows = [part(1, FIRST), part(2, LAST, later=1), part(1, FIRST, later=3600), part(2, LAST, later=3601)]
    outcome = ingest(csv_file(tmp_path / "a.csv", rows, PARTS))[0]
    assert (outcome.messages, outcome.duplicates) == (1, 2)  # a gateway that repeats its references repeats itself


def test_a_part_that_is_delivered_twice_counts_once(app, tmp_path):
    ingest(csv_file(tmp_path / "a.csv", [part(1, FIRST), part(1, FIRST)], PARTS))
    outcome = ingest(csv_file(tmp_path / "b.csv", [part(1, FIRST), part(2, LAST)], PARTS))[0]
    assert (outcome.messages, outcome.duplicates, outcome.waiting) == (1, 1, 0)


def test_parts_that_wait_lie_encrypted(app, tmp_path):
    ingest(csv_file(tmp_path / "a.csv", [part(1, FIRST)], PARTS))
    (file,) = (current().facts / "waiting").iterdir()
    assert FIRST.encode() not in file.read_bytes()
    assert b"13800009999" not in file.read_bytes()


def test_parts_whose_siblings_never_come_are_settled_as_such(app, session, tmp_path):
    rows = [
        part(1, "【甲公司】" + FIRST),
        part(1, FIRST, ref="L2"),
        part(2, LAST, ref="L3"),
        part(1, FIRST, ref="L4", later=7200),
    ]
    ingest(csv_file(tmp_path / "a.csv", rows, PARTS))
    settled = service.settle(SYSTEM, LATER)
    assert (settled.messages, settled.still_waiting) == (3, 1)
    assert told() == [("", "part_missing", 1), ("甲公司", "part_missing", 2)]
    assert service.settle(SYSTEM, LATER).messages == 0
    assert session.query(FactFile).filter_by(kind="waiting").one().rows == 1


def test_a_signature_at_an_end_that_is_missing_is_not_believed(app, tmp_path):
    ingest(csv_file(tmp_path / "a.csv", [part(2, "【乙】是我们的伙伴，请注意查收", total=2)], PARTS))
    service.settle(SYSTEM, LATER)
    assert told() == [("", "part_missing", 1)]


def test_nothing_to_settle_is_nothing(app):
    assert service.settle(SYSTEM, LATER) == service.Settled(0, 0)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(6)), cut=st.integers(0, 6))
def test_however_deliveries_are_cut_the_same_messages_are_counted(app, session, tmp_path, order, cut):
    tag = f"{''.join(map(str, order))}-{cut}"
    rows = [
        part(n, text, ref=f"{tag}-{ref}", total=3) for ref in "ab" for n, text in ((1, "您的"), (2, "订单"), (3, LAST))
    ]
    rows = [rows[place] | {"port": "1069000099", "submitter": tag} for place in order]
    paths = [csv_file(tmp_path / f"{tag}-{n}.csv", some, PARTS) for n, some in enumerate((rows[:cut], rows[cut:]))]
    outcomes = ingest(*paths)
    assert sum(each.messages for each in outcomes if not each.already_ingested) == 2
    assert outcomes[1].waiting == 0
