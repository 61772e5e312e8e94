"""Files of many filings: each row its own answer, all or row by row, in every form."""

import csv
import io
import json
import zipfile

import pytest
import python_calamine
import xlsxwriter

from registry.filings import queries
from registry.filings.bulk import queries as files
from registry.filings.bulk import service as bulk
from registry.filings.bulk import sheets, working
from registry.filings.bulk.columns import columns
from registry.filings.bulk.model import BulkState
from registry.filings.kinds import Kind
from registry.filings.model import Filing
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Invalid, NotFound
from registry.kernel.paging import PageRequest

HEADER = ["referenceId", "port", "use"]
GOOD = [["r1", "1069012311", "service"], ["r2", "1069012312", "service"]]
WRONG = ["r3", "10690a", "service"]


def csv_of(tmp_path, rows, header=HEADER, name="rows.csv", encoding="utf-8"):
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    path = tmp_path / name
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def xlsx_of(tmp_path, rows, header=HEADER):
    path = tmp_path / "rows.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([header, *rows]):
            sheet.write_row(place, 0, row)
    return path


def ndjson_of(tmp_path, rows, header=HEADER):
    path = tmp_path / "rows.ndjson"
    path.write_text("".join(json.dumps(dict(zip(header, row, strict=True))) + "\n" for row in rows))
    return path


def taken(chain, path, kind=Kind.PORT, **values):
    return bulk.take(chain.by_company, kind, path, path.name, **values)


def rows_of(chain, done):
    return [(each.row, each.state.value, each.code, each.field) for each in files.rows(SYSTEM, done.key, 0, 1000)]


@pytest.mark.parametrize("written", [csv_of, xlsx_of, ndjson_of])
def test_each_row_is_answered_in_every_form_and_the_good_ones_are_filed(chain, tmp_path, written):
    done = taken(chain, written(tmp_path, [GOOD[0], WRONG, GOOD[1]]))
    assert (done.state, done.rows, done.filed, done.refused) == (BulkState.DONE, 3, 2, 1)
    states = [each[1:] for each in rows_of(chain, done)]
    assert states == [("filed", "", ""), ("refused", "port_not_digits", "port"), ("filed", "", "")]
    assert queries.of_reference(chain.company, "r2").state == "submitted"


def test_all_or_none_files_none_where_one_is_wrong_and_says_which(chain, tmp_path, session):
    before = session.query(Filing).count()
    done = taken(chain, csv_of(tmp_path, [GOOD[0], WRONG]), whole=True)
    assert (done.state, done.filed) == (BulkState.UNDONE, 0)
    assert [each[1] for each in rows_of(chain, done)] == ["left_out", "refused"]
    assert session.query(Filing).count() == before
    again = taken(chain, csv_of(tmp_path, GOOD), whole=True)
    assert (again.state, again.filed) == (BulkState.DONE, 2)


def test_a_reference_that_was_used_is_answered_with_its_first_filing(chain, tmp_path):
    first = taken(chain, csv_of(tmp_path, GOOD))
    again = taken(chain, csv_of(tmp_path, [*GOOD, GOOD[0]]))
    assert (again.filed, again.repeated) == (0, 3)
    assert [each.filing for each in files.rows(SYSTEM, again.key, 0, 2)] == [
        each.filing for each in files.rows(SYSTEM, first.key, 0, 2)
    ]


def test_a_file_without_references_files_nothing_twice_when_it_is_sent_again(chain, tmp_path):
    path = csv_of(tmp_path, [row[1:] for row in GOOD], HEADER[1:])
    assert taken(chain, path).filed == 2
    assert taken(chain, path).repeated == 2


def test_a_large_file_waits_for_the_worker_and_one_that_was_killed_goes_on_where_it_was(chain, tmp_path, monkeypatch):
    monkeypatch.setattr(working, "SLICE", 1)
    kept = bulk.keep(chain.by_company, Kind.PORT, csv_of(tmp_path, [*GOOD, WRONG]), "rows.csv")

    def die(done, _of):
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bulk.work(SYSTEM, kept.key, die)
    assert (kept.state, kept.done) == (BulkState.RUNNING, 1)
    done = bulk.work(SYSTEM, kept.key)
    assert (done.state, done.filed, done.refused) == (BulkState.DONE, 2, 1)
    assert [each[0] for each in rows_of(chain, done)] == [2, 3, 4]


@pytest.mark.parametrize("form", sheets.FORMS)
def test_a_template_can_be_filled_and_sent_back_and_its_result_too(chain, tmp_path, form):
    path = tmp_path / f"port.{form}"
    bulk.write_template(Kind.PORT, path, form)
    names = [each.name for each in columns(Kind.PORT)]
    [row] = list(sheets.rows(path, form, names))
    assert row.cells["port"] == "10690123"
    done = taken(chain, path)
    bulk.write_result(SYSTEM, done.key, tmp_path / f"result.{form}")
    told = [*names, "row", "state", "filing", "code", "field", "message", "fix"]
    [answered] = list(sheets.rows(tmp_path / f"result.{form}", form, told))
    assert answered.cells["state"] in ("filed", "refused")


def test_a_spreadsheets_second_sheet_says_what_each_column_holds(tmp_path):
    path = tmp_path / "permit.xlsx"
    bulk.write_template(Kind.PERMIT, path, "xlsx")
    book = python_calamine.load_workbook(str(path))
    said = {row[0]: row[1:] for row in book.get_sheet_by_name("columns").to_python()}
    assert "verification | notice" in said["categories"][1]
    assert "首" not in said["port"][0]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"port,colour\r\n10690123,red\r\n", "bulk_header"),
        (b"port,port\r\n1,2\r\n", "bulk_header"),
        (b"", "bulk_header"),
        (b"port,use\r\n", "bulk_empty"),
        (b'port,use\r\n"10690123,service\r\n', "bulk_broken"),
    ],
)
def test_a_file_that_is_none_is_refused_whole(chain, tmp_path, content, code):
    path = tmp_path / "rows.csv"
    path.write_bytes(content)
    with pytest.raises(Invalid) as refused:
        taken(chain, path)
    assert refused.value.code == code


def test_a_spreadsheet_that_is_none_and_an_ending_that_is_none_are_refused(chain, tmp_path):
    for name, code in (("rows.xlsx", "bulk_broken"), ("rows.pdf", "bulk_form")):
        path = tmp_path / name
        path.write_bytes(b"%PDF-1.4 nothing of the kind")
        with pytest.raises(Invalid) as refused:
            taken(chain, path)
        assert refused.value.code == code


def test_gbk_and_a_byte_order_mark_are_read(chain, tmp_path):
    rows = [["r9", "京东商城", "short_name", chain.customer]]
    header = ["referenceId", "signature", "source", "owner"]
    for encoding in ("gb18030", "utf-8-sig"):
        path = csv_of(tmp_path, rows, header, encoding=encoding)
        [row] = list(sheets.rows(path, "csv", [each.name for each in columns(Kind.SIGNATURE)]))
        assert row.cells["signature"] == "京东商城"


def test_what_a_spreadsheet_would_take_for_a_formula_comes_back_as_text(tmp_path):
    sheets.write(tmp_path / "out.csv", "csv", ["note"], [{"note": "=HYPERLINK(1)"}])
    assert "'=HYPERLINK(1)" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")


def test_a_company_sees_its_own_files_alone(chain, tmp_path):
    done = taken(chain, csv_of(tmp_path, GOOD))
    assert [each.key for each in files.listed(chain.by_company, PageRequest()).items] == [done.key]
    with pytest.raises(NotFound):
        files.find(chain.by_stranger, done.key)


def test_a_file_goes_through_the_api_with_its_result(chain, caller):
    company = caller("company_key", enterprise=chain.company)
    text = "referenceId,port,use\n" + "\n".join(",".join(row) for row in [*GOOD, WRONG]) + "\n"
    form = {"kind": "port", "file": (io.BytesIO(text.encode()), "rows.csv")}
    sent = company.post("/api/v1/bulk-filings", data=form, content_type="multipart/form-data")
    assert (sent.status_code, sent.json["state"], sent.json["filed"]) == (202, "done", 2)
    key = sent.json["key"]
    refused = company.get(f"/api/v1/bulk-filings/{key}/rows?state=refused").json["items"]
    assert [(each["row"], each["code"], bool(each["fix"])) for each in refused] == [(4, "port_not_digits", True)]
    result = company.get(f"/api/v1/bulk-filings/{key}/result")
    assert "port_not_digits" in result.text
    stranger = caller("company_key", enterprise=chain.stranger)
    assert stranger.get(f"/api/v1/bulk-filings/{key}").status_code == 404


def refusal_of(chain, path):
    with pytest.raises(Invalid) as refused:
        taken(chain, path)
    return refused.value


def test_gbk_is_read_as_such_however_late_its_first_character_comes(chain, tmp_path):
    rows = [[f"r{n}", f"name{n}", "short_name"] for n in range(500)] + [["r9", "京东商城", "short_name"]]
    path = csv_of(tmp_path, rows, ["referenceId", "signature", "source"], encoding="gbk")
    *_, last = sheets.rows(path, "csv", [each.name for each in columns(Kind.SIGNATURE)])
    assert last.cells["signature"] == "京东商城"
    path.write_bytes(b"port,use\r\n1069\xff\xff,service\r\n")
    assert refusal_of(chain, path).code == "bulk_broken"


def test_a_spreadsheet_with_merged_cells_is_refused_with_their_row(chain, tmp_path):
    path = tmp_path / "rows.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.merge_range("A2:A3", "r1")
    refused = refusal_of(chain, path)
    assert (refused.code, "row 2" in refused.detail) == ("bulk_merged", True)


def test_a_spreadsheet_with_a_cell_far_away_is_refused_before_it_fills_the_memory(chain, tmp_path):
    for cell in ("XFD2", "A1048576"):
        path = tmp_path / "rows.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, HEADER)
            sheet.write(cell, "x")
        assert refusal_of(chain, path).code == "bulk_far"


def test_a_spreadsheet_that_unpacks_without_end_is_refused(chain, tmp_path, monkeypatch):
    path = xlsx_of(tmp_path, GOOD)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/bomb.xml", b"\0" * (8 << 20))
    monkeypatch.setattr(sheets, "MOST_UNPACKED", 4 << 20)
    assert refusal_of(chain, path).code == "bulk_broken"


def test_of_a_formula_its_value_is_read(tmp_path):
    path = tmp_path / "rows.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["r1"])
        sheet.write_formula("B2", '="10690123"&"11"', None, "1069012311")
    [row] = list(sheets.rows(path, "xlsx", HEADER))
    assert row.cells["port"] == "1069012311"


def test_more_rows_than_allowed_are_refused_before_any_is_filed(chain, tmp_path):
    path = tmp_path / "rows.csv"
    with path.open("w") as file:
        file.write("port,use\n")
        file.writelines("10690123,service\n" for _ in range(sheets.MOST_ROWS + 1))
    assert refusal_of(chain, path).code == "bulk_rows"


def test_the_command_line_files_a_file_writes_its_results_and_says_by_its_exit_code_that_some_were_refused(
    app, chain, tmp_path
):
    runner, result = app.test_cli_runner(), tmp_path / "result.csv"
    path = csv_of(tmp_path, [GOOD[0], WRONG])
    said = ["filing", "bulk", str(path), "--kind", "port", "--applicant", chain.company, "--format", "json"]
    done = runner.invoke(args=[*said, "--result", str(result)])
    assert done.exit_code == 1, done.output
    assert '"filed": 1' in done.output
    assert "port_not_digits" in result.read_text(encoding="utf-8-sig")
    assert runner.invoke(args=[*said, "--whole"]).exit_code == 1
    sound = csv_of(tmp_path, GOOD, name="sound.csv")
    assert runner.invoke(args=["filing", "bulk", str(sound), *said[3:]]).exit_code == 0
    bad = runner.invoke(args=["filing", "bulk", str(csv_of(tmp_path, [["x"]], ["colour"])), *said[3:]])
    assert (bad.exit_code, "colour" in bad.output) == (2, True)
    empty = tmp_path / "permit.xlsx"
    assert runner.invoke(args=["filing", "template", "permit", str(empty)]).exit_code == 0
    assert empty.exists()
    assert runner.invoke(args=["filing", "template", "permit", str(tmp_path / "permit.pdf")]).exit_code == 2
