"""`sms-registry filing …`"""

import json

import pytest

from registry.filings import service
from tests.filings.conftest import handed_in, port_of


@pytest.fixture
def command(app):
    return app.test_cli_runner()


def test_filings_are_listed_shown_and_approved(command, trade):
    filing = handed_in(trade.by_company, port_of(trade))
    listed = json.loads(command.invoke(args=["filing", "list", "--state", "submitted", "--format", "json"]).output)
    assert [each["filing"] for each in listed] == [filing.key]
    shown = command.invoke(args=["filing", "show", filing.key])
    assert "F201" in shown.output
    done = command.invoke(args=["filing", "approve", filing.key])
    assert (done.exit_code, done.output.strip()) == (0, f"{filing.key} approved")


def test_a_filing_is_sent_back_with_its_reasons(command, trade):
    filing = handed_in(trade.by_company, port_of(trade))
    done = command.invoke(args=["filing", "return", filing.key, "--reason", "PURPOSE_UNCLEAR", "--comment", "补充"])
    assert (done.exit_code, filing.decisions[0].reasons[0]["code"]) == (0, "PURPOSE_UNCLEAR")


def test_wrong_use_is_told_with_exit_code_two(command, trade):
    missing = command.invoke(args=["filing", "approve", "FLG-NONE"])
    assert (missing.exit_code, "there is no filing" in missing.output) == (2, True)
    filing = handed_in(trade.by_company, port_of(trade))
    service.withdraw(trade.by_company, filing.key)
    assert command.invoke(args=["filing", "reject", filing.key, "--reason", "OTHER"]).exit_code == 2
    assert command.invoke(args=["filing", "reject", filing.key]).exit_code == 2
