"""Every thing with a status has one table; each state x action x role does what the tables of it and of roles say."""

import ast
from dataclasses import replace
from types import SimpleNamespace

import pytest

from registry import rooms
from registry.accounts.roles import PERMISSIONS
from registry.docs.workflows import machines
from registry.kernel.actor import Actor, ActorKind
from registry.kernel.errors import Conflict, Forbidden, NotFound
from registry.kernel.workflow import Machine
from tests.architecture.checkout import ROOT, python_files

BEGINNINGS = {
    "filings": "draft",
    "inquiries": "not_asked",
    "detection": "open",
    "asks": "asked",
    "cases": "open",
    "measures": "proposed",
    "lookback": "waiting",
    "notices": "waiting",
    "gateway": "pending",
    "lifecycle": "warned",
    "contacts": "expected",
}
ENDS = {
    "filings": {"approved", "withdrawn", "closed"},
    "detection": {"merged", "withdrawn"},
    "asks": {"accepted", "dropped"},
    "inquiries": {"denied", "revoked"},
    "cases": {"merged", "withdrawn"},
    "measures": set(),
    "lookback": {"passed"},
    "notices": set(),
    "gateway": set(),
    "contacts": {"accepted", "dropped"},
    "lifecycle": {"lapsed", "used", "spared", "over"},
}
BY_THE_MACHINE_ALONE = {"detection": {"withdrawn"}, "cases": {"withdrawn"}}
"""States that no person brings about: a run does, and its own tests show it."""

TABLES = machines()
each_table = pytest.mark.parametrize("room", sorted(TABLES))


def _states(machine: Machine) -> list:
    return list(type(machine.transitions[0].target))


def test_every_workflow_is_known_here():
    assert set(TABLES) == set(BEGINNINGS)


def test_a_table_of_transitions_stands_in_a_rooms_workflow_and_nowhere_else():
    built = {
        path.relative_to(ROOT).as_posix()
        for path in python_files("registry", "admin")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Machine", "Transition"}
    }
    assert built == {f"registry/{room}/workflow.py" for room in TABLES}
    for module in rooms.parts("workflow"):
        assert len([each for each in vars(module).values() if isinstance(each, Machine)]) == 1


@each_table
def test_an_action_has_one_permission_and_from_a_state_one_outcome(room):
    lines = TABLES[room].transitions
    assert all(len({line.permission for line in lines if line.action == each.action}) == 1 for each in lines)
    starts = [(state, line.action) for line in lines for state in line.sources]
    assert len(starts) == len(set(starts))


@each_table
def test_every_action_is_open_to_some_role(room):
    lines = TABLES[room].transitions
    assert [line.action for line in lines if not any(line.permission in may for may in PERMISSIONS.values())] == []


@each_table
def test_every_state_can_be_reached(room):
    lines, reached = TABLES[room].transitions, {BEGINNINGS[room]}
    for _ in lines:
        reached |= {line.target.value for line in lines if reached & {source.value for source in line.sources}}
    assert {state.value for state in _states(TABLES[room])} - reached == BY_THE_MACHINE_ALONE.get(room, set())


@each_table
def test_only_the_named_ends_lead_nowhere(room):
    assert {state.value for state in _states(TABLES[room]) if not TABLES[room].actions(state)} == ENDS[room]


@each_table
def test_each_state_action_and_role_does_what_the_tables_say(room):
    unguarded = Machine(replace(line, guard=None) for line in TABLES[room].transitions)
    told = {
        (state, action, role): _outcome(unguarded, state, action, role)
        for state in _states(unguarded)
        for action in dict.fromkeys(line.action for line in unguarded.transitions)
        for role in PERMISSIONS
    }
    assert told == {asked: _written(unguarded, *asked) for asked in told}


def _outcome(machine, state, action, role):
    try:
        return machine.move(SimpleNamespace(), state, action, _of(role))
    except Forbidden as refusal:
        return refusal.code
    except Conflict as refusal:
        return refusal.code


def _written(machine, state, action, role):
    lines = [line for line in machine.transitions if line.action == action]
    if lines[0].permission not in PERMISSIONS[role]:
        return "not_permitted"
    return next((line.target for line in lines if state in line.sources), "wrong_state")


def _of(role) -> Actor:
    return Actor(role.value, ActorKind.STAFF, PERMISSIONS[role])


@each_table
def test_what_is_offered_as_a_button_can_be_done(room):
    unguarded = Machine(replace(line, guard=None) for line in TABLES[room].transitions)
    for state in _states(unguarded):
        for role in PERMISSIONS:
            for action in unguarded.open_to(SimpleNamespace(), state, _of(role)):
                assert isinstance(_outcome(unguarded, state, action, role), type(state))


@each_table
def test_a_guard_speaks_only_after_permission_and_state_were_asked(room):
    asked = []
    spied = [replace(line, guard=lambda *_: asked.append(1) or "never") for line in TABLES[room].transitions]
    machine, nobody = Machine(spied), Actor("nobody", ActorKind.STAFF, frozenset())
    for line in spied:
        for state in _states(machine):
            with pytest.raises(Forbidden, match="holds no permission"):
                machine.move(SimpleNamespace(), state, line.action, nobody)
    assert asked == []


@each_table
def test_an_action_that_nobody_wrote_down_is_not_there(room):
    with pytest.raises(NotFound):
        TABLES[room].move(SimpleNamespace(), _states(TABLES[room])[0], "make_it_so", _of(next(iter(PERMISSIONS))))
