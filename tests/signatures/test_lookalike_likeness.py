"""How alike two signatures are: laws of the score, and examples with their reasons."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.signatures.folding import fold
from registry.signatures.lookalikes.characters import LARGEST_GROUP, look, looks_like
from registry.signatures.lookalikes.index import Index
from registry.signatures.lookalikes.likeness import Rarity, rarity, score
from registry.signatures.lookalikes.reasons import Likeness, Step, explained, steps
from registry.signatures.lookalikes.sounds import blurred, sounds_near, sounds_same
from tests.signatures.impostors import common, impostors

NAMES = ("京东", "招商银行", "工商银行", "顺丰速运", "中国移动", "hdfcbk", "东方购物", "平安保险", "蓝天科技", "modern")
RARITY = rarity(NAMES)
texts = st.text(st.sampled_from("京亰东冻金融招商银很行己已01lo国囯rnm网络") | st.characters(codec="utf-8"), max_size=9)


@given(texts, texts)
def test_a_score_is_the_same_both_ways_round_and_lies_between_0_and_1(one, other):
    one, other = fold(one), fold(other)
    forth, back = score(one, other, RARITY.weight), score(other, one, RARITY.weight)
    assert forth == pytest.approx(back, abs=2e-4)
    assert 0 <= forth <= 1


@given(texts, texts)
def test_1_is_for_the_same_folded_text_alone(one, other):
    assert (score(fold(one), fold(other), RARITY.weight) == 1) == (fold(one) == fold(other))


@given(st.lists(texts, max_size=12), texts)
def test_the_nearest_are_sorted_and_blind_to_how_a_text_is_written(listed, asked):
    index = Index([*NAMES, *map(fold, listed)])
    found = index.nearest(fold(asked), 5)
    assert found == sorted(found, key=lambda each: (-each.score, each.text))
    assert len(found) <= 5
    assert index.nearest(fold(asked.upper()), 5) == index.nearest(fold(fold(asked.upper())), 5)


@given(st.lists(texts, max_size=12))
def test_every_indexed_name_finds_itself_first(listed):
    folded = {fold(each) for each in listed} - {""}
    index = Index(folded)
    assert all(index.nearest(each, 1)[0].text == each for each in folded)


@given(texts, texts)
def test_the_steps_lead_from_one_text_to_the_other(one, other):
    one, other = fold(one), fold(other)
    told = steps(one, other, RARITY.weight)
    assert "".join(mine for _step, mine, _theirs in told) == one
    assert "".join(theirs for _step, _mine, theirs in told) == other
    assert all(mine == theirs for step, mine, theirs in told if step is Step.KEPT)


@pytest.mark.parametrize(
    ("impostor", "registered", "kind", "zh"),
    [
        ("京東", "京东", Likeness.SAME, "与已登记签名相同，仅写法不同"),
        ("亰东", "京东", Likeness.VISUAL, "“亰”与“京”形近"),
        ("招商很行", "招商银行", Likeness.VISUAL, "“很”与“银”形近"),
        ("京冻", "京东", Likeness.SOUND, "“冻”与“东”音近"),
        ("招商银杭", "招商银行", Likeness.SOUND, "“杭”与“行”音近"),
        ("京东金融", "京东", Likeness.CONTAINS, "完整包含“京东”：…金融"),
        ("招商", "招商银行", Likeness.CONTAINED, "是“招商银行”的一部分：…银行"),
        ("招银商行", "招商银行", Likeness.EDITED, "“商银”颠倒为“银商”"),
        ("工商银银行", "工商银行", Likeness.EDITED, "多出“银”"),
        ("顺速运", "顺丰速运", Likeness.EDITED, "少了“丰”"),
        ("HDFC8K", "hdfcbk", Likeness.VISUAL, "“8”与“b”形近"),
        ("hdfсbk", "hdfcbk", Likeness.VISUAL, "“с”与“c”形近"),
        ("modem", "modern", Likeness.VISUAL, "字母连写形近"),
    ],
)
def test_an_impostor_is_near_its_victim_and_told_why(impostor, registered, kind, zh):
    said, why = explained(fold(impostor), registered, RARITY.weight)
    assert (said, why.zh) == (kind, zh)
    assert score(fold(impostor), registered, RARITY.weight) >= 0.75
    assert Index(NAMES).nearest(fold(impostor), 1)[0].text == registered


@pytest.mark.parametrize(
    ("one", "other"), [("中信证券", "中航证券"), ("安阳移动", "益阳移动"), ("东大购物", "东方购物")]
)
def test_another_word_is_another_name(one, other):
    assert score(one, other, Rarity(0, {}).weight) < 0.75


def test_what_is_rare_weighs_more_than_what_every_name_has():
    usual = rarity([f"{each}科技" for each in "甲乙丙丁戊"])
    assert score("蓝天科技", "蓝天科学", usual.weight) > score("蓝天科技", "蓝海科技", usual.weight)


def test_braces_in_a_name_stay_braces():
    assert explained("{0}东网", "{0}东", RARITY.weight)[1].zh == "完整包含“{0}东”：…网"
    assert explained("{1}乐", "{1}东", RARITY.weight)[1].zh == "“乐”与“东”形近"


def test_looking_alike_goes_both_ways_and_is_never_said_of_itself():
    for one, other in (
        "己已",
        "未末",
        "国囯",
        "人入",
        "土士",
        "日曰",
        "大太",
        "太犬",
        "干千",
        "干于",
        "京亰",
        "0o",
        "1l",
    ):
        assert looks_like(one, other)
        assert looks_like(other, one)
        assert not looks_like(one, one)


def test_groups_of_what_looks_alike_stay_small():
    shared = [look(each) for each in common()]
    assert max(map(shared.count, set(shared))) <= LARGEST_GROUP


@pytest.mark.parametrize(
    ("one", "other"),
    [("南", "蓝"), ("张", "脏"), ("陈", "岑"), ("沙", "撒"), ("兰", "狼"), ("金", "京"), ("飞", "灰"), ("福", "湖")],
)
def test_common_confusions_sound_near_and_not_the_same(one, other):
    assert sounds_near(one, other)
    assert not sounds_same(one, other)


def test_blurring_is_done_once_and_for_all():
    assert all(
        blurred(blurred(each)) == blurred(each) for each in ("huang", "zhang", "niang", "sheng", "hong", "hu", "lv")
    )


def test_generated_impostors_are_found_among_a_thousand():
    chance = random.Random(3)  # noqa: S311 - a draw, no secret
    victims = {"".join(chance.sample(common(), 3)) for _ in range(1000)}
    index = Index(victims)
    made = [(victim, each) for victim in sorted(victims)[:60] for each in impostors(victim, chance).values()]
    found = [victim in {near.text for near in index.nearest(fold(each), 5)} for victim, each in made]
    assert sum(found) / len(found) > 0.97


def test_names_added_later_are_found_and_many_of_them_are_ordered_in():
    index = Index(["京东"])
    index.add(["招商银行"])
    assert index.nearest("招商很行", 1)[0].text == "招商银行"
    index.add(f"名{n}号" for n in range(1500))
    assert len(index) == 1502
    assert index.nearest("招商很行", 1)[0].text == "招商银行"
    assert index.nearest("京冻", 1)[0].text == "京东"


@given(
    st.lists(st.text("京东甲乙a1", max_size=3), max_size=40), st.lists(st.text("京东甲乙a1", max_size=3), max_size=40)
)
def test_a_name_that_comes_twice_is_one_name(first, added):
    index = Index(first)
    index.add(added)
    index.add(first)
    assert len(index) == len({*first, *added} - {""})


@pytest.mark.parametrize("text", ["", "\n", "京" * 64, "a" * 64, "\U0001f600", "{}", "%_"])
def test_odd_texts_are_answered(text):
    index = Index([*NAMES, "京" * 60, "a" * 63])
    assert len(index.nearest(fold(text), 5)) <= 5
    assert Index().nearest(fold(text), 5) == []
