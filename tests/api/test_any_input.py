"""Every operation with input of every shape, as every role: no fault of ours, and answers are as the document says."""

import traceback
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from registry.accounts.roles import PERMISSIONS, RoleName
from registry.http.document import specification
from registry.http.problem import CONTENT_TYPE
from tests.api.conftest import aside
from tests.api.examples import Ask, all_operations, etag, example, key_for, role_for, send

OWN, ALLOWED, FORBIDDEN = 14, 4, 2  # tries of an operation by the role it is for, another that may, one that may not
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SETTINGS = settings(
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
ROLES = [role.value for role in RoleName]


@pytest.fixture
def tried(app):
    """Each operation of the document with the library's own, that makes input for it."""
    config = schemathesis.Config()
    config.projects.default.generation.with_security_parameters = False  # who asks is said by the test
    schema = schemathesis.openapi.from_dict(specification(app), config=config)
    schema.app = app
    made = {f"{each.ok().method.upper()} {each.ok().path}": each.ok() for each in schema.get_all_operations()}
    return [(operation, made[f"{operation.method} {operation.path}"]) for operation in all_operations(app)]


@st.composite
def cases(draw: Any, operation: Any, made: Any, ask: Ask, keys: list[str]) -> Any:
    """Input of any shape, right or wrong; half of the time with keys that are there, or around a body that is good."""
    mode = draw(st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE]))
    case = draw(made.as_strategy(mode))
    for part in operation.parts:
        case.path_parameters[part] = draw(st.sampled_from([*keys, case.path_parameters[part]]))
    if isinstance(case.body, dict) and ask.body and draw(st.booleans()):
        good = {name: value for name, value in ask.body.items() if name != "file"}
        changed = draw(st.lists(st.sampled_from(sorted(case.body)), max_size=2)) if case.body else []
        case.body = case.body | good | {name: case.body[name] for name in changed}
    return case


@pytest.mark.parametrize("once", ["", "its-own-key"])
def test_good_answers_are_as_the_document_says(tried, client, world, connection, once):
    faults = {}
    for operation, made in tried:
        ask, key = example(operation, world), world.keys[role_for(operation)]
        with aside(connection):
            answer = send(client, operation, ask, key, etag(client, operation, ask, key), once if ask.body else "")
        try:
            made.validate_response(answer)
        except (Exception, BaseExceptionGroup) as fault:  # noqa: BLE001 - all operations are told of
            faults[operation.name] = f"{answer.status_code} {fault}"
    assert faults == {}


@pytest.mark.parametrize("role", ROLES)
def test_no_input_of_any_shape_brings_a_fault_of_ours(tried, client, world, connection, role):
    faults = {}
    for operation, made in tried:
        try:
            _try(operation, made, client, world, connection, role)
        except (Exception, BaseExceptionGroup) as fault:  # noqa: BLE001 - all operations are told of, not the first alone
            faults[operation.name] = "".join(traceback.format_exception(fault)[-12:])[-3000:]
    assert faults == {}, "\n\n".join(f"{name}\n{fault}" for name, fault in faults.items())


def _try(operation, made, client, world, connection, role) -> None:
    ask, key = example(operation, world), world.keys[role]
    keys = [key_for(operation, world, company) for company in (world.one, world.other)] if operation.parts else []
    may = operation.permission in PERMISSIONS[RoleName(role)]
    version = etag(client, operation, ask, key) if may else ""
    tries = OWN if role == role_for(operation) else ALLOWED if may else FORBIDDEN

    @settings(SETTINGS, max_examples=tries)
    @given(case=cases(operation, made, ask, keys), current=st.booleans())
    def try_it(case, current):
        headers = {"Authorization": f"Bearer {key}"} | ({"If-Match": version} if current and version else {})
        with aside(connection):
            answer = case.call(headers=headers)
            if answer.status_code == 503 and answer.json()["code"] == "no_spark":  # on a machine without it
                return
            case.validate_response(answer, checks=CHECKS)
        assert may or answer.status_code in (403, 404, 405), answer.status_code
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == [CONTENT_TYPE]
            assert answer.json()["code"]

    try_it()
