"""Nearest signatures from the registry: fed by what is registered, over HTTP, at a filing."""

import threading

import pytest
import sqlalchemy as sa

from registry.app import create_app
from registry.filings.checks import f309_lookalike
from registry.filings.content import SignatureContent
from registry.filings.kinds import Verdict
from registry.filings.queries.gathering import gather
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.signatures import queries, service
from registry.signatures.lookalikes import live
from registry.signatures.lookalikes.reasons import Likeness
from registry.signatures.values import SignatureValues
from registry.store import db
from tests.factories import registered as make
from tests.shared import needs_shared

URL = "/api/v1/signatures/nearest"


def test_what_was_registered_is_found_with_score_and_reason(session):
    owner = make.enterprise()
    row = make.signature(owner.code, "京东")
    [near] = queries.nearest("亰东")
    assert (near.signature, near.owner, near.key) == ("京东", owner.code, row.key)
    assert near.kind is Likeness.VISUAL
    assert near.reason.en == "亰 looks like 京"


def test_what_is_registered_later_is_found_and_what_ended_is_not(session):
    owner = make.enterprise()
    make.signature(owner.code, "京东")
    assert queries.nearest("招商很行") == []
    with clock.frozen(make.days_ago(3)):
        later = make.signature(owner.code, "招商银行")
    assert queries.nearest("招商很行", 1)[0].key == later.key
    service.end_signature(SYSTEM, later.key)
    assert [near.key for near in queries.nearest("招商很行")] != [later.key]
    assert make.signature(owner.code, "招商银行").key == queries.nearest("招商很行", 1)[0].key


def test_an_owners_own_names_can_be_left_out_and_several_owners_of_a_text_are_told(session):
    one, other = make.enterprise("甲"), make.enterprise("乙")
    make.signature(one.code, "京东")
    make.signature(other.code, "京东")
    assert {near.owner for near in queries.nearest("京东金融")} == {one.code, other.code}
    assert {near.owner for near in queries.nearest("京东金融", but_owner=one.code)} == {other.code}


def test_a_feed_that_is_not_the_one_that_was_read_is_read_anew(app, session):
    owner = make.enterprise()
    make.signature(owner.code, "京东")
    assert queries.nearest("亰东")
    held = app.extensions["registry-lookalikes"]
    held.place = live.Place(held.place.position, ("another", "feed", "here"))
    session.execute(sa.text("UPDATE signature SET signature = '招商银行', folded = '招商银行'"))
    assert [near.signature for near in queries.nearest("招商很行")] == ["招商银行"]


def test_two_processes_see_what_either_has_committed(own_database):
    one, other = create_app(own_database), create_app(own_database)
    with one.app_context():
        owner = make.enterprise().code
        make.signature(owner, "京东")
        assert queries.nearest("亰东", 1)[0].signature == "京东"
    with other.app_context():
        assert queries.nearest("亰东", 1)[0].signature == "京东"
        make.signature(owner, "招商银行")
    with one.app_context():
        db.session.rollback()
        assert queries.nearest("招商很行", 1)[0].signature == "招商银行"
    for app in (one, other):
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def test_threads_that_ask_while_names_come_all_find_them(own_database):
    app, missed = create_app(own_database), []
    with app.app_context():
        owner = make.enterprise().code

    def work(number: int) -> None:
        with app.app_context():
            for n in range(5):
                text = f"{'甲乙丙丁'[number]}{'子丑寅卯辰'[n]}速运"
                make.signature(owner, text)
                if not any(near.signature == text for near in queries.nearest(text)):
                    missed.append(text)
            db.session.remove()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with app.app_context():
        held = len(live.index())
        db.session.remove()
        db.engine.dispose()
    assert (held, missed) == (20, [])


def test_staff_see_whose_a_lookalike_is_and_a_company_only_what_it_is(caller, session):
    owner, asking = make.enterprise("甲"), make.enterprise("乙")
    row = make.signature(owner.code, "京东")
    own = make.signature(asking.code, "京冬")
    seen = caller("reviewer").get(URL, query_string={"signature": "亰东", "limit": 2}).get_json()["items"]
    assert (seen[0]["owner"], seen[0]["key"], seen[0]["kind"]) == (owner.code, row.key, "visual")
    assert set(seen[0]["reason"]) == {"zh", "en"}
    told = (
        caller("company_key", enterprise=asking.code).get(URL, query_string={"signature": "亰东"}).get_json()["items"]
    )
    assert [(each["signature"], each["owner"], each["key"]) for each in told] == [
        ("京东", "", ""),
        ("京冬", asking.code, own.key),
    ]


@pytest.mark.parametrize("query", [{}, {"signature": ""}, {"signature": "长" * 65}, {"signature": "甲", "limit": 51}])
def test_a_question_that_is_none_is_refused(caller, query):
    assert caller("reviewer").get(URL, query_string=query).status_code == 422


def test_who_is_not_logged_in_is_told_nothing(client):
    assert client.get(URL, query_string={"signature": "京东"}).status_code == 401


@pytest.mark.parametrize(
    ("text", "protected", "verdict"),
    [
        ("京东", False, Verdict.PASS),  # the same text is F307's
        ("亰东", False, Verdict.WARN),
        ("亰东", True, Verdict.FAIL),
        ("蓝天科技", True, Verdict.PASS),
    ],
)
def test_a_filing_of_a_lookalike_is_pointed_out(session, text, protected, verdict):
    owner, applicant = make.enterprise("甲"), make.enterprise("乙")
    make.signature(owner.code, "京东", protected=protected)
    content = SignatureContent(SignatureValues(text, applicant.code))
    outcome = f309_lookalike.check(content, gather(content, applicant.code, clock.now()))
    assert outcome.verdict is verdict


def test_ones_own_neighbours_are_no_lookalikes(session):
    owner = make.enterprise("甲")
    make.signature(owner.code, "京东")
    content = SignatureContent(SignatureValues("京东金融", owner.code))
    assert f309_lookalike.check(content, gather(content, owner.code, clock.now())).verdict is Verdict.PASS


@needs_shared
@pytest.mark.slow
def test_recall_and_false_alarms_beat_plain_edit_distance_both_at_once():
    from tests.signatures import lookalike_figures as figures

    index, kinds = figures.everything(seed=11, many=60)
    pairs, made = figures.lawful(), [pair for some in kinds.values() for pair in some]
    ours, plain, least = figures.ours(index), figures.plain, 0.75
    alarms = figures.share(pairs, ours, least)
    assert alarms <= 0.08
    assert figures.share(made, ours, least) > 0.9
    assert figures.share(made, plain, figures.best_threshold(pairs, plain, alarms)) < 0.5
    assert figures.alarms_at(0.9, made, pairs, plain) > 0.5
