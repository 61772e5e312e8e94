"""Use while suspended: that a measure was passed by is found, whatever it was imposed upon."""

import pytest

from registry.detection import queries, service
from registry.detection.model import Finding, RunState
from registry.enterprises import service as enterprises
from registry.enterprises.values import SubmitterValues
from registry.kernel.actor import SYSTEM
from registry.kernel.paging import PageRequest
from registry.permits import service as permits
from registry.permits.queries import listed
from registry.permits.values import TemplateValues
from tests.detection.test_findings import ANALYST, DAY, PORT, feed, parties
from tests.factories.registered import delegation, enterprise, measure

__all__ = ["parties"]
BODY = "您的订单{1}已发货，请留意查收"


@pytest.fixture
def behind(parties, tmp_path) -> dict[str, str]:
    """Behind the customer's messages: two agents in a row, a template, and somebody else's account."""
    agent, second, outsider = (enterprise(f"{name}有限公司").code for name in ("戊代理", "己代理", "庚集成"))
    first = delegation(parties["holder"], agent, "10690123", role="agent")
    delegation(agent, second, "10690123", role="agent")
    delegation(second, parties["user"], "1069012301")
    (permit,) = listed(SYSTEM, PageRequest(), port=PORT).items
    template = permits.add_template(SYSTEM, TemplateValues(permit.key, BODY))
    enterprises.bind_submitter(SYSTEM, SubmitterValues("A1", outsider, "G1"))
    feed(tmp_path, ("乙银行", 30), account="A1")
    named = {"delegation": first.key, "template": template.key, "submitter": "G1/A1", "agent": second}
    return named | {"outsider": outsider, "permit": permit.key}


def passed_by(kind: str, subject: str) -> list[Finding]:
    measure(kind, subject)
    assert service.run(ANALYST, DAY, DAY, ["S303"]).state is RunState.COMPLETE
    return list(queries.findings(SYSTEM, PageRequest(limit=100), rule="S303").items)


@pytest.mark.parametrize(
    ("kind", "name", "clause"),
    [
        ("delegation", "delegation", "PERMIT_SUSPENDED"),
        ("enterprise", "agent", "PERMIT_SUSPENDED"),
        ("template", "template", "PERMIT_SUSPENDED"),
        ("submitter", "submitter", "ACCOUNT_SUSPENDED"),
        ("enterprise", "outsider", "ACCOUNT_SUSPENDED"),
    ],
)
def test_use_while_suspended_is_found_whatever_was_suspended(behind, kind, name, clause):
    (finding,) = passed_by(kind, behind[name])
    (evidence,) = finding.evidence
    assert [(row["permit"], row["clause"], row["messages"]) for row in evidence.rows] == [
        (behind["permit"], clause, 30)
    ]


def test_a_measure_upon_one_of_two_templates_reaches_no_permit(behind):
    permits.add_template(SYSTEM, TemplateValues(behind["permit"], "您的验证码{1}"))
    assert passed_by("template", behind["template"]) == []


def test_a_measure_upon_a_hop_to_somebody_else_reaches_no_permit(behind, parties):
    aside = delegation(parties["holder"], parties["stranger"], "10690123", role="agent")
    assert passed_by("delegation", aside.key) == []
