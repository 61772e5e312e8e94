"""Texts by trade and category, with the variables that are drawn for every message.

`{brand}`, `{link}` and `{contact}` come from the stream; the rest is drawn anew: code, name, amount, day, number,
tail (four digits), goods, percent.
"""

VERIFICATION = (
    "您的验证码为{code}，5分钟内有效，请勿泄露给他人。",
    "验证码{code}，您正在登录{brand}，若非本人操作请忽略。",
    "您正在修改登录密码，动态码{code}，工作人员不会向您索要，请勿告知他人。",
    "{code}为您的注册校验码，请于10分钟内填写，如非本人操作，请忽略本短信。",
    "您尾号{tail}的账户正在进行身份验证，验证码：{code}，请妥善保管。",
)

NOTICE: dict[str, tuple[str, ...]] = {
    "retail": (
        "尊敬的{name}，您的订单{number}已发货，预计{day}送达，请保持电话畅通。",
        "您购买的{goods}已出库，订单号{number}，可在 {link} 查看进度。",
        (
            "尊敬的{name}，您的订单{number}因库存调配改由邻近仓库发出，预计{day}前送达，届时快递员将提前与您联系。"
            "如需修改收货地址或取消订单，请在{day}前登录 {link} 办理，给您带来不便敬请谅解。"
        ),
        "您的退款{amount}元已原路退回，订单号{number}，如有疑问请致电{contact}。",
    ),
    "finance": (
        "您尾号{tail}的账户{day}支出人民币{amount}元，余额变动请以柜面查询为准。",
        "尊敬的{name}，您本期账单{amount}元，到期还款日{day}，已还请忽略。",
        (
            "尊敬的{name}，您尾号{tail}的账户签约的自动还款将于{day}扣款{amount}元，请确保账户余额充足。"
            "如您已变更扣款账户，请于扣款日前一个工作日办理，逾期将按合同约定计收费用，详询{contact}。"
        ),
        "您尾号{tail}的卡{day}入账{amount}元。如有疑问请致电{contact}。",
    ),
    "internet": (
        "您的账号于{day}在新设备登录，如非本人操作请尽快修改密码。",
        "您提交的工单{number}已处理完成，请登录 {link} 查看结果。",
        "您的服务将于{day}到期，届时数据保留30天，请留意。",
    ),
    "logistics": (
        "您的快递{number}正在派送，派送员{name}，电话{contact}，请注意查收。",
        "您的包裹已到驿站，取件码{code}，请于{day}前领取。",
        "运单{number}已签收，签收人：{name}，感谢使用。",
    ),
    "health": (
        "{name}您好，您已预约{day}的门诊，序号{tail}，请提前30分钟取号。",
        "{name}您好，您的检查报告已出具，请凭就诊卡到自助机打印，咨询{contact}。",
        "您的处方已配好，取药号{tail}，请到窗口领取。",
    ),
    "education": (
        "{name}家长您好，{day}上午召开家长会，请准时参加。",
        "{name}同学，您的课程将于{day}开课，教室号{tail}，请携带证件。",
        "您的考试报名已通过审核，准考证号{number}，请登录 {link} 打印。",
    ),
    "catering": (
        "{name}您好，您预订的{day}餐位已留，桌号{tail}，请准时到店。",
        "您的外卖订单{number}已由骑手取餐，预计30分钟送达。",
        "您预订的房间已确认，入住日{day}，订单号{number}，咨询{contact}。",
    ),
    "property": (
        "尊敬的业主，因管道检修，{day}9时至17时停水，请提前储水。",
        "{name}业主您好，您本季物业费{amount}元，请于{day}前缴纳，咨询{contact}。",
        "您报修的事项{number}已派工，维修师傅将于{day}上门。",
    ),
    "public": (
        "您申报的社保业务{number}已办结，可凭身份证到窗口领取。",
        "您的交通违法已处理，编号{number}，详情请咨询{contact}。",
    ),
    "telecom": (
        "尊敬的客户，您本月套餐已用流量{tail}MB，剩余话费{amount}元。",
        "您的号码于{day}办理的业务已生效，如有疑问请致电{contact}。",
    ),
}

MARKETING: dict[str, tuple[str, ...]] = {
    "retail": (
        "会员狂欢购！全场{goods}低至{percent}折，满300减50，点击 {link} 抢购，",
        "{name}您好，新品{goods}上市，到店即送好礼，优惠券已到账，详情 {link} ，",
        (
            "尊敬的会员{name}，感谢您一路相伴！周年庆典于{day}盛大开启，全场{goods}低至{percent}折，"
            "满500减100，再抽千元大奖，前100名到店更有精美礼品一份，数量有限送完即止，详情点击 {link} ，"
        ),
        "年中大促开启，爆款{goods}限时秒杀，仅此一天！热线{contact}，",
    ),
    "finance": (
        "尊享客户专属优惠，最高可贷{amount}元，利率低至{percent}折，点击 {link} 申请，",
        "信用卡新户礼，首刷满额赠{goods}，即刻办理 {link} ，",
    ),
    "internet": (
        "新用户专享，会员{percent}折限时抢购，点击 {link} 立即开通，",
        "您有一张{amount}元优惠券待领取，今晚过期，戳 {link} 领取，",
    ),
    "logistics": ("寄件优惠！新客首单立减{percent}元，点击 {link} 领券，",),
    "health": (
        "体检套餐{percent}折特惠，预约送{goods}，热线{contact}，",
        "春季养生节，全场满200减30，会员双倍积分，详情 {link} ，",
    ),
    "education": (
        (
            "{name}家长您好，新学期{goods}大礼包已备好，名师小班课限时{percent}折，老学员续报再减{amount}元，"
            "三人成团更优惠，{day}前报名还可免费领取全套教辅资料，名额有限先到先得，咨询热线{contact}，"
        ),
        "名师课程限时{percent}折，报名送{goods}，咨询{contact}，",
        "暑期班火热招生，前100名立减{amount}元，报名 {link} ，",
    ),
    "catering": (
        "周末聚会享{percent}折，到店送{goods}一份，订座{contact}，",
        "会员日全场满100减20，凭短信到店领取优惠，",
    ),
    "property": (
        "新盘开售，首付{amount}元起，到访即送{goods}，热线{contact}，",
        "业主专享家装节，低至{percent}折，限时优惠，咨询{contact}，",
    ),
    "telecom": ("流量大礼包限时优惠，{percent}折办理，点击 {link} ，",),
    "public": ("文化惠民演出季，购票低至{percent}折，详情 {link} ，",),
    # what tenants sell who hide behind others' names
    "loan": (
        "急用钱？凭身份证最高可借{amount}元，三分钟到账，点击 {link} ，",
        "您的备用金{amount}元额度已备好，无抵押当天放款，优惠利率，戳 {link} ，",
    ),
    "stock": (
        "牛股推荐，老师带您抓涨停，名额有限限时免费，加微信{contact}，",
        "今日三只强势股已选出，免费领取点击 {link} ，",
    ),
}

DUNNING = (
    "{name}，您的借款{amount}元已逾期，请于{day}前还款，以免影响征信，咨询{contact}。",
    "您尾号{tail}的账单已逾期，欠款{amount}元，请尽快偿还，逾期将产生罚息。",
)

PUBLIC_GOOD = (
    "谨防电信网络诈骗，不轻信、不转账，反诈专线提醒您守好钱袋子。",
    "气象台{day}发布暴雨预警，请减少外出，注意防范。",
    "森林防火人人有责，{day}起禁止野外用火，发现火情请及时报警。",
    "请按时接种疫苗，共筑健康防线，公益宣传。",
)

DOUBTFUL: dict[str, tuple[str, ...]] = {
    "notice": (
        "您的订单{number}已签收，本次获赠的优惠券已存入账户，请留意有效期。",
        "您尾号{tail}的卡积分将于{day}到期，可在 {link} 兑换好礼。",
        "您预约的{day}优惠套餐已确认，请携带证件提前到达，咨询{contact}。",
        "因系统升级，会员日活动改至{day}，已领取的满减券仍可使用，给您带来不便敬请谅解。",
    ),
    "marketing": (
        "{name}您好，您的专属购物码{code}，到店出示即可使用，",
        "{name}您好，您关注的{goods}已到货，请登录 {link} 查看。",
        "{name}您好，您的会员权益已更新，详情请咨询{contact}。",
    ),
}
"""What readers take for another category than its sender means, as a tenth and more of real texts are (see the accuracy
of extraction): a theme of its own, `doubtful`."""

TITLES = ("套餐提醒", "流量提醒", "缴费通知", "服务提醒")
OPT_OUTS = ("拒收请回复R", "拒收请回复R", "拒收请回复R", "回T退订", "退订回TD")

NAMES = (
    "王女士",
    "李先生",
    "张女士",
    "刘先生",
    "陈女士",
    "杨先生",
    "赵女士",
    "周先生",
    "吴女士",
    "徐先生",
    "孙女士",
    "马先生",
)
GOODS = ("春装", "运动鞋", "护肤套装", "坚果礼盒", "智能手表", "空调", "牛奶", "茶叶", "童装", "床品", "耳机", "行李箱")


def texts(theme: str, category: str) -> tuple[str, ...]:
    """The texts of a trade in a category; a trade without its own takes those of retail."""
    if theme == "doubtful":
        return DOUBTFUL[category]
    if category == "verification":
        return VERIFICATION
    if category == "dunning":
        return DUNNING
    if category == "public_good":
        return PUBLIC_GOOD
    pool = NOTICE if category == "notice" else MARKETING
    return pool.get(theme, pool["retail"])
