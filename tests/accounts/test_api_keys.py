"""Keys of machines over the API."""

import pytest


@pytest.fixture
def administrator(caller):
    return caller("administrator")


def test_a_key_is_shown_once_and_opens_until_it_is_withdrawn(administrator, client, enterprise):
    asked = {"name": "gateway 1", "roles": ["company_key"], "enterprise": enterprise.code}
    made = administrator.post("/api/v1/api-keys", json=asked)
    assert made.status_code == 201
    assert made.headers["Cache-Control"] == "no-store"
    key = made.json["key"]
    address = f"/api/v1/api-keys/{made.json['key_id']}"
    assert "key" not in administrator.get(address).json
    head = {"Authorization": f"Bearer {key}"}
    assert client.get("/api/v1/api-keys", headers=head).status_code == 403
    assert administrator.post(f"{address}/withdraw").json["withdrawn_at"]
    assert client.get("/api/v1/api-keys", headers=head).status_code == 401


def test_a_repeated_request_makes_no_second_key_and_the_secret_is_kept_nowhere(administrator):
    asked = {"name": "a", "roles": ["gateway"]}
    head = {"Idempotency-Key": "one"}
    first = administrator.post("/api/v1/api-keys", json=asked, headers=head)
    again = administrator.post("/api/v1/api-keys", json=asked, headers=head)
    assert (first.status_code, again.status_code, again.json["code"]) == (201, 409, "answer_not_kept")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"name": "a", "roles": ["king"]}, "invalid"),
        ({"name": "a", "roles": []}, "invalid"),
        ({"name": "a", "roles": ["gateway"], "surprise": 1}, "invalid"),
        ({"name": "a", "roles": ["company_key"]}, "role_enterprise"),
        ({"name": "a", "roles": ["company_key"], "enterprise": "NOBODY"}, "no_such_enterprise"),
        ({"name": "a", "roles": ["gateway"], "expires_at": "2020-01-01"}, "already_past"),
    ],
)
def test_a_key_that_makes_no_sense_is_refused(administrator, asked, code):
    answer = administrator.post("/api/v1/api-keys", json=asked)
    assert (answer.status_code, answer.json["code"]) == (422, code)


def test_only_who_manages_keys_sees_them(caller):
    assert caller("supervisor").get("/api/v1/api-keys").status_code == 403


def test_a_key_that_does_not_exist_is_not_found(administrator):
    assert administrator.get("/api/v1/api-keys/none").status_code == 404
    assert administrator.post("/api/v1/api-keys/none/withdraw").status_code == 404


@pytest.mark.parametrize("head", ["", "Bearer", "Bearer x", "Bearer smsr_a_b", "Basic smsr_a_b", "Bearer smsr_a"])
def test_what_is_no_key_opens_nothing(client, head):
    assert client.get("/api/v1/api-keys", headers={"Authorization": head}).status_code == 401
