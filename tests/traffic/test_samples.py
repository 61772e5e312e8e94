"""Messages kept as evidence: sealed, traceable, erased in time."""

import datetime as dt
import hashlib
import hmac

import pytest

from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.papers.personal import keyed_hash
from registry.settings import current
from registry.traffic import queries, service, tasks
from registry.traffic.sealed import seal, unseal
from registry.traffic.service import erasing
from tests.conftest import KEY
from tests.factories.traffic import AT, PARTS, csv_file, part, row
from tests.traffic.test_ingest import DAY, ingest

TEXT = "【甲公司】您的订单已发货，请注意查收。"


def test_a_sample_leads_back_to_its_source(app, tmp_path):
    outcome = ingest(csv_file(tmp_path / "a.csv", [row(message_ref="R7", recipient="+8613812345678")]))[0]
    (sample,) = queries.samples(DAY, DAY)
    assert (sample.file, sample.line, sample.message_ref) == (outcome.sha256, 2, "R7")
    assert (sample.content, sample.submitted_at, sample.port) == (TEXT, AT, "1069000011")
    assert sample.recipient == hmac.new(KEY, b"13812345678", hashlib.sha256).hexdigest() == keyed_hash("138 1234 5678")


def test_a_fact_keeps_at_most_three_messages_and_all_facts_some(app, tmp_path):
    rows = [row() for _ in range(50)] + [row(port="1069000012"), row(content="【乙】恭喜")]
    ingest(csv_file(tmp_path / "a.csv", rows))
    assert len(queries.samples(DAY, DAY, limit=100)) == 5
    assert len(queries.samples(DAY, DAY, port="1069000012")) == 1
    assert queries.samples(DAY, DAY, signature="乙")[0].content == "【乙】恭喜"
    assert queries.samples(DAY, DAY, port="1069000013") == []
    assert len(queries.samples(DAY, DAY, limit=2)) == 2


def test_a_joined_message_is_kept_whole(app, tmp_path):
    ingest(csv_file(tmp_path / "a.csv", [part(1, "您的订单已发货，"), part(2, "请查收【甲】")], PARTS))
    assert queries.samples(DAY, DAY)[0].content == "您的订单已发货，请查收【甲】"


def test_nothing_in_the_data_folder_shows_a_text_or_a_recipient(app, tmp_path):
    ingest(csv_file(tmp_path / "a.csv", [row(recipient="13812345678")]))
    for path in (path for path in current().facts.rglob("*") if path.is_file()):
        content = path.read_bytes()
        assert "请注意查收".encode() not in content, path
        assert b"13812345678" not in content, path


def test_another_key_or_a_changed_byte_opens_nothing(app, tmp_path):
    import pyarrow as pa

    sealed = seal(KEY, pa.table({"a": [1]}), "sample")
    assert unseal(KEY, sealed, "sample").to_pylist() == [{"a": 1}]
    for key, what, purpose in (
        (bytes(32), sealed, "sample"),
        (KEY, sealed[:-1] + bytes([sealed[-1] ^ 1]), "sample"),
        (KEY, sealed, "waiting"),
    ):
        with pytest.raises(ValueError, match="another key"):
            unseal(key, what, purpose)


def test_samples_are_erased_at_the_limit_and_what_was_counted_stays(app, tmp_path):
    ingest(csv_file(tmp_path / "a.csv", [row(), row(submitted_at="2026-05-02T10:00:00+08:00")]))
    assert service.erase_before(SYSTEM, dt.date(2026, 5, 2)) == 2
    assert [each.day for each in queries.samples(DAY, dt.date(2026, 5, 2))] == [dt.date(2026, 5, 2)]
    assert not list((current().facts / "sample" / "2026-05-01").iterdir())
    assert dict(queries.days())[DAY] == 1


def test_what_a_case_holds_outlives_the_limit(app, tmp_path, monkeypatch):
    monkeypatch.setattr(erasing, "_holders", [])
    ingest(csv_file(tmp_path / "a.csv", [row()]))
    held = {file.id for file in queries.listed("sample", DAY, DAY)}
    service.holder(lambda: held)
    service.erase_before(SYSTEM, dt.date(2027, 1, 1))
    assert len(queries.samples(DAY, DAY)) == 1


def test_the_law_says_how_long_and_the_minute_keeps_it(app, tmp_path, monkeypatch):
    monkeypatch.setattr(erasing, "_holders", [])
    ingest(csv_file(tmp_path / "a.csv", [row()]))
    with clock.frozen(AT + dt.timedelta(days=150)):
        tasks.erase()
    assert queries.samples(DAY, DAY)
    with clock.frozen(AT + dt.timedelta(days=190)):
        tasks.erase()
    assert not queries.samples(DAY, DAY)
    assert erasing.limit(dt.date(2026, 8, 31)) == dt.date(2026, 2, 28)
