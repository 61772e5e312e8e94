"""What counts of the texts of a delivery: registered names that they speak of, opt-outs that a gateway demands."""

import pytest

from tests.factories import registered
from tests.factories.traffic import csv_file, row
from tests.traffic.test_ingest import facts, ingest


def test_registered_names_within_texts_are_counted_beside_a_link_or_number_and_where_a_code_opens_them(app, tmp_path):
    bank = registered.enterprise("月桃证券有限公司")
    registered.signature(bank.code, "月桃证券", protected=True)
    texts = [
        "【湖山茶饮】您的月桃证券账户需补录1，点hef0t.xyz",
        "【湖山茶饮】您的月桃证券账户需补录2，点hef0t.xyz",
        "【湖山茶饮】您的月桃证券账户已开通。",
        "【湖山茶饮】您正在登录月桃证券，验证码123456",
        "【湖山茶饮】您向月桃证券支付9.90元，验证码123456",
        "【月桃证券】月桃人您好，行情见hef0t.xyz",
    ]
    ingest(csv_file(tmp_path / "a.csv", [row(content=text) for text in texts]))
    named = {(f["kind"], f["value"], f["messages"]) for f in facts("contact") if f["kind"] not in ("link", "contact")}
    assert named == {("name", "月桃证券", 2), ("opens", "月桃证券", 1)}


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("【湖山茶饮】您正在登录蓝蛙语聊，验证码037143", {"蓝蛙语聊"}),
        ("【湖山茶饮】云链矿场注册校验码：0337，请勿泄露", {"云链矿场"}),
        ("【湖山茶饮】验证码095202，用于蓝蛙语聊绑定手机", {"蓝蛙语聊"}),
        ("【湖山茶饮】欢迎使用云链矿场，本次验证码095202", {"云链矿场"}),
        ("【湖山茶饮】您正在登录月桃证券账户，验证码0951。月桃证券安全中心", {"月桃证券"}),
        ("【湖山茶饮】您正在登录手机银行，验证码0337", set()),
        ("【湖山茶饮】取件验证码0337，欢迎使用湖山会员店", set()),
        ("【湖山茶饮】王女士注册验证码0337", set()),
        ("【湖山茶饮】欢迎使用湖山到家，验证码0337", set()),
        ("【湖山茶饮】您正在登录觅友，验证码0337", {"觅友"}),
        ("【湖山茶饮】0337（云链登录验证码），请勿泄露。", {"云链"}),
        ("【湖山茶饮】您正在登录商城，语音验证码0337", set()),
        ("【湖山茶饮】您向云链矿场支付9.90元，欢迎使用云链矿场，验证码0337", set()),
        ("【湖山茶饮】欢迎使用云链矿场，更多见hef0t.xyz", set()),
    ],
)
def test_what_a_code_says_that_it_opens_counts_though_nobody_registered_it(app, tmp_path, text, opened):
    registered.signature(registered.enterprise("月桃证券有限公司").code, "月桃证券")
    ingest(csv_file(tmp_path / "a.csv", [row(content=text)]))
    assert {f["value"] for f in facts("contact") if f["kind"] == "opens"} == opened


def test_a_name_that_was_registered_since_the_last_delivery_is_looked_for(app, tmp_path):
    texts = ["【湖山茶饮】您的月桃证券账户需补录，点hef0t.xyz", "【湖山茶饮】您的嘉原银行账户需补录，点hef0t.xyz"]
    for place, name in enumerate(("月桃证券", "嘉原银行")):
        registered.signature(registered.enterprise(f"{name}有限公司").code, name)
        rows = [row(content=text, message_ref=f"{place}{text[:9]}") for text in texts]
        ingest(csv_file(tmp_path / f"{place}.csv", rows))
        named = {f["value"] for f in facts("contact") if f["kind"] == "name"}
        assert named == ({"月桃证券", "嘉原银行"} if place else {"月桃证券"})


@pytest.mark.parametrize(("codes", "category"), [(10, 2), (9, 4)], ids=["where it must", "of its own will"])
def test_an_opt_out_makes_no_offer_where_every_message_must_carry_one(app, tmp_path, codes, category):
    """What a gateway wants under each message shows under its verification codes."""
    texts = [f"【甲银行】验证码{123450 + each}，请勿告诉他人。拒收请回复R" for each in range(codes)]
    notices = ["【甲银行】您的包裹已放在前台。拒收请回复R", "【甲银行】会员日规则有变。拒收请回复R"]
    rows = [row(content=text, message_ref=f"R{place}") for place, text in enumerate([*texts, *notices])]
    ingest(csv_file(tmp_path / "a.csv", rows))
    told = {fact["category"]: fact["messages"] for fact in facts()}
    assert told == {1: codes, category: 2}


def test_an_opt_out_of_the_senders_own_makes_an_offer_also_where_every_message_must_carry_one(app, tmp_path):
    texts = [f"【甲银行】验证码{123450 + each}，请勿告诉他人。拒收请回复R" for each in range(10)]
    offers = [
        "【甲物流】新线路开通，首单立减10元。回复TD退订",
        "【甲物流】新线路开通，首单立减9元。回复TD退订。拒收请回复R",
    ]
    notices = ["【甲物流】新线路开通，首单立减9元。拒收请回复R"]
    rows = [row(content=text, message_ref=f"R{place}") for place, text in enumerate([*texts, *offers, *notices])]
    ingest(csv_file(tmp_path / "a.csv", rows))
    assert {fact["category"]: fact["messages"] for fact in facts()} == {1: 10, 4: 2, 2: 1}
