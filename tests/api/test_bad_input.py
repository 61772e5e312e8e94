"""What every operation does with input that is none: a clear answer, and nothing of it is kept."""

import json

import pytest

from registry.http.problem import CONTENT_TYPE
from tests.api.conftest import aside
from tests.api.examples import all_operations, etag, example, role_for

MEBIBYTE = 1024 * 1024
BROKEN = {
    "broken off": b'{"name": ',
    "not UTF-8": b'{"name": "\xff\xfe"}',
    "a list": b"[]",
    "a text": b'"x"',
    "nothing": b"null",
    "very deep": b"[" * 100_000,
    "a number of 5,000 digits": b'{"name": ' + b"9" * 5000 + b"}",
    "UTF-16": '{"name": "x"}'.encode("utf-16"),
}


@pytest.fixture
def ask_all(app, client, world, connection):
    """`ask_all(when, how)`: what operations answer that `how(operation, ask)` asks, by name; each is rolled back."""

    def ask_all(when, how):
        answers = {}
        for operation in all_operations(app):
            if not when(operation):
                continue
            ask, key = example(operation, world), world.keys[role_for(operation)]
            with aside(connection):
                headers = {"Authorization": f"Bearer {key}"}
                if operation.decides:
                    headers["If-Match"] = etag(client, operation, ask, key)
                asked = {"method": operation.method, "query_string": ask.query} | how(operation, ask)
                headers |= asked.pop("headers", {})
                headers = {name: value for name, value in headers.items() if value is not None}
                answers[operation.name] = client.open(asked.pop("url", ask.url), headers=headers, **asked)
        return answers

    return ask_all


def _takes_json(operation) -> bool:
    return "application/json" in operation.told.get("requestBody", {}).get("content", {})


def _decides(operation) -> bool:
    return operation.decides


def _writes(operation) -> bool:
    return operation.method != "GET"


def _refused(answers, *statuses) -> dict:
    """Answers that are no problem of one of these statuses."""
    assert answers
    return {
        name: (answer.status_code, answer.text[:200])
        for name, answer in answers.items()
        if answer.status_code not in statuses or answer.content_type != CONTENT_TYPE or not answer.get_json()["code"]
    }


def test_a_parameter_that_nobody_knows_is_refused_everywhere(ask_all):
    answers = ask_all(lambda _: True, lambda _, ask: {"query_string": ask.query | {"colour": "red"}})
    assert _refused(answers, 422) == {}
    assert all("colour" in [error["field"] for error in each.get_json()["errors"]] for each in answers.values())


def test_a_parameter_that_is_given_twice_is_refused_by_every_list(ask_all):
    def listed(operation) -> bool:
        return any(each["name"] == "limit" for each in operation.told.get("parameters", []))

    assert _refused(ask_all(listed, lambda *_: {"query_string": "limit=10&limit=20"}), 422) == {}


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "ten", "1.5", "", "٣", "9" * 30])
def test_a_page_has_one_to_a_thousand_rows(ask_all, limit):
    def listed(operation) -> bool:
        return any(each["name"] == "limit" for each in operation.told.get("parameters", []))

    assert _refused(ask_all(listed, lambda _, ask: {"query_string": {**ask.query, "limit": limit}}), 422) == {}


@pytest.mark.parametrize("moment", ["yesterday", "2026-05-01T08:00:00", "2026-13-01", "9999-12-31T23:59:59-23:59", "0"])
def test_a_time_without_offset_or_sense_is_refused(ask_all, moment):
    def dated(operation) -> bool:
        return any(each["name"] == "as_of" for each in operation.told.get("parameters", []))

    assert _refused(ask_all(dated, lambda _, ask: {"query_string": ask.query | {"as_of": moment}}), 422) == {}


def test_a_field_that_nobody_knows_is_refused_everywhere_by_its_name(ask_all):
    answers = ask_all(_takes_json, lambda _, ask: {"json": ask.body | {"colour": "red"}})
    assert _refused(answers, 422) == {}
    assert {answer.get_json()["errors"][0]["field"] for answer in answers.values()} == {"colour"}
    assert all("Known are: " in answer.get_json()["errors"][0]["message"] for answer in answers.values())
    assert _without_fix(answers) == []


def _without_fix(answers) -> list:
    said = [(name, error) for name, each in answers.items() for error in each.get_json()["errors"]]
    return [(name, error) for name, error in said if not error["fix"]]


@pytest.mark.parametrize(
    "body", [{}, {"key": None}, {"key": []}, {"key": 1}], ids=["empty", "null", "lists", "numbers"]
)
def test_every_refused_field_says_what_mends_it(ask_all, body):
    answers = ask_all(_takes_json, lambda _, ask: {"json": dict.fromkeys(ask.body, body.get("key")) if body else {}})
    refused = {name: each for name, each in answers.items() if each.status_code == 422}
    assert refused
    assert _without_fix(refused) == []


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x\udfffy"], ids=["NUL", "half a letter", "the other half"])
def test_text_that_cannot_be_stored_is_refused_in_every_field(ask_all, text):
    fields = {}

    def spoiled(operation, ask):
        named = [name for name, value in ask.body.items() if isinstance(value, str)]
        fields[operation.name] = named
        return {"data": json.dumps(ask.body | dict.fromkeys(named, text)), "content_type": "application/json"}

    answers = ask_all(_takes_json, spoiled)
    assert _refused({name: each for name, each in answers.items() if fields[name]}, 422) == {}
    assert sum(map(len, fields.values())) > 40


@pytest.mark.parametrize("text", ["a\0b", "\ud800"], ids=["NUL", "half a letter"])
def test_keys_that_cannot_be_stored_are_not_there(ask_all, text):
    def about_one(operation) -> bool:
        return bool(operation.parts) and not operation.path.endswith("/children")  # below any number there is nothing

    raw = text.encode("utf-8", "surrogatepass")
    path = "".join(f"%{byte:02x}" for byte in raw)

    def spoiled(operation, ask):
        return {"url": operation.path.replace("{" + operation.parts[0] + "}", path), "json": ask.body or {}}

    assert _refused(ask_all(about_one, spoiled), 404, 422) == {}


@pytest.mark.parametrize("text", ["a\0b", "\ud800"], ids=["NUL", "half a letter"])
def test_filters_that_cannot_be_stored_are_refused(ask_all, text):
    raw = "".join(f"%{byte:02x}" for byte in text.encode("utf-8", "surrogatepass"))
    names = {}

    def spoiled(operation, _ask):
        listed = [each for each in operation.told["parameters"] if each["in"] == "query"]
        texts = [each["name"] for each in listed if each["schema"].get("type") == "string"]
        names[operation.name] = texts
        return {"query_string": "&".join(f"{name}={raw}" for name in texts)}

    def filtered(operation) -> bool:
        return operation.method == "GET" and bool(operation.told.get("parameters"))

    answers = ask_all(filtered, spoiled)
    # half a letter is read as the sign for what cannot be read, and finds nothing
    statuses = (422,) if text == "a\0b" else (200, 404, 422)
    assert {
        name: (each.status_code, each.text[:200])
        for name, each in answers.items()
        if names[name] and each.status_code not in statuses
    } == {}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
def test_a_body_that_is_no_object_is_refused(ask_all, body):
    answers = ask_all(_takes_json, lambda *_: {"data": body, "content_type": "application/json"})
    assert _refused(answers, 400, 422) == {}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e400", "-0.5", "9" * 40])
def test_numbers_that_are_none_are_refused_wherever_text_or_a_number_stands(ask_all, number):
    asked_nothing = set()

    def spoiled(operation, ask):
        if not ask.body:
            asked_nothing.add(operation.name)  # its body holds no number that could be spoiled
        marked = json.dumps(dict.fromkeys(ask.body, "@"))
        return {"data": marked.replace('"@"', number), "content_type": "application/json"}

    answers = ask_all(_takes_json, spoiled)
    empty = {name for name, answer in answers.items() if answer.status_code < 300}
    assert {name: answers[name].text for name in empty - asked_nothing} == {}
    assert _refused({name: each for name, each in answers.items() if name not in empty}, 400, 422) == {}


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded", ""])
def test_a_body_of_another_kind_is_not_taken_for_an_empty_one(ask_all, kind):
    answers = ask_all(_takes_json, lambda _, ask: {"data": json.dumps(ask.body), "content_type": kind})
    assert _refused(answers, 415, 422) == {}


def test_ten_mebibytes_are_too_large_for_every_write(ask_all):
    data = b'{"name": "' + b"x" * (10 * MEBIBYTE) + b'"}'
    assert _refused(ask_all(_takes_json, lambda *_: {"data": data, "content_type": "application/json"}), 413) == {}


def test_a_file_of_ten_mebibytes_is_too_large(client, world):
    headers = {"Authorization": f"Bearer {world.keys['company']}"}
    head = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="letter.pdf"\r\n\r\n'
    data = head + b"x" * 10 * MEBIBYTE + b"\r\n--cut--\r\n"
    kind = "multipart/form-data; boundary=cut"
    answer = client.post("/api/v1/papers", headers=headers, data=data, content_type=kind)
    assert _refused({"POST /papers": answer}, 413) == {}


def test_who_decides_says_on_which_version(ask_all):
    def asked(version):
        return lambda _, ask: {"headers": {"If-Match": version}, "json": ask.body}

    assert _refused(ask_all(_decides, asked(None)), 428) == {}
    assert _refused(ask_all(_decides, asked('"999"')), 412) == {}
    for nonsense in ("x", '"1.5"', '"-1"', '""', "*", '"1", "2"', '"' + "9" * 40 + '"'):
        assert _refused(ask_all(_decides, asked(nonsense)), 422) == {}


@pytest.mark.parametrize("key", ["", "x" * 201, "schlüssel", "a\tb"])
def test_a_key_against_doing_twice_has_a_form(ask_all, key):
    assert _refused(ask_all(_writes, lambda *_: {"headers": {"Idempotency-Key": key}}), 422) == {}


def test_paths_and_verbs_that_are_not_there_are_answered_as_problems(client):
    assert _refused({"path": client.get("/api/v1/nothing"), "root": client.get("/api/")}, 404) == {}
    assert _refused({"verb": client.delete("/api/v1/ports"), "put": client.put("/api/v1/findings/x")}, 405) == {}
    assert "GET" in client.delete("/api/v1/ports").headers["Allow"]


def test_a_refused_write_leaves_nothing_behind(app, client, world, session):
    from registry.audit.model import AuditEvent, AuditHead
    from registry.changes.model import Change

    def kept():
        return [session.query(table).count() for table in (AuditEvent, Change)], session.query(AuditHead).one().hash

    before = kept()
    for operation in all_operations(app):
        if operation.method == "POST" and _takes_json(operation):
            ask = example(operation, world)
            body = (ask.body or {}) | {"colour": "red"}
            client.post(ask.url, json=body, headers={"Authorization": f"Bearer {world.keys[role_for(operation)]}"})
            client.post(ask.url, json=ask.body, headers={"Authorization": "Bearer nobody"})
    session.expire_all()
    assert kept() == before


@pytest.mark.parametrize("day", ["0001-01-01", "2000-01-01", "9999-12-31"])
@pytest.mark.parametrize("name", ["POST /findings/{key}/notify", "POST /lookback-items/{key}/ask"])
def test_nobody_is_asked_to_answer_until_a_day_that_is_gone_or_never_comes(ask_all, name, day):
    answers = ask_all(lambda each: each.name == name, lambda _, ask: {"json": ask.body | {"due": day}})
    assert _refused(answers, 422) == {}
    assert answers[name].get_json()["errors"][0]["field"] == "due"
