"""Category, opt-out, links and contacts of a message."""

import pytest

from registry.texts.category import Category
from registry.texts.reading import read_message


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("【青禾】您的验证码是123456，5分钟内有效，请勿泄露", Category.VERIFICATION),
        ("123456为您的登录验证码，请于5分钟内填写", Category.VERIFICATION),
        ("您的验证码为：{1}，请勿泄漏于他人！", Category.VERIFICATION),
        ("【青禾】验证码006820，登录即领20元无门槛券，仅限今日。", Category.MARKETING),
        ("【青禾】验证码006820，您正在领取新人券，5分钟内有效，登录即表示同意用户协议", Category.VERIFICATION),
        ("【青禾】恭喜您获得大奖，验证码8899，点击 t.cn/abc 领取奖品", Category.MARKETING),
        ("【青禾】全场满200减100，拒收请回复R", Category.MARKETING),
        ("【青禾】您的订单已发货，新品上市全场5折", Category.MARKETING),
        ("【青禾】您的订单1234已打包发送，请注意查收", Category.NOTICE),
        ("【青禾】您的信用卡已逾期，请尽快还款", Category.DUNNING),
        ("【青禾】您账户扣款失败，逾期金额27.46元，请登录App还款", Category.DUNNING),
        ("【青禾】逾期提醒：截至5月1日您欠款51.59元，再次请您今日内处理", Category.DUNNING),
        ("【青禾】您的逾期账单106.87元可申请延期方案，请联系我们协商", Category.DUNNING),
        ("【青禾】黑户白户均可办理贷款，无视逾期", Category.MARKETING),
        ("【青禾】您的验证码是123456，5分钟内有效，拒收请回复R", Category.VERIFICATION),
        ("您尾号1292的信用卡网上交易9.00元。[招商银行]", Category.NOTICE),
        ("您的订单已发货，请注意查收【青禾旗舰店】", Category.NOTICE),
        ("您的包裹今日送达【青禾品牌】", Category.NOTICE),
        ("【青禾】诚邀各界招商合作，盛大开业", Category.MARKETING),
        ("【某市公安局】谨防诈骗，陌生链接不要点", Category.PUBLIC_GOOD),
        ("【青禾】明日检修停水，请做好储水，抢修热线4001234567", Category.NOTICE),
        ("【青禾】您的车险保单将于5月1日到期，请及时续保，服务热线4001234567", Category.NOTICE),
        ("【青禾】您的购房贷款资料已提交银行审批", Category.NOTICE),
        ("【青禾】贷款利率低，欢迎咨询", Category.MARKETING),
        ("【青禾】新品到店，欢迎选购", Category.MARKETING),
        ("【青禾】老朋友，第二杯半价，2月18日仅一天", Category.MARKETING),
        ("【青禾】材料、住宿餐饮均可开，点数低", Category.MARKETING),
        ("【青禾】您的电子发票已开具，金额8458元", Category.NOTICE),
        ("【青禾】青禾账号登录校验：1079，请于2分钟内使用，过期作废。", Category.VERIFICATION),
        ("【青禾】您已成功兑换礼品，订单号20260101", Category.NOTICE),
        ("【青禾】户号100200余额3.20元，低于预警值", Category.NOTICE),
        ("【青禾】代理记账、代办各类资质", Category.MARKETING),
        ("【青禾】准考证下载时间2026-02-15起，入口 xbubp.com.cn/a", Category.NOTICE),
        ("【限时优惠】您的话费余额为3元【青禾移动】", Category.NOTICE),
    ],
)
def test_the_category_follows_from_the_text(text, category):
    assert read_message(text).category == category


@pytest.mark.parametrize(
    "wording",
    [
        "拒收请回复R",
        "回T退订",
        "退订回TD",
        "退订T",
        "回TD退",
        "TD退订",
        "退定回T",
        "退订发送Q8",
        "退订回0000",
        "N拒",
        "退订本服务请发送TYZF",
        "发送TDWTY到10655977退订",
        "回复PB即可屏蔽",
        "屏蔽此短信请回复X",
        "（回 T 退订）",
        "退订回Ｔ",
        "不想收到请回复R",
        "如不需要请回N",
        "若不想再收到此类信息请回复T",
        "不再接收请回0",
    ],
)
def test_an_opt_out_is_recognised(wording):
    assert read_message(f"全场五折，{wording}").opt_out


@pytest.mark.parametrize(
    "wording",
    [
        "次月不退订获7元券",
        "4月仍不退订5月即获券",
        "无需退订",
        "回复N取消",
        "退订请拨10086",
        "如需退货请回复1",
        "请于5日前退票",
        "不想错过请回复1报名",
        "请不要回复此短信",
        "您不需要回复1",
    ],
)
def test_what_is_no_opt_out_is_not_taken_for_one(wording):
    assert not read_message(f"尊敬的客户，{wording}。").opt_out


@pytest.mark.parametrize(
    ("text", "links", "domains"),
    [
        ("点 t.cn/Rk1 看", ("t.cn/Rk1",), ("t.cn",)),
        ("点http:t.cnRk1看", ("t.cnRk1",), ("t.cn",)),
        ("点 h5.yuanhe-my.icu/8mA9f 核实", ("h5.yuanhe-my.icu/8mA9f",), ("yuanhe-my.icu",)),
        ("见 a.com.co 或 b.co", ("a.com.co", "b.co"), ("com.co", "b.co")),
        ("点HTTPS://Mall.Example.com.cn/A?b=1。", ("Mall.Example.com.cn/A?b=1",), ("example.com.cn",)),
        ("见wap.example.com，或m.other.cn/x", ("wap.example.com", "m.other.cn/x"), ("example.com", "other.cn")),
        ("http://218.200.160.10/w", ("218.200.160.10/w",), ("218.200.160.10",)),
        ("写信到 zhang@example.com 即可", (), ()),
        ("仅0.5元，共3.5万", (), ()),
    ],
)
def test_links_are_found_with_their_registrable_domains(text, links, domains):
    reading = read_message(text)
    assert (reading.links, reading.domains) == (links, domains)


@pytest.mark.parametrize(
    ("text", "contacts"),
    [
        ("询13800000001、13900000002", ("13800000001", "13900000002")),
        ("致电400-654-3088", ("4006543088",)),
        ("详询400654 3088", ("4006543088",)),
        ("请拨 400 654 3088，或138 0013 8000", ("4006543088", "13800138000")),
        ("地址A座 0571 60208971", ("057160208971",)),
        ("验证码123456 2026年", ()),
        ("单号 500 13800138000", ("13800138000",)),
        ("010-57277666转8", ("01057277666",)),
        ("详询95588", ("95588",)),
        ("客服热线：962544。", ("962544",)),
        ("订单123456已发货", ()),
        ("单号9999999999999999999", ()),
        ("联系139******98", ()),
        ("运单SF0533943009、YT13800000001已签收", ()),
    ],
)
def test_contacts_are_digits_of_numbers_to_ring(text, contacts):
    assert read_message(text).contacts == contacts
