"""Who may answer, ask or let go in which state: the table written down a second time, plainly."""

from types import SimpleNamespace

import pytest

from registry.inquiries.workflow import MACHINE, InquiryState
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Problem
from tests.conftest import actor

ACTORS = {
    "owner": actor("company", name="he", enterprise="OWNER"),
    "applicant": actor("company", name="wu", enterprise="APPLICANT"),
    "reviewer": actor("reviewer", name="li"),
    "analyst": actor("analyst", name="fang"),
    "the clock": SYSTEM,
}
OPEN = ("not_asked", "asked", "expired")
ALLOWED = {
    "ask": {(state, who): "asked" for state in OPEN for who in ("reviewer", "the clock")},
    "expire": {(state, "the clock"): "expired" for state in ("not_asked", "asked")},
    "confirm": {(state, "owner"): "confirmed" for state in OPEN},
    "deny": {(state, "owner"): "denied" for state in (*OPEN, "confirmed")},
    "revoke": {(state, "owner"): "revoked" for state in (*OPEN, "confirmed")},
}


@pytest.mark.parametrize("action", ALLOWED)
def test_each_state_action_and_person_does_what_the_table_says(action):
    about = SimpleNamespace(owner="OWNER")
    found = {}
    for state in InquiryState:
        for who, person in ACTORS.items():
            try:
                found[state.value, who] = MACHINE.move(about, state, action, person).value
            except Problem:
                continue
    assert found == ALLOWED[action]
