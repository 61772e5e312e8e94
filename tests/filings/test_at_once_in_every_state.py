"""What counts at once, after every action of the workflow: it counts while it waits and once approved, else not."""

import datetime as dt

import pytest

from registry.filings import queries, service
from registry.filings.changing import ScopeChangeContent, TemporaryPermitContent
from registry.filings.content import from_bag
from registry.filings.workflow import MACHINE
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.permits import queries as permits
from registry.permits.values import ScopeValues
from tests.filings.conftest import approved, handed_in, permit_of

NARROWER = ScopeValues(("notice",), monthly_volume=500)
BACKUP = "1069012302"
OTHER = [{"code": "OTHER", "field": ""}]
NEVER_AT_ONCE = {"propose", "accept", "decline", "endorse", "confirm"}
"""Actions of what another company accepts, or two reviewers decide: such filings wait for them."""
AFTER = {
    "submit": True,
    "submit urge": True,
    "submit claim": True,
    "submit claim release": True,
    "submit claim approve": True,
    "submit withdraw": False,
    "submit claim withdraw": False,
    "submit claim return": False,
    "submit claim return withdraw": False,
    "submit claim return close": False,
    "submit claim return mend": False,
    "submit claim return mend submit": True,
    "submit claim reject": False,
    "submit claim reject appeal": False,
    "submit claim reject appeal claim approve": True,
}
ACTIONS = {
    "submit": lambda trade, key: service.submit(trade.by_customer, key),
    "urge": lambda trade, key: service.urge(trade.by_customer, key),
    "withdraw": lambda trade, key: service.withdraw(trade.by_customer, key),
    "appeal": lambda trade, key: service.appeal(trade.by_customer, key, comment="主通道确已中断"),
    "claim": lambda trade, key: service.claim(_reviewer(trade, key), key),
    "release": lambda trade, key: service.release(trade.li, key),
    "approve": lambda trade, key: service.approve(_reviewer(trade, key), key, comment="同意"),
    "return": lambda trade, key: service.send_back(trade.li, key, reasons=OTHER, comment="补充"),
    "reject": lambda trade, key: service.reject(trade.li, key, reasons=OTHER, comment="不同意"),
}


def _reviewer(trade, key):
    """Whoever rejected it does not hear the appeal."""
    return trade.wang if queries.find(trade.wang, key).barred else trade.li


def test_every_action_is_walked():
    walked = {action for path in AFTER for action in path.split()}
    assert walked | NEVER_AT_ONCE == {each.action for each in MACHINE.transitions}


@pytest.mark.parametrize("path", AFTER)
@pytest.mark.parametrize("kind", ["scope", "channel"])
def test_what_counts_at_once_counts_while_it_waits_and_once_it_is_approved(chain, kind, path):
    permit = approved(chain, handed_in(chain.by_customer, permit_of(chain))).entry_key
    channel = TemporaryPermitContent(permit, BACKUP, 9, "主通道中断")
    content = channel if kind == "channel" else ScopeChangeContent(permit, NARROWER, at_once=True)
    filing = service.file(chain.by_customer, content)
    for action in path.split():
        _do(chain, filing, action)
    narrowed = permits.one(SYSTEM, permit).monthly_volume == 500
    assert (_open_channel() if kind == "channel" else narrowed) is AFTER[path]


def _do(trade, filing, action):
    if action == "mend":
        service.mend(trade.by_customer, filing.key, from_bag(filing.kind, filing.content))
    elif action == "close":
        with clock.frozen(clock.now() + dt.timedelta(days=60)):
            assert service.look(SYSTEM) == 1
    else:
        ACTIONS[action](trade, filing.key)


def _open_channel():
    return bool(permits.governing(BACKUP, "京东贸易", as_of=clock.now() + dt.timedelta(seconds=1)))
