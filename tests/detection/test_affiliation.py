"""Parties of one group: a tie lowers severity and points, takes nothing out of the cases, and covers no stranger."""

import datetime as dt

import pytest

from registry.detection.weights import WEIGHTS
from registry.enterprises import service as enterprises
from registry.enterprises.values import RelationValues
from registry.kernel.actor import SYSTEM
from registry.kernel.rule import Severity
from tests.detection.test_findings import DAY, PORT, detect, feed, found, parties
from tests.factories.registered import enterprise, permit, port, signature

__all__ = ["parties"]


def tie(one: str, other: str) -> None:
    enterprises.relate(SYSTEM, RelationValues(one, other, "parent"))


@pytest.fixture
def senders(parties):
    """A sister of the customer's and a stranger, each with a number of its own for which it declared its site."""
    sister = enterprise("丁银行有限公司").code
    for place, (who, sign, site) in enumerate(
        ((sister, "丁银行", "sister.cn"), (parties["stranger"], "丙商城", "stray.cn"))
    ):
        own = f"1069012350{place}"
        port(parties["holder"], own)
        if who == sister:
            signature(who, sign)
        permit(who, who, own, sign, links=(site,))
    tie(parties["user"], sister)
    return parties | {"sister": sister}


def test_undeclared_use_within_a_group_stays_a_case_of_its_kind_with_half_the_points(parties, tmp_path):
    tie(parties["user"], parties["stranger"])
    feed(tmp_path, ("丙商城", 25))
    detect()
    (finding,) = found("S203")
    assert (finding.affiliated, finding.severity, finding.kind) == (True, Severity.MEDIUM, "sublet")
    assert (finding.case_row.kind, finding.case_row.score) == ("sublet", WEIGHTS["S203"] // 2)


def test_a_sister_does_not_cover_the_stranger_beside_her(senders, tmp_path):
    feed(tmp_path, ("乙银行", 40), words=" http://sister.cn/a")
    feed(tmp_path, ("乙银行", 30), words=" http://stray.cn/b", name="more")
    detect()
    (finding,) = found("S306")
    seen = {row["tenant"]: row["affiliated"] for day in finding.evidence for row in day.rows}
    assert seen == {senders["sister"]: True, senders["stranger"]: False}
    assert (finding.affiliated, finding.severity, finding.kind) == (False, Severity.HIGH, "sublet")


def test_days_of_the_sister_alone_do_not_take_back_what_the_strangers_days_said(senders, tmp_path):
    feed(tmp_path, ("乙银行", 30), words=" http://stray.cn/b")
    detect()
    feed(tmp_path, ("乙银行", 40), words=" http://sister.cn/a", day=DAY + dt.timedelta(days=1), name="next")
    detect(DAY + dt.timedelta(days=1))
    (finding,) = found("S306")
    assert len(finding.evidence) == 2
    assert not finding.affiliated


def test_of_the_sister_alone_the_finding_says_that_they_are_tied(senders, tmp_path):
    feed(tmp_path, ("乙银行", 40), words=" http://sister.cn/a")
    detect()
    (finding,) = found("S306")
    assert (finding.affiliated, finding.port) == (True, PORT)
