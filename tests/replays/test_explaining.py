"""What a finding rests on: told as of its run, applied again, and handed to another person as SQL."""

import dataclasses

import duckdb
import pytest

from registry.detection import service as detection
from registry.detection.rules import s203_undeclared_tenant
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Forbidden
from registry.permits import service as permits
from registry.replays import explaining
from tests.conftest import actor
from tests.detection.test_findings import ANALYST, DAY, PORT, detect, feed, found
from tests.factories.registered import delegation, permit


def test_it_names_the_run_the_rule_as_it_judged_the_clause_and_the_evidence(tenant):
    told = explaining.explain(ANALYST, tenant.key)
    assert told.version == told.rule.version
    assert told.parameters == dataclasses.asdict(s203_undeclared_tenant.Parameters())
    assert told.clauses == ["UNDECLARED_TENANT"]
    assert [(each.day, each.messages, each.run) for each in told.evidence] == [(DAY, 25, told.run.key)]


def test_it_is_applied_again_with_the_parameters_of_its_run_whatever_they_are_today(tenant, monkeypatch):
    @dataclasses.dataclass(frozen=True)
    class Stricter(s203_undeclared_tenant.Parameters):
        least_messages: int = 99

    monkeypatch.setattr(s203_undeclared_tenant, "Parameters", Stricter)
    assert explaining.explain(ANALYST, tenant.key).parameters["least_messages"] == 10
    assert explaining.again(ANALYST, tenant.key).same


def test_another_person_gets_the_same_rows_from_the_script_alone(tenant):
    again = explaining.again(ANALYST, tenant.key)
    written = again.as_json()["script"]
    *tables, query = [each for each in written.split(";\n") if each.strip()]
    with duckdb.connect() as connection:
        connection.execute(";\n".join(tables))
        rows = connection.sql(query).to_arrow_table().to_pylist()
    (evidence,) = tenant.evidence
    assert [(row["port"], row["tenant"], row["messages"], row["clause"]) for row in rows] == [
        (row["port"], row["tenant"], row["messages"], row["clause"]) for row in evidence.rows
    ]


def test_the_tables_can_be_written_as_files_beside_the_query(tenant, tmp_path, monkeypatch):
    file = explaining.again(ANALYST, tenant.key).script.saved(tmp_path / "out")
    monkeypatch.chdir(file.parent)
    *views, query = file.read_text("utf-8").split(";\n")[:-1]
    with duckdb.connect() as connection:
        connection.execute(";\n".join(views))
        assert [row["messages"] for row in connection.sql(query).to_arrow_table().to_pylist()] == [25]


def test_it_says_so_when_it_no_longer_gives_the_same_rows(tenant, parties, tmp_path):
    feed(tmp_path, ("丙商城", 10), name="late")
    again = explaining.again(ANALYST, tenant.key)
    assert not again.same
    assert [(each["before"], each["messages"]) for each in again.days] == [(25, 35)]
    delegation(parties["holder"], parties["stranger"], PORT)
    assert [each["messages"] for each in explaining.again(ANALYST, tenant.key).days] == [0]


def test_permits_are_those_known_when_the_run_began(parties, tmp_path):
    before = permit(parties["stranger"], parties["stranger"], PORT, "丙商城", categories=("verification",))
    feed(tmp_path, ("丙商城", 30))
    detect()
    (finding,) = found("S301")
    permits.end_permit(SYSTEM, before.key, reason="given up")
    permit(parties["stranger"], parties["stranger"], PORT, "丙商城")
    (judged_by,) = explaining.explain(ANALYST, finding.key).permits
    assert (judged_by.key, judged_by.categories, judged_by.valid_until) == (before.key, ["verification"], None)


def test_a_company_is_told_nothing_of_it(tenant, parties):
    detection.notify(ANALYST, tenant.key, "who is this?")
    with pytest.raises(Forbidden):
        explaining.explain(actor("company", enterprise=parties["holder"]), tenant.key)
