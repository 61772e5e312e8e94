"""A case about what had ended before its days: the paper stands in the pack, on the time line and in the proof."""

import csv
import datetime as dt
import io
import json
import zipfile

import pytest

from registry.cases import drawing, queries
from registry.cases.pack import making
from registry.cases.story import Band, Party, Story
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.paging import PageRequest
from registry.kernel.sentence import Sentence
from registry.permits import queries as permitted
from registry.permits import service as permits
from registry.ports import queries as hops
from registry.ports import service as ports
from tests.conftest import actor
from tests.detection.test_findings import DAY, PORT, detect, feed
from tests.factories.registered import letter, permit

ANALYST = actor("analyst", name="wang")
LONG_AFTER = DAY + dt.timedelta(days=40)
ENDED = clock.midnight(DAY)
LAST = DAY - dt.timedelta(days=1)
WIDTHS = (drawing.WIDE, drawing.NARROW)


def story_of(rule: str) -> queries.Told:
    """The case that a rule speaks in, found by a run over the day long after."""
    detect(LONG_AFTER)
    met = [each for each in queries.cases(PageRequest(limit=100)).items if rule in {one.rule for one in each.findings}]
    assert met, f"{rule} finds nothing"
    return queries.told(met[0].key)


def packed(told: queries.Told) -> dict[str, str]:
    """The texts of its pack, by file."""
    with zipfile.ZipFile(io.BytesIO(making.make(ANALYST, told.case.key).content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def proven(files: dict[str, str]) -> set[tuple[str, str]]:
    """What the events of the audit proof are about."""
    events = (each["event"] for each in json.loads(files["audit.json"])["events"])
    return {(each["subject_kind"], each["subject_key"]) for each in events}


def test_a_permit_that_had_ended_stands_in_the_pack_on_the_time_line_and_in_the_proof(parties, tmp_path):
    (key,) = {each.key for each in permitted.governing(PORT, "乙银行")}
    permits.end_permit(SYSTEM, key, at=ENDED)
    feed(tmp_path, ("乙银行", 30), day=LONG_AFTER)
    told = story_of("S302")
    files = packed(told)
    rows = json.loads(files["registered.json"])["permits"]
    assert [(each["key"], each["valid_until"][:10]) for each in rows] == [(key, str(LAST))]
    assert ("permit", key) in proven(files)
    assert f"已于{LAST}终止：许可 【乙银行】{PORT}" in files["index.html"]
    for width in WIDTHS:
        drawn = drawing.time_line(told.story, "en", width)
        assert f"ended {LAST}: permit" in drawn
        assert "no permit in these days" in drawn


def test_a_letter_that_had_ended_stands_in_the_pack_on_the_time_line_and_in_the_proof(parties, tmp_path):
    said = {"confirmation": "confirmed", "valid_until": ENDED}
    made = letter(parties["stranger"], parties["user"], "丙商城", **said)
    permit(parties["stranger"], parties["user"], PORT, "丙商城", letter=made.key)
    feed(tmp_path, ("丙商城", 30), day=LONG_AFTER)
    told = story_of("S402")
    files = packed(told)
    assert [each["key"] for each in json.loads(files["registered.json"])["letters"]] == [made.key]
    assert [each["letter"] for each in csv.DictReader(io.StringIO(files["letters.csv"]))] == [made.key]
    assert ("letter", made.key) in proven(files)
    assert f"ended {LAST}: letter" in drawing.time_line(told.story, "en", drawing.NARROW)


def test_a_hop_that_had_ended_is_told_with_its_end_and_is_no_step_of_the_chain(parties, tmp_path):
    (key,) = {each.key for each in hops.chain(PORT)}
    ports.end_delegation(SYSTEM, key, at=ENDED)
    feed(tmp_path, ("乙银行", 30), day=LONG_AFTER)
    told = story_of("S208")
    files = packed(told)
    assert key in {each["key"] for each in json.loads(files["registered.json"])["delegations"]}
    assert ("delegation", key) in proven(files)
    assert f"ended {LAST}: declared hop" in drawing.time_line(told.story, "en")
    assert not any("declared" in each.role.en for each in told.story.chain if each.declared)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_what_lies_outside_the_days_is_a_mark_at_its_edge_with_the_day_in_words(width, language):
    day, name = dt.date(2026, 5, 1), Sentence("【甲】10690123", "【甲】10690123")
    bands = (
        Band("permit", name, dt.date(2024, 1, 1), dt.date(2025, 1, 1)),
        Band("letter", name, dt.date(2027, 1, 1), None),
    )
    drawn = drawing.time_line(Story((), {day: 3}, bands), language, width)
    words = ("ended 2024-12-31", "not before 2027-01-01", "no permit in these days")
    said = words if language == "en" else ("已于2024-12-31终止", "自2027-01-01起", "这些天没有任何许可")
    assert all(each in drawn for each in said)
    assert "<path d='M9 " in drawn
    assert f"<path d='M{width - 9} " in drawn


@pytest.mark.parametrize("width", WIDTHS)
def test_an_undeclared_step_bears_its_mark_on_every_screen(width):
    holder = Party("holder", "", Sentence("甲", "a"), Sentence("持有号码", "holds the number"))
    seen = Party("seen", "holder", Sentence("丙", "c"), Sentence("未报备", "undeclared"), declared=False)
    drawn = drawing.chain(Story((holder, seen), {}, ()), "en", width)
    assert drawn.count("<circle") == 1
    assert ">!</text>" in drawn
