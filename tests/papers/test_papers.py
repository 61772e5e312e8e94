"""Papers through the API."""

import io
from pathlib import Path

import pytest

from registry.papers import storage
from registry.settings import current

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01" + b"1" * 50 + b"\xff\xd9"
ONE, OTHER = "91110000802100433B", "914403001922038216"


@pytest.fixture
def companies(enterprises):
    enterprises(ONE, OTHER)


def put(caller, content=PDF, name="licence.pdf", **form):
    form = {"kind": "licence", "file": (io.BytesIO(content), name)} | form
    return caller.post("/api/v1/papers", data=form, content_type="multipart/form-data")


def put_large(caller, content):
    # written by hand: werkzeug's client leaves its temporary file open
    head = b'--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nlicence\r\n'
    file = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + content + b"\r\n--x--\r\n"
    return caller.post("/api/v1/papers", data=head + file, content_type="multipart/form-data; boundary=x")


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (PDF, "a.pdf", "application/pdf"),
        (PNG, "章.png", "image/png"),
        (JPEG, "a.JPG", "image/jpeg"),
        (PDF, "a", "application/pdf"),
    ],
)
def test_a_paper_is_known_by_its_content(caller, companies, content, name, media_type):
    answer = put(caller("company_key", enterprise=ONE), content, name)
    assert answer.status_code == 201, answer.json
    assert (answer.json["media_type"], answer.json["size"]) == (media_type, len(content))
    assert storage.read(current().papers, answer.json["sha256"]) == content


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"this is no PDF at all", "licence.pdf", "PAPER_KIND"),
        (b"MZ" + b"\0" * 100, "licence.pdf", "PAPER_KIND"),
        (PNG, "licence.pdf", "PAPER_DISGUISED"),
        (PDF.removesuffix(b"%%EOF\n"), "licence.pdf", "PAPER_CUT"),
        (PNG[:20], "a.png", "PAPER_CUT"),
        (b"", "licence.pdf", "PAPER_EMPTY"),
    ],
)
def test_what_is_no_paper_is_refused_with_the_reason(caller, companies, content, name, code):
    answer = put(caller("company_key", enterprise=ONE), content, name)
    assert answer.status_code == 422
    assert [error["code"] for error in answer.json["errors"]] == [code]
    assert not list(Path(current().papers).rglob("*")) or code == "PAPER_EMPTY"


def test_a_paper_over_the_bound_is_refused(caller, companies):
    answer = put_large(caller("company_key", enterprise=ONE), PDF[:-6] + b" " * (5 * 1024 * 1024) + b"%%EOF\n")
    assert answer.status_code == 413
    assert answer.json["code"] == "paper_too_large"


def test_ten_megabytes_are_refused_before_they_are_read(caller, companies):
    assert put_large(caller("company_key", enterprise=ONE), b"%PDF-1.4" + b" " * (10 * 1024 * 1024)).status_code == 413


def test_an_unknown_kind_and_an_unknown_field_are_refused(caller, companies):
    company = caller("company_key", enterprise=ONE)
    assert put(company, kind="poem").status_code == 422
    assert put(company, colour="red").status_code == 422
    assert company.post("/api/v1/papers", data={"kind": "other"}, content_type="multipart/form-data").status_code == 422


def test_the_same_file_again_is_answered_with_the_first(caller, companies):
    company = caller("company_key", enterprise=ONE)
    assert put(company).json["key"] == put(company, name="again.pdf").json["key"]
    assert put(company, kind="other").json["key"] != put(company).json["key"]


def test_a_company_sees_only_its_own(caller, companies):
    key = put(caller("company_key", enterprise=ONE)).json["key"]
    stranger, staff = caller("company_key", enterprise=OTHER), caller("reviewer")
    for path in (f"/api/v1/papers/{key}", f"/api/v1/papers/{key}/content"):
        assert stranger.get(path).status_code == 404
        assert staff.get(path).status_code == 200
    assert stranger.get("/api/v1/papers").json["items"] == []
    assert [each["key"] for each in staff.get("/api/v1/papers?kind=licence").json["items"]] == [key]


def test_the_content_is_never_shown_inside_the_browser(caller, companies):
    company = caller("company_key", enterprise=ONE)
    answer = company.get(f"/api/v1/papers/{put(company).json['key']}/content")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.content_type == "application/octet-stream"


def test_a_file_that_was_changed_on_disk_is_not_handed_out(caller, companies):
    company = caller("company_key", enterprise=ONE)
    paper = put(company).json
    storage.path_of(current().papers, paper["sha256"]).write_bytes(b"%PDF-1.4 forged %%EOF")
    assert company.get(f"/api/v1/papers/{paper['key']}/content").status_code == 503


def test_staff_who_may_not_upload_are_told(caller, companies):
    assert put(caller("reviewer")).status_code == 403


def test_who_repeats_a_request_under_its_key_gets_the_first_answer(caller, companies):
    company = caller("company_key", enterprise=ONE)
    form = {"kind": "licence", "file": (io.BytesIO(PDF), "a.pdf")}
    head = {"Idempotency-Key": "k1"}
    answer = company.post("/api/v1/papers", data=form, content_type="multipart/form-data", headers=head)
    assert answer.status_code == 201, answer.json
    assert (answer.json["name_on_it"], answer.json["read_by_staff"]) == ("", False)
