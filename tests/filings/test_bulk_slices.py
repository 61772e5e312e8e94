"""Rows of a file are answered slice by slice: each by itself, by the checks of a filing alone, in few statements."""

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from registry.audit import queries as audit
from registry.filings import queries, service
from registry.filings.bulk import queries as files
from registry.filings.bulk import service as bulk
from registry.filings.bulk import working
from registry.filings.bulk.model import BulkState
from registry.filings.kinds import Kind
from registry.kernel.actor import SYSTEM
from registry.notices.model import Notice
from registry.store import db
from tests.factories import registered as made
from tests.filings.conftest import handed_in, port_of, signature_of
from tests.filings.test_bulk import csv_of, ndjson_of, rows_of, taken


def said(filing):
    return {row.code: (row.verdict, row.reason, row.fields) for row in filing.results}


def statements(action):
    seen = []
    listen = lambda *args: seen.append(args[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listen)
    action()
    event.remove(db.engine, "before_cursor_execute", listen)
    return len(seen)


def test_a_row_is_kept_as_a_filing_by_itself_is(chain, tmp_path):
    alone = handed_in(chain.by_company, port_of(chain, "1069012340"), reference_id="alone")
    taken(chain, csv_of(tmp_path, [["row", "1069012341", "service"]]))
    row = queries.of_reference(chain.company, "row")
    names = ("kind", "state", "priority", "risk", "office", "needs_two", "counterparty", "urges", "barred", "unsampled")
    assert [getattr(row, name) for name in names] == [getattr(alone, name) for name in names]
    assert said(row) == said(alone)
    assert row.due_at == alone.due_at
    assert [each.action for each in queries.history(row)] == [each.action for each in queries.history(alone)]
    assert audit.verify() is None
    service.claim(chain.li, row.key)
    assert service.approve(chain.li, row.key).state == "approved"


def test_a_hundred_rows_take_hardly_more_statements_than_ten(chain, tmp_path):
    def ports(first, many):
        return csv_of(tmp_path, [[f"r{n}", f"10690123{n}", "service"] for n in range(first, first + many)])

    ten = statements(lambda: taken(chain, ports(1000, 10)))
    hundred = statements(lambda: taken(chain, ports(2000, 100)))
    assert hundred <= ten + 3


def test_what_the_database_alone_refuses_spoils_no_other_row(chain, tmp_path, monkeypatch):
    names = [f"r{n}" for n in range(7)]
    real = working.file_many

    def with_a_race(actor, applicant, requests):
        answers = real(actor, applicant, requests)
        if "r3" in {each.reference_id for each in requests}:  # somebody uses it just now
            db.session.execute(sa.text("INSERT INTO filing SELECT * FROM filing WHERE reference_id = 'r3'"))
        return answers

    monkeypatch.setattr(working, "file_many", with_a_race)
    done = taken(chain, csv_of(tmp_path, [[name, f"106901235{n}", "service"] for n, name in enumerate(names)]))
    assert (done.state, done.filed, done.refused) == (BulkState.DONE, 6, 1)
    assert [each[1] for each in rows_of(chain, done)] == ["filed"] * 3 + ["refused"] + ["filed"] * 3


def test_a_reference_twice_in_one_file_is_filed_once_and_a_refused_one_leaves_it_free(chain, tmp_path):
    twice = [["a", "1069012351", "service"], ["a", "1069012352", "service"]]
    freed = [["b", "10690a", "service"], ["b", "1069012353", "service"]]
    done = taken(chain, csv_of(tmp_path, [*twice, *freed]))
    assert [each[1] for each in rows_of(chain, done)] == ["filed", "repeated", "refused", "filed"]


def test_what_cannot_be_stored_and_a_reference_too_long_are_refused_by_their_field(chain, tmp_path):
    rows = [["r1\0", "1069012361", "service"], ["r" * 101, "1069012362", "service"], ["r3", "1069012363", "\ud800"]]
    path = ndjson_of(tmp_path, rows)
    done = taken(chain, path)
    found = [(state, field) for _row, state, _code, field in rows_of(chain, done)]
    assert found == [("refused", "referenceId"), ("refused", "referenceId"), ("refused", "use")]


def test_each_other_company_hears_once_of_many_hops(chain, tmp_path, session):
    for number in range(61, 64):
        made.port(chain.company, f"10690123{number}")
    header = ["referenceId", "port", "to_enterprise"]
    rows = [[f"d{n}", f"10690123{n}", chain.customer] for n in range(61, 64)]
    done = taken(chain, csv_of(tmp_path, rows, header), Kind.DELEGATION)
    assert done.filed == 3
    [told] = session.scalars(sa.select(Notice).where(Notice.event == "filing.proposed")).all()
    assert len(told.payload["filings"]) == 3
    assert queries.of_reference(chain.company, "d61").state == "proposed"


def test_lookalikes_of_a_file_are_looked_for_afterwards_and_priority_and_risk_follow(chain, tmp_path, session):
    made.signature(chain.stranger, "招商银行", protected=True)
    rows = [["s1", "招商银彳亍", "short_name"], ["s2", "京东贸易有限", "short_name"]]
    done = bulk.take(
        chain.by_customer, Kind.SIGNATURE, csv_of(tmp_path, rows, ["referenceId", "signature", "source"]), "s.csv"
    )
    assert (done.filed, done.unsearched) == (2, 2)
    assert {said(queries.of_reference(chain.customer, one))["F309"][0] for one in ("s1", "s2")} == {"not_checked"}
    risk = queries.of_reference(chain.customer, "s1").risk
    done = bulk.look_for_lookalikes(SYSTEM, done.key)
    session.expire_all()
    found = {one: said(queries.of_reference(chain.customer, one))["F309"][0] for one in ("s1", "s2")}
    alone = handed_in(chain.by_customer, signature_of(chain, "招商银彳亍", source="short_name"))
    assert found["s1"] == said(alone)["F309"][0] != "not_checked"
    assert found["s2"] == "pass"
    s1 = queries.of_reference(chain.customer, "s1")
    assert (s1.risk, s1.priority) == (alone.risk, alone.priority)
    assert s1.risk != risk
    assert done.unsearched == 0


def test_whoever_claims_a_row_sees_its_lookalikes_at_once(chain, tmp_path):
    path = csv_of(tmp_path, [["s9", "京东贸易有限", "short_name"]], ["referenceId", "signature", "source"])
    bulk.take(chain.by_customer, Kind.SIGNATURE, path, "s.csv")
    claimed = service.claim(chain.li, queries.of_reference(chain.customer, "s9").key)
    assert said(claimed)["F309"][0] == "pass"


def test_rows_that_count_at_once_are_judged_one_by_one(chain, tmp_path):
    permit = made.permit(chain.customer, chain.company, text="京东贸易")
    header = ["referenceId", "subject_kind", "subject", "valid_until"]
    rows = [["n1", "permit", permit.key, "2030-01-01"], ["n2", "permit", "PMT-none", "2030-01-01"]]
    done = taken(chain, csv_of(tmp_path, rows, header), Kind.RENEWAL)
    assert [each[1] for each in rows_of(chain, done)][1] == "refused"
    assert done.filed + done.refused == 2


def test_all_or_none_is_one_commit_and_one_stretch_of_the_trail(chain, tmp_path, monkeypatch):
    monkeypatch.setattr(working, "SLICE", 3)
    rows = [[f"w{n}", f"10690123{n}", "service"] for n in range(400, 410)]
    done = taken(chain, csv_of(tmp_path, rows), whole=True)
    assert (done.state, done.filed) == (BulkState.DONE, 10)
    assert audit.verify() is None
    assert [each.action for each in queries.history(queries.of_reference(chain.company, "w409"))] == [
        "filing.drafted",
        "filing.submit",
    ]


def test_an_undone_file_that_was_killed_while_its_rows_were_told_goes_on(chain, tmp_path, monkeypatch):
    monkeypatch.setattr(working, "SLICE", 1)
    rows = [["u1", "1069012371", "service"], ["u2", "10690a", "service"], ["u3", "1069012373", "service"]]
    kept = bulk.keep(chain.by_company, Kind.PORT, csv_of(tmp_path, rows), "rows.csv", whole=True)
    told = []

    def die(done, _of):
        told.append(done)
        if len(told) == 3:  # one slice was filed and undone, then two were told
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bulk.work(SYSTEM, kept.key, die)
    done = bulk.work(SYSTEM, kept.key)
    assert (done.state, done.filed, done.refused) == (BulkState.UNDONE, 0, 1)
    assert [row.state.value for row in files.rows(SYSTEM, done.key, 0, 10)] == ["left_out", "refused", "left_out"]
