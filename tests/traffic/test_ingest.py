"""Deliveries of every form become facts, and bad rows are told."""

import csv
import datetime as dt
import gzip
import json

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from registry.audit.model import AuditEvent
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Forbidden
from registry.settings import current
from registry.traffic import queries, service
from tests.conftest import actor
from tests.factories.traffic import AT, COLUMNS, csv_file, row

DAY = dt.date(2026, 5, 1)


def facts(kind="base", first=dt.date(2000, 1, 1), last=dt.date(2099, 1, 1)):
    connection = ibis.duckdb.connect()
    return connection.to_pyarrow(queries.facts(connection, kind, first, last)).to_pylist()


def ingest(*paths, **options):
    return service.ingest(SYSTEM, paths, **options)


def test_messages_are_counted_by_day_port_submitter_signature_and_category(app, tmp_path):
    rows = [row(), row(province="44"), row(content="【乙】验证码123456，请勿告诉他人。"), row(submitter="S2")]
    outcome = ingest(csv_file(tmp_path / "a.csv", rows))[0]
    assert (outcome.read, outcome.accepted, outcome.rejected, outcome.messages) == (4, 4, 0, 4)
    assert outcome.days == ("2026-05-01",)
    found = {(f["submitter"], f["signature"]): f for f in facts()}
    assert {key: f["messages"] for key, f in found.items()} == {
        ("S1", "甲公司"): 2,
        ("S1", "乙"): 1,
        ("S2", "甲公司"): 1,
    }
    fact = found["S1", "甲公司"]
    assert fact["day"] == DAY
    assert fact["hours"] == 1 << 10
    assert fact["provinces"].bit_count() == 2
    assert fact["first_at"] == fact["last_at"] == round(AT.timestamp() * 1000)
    assert fact["read"] == "read"
    assert fact["category"] == 2
    assert found["S1", "乙"]["category"] == 1


def test_side_facts_add_up_to_the_base_facts(app, tmp_path):
    late = (AT + dt.timedelta(hours=10, minutes=5)).isoformat()
    ingest(csv_file(tmp_path / "a.csv", [row(), row(province=""), row(submitted_at=late), row(province="44")]))
    assert {(f["province"], f["messages"]) for f in facts("province")} == {("31", 2), ("", 1), ("44", 1)}
    assert {(f["hour"], f["messages"], f["within_grace"]) for f in facts("hour")} == {(10, 3, 3), (20, 1, 1)}


def test_links_and_numbers_to_ring_are_counted_by_message(app, tmp_path):
    text = "【甲】大促，点击 http://m.shop.example.com/a/b?x=1 ，详询4008001234，拒收请回复R"
    ingest(csv_file(tmp_path / "a.csv", [row(content=text), row(content=text)]))
    found = {(f["kind"], f["value"], f["messages"]) for f in facts("contact")}
    assert found == {("link", "example.com/a", 2), ("contact", "4008001234", 2)}
    assert facts()[0]["without_opt_out"] == 0


def test_a_local_day_begins_at_midnight_in_shanghai(app, tmp_path):
    ingest(
        csv_file(
            tmp_path / "a.csv", [row(submitted_at="2026-04-30T16:00:00Z"), row(submitted_at="2026-04-30T15:59:59Z")]
        )
    )
    assert {(f["day"], f["hours"]) for f in facts()} == {(DAY, 1), (dt.date(2026, 4, 30), 1 << 23)}
    assert queries.days() == [(DAY, 1), (dt.date(2026, 4, 30), 1)]


def test_what_a_gateway_does_not_deliver_is_marked(app, tmp_path):
    ingest(csv_file(tmp_path / "a.csv", [row()], ("submitted_at", "port", "content")), gateway="gw9")
    assert (facts()[0]["gateway"], facts()[0]["missing"]) == ("gw9", 1 | 2 | 8 | 16)


def test_a_file_without_texts_is_read_by_its_signature_column(app, tmp_path):
    rows = [row(signature="【甲】", declared_category="marketing")]
    ingest(csv_file(tmp_path / "a.csv", rows, ("submitted_at", "port", "signature", "declared_category")))
    fact = facts()[0]
    assert (fact["signature"], fact["read"], fact["category"], fact["missing"] & 4) == ("甲", "read", 4, 4)


def test_the_same_file_counts_once_whatever_its_name(app, tmp_path):
    first, second = (
        csv_file(tmp_path / name, [row(message_ref="1", recipient="13800000000")]) for name in ("a.csv", "b.csv")
    )
    assert [each.already_ingested for each in ingest(first, second)] == [False, True]
    again = ingest(first)[0]
    assert (again.already_ingested, again.read, again.messages) == (True, 1, 1)
    assert sum(f["messages"] for f in facts()) == 1


def test_the_same_message_counts_once_across_files_and_within_one(app, tmp_path):
    same, other = row(), row()
    first = ingest(csv_file(tmp_path / "a.csv", [same, same]))[0]
    assert (first.messages, first.duplicates) == (1, 1)
    second = ingest(csv_file(tmp_path / "b.csv", [same, other]))[0]
    assert (second.accepted, second.messages, second.duplicates) == (2, 1, 1)


def test_one_reference_to_two_recipients_is_two_messages(app, tmp_path):
    rows = [row(message_ref="7", recipient="13800000001"), row(message_ref="7", recipient="13800000002")]
    assert ingest(csv_file(tmp_path / "a.csv", rows))[0].messages == 2


def test_a_rejected_row_does_not_make_its_sound_twin_a_duplicate(app, tmp_path):
    bad, sound = row(message_ref="8", port="x"), row(message_ref="8")
    sound["recipient"] = bad["recipient"]
    outcome = ingest(csv_file(tmp_path / "a.csv", [bad, sound]))[0]
    assert (outcome.rejected, outcome.messages, outcome.duplicates) == (1, 1, 0)


BAD = {
    "submitted_at:unreadable": {"submitted_at": "yesterday"},
    "submitted_at:unreadable ": {"submitted_at": "2026-05-01T10:00:00"},
    "submitted_at:out_of_range": {"submitted_at": "1777600800"},
    "port:not_digits": {"port": "10690a"},
    "port:not_digits ": {"port": "1" * 21},
    "content:empty": {"content": ""},
    "content:too_long": {"content": "长" * 20_001},
    "part_number:unreadable": {"part_total": "2", "part_number": "3"},
    "part_number:unreadable ": {"part_total": "x", "part_number": "1"},
    "province:unknown": {"province": "99"},
    "submitter:too_long": {"submitter": "s" * 101},
}


@pytest.mark.parametrize(("fault", "values"), BAD.items())
def test_a_bad_row_is_rejected_with_its_line_and_reason_and_the_rest_is_taken(app, tmp_path, fault, values):
    columns = (*COLUMNS, "part_total", "part_number")
    values = {"submitted_at": "17776008000"} if fault == "submitted_at:out_of_range" else values
    outcome = ingest(csv_file(tmp_path / "a.csv", [row(), row(**values), row()], columns))[0]
    assert (outcome.read, outcome.accepted, outcome.rejected) == (3, 2, 1)
    with (current().data / outcome.rejects).open(encoding="utf-8") as file:
        (reject,) = csv.DictReader(file)
    column, code = fault.strip().split(":")
    assert (reject["line"], reject["column"], reject["code"]) == ("3", column, code)
    assert reject["reason"]


def test_the_rejects_file_repeats_nobodys_number_or_text(app, tmp_path):
    outcome = ingest(
        csv_file(tmp_path / "a.csv", [row(port="+886911513433", recipient="13812345678", content="秘密")])
    )[0]
    told = (current().data / outcome.rejects).read_text(encoding="utf-8")
    assert "13812345678" not in told
    assert "秘密" not in told
    assert "911513433" not in told


def test_unknown_columns_are_named_and_ignored(app, tmp_path):
    outcome = ingest(csv_file(tmp_path / "a.csv", [row()], (*COLUMNS, "colour")))[0]
    assert (outcome.unknown_columns, outcome.messages) == (("colour",), 1)


@pytest.mark.parametrize("lacking", ["submitted_at", "port", "content"])
def test_a_file_without_a_required_column_is_refused_and_the_next_one_taken(app, tmp_path, lacking):
    poor = csv_file(tmp_path / "a.csv", [row()], tuple(name for name in COLUMNS if name != lacking))
    outcomes = ingest(poor, csv_file(tmp_path / "b.csv", [row()]))
    assert outcomes[0].refused["code"] == "missing_column"
    assert lacking in outcomes[0].refused["detail"]
    assert outcomes[1].messages == 1
    assert queries.ingested_with(outcomes[1].sha256)


def test_a_default_time_stands_in_for_an_absent_column(app, tmp_path):
    path = csv_file(tmp_path / "a.csv", [row()], ("port", "content"))
    assert ingest(path, default_time=AT)[0].days == ("2026-05-01",)


def test_every_form_gives_the_same_facts(app, tmp_path):
    rows = [row(), row(content="【乙】大促，拒收请回复R", province="44")]
    text = csv_file(tmp_path / "a.csv", rows).read_bytes()
    lines = "\n".join(json.dumps(each, ensure_ascii=False) for each in rows).encode()
    times = [round(AT.timestamp() * 1000)] * 2
    table = pa.Table.from_pylist(
        [each | {"submitted_at": at, "port": int(each["port"])} for each, at in zip(rows, times, strict=True)]
    )
    moments = table.set_column(0, "submitted_at", pa.array([AT, AT], pa.timestamp("us", tz="UTC")))
    pq.write_table(table, tmp_path / "e.parquet")
    pq.write_table(moments, tmp_path / "f.parquet")
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(text))
    frames = zstandard.ZstdCompressor().compress(text[:100]) + zstandard.ZstdCompressor().compress(text[100:])
    (tmp_path / "c.csv.zst").write_bytes(frames)
    (tmp_path / "d.ndjson").write_bytes(lines)
    (tmp_path / "g.parquet.gz").write_bytes(gzip.compress((tmp_path / "e.parquet").read_bytes() + b""))
    found = []
    for path in sorted(tmp_path.glob("?.*")):
        service.erase_before(SYSTEM, dt.date(2099, 1, 1))  # forget the tags, so that every form is counted
        outcome = ingest(path)[0]
        assert outcome.refused is None, outcome
        name = outcome.sha256[:16]
        found.append(pq.read_table(current().facts / "base" / "2026-05-01" / f"{name}.parquet").to_pylist())
    assert len(found) == 7
    assert all(each == found[0] for each in found)


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-8-sig"])
def test_other_encodings_are_understood(app, tmp_path, encoding):
    ingest(csv_file(tmp_path / "a.csv", [row() for _ in range(3)], encoding=encoding))
    assert [(f["signature"], f["messages"]) for f in facts()] == [("甲公司", 3)]


def test_dirt_costs_its_row_and_not_the_file(app, tmp_path):
    head = ",".join(COLUMNS) + "\n"
    good = ",".join(str(row()[name]) for name in COLUMNS)
    nul, tabs = good + "\0\0", good.replace("1069000011", "1069000012") + "\t\t\t"
    quoted = good.replace("【", '"【').replace("。", '，第二行\n。"', 1)
    lines = [good, nul, tabs, quoted, good[:-1] + '"x"', '"' + good, "a,b", "", good + ",more", good]
    path = tmp_path / "a.csv"
    path.write_bytes((head + "\n".join(lines) + "\n").encode() + b"\xff\xfe" + good.encode() + b"\n")
    outcome = ingest(path)[0]
    assert outcome.refused is None
    assert (outcome.read, outcome.rejected) == (10, 4)
    assert outcome.read == outcome.accepted + outcome.rejected
    with (current().data / outcome.rejects).open(encoding="utf-8") as file:
        found = [(each["line"], each["code"]) for each in csv.DictReader(file)]
    assert found == [("8", "quotes"), ("9", "fields"), ("11", "fields"), ("13", "encoding")]


def test_ndjson_that_is_none_costs_its_line(app, tmp_path):
    path = tmp_path / "a.ndjson"
    path.write_text(json.dumps(row()) + '\n{"a": \n[1]\n\n' + json.dumps(row()), encoding="utf-8")
    assert (ingest(path)[0].read, ingest(path)[0].rejected) == (4, 2)


@pytest.mark.parametrize("name", ["a.parquet", "a.csv.gz", "a.csv.zst", "a.parquet.zst"])
def test_a_file_that_was_cut_off_is_refused_whole(app, tmp_path, name):
    rows = [row() for _ in range(2000)]
    text = csv_file(tmp_path / "whole.csv", rows).read_bytes()
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "whole.parquet")
    whole = {
        "a.parquet": (tmp_path / "whole.parquet").read_bytes(),
        "a.csv.gz": gzip.compress(text),
        "a.csv.zst": zstandard.ZstdCompressor().compress(text),
        "a.parquet.zst": zstandard.ZstdCompressor().compress((tmp_path / "whole.parquet").read_bytes()),
    }[name]
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    outcome = ingest(tmp_path / name)[0]
    assert outcome.refused["code"] == "unreadable_file"
    assert not facts()


def test_damage_inside_a_parquet_file_refuses_it(app, tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist([row() for _ in range(5000)]), path)
    raw = bytearray(path.read_bytes())
    raw[200 : len(raw) // 2] = b"\x55" * (len(raw) // 2 - 200)
    path.write_bytes(raw)
    assert ingest(path)[0].refused["code"] == "unreadable_file"
    assert not facts()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "no_header"),
        ("a.xlsx", b"PK", "unknown_format"),
        ("a.csv", b"port,port\n1,2\n", "repeated_column"),
        ("a.parquet", b"", "unreadable_file"),
    ],
)
def test_what_is_no_delivery_is_refused(app, tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)
    assert ingest(tmp_path / name)[0].refused["code"] == code


def test_files_of_one_call_are_counted_as_files_that_come_alone(app, tmp_path):
    texts = (
        "【甲】验证码1234，请勿告诉他人。",
        "【乙1】大促 t.cn/a1，拒收请回复R",
        "1/2)【丙】您好",
        "详询4008001234【丁】",
    )
    paths = [
        csv_file(tmp_path / f"{place}.csv", [row(content=text, gateway=f"g{place}") for text in texts[: 2 + place]])
        for place in range(3)
    ]
    damaged = tmp_path / "damaged.parquet"
    pq.write_table(pa.Table.from_pylist([row() for _ in range(5000)]), damaged)
    raw = bytearray(damaged.read_bytes())
    raw[200 : len(raw) // 2] = b"\x55" * (len(raw) // 2 - 200)
    damaged.write_bytes(raw)
    together = ingest(*paths[:2], damaged, paths[2])
    assert [bool(each.refused) for each in together] == [False, False, True, False]
    ingest(csv_file(tmp_path / "alone.csv", [row(content=text, gateway="alone") for text in texts]))

    def told(gateway):
        keys = ("port", "signature", "read", "category", "messages", "without_opt_out")
        return sorted(tuple(fact[key] for key in keys) for fact in facts() if fact["gateway"] == gateway)

    assert len(told("alone")) == 4
    assert told("g2") == told("alone")
    assert set(told("g0")) < set(told("g1")) < set(told("g2"))


def test_a_folder_and_a_missing_file_are_refused(app, tmp_path):
    (tmp_path / "folder.csv").mkdir()
    codes = [each.refused["code"] for each in ingest(tmp_path / "folder.csv", tmp_path / "none.csv")]
    assert codes == ["is_a_folder", "no_such_file"]


def test_times_without_a_zone_are_refused_row_by_row(app, tmp_path):
    table = pa.Table.from_pylist([row()]).set_column(
        0,
        "submitted_at",
        pa.array([dt.datetime(2026, 5, 1)], pa.timestamp("us")),  # noqa: DTZ001 - that it has none is the point
    )
    pq.write_table(table, tmp_path / "a.parquet")
    assert (ingest(tmp_path / "a.parquet")[0].rejected, facts()) == (1, [])


def test_a_file_with_a_header_alone_is_taken_in_empty(app, tmp_path):
    outcome = ingest(csv_file(tmp_path / "a.csv", []))[0]
    assert (outcome.read, outcome.messages, outcome.refused) == (0, 0, None)


def test_an_ingest_is_one_event_in_the_audit_trail(app, session, tmp_path):
    ingest(csv_file(tmp_path / "a.csv", [row()]))
    event = session.query(AuditEvent).filter_by(action="traffic.ingested").one()
    assert (event.after["file"], event.after["messages"]) == ("a.csv", 1)


def test_who_may_not_ingest_is_refused(app, tmp_path):
    with pytest.raises(Forbidden):
        service.ingest(actor("auditor"), [csv_file(tmp_path / "a.csv", [row()])])
    assert not facts()
