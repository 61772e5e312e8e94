"""A bundle that comes in: every column kept, or nothing at all."""

import csv

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from registry.audit import queries as trail
from registry.audit.model import AuditEvent
from registry.changes.model import Change
from registry.enterprises.model import Enterprise
from registry.exchange import service
from registry.exchange.handing_over import export_bundle
from registry.exchange.service import import_bundle
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Forbidden, Invalid
from registry.measures.model import Measure
from registry.permits.model import Permit
from registry.ports.model import Port
from registry.signatures.model import Signature
from tests.conftest import actor
from tests.factories.exchange import BRAND, COMPANY, SHOP, bundle, texts, write, write_csv

FILES = 14


def count(session, model):
    return session.scalar(sa.select(sa.func.count()).select_from(model))


def objections(result):
    return [(file.file, each["row"], each["code"], each["field"]) for file in result.files for each in file.objections]


def refusals(tmp_path, tables):
    return objections(import_bundle(SYSTEM, write(tmp_path / "in", tables)))


def with_cell(file, row, column, cell):
    tables = bundle()
    tables[file][row][column] = cell
    return tables


def test_hours_told_to_the_minute_are_kept_as_they_were_written(session, tmp_path):
    assert import_bundle(SYSTEM, write(tmp_path / "in", with_cell("permits", 0, "hours", "08:30-19:30"))).kept
    export_bundle(SYSTEM, tmp_path / "out")
    assert "08:30-19:30" in texts(tmp_path / "out")["permits.csv"]


def test_every_file_and_column_comes_out_as_it_went_in(session, tmp_path):
    result = import_bundle(SYSTEM, write(tmp_path / "in", bundle()))
    assert (result.kept, result.refused, len(result.files)) == (True, 0, FILES)
    export_bundle(SYSTEM, tmp_path / "out")
    sent, got = texts(tmp_path / "in"), texts(tmp_path / "out")
    assert {name: sorted(text.split("\r\n")) for name, text in sent.items()} == {
        name: sorted(text.split("\r\n")) for name, text in got.items()
    }


def test_standing_tells_what_was_checked_here_from_what_was_there_before(session, tmp_path):
    tables = bundle()
    for row, word in zip(tables["signatures"], ("", "approved"), strict=True):
        row["standing"] = word
    import_bundle(SYSTEM, write(tmp_path / "in", tables))
    assert set(session.scalars(sa.select(Signature.standing))) == {"inherited"}
    assert set(session.scalars(sa.select(Permit.standing))) == {"verified", "provisional", "inherited"}


def test_one_bad_row_keeps_everything_out(session, tmp_path):
    result = import_bundle(SYSTEM, write(tmp_path / "in", with_cell("permits", 2, "categories", "adverts")))
    assert objections(result) == [("permits.csv", 4, "invalid", "categories.0")]
    assert (result.kept, result.refused) == (False, 1)
    assert [count(session, model) for model in (Enterprise, Permit, AuditEvent, Change)] == [0, 0, 0, 0]


def test_a_dry_run_checks_and_keeps_nothing(session, tmp_path):
    result = import_bundle(SYSTEM, write(tmp_path / "in", bundle()), dry_run=True)
    assert (result.kept, result.refused, result.dry_run) == (False, 0, True)
    assert [count(session, model) for model in (Enterprise, AuditEvent)] == [0, 0]


def test_the_report_has_a_result_for_every_row(session, tmp_path):
    report = tmp_path / "report.csv"
    import_bundle(SYSTEM, write(tmp_path / "in", with_cell("ports", 0, "port", "106900O1")), report_to=report)
    with report.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert list(rows[0]) == ["file", "row", "state", "code", "field", "message", "fix"]
    assert [(row["row"], row["state"], row["code"]) for row in rows if row["file"] == "ports.csv"] == [
        ("2", "error", "port_not_digits"),
        ("3", "ok", ""),
        ("4", "ok", ""),
    ]
    assert len({(row["file"], row["row"]) for row in rows}) == sum(map(len, bundle().values()))


def test_no_report_is_left_where_there_is_no_place_for_it(session, tmp_path):
    with pytest.raises(Invalid, match="cannot be written"):
        import_bundle(SYSTEM, write(tmp_path / "in", bundle()), report_to=tmp_path / "none" / "report.csv")


@pytest.mark.parametrize(
    ("file", "column", "cell", "code"),
    [
        ("enterprises", "enterprise", "91110000MA00000011", "uscc_check_digit"),
        ("enterprises", "roles", "carrier|broker", "invalid"),
        ("enterprises", "province", "99", "invalid"),
        ("names", "valid_from", "2022-13-01", "invalid"),
        ("relations", "kind", "cousin", "unknown_value"),
        ("submitters", "submitter", "", "missing"),
        ("ports", "port", "1" * 21, "port_length"),
        ("ports", "port", "10610001", "port_reserved"),
        ("ports", "max_length", "7", "out_of_range"),
        ("ports", "provinces", "44|4", "invalid"),
        ("delegations", "letter", "L9", "unknown_letter"),
        ("signatures", "signature", "【锦象】", "brackets"),
        ("signatures", "protected", "yes", "unknown_value"),
        ("letters", "signatures", "|", "count"),
        ("permits", "port", "10*", "port_length"),
        ("permits", "user", "REG-US:unknown", "unknown_enterprise"),
        ("permits", "categories", "", "missing"),
        ("permits", "hours", "8-20", "hours_unreadable"),
        ("permits", "monthly_volume", "-1", "out_of_range"),
        ("permits", "links", "com.cn", "link_too_wide"),
        ("permits", "contacts", "---", "contact_unreadable"),
        ("permits", "valid_until", "2022-03-01", "period_empty"),
        ("permits", "valid_from", "2022-03-01T00:00:00", "invalid"),
        ("beneficiaries", "permit", "P9", "unknown_permit"),
        ("templates", "body", "a\x07b", "control_character"),
        ("shared_contacts", "kind", "pigeon", "unknown_value"),
        ("measures", "limit", "categories=adverts", "limit_unreadable"),
        ("measures", "limit", "", "measure_limit_missing"),
        ("complaints", "received_at", "", "missing"),
    ],
)
def test_what_cannot_stay_is_named_by_file_row_and_field(session, tmp_path, file, column, cell, code):
    found = refusals(tmp_path, with_cell(file, 0, column, cell))
    assert (f"{file}.csv", 2, code, column) in [
        (name, row, one, field.split(".")[0]) for name, row, one, field in found
    ]


def test_what_follows_from_a_refused_row_is_not_refused_again(session, tmp_path):
    found = refusals(tmp_path, with_cell("enterprises", 1, "legal_form", "guild"))
    assert found == [("enterprises.csv", 3, "unknown_value", "legal_form")]


def test_periods_that_overlap_in_the_file_are_refused_with_the_other_row(session, tmp_path):
    result = import_bundle(SYSTEM, write(tmp_path / "in", with_cell("permits", 0, "valid_until", "2024-03-02")))
    assert objections(result) == [("permits.csv", 3, "period_overlaps", "valid_from")]
    assert "row 2" in result.files[8].objections[0]["message"]


def test_the_same_bundle_twice_is_refused_and_changes_nothing(session, tmp_path):
    folder = write(tmp_path / "in", bundle())
    import_bundle(SYSTEM, folder)
    before = count(session, AuditEvent), count(session, Permit)
    result = import_bundle(SYSTEM, folder)
    assert {code for _, _, code, _ in objections(result)} == {"period_taken"}
    assert (count(session, AuditEvent), count(session, Permit)) == before


def test_an_enterprise_that_the_registry_knows_may_come_again_unchanged_but_not_otherwise(session, tmp_path):
    import_bundle(SYSTEM, write(tmp_path / "one", {"enterprises": bundle()["enterprises"]}))
    again = import_bundle(SYSTEM, write(tmp_path / "two", {"enterprises": bundle()["enterprises"]}))
    assert (again.kept, again.files[0].kept) == (True, 0)
    other = with_cell("enterprises", 0, "name", "别的名字")["enterprises"]
    result = import_bundle(SYSTEM, write(tmp_path / "three", {"enterprises": other}))
    assert objections(result) == [("enterprises.csv", 2, "known_otherwise", "enterprise")]


def test_the_same_enterprise_stands_once_in_a_file(session, tmp_path):
    tables = bundle()
    tables["enterprises"].append(tables["enterprises"][0])
    assert refusals(tmp_path, tables) == [("enterprises.csv", 7, "named_twice", "enterprise")]


@pytest.mark.parametrize("port", ["1069000112", "106900011*"])
def test_owners_of_the_same_text_have_no_port_in_common(session, tmp_path, port):
    found = refusals(tmp_path, with_cell("permits", 2, "port", port))
    assert {(row, code) for _, row, code, _ in found if code == "port_of_other_owner"} == {
        (number, "port_of_other_owner") for number in (2, 3, 4)
    }


def test_a_port_below_another_is_an_extension_the_topmost_an_access_code(session, tmp_path):
    import_bundle(SYSTEM, write(tmp_path / "in", bundle()))
    levels = session.execute(sa.select(Port.port, Port.level).distinct()).all()
    assert dict(levels) == {"10690001": "access_code", "1069000112": "extension"}


def test_a_code_that_would_swallow_an_access_code_of_the_registry_is_refused(session, tmp_path):
    tables = bundle()
    first = {"enterprises": tables["enterprises"], "ports": tables["ports"][1:]}
    import_bundle(SYSTEM, write(tmp_path / "one", first))
    result = import_bundle(SYSTEM, write(tmp_path / "two", {"ports": tables["ports"][:1]}))
    assert objections(result) == [("ports.csv", 2, "access_codes_overlap", "port")]


def test_a_prefix_that_nobody_let_is_kept_and_noted(session, tmp_path):
    result = import_bundle(SYSTEM, write(tmp_path / "in", with_cell("delegations", 1, "to_enterprise", BRAND)))
    assert objections(result) == [("permits.csv", 4, "prefix_not_delegated", "port")]
    assert result.kept


def test_a_letter_that_nobody_holds_is_kept_as_named_and_noted(session, tmp_path):
    result = import_bundle(SYSTEM, write(tmp_path / "in", with_cell("permits", 0, "letter", "L9")))
    assert result.kept
    assert ("permits.csv", 2, "unknown_letter", "letter") in objections(result)
    assert session.scalars(sa.select(Permit.letter).where(Permit.letter == "L9")).first()


def test_who_answers_for_a_measure_follows_from_its_subject(session, tmp_path):
    import_bundle(SYSTEM, write(tmp_path / "in", bundle()))
    answers = session.execute(sa.select(Measure.subject, Measure.enterprise)).all()
    assert dict(answers) == {"P1": BRAND, "1069000113": COMPANY}


def test_one_event_for_each_file_and_row_range_and_one_row_of_the_feed_for_each_file(session, tmp_path, monkeypatch):
    monkeypatch.setattr(service, "RANGE", 2)
    import_bundle(SYSTEM, write(tmp_path / "in", bundle()))
    events = session.scalars(sa.select(AuditEvent).order_by(AuditEvent.number)).all()
    assert [each.subject_key for each in events if "permits" in each.subject_key] == [
        "permits.csv:2-3",
        "permits.csv:4-4",
    ]
    assert {each.action for each in events} == {"bundle.imported"}
    assert trail.verify() is None
    feed = session.scalars(sa.select(Change).where(Change.kind == "permit")).all()
    assert [(each.action, each.key, each.payload["rows"]) for each in feed] == [("imported", "permits.csv", 3)]


def test_a_date_is_midnight_in_shanghai_and_an_empty_end_is_open(session, tmp_path):
    import_bundle(SYSTEM, write(tmp_path / "in", bundle()))
    rows = session.scalars(sa.select(Permit).where(Permit.key == "P1").order_by(Permit.valid)).all()
    assert [row.valid_from for row in rows] == [clock.parse_moment(day) for day in ("2022-03-01", "2024-03-01")]
    assert [row.valid_until for row in rows] == [clock.parse_moment("2024-03-01"), None]


def test_a_file_that_is_absent_counts_as_empty_and_unknown_names_are_told(session, tmp_path):
    tables = {"enterprises": [row | {"colour": "red"} for row in bundle()["enterprises"]]}
    folder = write(tmp_path / "in", tables)
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    result = import_bundle(SYSTEM, folder)
    assert (result.kept, result.files[0].unknown_columns, result.unknown_files) == (True, ("colour",), ("notes.txt",))


def test_parquet_brings_the_same_registry(session, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for file, rows in bundle().items():
        listed = [row | ({"provinces": row["provinces"].split("|")} if file == "ports" else {}) for row in rows]
        pq.write_table(pa.Table.from_pylist(listed), folder / f"{file}.parquet")
    assert import_bundle(SYSTEM, folder).kept
    export_bundle(SYSTEM, tmp_path / "out")
    expected = texts(write(tmp_path / "csv", bundle()))
    assert {name: sorted(text.split("\r\n")) for name, text in texts(tmp_path / "out").items()} == {
        name: sorted(text.split("\r\n")) for name, text in expected.items()
    }


def test_a_byte_order_mark_is_no_part_of_the_first_column(session, tmp_path):
    folder = write(tmp_path / "in", bundle())
    write_csv(folder / "enterprises.csv", bundle()["enterprises"], "utf-8-sig")
    assert import_bundle(SYSTEM, folder).kept


def broken(tmp_path, file, content):
    folder = write(tmp_path / "in", bundle())
    (folder / "permits.csv").unlink()
    (folder / file).write_bytes(content)
    result = import_bundle(SYSTEM, folder)
    assert not result.kept
    return [each["code"] for each in result.files[8].objections]


def test_gbk_is_refused_with_a_sentence(session, tmp_path):
    content = (tmp_path / "x.csv", bundle()["permits"])
    write_csv(*content, "gbk")
    assert broken(tmp_path, "permits.csv", content[0].read_bytes()) == ["not_utf8"]


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        ("permits.csv", b"", "no_header"),
        ("permits.csv", b"permit,permit\nP1,P1\n", "column_twice"),
        ("permits.csv", b"permit,port\nP1,10690001\n", "column_missing"),
        ("permits.parquet", b"PAR1 cut off", "parquet_broken"),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(session, tmp_path, file, content, code):
    assert code in broken(tmp_path, file, content)


def test_a_file_that_is_cut_off_is_refused_where_it_breaks(session, tmp_path):
    folder = write(tmp_path / "in", bundle())
    content = (folder / "templates.csv").read_bytes()
    (folder / "templates.csv").write_bytes(content[:-30])
    result = import_bundle(SYSTEM, folder)
    assert not result.kept
    assert result.files[10].objections[0]["code"] in {"csv_broken", "row_shape"}


def test_a_truncated_parquet_file_is_refused(session, tmp_path):
    path = tmp_path / "x.parquet"
    pq.write_table(pa.Table.from_pylist(bundle()["permits"]), path)
    assert broken(tmp_path, "permits.parquet", path.read_bytes()[:-20]) == ["parquet_broken"]


def test_a_table_that_is_a_folder_is_refused(session, tmp_path):
    folder = write(tmp_path / "in", bundle())
    (folder / "permits.csv").unlink()
    (folder / "permits.csv").mkdir()
    assert "no_file" in [code for _, _, code, _ in objections(import_bundle(SYSTEM, folder))]


@pytest.mark.parametrize("made", [False, True])
def test_a_folder_that_is_missing_or_holds_no_table_is_said(session, tmp_path, made):
    if made:
        (tmp_path / "in").mkdir()
    with pytest.raises(Invalid, match="in"):
        import_bundle(SYSTEM, tmp_path / "in")


def test_the_same_table_as_csv_and_parquet_is_refused(session, tmp_path):
    folder = write(tmp_path / "in", bundle())
    pq.write_table(pa.Table.from_pylist(bundle()["ports"]), folder / "ports.parquet")
    with pytest.raises(Invalid, match="ports"):
        import_bundle(SYSTEM, folder)


def test_only_who_may_import_imports(session, tmp_path):
    with pytest.raises(Forbidden):
        import_bundle(actor("reviewer"), write(tmp_path / "in", bundle()))
    assert import_bundle(actor("administrator"), tmp_path / "in").kept


def test_a_merchant_that_is_unknown_may_be_a_beneficiary_and_an_unknown_signature_is_noted(session, tmp_path):
    result = import_bundle(SYSTEM, write(tmp_path / "in", with_cell("signatures", 1, "signature", "别的")))
    assert objections(result) == [("permits.csv", 4, "unknown_signature", "signature")]
    assert result.kept
    assert SHOP in session.scalars(sa.select(Permit.owner)).all()
