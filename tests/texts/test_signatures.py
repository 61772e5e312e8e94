"""Where a signature stands in a message, and what only looks like one."""

import pytest

from registry.texts.reading import part_mark, read_signature


@pytest.mark.parametrize(
    ("text", "signature", "where"),
    [
        ("【青禾银行】您的验证码是123456", "青禾银行", "start"),
        ("[030872]是您的支付确认验证码，请在页面中完成验证。【青禾银行】", "青禾银行", "end"),
        ("【聿渡云分期】急用钱，月息低至3厘，拒收请回复R", "聿渡云分期", "start"),
        ("【12306】您的验证码是123456", "12306", "start"),
        ("【 青禾银行 】您的订单已发货\t\t\t", "青禾银行", "start"),
        ("[青禾银行]您的订单已发货", "青禾银行", "start"),
        ("您的账户收入100元【青禾银行】\t\t\x00", "青禾银行", "end"),
        ("您的账户收入100元[青禾银行]", "青禾银行", "end"),
        ("宽带提速，速来办理[青禾移动,admin]", "青禾移动", "end"),
        ("本期资讯〖青禾学校〗", "青禾学校", "end"),
        ("【温馨提醒】您的流量不足，请办理套餐。【青禾移动】", "青禾移动", "end"),
        ("【青禾银行】邀您办卡【青禾银行】", "青禾银行", "start"),
        ("【可疑】【青禾银行】邀您办卡", "青禾银行", "start"),
        ("[可疑]您的账户将挂失【青禾银行】", "青禾银行", "end"),
        ("转自10690342643166024*【青禾银行】特邀您申请信用卡", "青禾银行", "start"),
        ("ljdxjb#10690342643#【青禾银行】特邀您申请信用卡", "青禾银行", "start"),
        ("(1/2)[青禾旅行]确认：大床房一间", "青禾旅行", "start"),
        ("速来抢购|拒收回N(2/2)【青禾指南】", "青禾指南", "end"),
        ("清仓大抢购【【青禾衣舍】", "青禾衣舍", "end"),
        ("欢迎光临，热线3773888【青禾会所】【】", "青禾会所", "end"),
        ("70年产权，公交直达【青禾新城】4006556159", "青禾新城", "end"),
        ("活动详见【青禾银行】http://a.example.com/x1", "青禾银行", "end"),
        ("全场五折【青禾百货】回T退订", "青禾百货", "end"),
        ("最新报价在[http://f.example.cn][青禾商城]", "青禾商城", "end"),
        ("积分换券，换完为止【１号店】", "１号店", "end"),
        ("明早11点再卖60万台【360】", "360", "end"),
        ("青禾银行】恭喜您成为优选用户，退订回T", "青禾银行", "start"),
        ("详情咨询老师【青 禾 教 育", "青 禾 教 育", "end"),
        ("大礼包。W1馆02号展位【青禾汽车】莅临即有惊喜！", "青禾汽车", "middle"),
    ],
)
def test_a_signature_is_found_where_it_stands(text, signature, where):
    reading = read_signature(text)
    assert (reading.signature, reading.where) == (signature, where)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "您好，明天见",
        "各行业正规的税务【发票】13900000000.刘",
        "通过首页本地专属【爱购某省】使用我行信用卡支付，可畅享5元洗车",
        "本月获赠【15】点积分，回复8领取",
        "请尽快处理。【】",
        "全场精装，即买即住【67866666】",
        "活动规则见网页【此活动只能接到邀约的客户参与，转发无效】",
        "您有一封新邮件[回复A读下文,回复本短信即回复邮件]",
        "[可疑]答题送话费，询10086",
        "请进入官网【abcde.com】签收！签收号：2188",
        "【1】各位经理大家好",
        "[030872]是您的支付确认验证码，请在页面中完成验证。",
        "您的验证码为【030872】",
        "【券号：702940207478密码：747709】请保存",
    ],
)
def test_other_brackets_are_no_signature(text):
    reading = read_signature(text)
    assert (reading.signature, reading.where, reading.read) == ("", "", "absent")


def test_two_names_at_both_ends_are_said_to_be_ambiguous():
    assert read_signature("【青禾公馆】盛大开放【白鹭地产】").read == "ambiguous"


def test_a_neutral_title_alone_is_ambiguous():
    reading = read_signature("【温馨提醒】您的流量不足")
    assert (reading.signature, reading.read) == ("温馨提醒", "ambiguous")


@pytest.mark.parametrize(
    "text", ["(2/2)费用合计1.10元", "费用合计1.10元(2/2)", "【第2/2页】选2号键缴费", "[1/3]您好！", "续：可用余额"]
)
def test_a_part_without_its_head_is_told_from_a_message_without_signature(text):
    assert read_signature(text).read == "part_missing"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("(1/3)您好", (1, 3)),
        ("1/3)您好", (1, 3)),
        ("2/2:优惠除外", (2, 2)),
        ("【第2/2页】选2号键", (2, 2)),
        ("拒收回N(2/2)【青禾】\t\t", (2, 2)),
        ("您好", None),
        ("(5/2)您好", None),
        ("(0/2)您好", None),
        ("10/26盛大开盘", None),
    ],
)
def test_part_marks_are_read(text, mark):
    assert part_mark(text) == mark


def test_a_clear_signature_is_surer_than_a_cut_one():
    assert read_signature("【青禾银行】您好").sure > read_signature("青禾银行】您好").sure


@pytest.mark.timeout(20)
@pytest.mark.parametrize("run", ["1234567890-", "回复1", "1-", "t.cn/1"])
def test_a_long_run_behind_a_bracket_takes_no_time(run):
    assert read_signature("好【青禾】" + run * 20_000 + "甲").signature == ""
