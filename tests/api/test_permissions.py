"""Every route names its permission; each role does what the table of roles says; a company sees only its own."""

import pytest

from registry.accounts.roles import OF_PEOPLE, PERMISSIONS, RoleName
from registry.http.asking import PUBLIC
from tests.api.conftest import aside
from tests.api.examples import all_operations, etag, example, key_for, role_for, send

NOBODY = "nobody"
ROLES = [NOBODY, *(role.value for role in RoleName)]
ABOUT_NUMBERS = {"GET /ports/{port}/children"}
"""What may be asked about any number, and answers only what one may see."""


def test_every_route_names_its_permission(app):
    unnamed = [
        rule.rule for rule in app.url_map.iter_rules() if not hasattr(app.view_functions[rule.endpoint], "permission")
    ]
    assert unnamed == []


def test_every_permission_that_a_route_names_is_held_by_some_role(app):
    named = {app.view_functions[rule.endpoint].permission for rule in app.url_map.iter_rules()}
    assert named - {PUBLIC} - OF_PEOPLE - frozenset().union(*PERMISSIONS.values()) == set()


def test_the_api_has_no_route_that_anybody_may_ask(app):
    assert [each.name for each in all_operations(app) if each.permission == PUBLIC] == []


def test_the_document_says_of_every_operation_what_its_route_asks_for(app):
    routes = {
        (method, rule.rule.replace("<string:", "{").replace(">", "}")): app.view_functions[rule.endpoint].permission
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/")
    }
    assert routes == {(each.method, each.path): each.permission for each in all_operations(app)}


@pytest.mark.parametrize("role", ROLES)
def test_each_route_lets_in_whom_the_table_of_roles_names(app, client, world, connection, role):
    wrong = {}
    for operation in all_operations(app):
        may = role != NOBODY and operation.permission in PERMISSIONS[RoleName(role)]
        with aside(connection):
            answer = send(client, operation, example(operation, world), world.keys.get(role))
        if not _as_told(answer, role, may=may):
            wrong[operation.name] = (answer.status_code, answer.text[:300])
    assert wrong == {}


def _as_told(answer, role, *, may) -> bool:
    if role == NOBODY:
        return answer.status_code == 401 and "WWW-Authenticate" in answer.headers
    code = (answer.get_json(silent=True) or {}).get("code") if answer.status_code >= 400 else ""
    if not may:
        return (answer.status_code, code) == (403, "not_permitted")
    return answer.status_code < 500 and code not in ("not_permitted", "not_authenticated")


def test_every_operation_goes_well_for_some_role(app, client, world, connection):
    wrong = {}
    for operation in all_operations(app):
        ask, key = example(operation, world), world.keys[role_for(operation)]
        with aside(connection):
            answer = send(client, operation, ask, key, etag(client, operation, ask, key))
        if not 200 <= answer.status_code < 300:
            wrong[operation.name] = (answer.status_code, answer.get_json())
    assert wrong == {}


@pytest.mark.parametrize("role", ["company", "company_key"])
def test_another_companys_things_and_the_carriers_own_are_not_there(app, client, world, connection, role):
    seen = {}
    for operation in all_operations(app):
        if not operation.parts or operation.permission not in PERMISSIONS[RoleName(role)]:
            continue
        ask = example(operation, world, world.other)
        with aside(connection):
            answer = send(client, operation, ask, world.keys[role])
        if answer.status_code != 404 and operation.name not in ABOUT_NUMBERS:
            seen[operation.name] = answer.status_code
        asked = key_for(operation, world, world.other)
        assert world.other.code not in answer.text.replace(asked, "")
    assert seen == {}


@pytest.mark.parametrize("role", ["company", "company_key"])
def test_lists_hold_nothing_of_another_company(app, client, world, role):
    told = {}
    for operation in all_operations(app):
        if operation.method == "GET" and operation.permission in PERMISSIONS[RoleName(role)]:
            answer = send(client, operation, example(operation, world), world.keys[role])
            told |= {f"{operation.name}: {each}": answer.text for each in world.other.hidden() if each in answer.text}
    assert told == {}


def test_a_key_that_was_withdrawn_or_never_was_opens_nothing(app, client, world):
    for key in ("smsr_000000000000_x", "nonsense", world.keys["auditor"][:-1], world.keys["auditor"] + "x"):
        assert client.get("/api/v1/ports", headers={"Authorization": f"Bearer {key}"}).status_code == 401
