"""How many queries each read takes is written down; a list takes as many for a thousand rows as for one."""

import json
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from registry.accounts.roles import RoleName
from tests.api.conftest import aside
from tests.api.examples import all_operations, example, role_for

PINNED = Path(__file__).with_name("query_counts.json")
MOST = 15  # queries that any read may take, who asks included
OF_MANY_TABLES = {"GET /cases/{key}/pack": 40, "GET /permits/{key}/dossier": 40}
"""Reads that make a file of many tables, and the most that they may take."""


@contextmanager
def _counted(connection: sa.Connection):
    said: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if statement.split(maxsplit=1)[0] not in ("SAVEPOINT", "RELEASE", "ROLLBACK"):
            said.append(statement)

    sa.event.listen(connection, "before_cursor_execute", note)
    try:
        yield said
    finally:
        sa.event.remove(connection, "before_cursor_execute", note)


@pytest.fixture
def count(client, world, connection):
    """`count(operation, limit)`: queries of a read by staff, and how many rows it answered."""

    def of(operation, **query):
        ask = example(operation, world)
        headers = {"Authorization": f"Bearer {world.keys[role_for(operation)]}"}
        with aside(connection):
            client.get(ask.url, query_string=ask.query | query, headers=headers)  # fills what a process keeps
        with aside(connection), _counted(connection) as said:
            answer = client.get(ask.url, query_string=ask.query | query, headers=headers)
        assert answer.status_code == 200, operation.name
        rows = len(answer.get_json().get("items", [])) if answer.is_json else 0
        return len(said), rows

    return of


def _reads(app):
    return [operation for operation in all_operations(app) if operation.method == "GET"]


def _listed(operation) -> bool:
    return any(each["name"] == "limit" for each in operation.told.get("parameters", []))


def _most(operation) -> str:
    limit = next(each for each in operation.told["parameters"] if each["name"] == "limit")
    return str(limit["schema"]["maximum"])


def test_each_read_takes_as_many_queries_as_is_written_down(app, count):
    counted = {operation.name: count(operation)[0] for operation in _reads(app)}
    assert {name: count for name, count in counted.items() if count > OF_MANY_TABLES.get(name, MOST)} == {}
    text = json.dumps(counted, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    told = "a read takes other queries than before: if that is meant, write this into query_counts.json:\n" + text
    assert json.loads(PINNED.read_text(encoding="utf-8")) == counted, told


def test_a_list_takes_as_many_queries_for_many_rows_as_for_one(app, count):
    grown, short = {}, set()
    for operation in filter(_listed, _reads(app)):
        one, many = count(operation, limit="1"), count(operation, limit=_most(operation))
        if many[1] < 2:
            short.add(operation.name)
        if one[0] != many[0]:
            grown[operation.name] = (one, many)
    assert grown == {}
    assert short <= {"GET /detection-runs", "GET /traffic/files"}, "a list of one row proves nothing: add to the world"


@pytest.mark.parametrize("role", [RoleName.COMPANY_KEY])
def test_a_companys_list_takes_no_more_than_staffs(app, client, world, connection, count, role):
    more = {}
    for operation in filter(_listed, _reads(app)):
        headers = {"Authorization": f"Bearer {world.keys[role]}"}
        ask = example(operation, world)
        whole = count(operation)[0]
        with aside(connection), _counted(connection) as said:
            answer = client.get(ask.url, query_string=ask.query, headers=headers)
        if answer.status_code == 200 and len(said) > whole + 1:
            more[operation.name] = said
    assert more == {}
