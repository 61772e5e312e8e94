"""What an approval would allow and stop: a replay of the last days' usage, through real files of facts."""

import datetime as dt

import pytest
import sqlalchemy as sa

from registry.filings import queries
from registry.filings.content import WithdrawalContent
from registry.filings.effect import Line, Standing, flows, obstacle
from registry.filings.queries import replay
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import NotFound
from registry.store import db
from registry.traffic import service as traffic
from registry.traffic.model import FactFile, FactKind
from tests.factories import registered as made
from tests.factories.traffic import csv_file, row
from tests.filings.conftest import delegation_of, handed_in, letter_of, permit_of, port_of, signature_of

NOTICE = "【京东贸易】您的订单已发货，请注意查收。"
MARKETING = "【京东贸易】双十一大促，全场五折，拒收请回复R"
STRANGE = "【陌生人】您的订单已发货，请注意查收。"
EXTENSION = "1069012301"


@pytest.fixture
def usage(tmp_path, app):
    """`usage((text, messages), …)`: ingest so many messages of these texts on the extension, some days ago at ten."""

    def send(*texts, days=3, port=EXTENSION, province="31", hour=10):
        at = clock.midnight(clock.today() - dt.timedelta(days=days)) + dt.timedelta(hours=hour)
        said = {"submitted_at": at.isoformat(), "port": port, "province": province}
        rows = [row(content=text, **said) for text, messages in texts for _ in range(messages)]
        path = csv_file(tmp_path / f"records-{port}-{days}-{province}-{hour}.csv", rows)
        return traffic.ingest(SYSTEM, [path])

    return send


def told(chain, filing):
    return queries.effect(chain.li, filing.key)


def test_a_new_permit_allows_what_it_names_and_leaves_the_rest_stopped_with_its_reason(chain, usage):
    usage((NOTICE, 30), (MARKETING, 7), (STRANGE, 5))
    filing = handed_in(chain.by_company, permit_of(chain))
    effect = told(chain, filing)
    assert (effect.told, effect.days, effect.messages) == (True, 1, 37)
    assert (effect.allowed_before, effect.newly_allowed, effect.newly_stopped, effect.still_stopped) == (0, 30, 0, 7)
    assert {(flow.before, flow.after, flow.messages) for flow in effect.flows} == {
        ("NO_PERMIT", "", 30),
        ("NO_PERMIT", "CATEGORY_NOT_PERMITTED", 7),
    }
    changed = [(each.line.signature, each.after, each.line.messages) for each in effect.changes]
    assert changed == [("京东贸易", "", 30), ("京东贸易", "CATEGORY_NOT_PERMITTED", 7)]


def test_provinces_hours_and_volume_that_the_permit_lacks_are_counted_apart(chain, usage):
    usage((NOTICE, 6), province="44")
    usage((MARKETING, 4), hour=22.5)
    asked = permit_of(
        chain, categories=("notice", "marketing"), provinces=("31",), hours="08:00-20:00", monthly_volume=3
    )
    effect = told(chain, handed_in(chain.by_company, asked))
    counted = {each.code: each.messages for each in effect.beyond}
    assert counted == {"PROVINCE_NOT_PERMITTED": 6, "HOURS_NOT_PERMITTED": 4, "VOLUME_EXCEEDED": 7}


def test_facts_of_no_file_are_not_asked_of_the_engine_that_all_threads_share(chain, usage, monkeypatch):
    usage((NOTICE, 6))
    db.session.execute(sa.delete(FactFile).where(FactFile.kind == FactKind.PROVINCE))
    monkeypatch.setattr("ibis.expr.types.core._default_backend", None)  # who asks for it fails
    assert told(chain, handed_in(chain.by_company, permit_of(chain))).messages == 6


def test_ending_a_permit_stops_what_nothing_else_allows(chain, usage):
    usage((NOTICE, 12))
    permit = made.permit(chain.customer, chain.customer, EXTENSION, "京东贸易")
    end = handed_in(chain.by_customer, WithdrawalContent("permit", permit.key))
    effect = told(chain, end)
    assert (effect.allowed_before, effect.newly_stopped, effect.allowed_after) == (12, 12, 0)
    made.permit(chain.customer, chain.customer, EXTENSION, "京东贸易", categories=("notice", "marketing"))
    assert told(chain, end).newly_stopped == 0


def test_a_measure_that_stops_the_permit_counts(chain, usage):
    usage((NOTICE, 12))
    permit = made.permit(chain.customer, chain.customer, EXTENSION, "京东贸易")
    made.measure("permit", permit.key)
    asked = permit_of(chain, categories=("notice", "marketing"))
    effect = told(chain, handed_in(chain.by_company, asked))
    assert {(flow.before, flow.after, flow.messages) for flow in effect.flows} == {("PERMIT_SUSPENDED", "", 12)}


def test_ports_hops_and_signatures_move_messages_one_step_on(trade, usage):
    made.port(trade.company)
    usage((NOTICE, 5))
    usage((STRANGE, 3), port="10690999")
    signature = told(trade, handed_in(trade.by_customer, signature_of(trade)))
    assert [(flow.before, flow.after) for flow in signature.flows] == [
        ("SIGNATURE_NOT_REGISTERED", "UNDECLARED_TENANT")
    ]
    made.signature(trade.customer, "京东贸易")
    hop = told(trade, handed_in(trade.by_company, delegation_of(trade)))
    assert [(flow.before, flow.after, flow.messages) for flow in hop.flows] == [("UNDECLARED_TENANT", "NO_PERMIT", 5)]
    port = told(trade, handed_in(trade.by_company, port_of(trade, "10690999")))
    assert [(flow.before, flow.after) for flow in port.flows] == [("PORT_NOT_REGISTERED", "SIGNATURE_NOT_REGISTERED")]


def test_without_facts_nothing_is_foretold_and_some_kinds_change_nothing(chain, usage):
    empty = told(chain, handed_in(chain.by_company, permit_of(chain)))
    assert (empty.told, empty.days, empty.messages) == (True, 0, 0)
    usage((NOTICE, 5), days=40)
    assert told(chain, handed_in(chain.by_company, permit_of(chain))).days == 0
    letter = handed_in(chain.by_customer, letter_of(chain, applicant=chain.company))
    assert not told(chain, letter).told


def test_days_that_hold_too_many_rows_are_named_as_unread(chain, usage, monkeypatch, session):
    usage((NOTICE, 5), days=3)
    usage((MARKETING, 5), days=9)
    newest = session.query(FactFile).filter_by(kind="base").order_by(FactFile.day.desc()).first()
    monkeypatch.setattr(replay, "MOST_ROWS", newest.rows)
    effect = told(chain, handed_in(chain.by_company, permit_of(chain)))
    assert (effect.days, effect.unread, effect.messages) == (1, 1, 5)


def test_small_lines_beyond_the_bound_are_counted_and_not_judged(chain, usage, monkeypatch):
    usage((NOTICE, 5), (MARKETING, 2))
    monkeypatch.setattr(replay, "MOST_LINES", 1)
    effect = told(chain, handed_in(chain.by_company, permit_of(chain)))
    assert (effect.messages, effect.unjudged, effect.newly_allowed) == (7, 2, 5)


def test_nothing_is_written_by_looking(chain, usage, session):
    usage((NOTICE, 5))
    filing = handed_in(chain.by_company, permit_of(chain))
    session.flush()
    told(chain, filing)
    assert not session.new
    assert not session.dirty


def test_the_effect_is_told_over_the_api_to_staff_alone(caller, chain, usage):
    usage((NOTICE, 9))
    filing = handed_in(chain.by_company, permit_of(chain))
    path = f"/api/v1/filings/{filing.key}/effect"
    answer = caller("reviewer").get(path).json
    assert (answer["newly_allowed"], answer["changes"][0]["category"]) == (9, ["notice"])
    assert caller("company_key", enterprise=chain.company).get(path).status_code == 403
    with pytest.raises(NotFound):
        queries.effect(chain.li, "FLG-NONE")


def test_a_line_is_judged_by_the_first_thing_that_is_missing():
    line, at = Line(EXTENSION, "京东", "京东", 2, 1), clock.millis(clock.now())
    bare = Standing()
    assert obstacle(line, bare, at) == "PORT_NOT_REGISTERED"
    held = Standing(holders={"10690123": "A"})
    assert obstacle(line, held, at) == "SIGNATURE_NOT_REGISTERED"
    owned = Standing(holders={"10690123": "A"}, owners={"京东": frozenset({"B"})})
    assert obstacle(line, owned, at) == "UNDECLARED_TENANT"
    declared = Standing(owned.holders, frozenset({("1069012301", "B")}), owned.owners)
    assert obstacle(line, declared, at) == "NO_PERMIT"
    told_flows, changes = flows([line], bare, declared, at)
    assert (told_flows[0].messages, changes[0].after) == (1, "NO_PERMIT")
