"""Addresses and times that nothing can have."""

import pytest

from tests.factories import registered as make

ROOMS = ("permits", "ports", "signatures", "letters", "delegations", "measures", "enterprises")


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("key", ["%00", "%ff", "a" * 3000, "%F0%9F%98%80", "%27%3B--", "%25"])
def test_nothing_stands_under_an_odd_key(caller, room, key):
    assert caller("reviewer").get(f"/api/v1/{room}/{key}").status_code == 404


@pytest.mark.parametrize("at", ["0001-01-01", "9999-12-31T23:59:59Z", "9999-12-31", "2026-02-30", "2026-01-01T00:00"])
def test_a_time_outside_the_calendar_is_refused_or_answered_never_a_crash(caller, at):
    answer = caller("reviewer").get(f"/api/v1/permits?as_of={at}")
    assert answer.status_code in (200, 422)


def test_an_end_at_the_edge_of_the_calendar_is_no_crash(caller):
    one, other = make.enterprise("甲"), make.enterprise("乙")
    body = {"from_enterprise": one.code, "to_enterprise": other.code, "kind": "parent"}
    ask = caller("reviewer")
    assert ask.post("/api/v1/relations", json=body | {"valid_until": "9999-12-31T23:59:59Z"}).status_code == 422
    assert ask.post("/api/v1/relations", json=body | {"valid_until": "9999-12-31"}).status_code == 201


@pytest.mark.parametrize("room", ROOMS)
def test_nobody_reads_without_a_key(client, room):
    assert client.get(f"/api/v1/{room}").status_code == 401
