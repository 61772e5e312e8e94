"""The audit trail over HTTP and on the command line."""

import pytest
import sqlalchemy as sa

from registry.audit import checkpoint
from registry.store import db
from tests.factories import registered as make

AT = "/api/v1/audit-events"
KEY = bytes(32)


def test_events_are_read_newest_first_by_those_who_may(caller):
    company, permit = make.standing_permit()
    found = caller("auditor").get(f"{AT}?subject_kind=permit").json["items"]
    assert [(item["action"], item["subject_key"]) for item in found] == [("permit.opened", permit.key)]
    assert found[0]["after"]["user"] == company.code
    assert caller("reviewer").get(AT).status_code == 403
    assert caller("company_key", enterprise=company.code).get(AT).status_code == 403


def test_an_event_says_who_did_what_to_what_why_and_by_which_request(caller):
    company = make.enterprise("红帆短信服务有限公司")
    done = caller("supervisor").post(
        f"/api/v1/enterprises/{company.code}/rename",
        headers={"X-Request-Id": "r4711", "If-Match": f'"{company.version}"'},
        json={"name": "红帆通信有限公司", "reason": "工商变更"},
    )
    assert done.status_code == 200, done.json
    event = caller("auditor").get(f"{AT}?subject_kind=enterprise&limit=1").json["items"][0]
    told = {name: event[name] for name in ("action", "subject_key", "reason", "request_id")}
    assert told == {
        "action": "enterprise.renamed",
        "subject_key": company.code,
        "reason": "工商变更",
        "request_id": "r4711",
    }
    assert (event["before"]["name"], event["after"]["name"]) == ("红帆短信服务有限公司", "红帆通信有限公司")
    assert event["actor"]


def test_pages_go_on_where_the_last_one_ended(caller):
    make.standing_permit()
    ask = caller("auditor")
    first = ask.get(f"{AT}?limit=2").json
    second = ask.get(f"{AT}?limit=2&after={first['after']}").json
    numbers = [item["number"] for item in first["items"] + second["items"]]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == 4


@pytest.fixture
def command(app):
    return app.test_cli_runner()


def forge(number):
    db.session.execute(sa.text("ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only"))
    db.session.execute(sa.text("UPDATE audit_event SET actor = 'nobody' WHERE number = :number"), {"number": number})


def test_verify_says_whole_and_names_the_first_broken_link(command):
    make.standing_permit()
    whole = command.invoke(args=["audit", "verify"])
    assert (whole.exit_code, whole.stdout) == (0, "whole: 4 events\n")
    forge(3)
    broken = command.invoke(args=["audit", "verify"])
    assert broken.exit_code == 1
    assert "broken at event 3" in broken.stdout


def test_a_checkpoint_finds_a_tail_that_was_cut_off(command, tmp_path):
    make.standing_permit()
    file = tmp_path / "checkpoint.json"
    assert command.invoke(args=["audit", "checkpoint", str(file)]).exit_code == 0
    assert command.invoke(args=["audit", "verify", "--checkpoint", str(file)]).exit_code == 0
    db.session.execute(sa.text("ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only"))
    db.session.execute(sa.text("DELETE FROM audit_event WHERE number = 4"))
    db.session.execute(
        sa.text("UPDATE audit_head SET number = 3, hash = (SELECT hash FROM audit_event WHERE number = 3)")
    )
    assert command.invoke(args=["audit", "verify"]).exit_code == 0
    cut = command.invoke(args=["audit", "verify", "--checkpoint", str(file)])
    assert cut.exit_code == 1
    assert "event 4" in cut.stdout


@pytest.mark.parametrize("text", ["", "{}", "[]", "no", '{"number": 1, "hash": "a", "at": "b", "signature": "c"}'])
def test_what_is_no_checkpoint_is_wrong_use(command, tmp_path, text):
    file = tmp_path / "checkpoint.json"
    file.write_text(text, encoding="utf-8")
    assert command.invoke(args=["audit", "verify", "--checkpoint", str(file)]).exit_code == 2
    assert command.invoke(args=["audit", "verify", "--checkpoint", str(tmp_path / "none")]).exit_code == 2
    assert command.invoke(args=["audit", "checkpoint", str(tmp_path / "none" / "file")]).exit_code == 2


def test_a_changed_checkpoint_is_refused():
    written = checkpoint.Checkpoint(5, "a" * 64, "2026-05-01").written(KEY)
    assert checkpoint.read(written, KEY).number == 5
    with pytest.raises(checkpoint.BadCheckpoint, match="signature"):
        checkpoint.read(written.replace("5,", "6,"), KEY)
