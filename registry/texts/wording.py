"""The lexicon of categories, opt-outs, links and contacts: the same shared ground as `patterns`."""

from registry.texts.patterns import BLANK


def any_case(words: str) -> str:
    """A pattern that takes every letter in both cases, for the two worlds fold case differently."""
    return "".join(f"[{letter.upper()}{letter}]" if letter.isalpha() else letter for letter in words)


# Opt-outs. Not one: 次月不退订, 无需退订, 回复N取消 (that cancels an order), 退订请拨10086 (that is a call),
# 退订发送QXGJMY (a word of so many letters ends a service).
LATIN = "A-Za-zＡ-Ｚａ-ｚ"
OPT_OUT_HINTS = ("退", "拒", "屏蔽", "不想", "不愿", "不再", "不需", "不要", "无需")
REFUSE = r"(?:退[ .*\-]?[订定]|拒[ .*\-]?收|屏[ .*\-]?蔽|取关)"
ASK = r"[回复发送至到请短信编辑此本该业务服务信息条类可直接即由 :：\"“‘'（(,，【\[]"
# Said without a word of refusal: 不想收到请回复R, 如不需要请回N.
DECLINE = (
    rf"(?:不想|不愿意?|不再|无需)再?(?:接?收|打?扰)[^。！；]{{0,10}}回复?[ \"“‘]*[0-9{LATIN}]"
    rf"|不(?:再需要|需要?|想要|要)(?:请|可|，|,)+回复?[ \"“‘]*[0-9{LATIN}]"
)
OPT_OUT = (
    rf"(?:^|[^不需未免勿]){REFUSE}{ASK}*[{LATIN}]{{1,4}}(?:[^{LATIN}]|$)"
    rf"|(?:^|[^不需未免勿]){REFUSE}{ASK}*[回复发送][\"“‘'：: （(【\[]*[0-9０-９]"
    rf"|[回复发送辑][\"“‘'：: （(【\[]*[0-9０-９{LATIN}#]+[”\"’'）)】\]]?(?:[到至][0-9]+)?"
    rf"[可即以就，, ]{{0,3}}(?:{REFUSE}|退[^货款换费房票税钱出役休回差改订还]|退$|拒[^绝付载])"
    rf"|{DECLINE}|[{LATIN}]{REFUSE}|[NTRntr]拒[{BLANK}）)【]|[NTRntr]拒$"
)

# The words alone: by them one who must append a way to refuse is told from one who offers his own.
REFUSAL = rf"{DECLINE}|{REFUSE}{ASK}*[0-9{LATIN}]{{1,4}}|[回复发送辑][^一-龥]*[0-9{LATIN}][^一-龥]*{REFUSE}"

# Links, with or without a scheme; a slash that a channel dropped (t.cnRk1) is bridged by the list of endings.
ENDINGS = (
    "com|cn|cc|net|org|me|im|so|tv|gg|la|io|top|vip|xyz|club|ink|kim|info|biz|mobi|hk|tw|ly|link|shop|site|wang"
    "|icu|ltd|fun|online|store|group|work|life|live|world|win|bid|loan|tech|cloud|red|pub|plus|space|run|asia|fit|cool"
    "|host|press|website|today|love|ren|center|team|chat|cyou|buzz|lol|wiki|pw|tk|ml|ga|cf|gq|dev|page|sbs|cfd|bond|co"
)
ENDING = "(?:" + "|".join(any_case(ending) for ending in ENDINGS.split("|")) + ")"
SCHEME = any_case("http") + r"[Ss]?:/{0,2}"
HOST = rf"(?:[A-Za-z0-9][A-Za-z0-9\-]*\.)+{ENDING}"
NUMERIC_HOST = r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}"
REST = r"(?:[A-Za-z0-9/?#&=%_~:@+.\-]*[A-Za-z0-9/=_#\-])?"
LINK = rf"(?:[A-Za-z0-9_.+\-]+@)?(?:(?:{SCHEME})?{HOST}|{SCHEME}{NUMERIC_HOST}){REST}"
MAIL = r"^[^/?#]*@"
SCHEME_AT_START = rf"^{SCHEME}"
HOST_AT_START = rf"^({HOST}|{NUMERIC_HOST})"
SECOND_LEVEL = (
    "com|net|org|gov|edu|ac|mil|bj|sh|tj|cq|he|sx|nm|ln|jl|hl|js|zj|ah|fj|jx|sd|ha|hb|hn|gd|gx|hi|sc|gz|yn|xz|sn|gs"
    "|qh|nx|xj"
)
REGISTRABLE = rf"(?:^|\.)([a-z0-9\-]+\.(?:(?:{SECOND_LEVEL})\.(?:cn|hk|tw)|[a-z]+)|{NUMERIC_HOST})$"

# Contacts: strict forms anywhere; short and local numbers only behind a word that calls them a number to ring.
RING = r"(?:电话|致电|热线|详询|咨询|垂询|客服|拨打|拨|询|联系|[Tt][Ee][Ll])[:：为是 \t]{0,3}"
# With blanks in them; the first digits may be masked ones, so that what is found in a text is found in its masked form.
SPACED = (
    r"[048]00[ \-]?[0-9]{3} [0-9]{4}|[048]00 [0-9]{3}-?[0-9]{4}"
    r"|[01][03-9][0-9] [0-9]{4} [0-9]{4}|0[0-9]{2,3} [0-9]{7,8}"
)
NUMBER = (
    rf"{RING}(?:{SPACED})|{RING}[0-9][0-9\-]{{4,}}"
    rf"|(?:^|[^0-9A-Za-z\-])(?:{SPACED})|(?:^|[^0-9A-Za-z\-])[0-9][0-9\-]{{9,}}"
)
CONTACT = (
    r"(?:^|[^0-9\-])(?:86-?)?(1[3-9][0-9]-?[0-9]{4}-?[0-9]{4}|[48]00-?[0-9]{7}|[48]00-?[0-9]{3}-?[0-9]{4}"
    r"|[48]00-?[0-9]{4}-?[0-9]{3}|0[1-9][0-9]{1,2}-{0,2}[0-9]{7,8}|[0-9]{5,8})(?:-+[0-9]{0,6})?$"
)

# Categories.
CODE_WORD = (
    r"(?:验证码|校验码|动态码|动态密码|注册码|确认码|激活码|随机码|短信密码|交易码|登录码"
    r"|附加码|效验码|认证码|识别码|检验码|动态口令|(?:登录|注册|身份)[校效]验)"
)
CODE_HINTS = ("码", "口令", "校验", "效验")
CODE = rf"{CODE_WORD}[^0-9{{。！]*[0-9{{]|[0-9}}][^0-9。！，]*{CODE_WORD}"
CODE_CARE = r"泄露|泄漏|告知|告诉|分钟|本人操作|[^前]有效|忽略|切勿|请勿|输入|登录|注册|绑定|找回|修改"
# Who promises something for a code that is entered makes an offer of it, however he cares for the code.
CODE_REWARD = r"(?:登录|注册|绑定|验证|激活|输入)后?(?:即|就|立)可?(?:领|享|得|送|减|赠|返)"
DUNNING_HINTS = ("逾期", "欠", "催", "透支", "起诉", "上门", "还款")
DUNNING = (
    r"已逾期|严重逾期|逾期金额|您的逾期账单|逾期提醒[^。；]*欠款|逾期[0-9]+天|逾期未[还缴付结清]|仍未还|催收|催缴|拖欠|欠款(?:已|事宜|逾期)|结清欠款|清偿|立即还款|尽快还款|尽快(?:还入|处理欠|归还|偿还)"
    r"|请[^。；，]*(?:还清欠款|偿还)|(?:处理|归还|偿还|追索|追讨)[^。；，]*(?:欠款|账款|债务)|司法(?:措施|手段|程序)|上门清收|委外|失信被执行"
    r"|(?:账款|欠款)事宜|(?:发生|本期)逾期|未还金额|超过还款日|法务流程|移交法务|将起诉|被起诉|上门走访|恶意透支"
)
# What a code opens, by the code's own words; what follows are words of such texts that name no application.
_OPENED = "([一-龥A-Za-z]{2,8}"
OPENED = (
    rf"正在(?:登录|注册|使用|绑定|开通|激活){_OPENED})[，,。；]",
    rf"用于{_OPENED}?)的?(?:绑定|登录|注册|实名|身份|激活|账号|找回)",
    rf"(?:^|[】，。：:（(]){_OPENED}?)(?:注册|登录|账号|安全中心)?[：:的]?{CODE_WORD}",
    rf"欢迎(?:使用|注册|登录|来到|加入){_OPENED})[，,。；！]",
)
NO_APPLICATION = (
    r"[您你我请为的是本此该勿卡网新券]|手机|账[号户]|密[码钥]|业务|支付|付款|银行|会员|平台|系统|程序|客户|用户|地址|微信|身份|信息|操作|设备"
    r"|转账|服务|中心|页面|快捷|异地|交易|预约|订单|邮箱|电子|个人|登录|注册|认证|绑定|修改|提[现货]|实名|短信|资金|安全|企业|在线|自助|商户"
    r"|员工|家长|学生|先生|女士|小姐|老师|同学|挂号|病历|报告|办理|找回|重置|签署|[取寄收]件|户号|控制台|合同|借款|下单|优惠|缴费|报名"
    r"|投票|领取|兑换|积分|快递|包裹|门禁|访客|入场|签到|考试|成绩|体检|诊|退款|充值|核销|宽带|流量|套餐|保[单险]|理赔|公众|公司|集团"
    r"|验证|动态|校验|申请|确认|查询|开通|[生有]效|分钟|尊敬|温馨|提[示醒]|[代号]码|输入|专属"
    r"|^(?:语音|图[形片]|随机|临时|首次|[二再]次|取款|开户|[换解]绑|授权|[人刷]脸|重新|官方|[前后]台|办公|社保|医保|签约|解约|授信|征信|鉴权|解锁"
    r"|商[城家场]|论坛|店铺|门店|物业|停车|充电|学校|医院|游戏|直播|视频|音乐|外卖|打车|骑行)$"
)
# Codes of payments name who is paid.
PAYING = r"支付|付款|消费|交易|扣款|转账|收款|代扣|快捷签约|[0-9]元"
# Beside these what is overdue is no debt: an offer of loans, or things that were lent.
NO_DEBT = (
    r"无视|黑户|白户|办理|下款|下卡|秒批|额度(?:高|最高)|诚邀|邀您|低息|申请[^。，；！]*(?:贷|卡|额)"
    r"|逾期[0-9]+[本册件]|图书|借阅|馆藏|借的?《"
)
# Of these one is enough: nobody who serves says it.
SHADY = (
    r"黑户|白户|无视(?:逾期|征信)|无抵押|套现|代开|【发票】|做账|娱乐城|百家乐|博彩|时时彩|稳赚|牛股|股票推荐|秒批|下卡"
    r"|刷单|均可开[，。；]|可开[^。，；]*点数|点数[低优]"
)
PROMOTION = (
    SHADY + r"|优惠|促销|特价|特惠|钜惠|巨惠|聚惠|让利|抢购|疯抢|秒杀|团购|聚划算|大促|狂欢|店庆|盛典|巨献|爆款|上新"
    r"|低至|直降|立减|包邮"
    r"|[一二三四五六七八九0-9]折|折起|全场"
    r"|满[0-9]{2,}[元就立即可]?[减送返赠抵打享]|满[0-9]{2,}元|买[一1]送|(?:[0-9]{3,}元?|[元万])起[，。！ ,!~售]"
    r"|先到先得|仅[需售限][0-9]|仅[一1]天|半价|宠粉|双倍|福袋|随借随还|[日月]息(?:低至|[0-9])|品牌(?:[^】\]]|$)|专柜(?:[^】\]]|$)|会员日|周年"
    r"|开盘|认筹|现房|楼盘|[户叠][型墅]|豪宅|火[热爆]"
    r"|凭码(?:[进到]店|[享领兑抵])|大奖|赢取|有机会|好礼|豪礼|送流量|免费(?:领|送|赢)|凭(?:短信)?验证码|可抵[0-9]+元|回归礼"
    r"|恭喜您(?:获得|成为|有机会)|额度(?:高|最高)|最高额度|免年费|黑马"
    r"|回复[^。，；！]*(?:开通|订购|参与|下载|抽)|发[^。，；！]*开通|开通[^。，；！]*体验"
    r"|招商(?:[^银证基局信惠]|$)|加盟"
    r"|等[你您]来?拿|特卖|放价|疯狂[抢购来折]|火爆|震撼|盛大|隆重[登推开上]|限量|抢[先购订注定到]|开抢|[尽尊畅乐]享|炫铃"
    r"|诚聘|急聘|高薪|月薪|治愈率|专治|[存充][0-9]+元?[送得赠]"
    r"|点击[^。，；！]*(?:领|抢)|猛戳|下载[^。，；！]*赢|预期(?:年化)?收益"
)
# What was bought is no offer any more, whatever it was bought with.
BOUGHT = r"已(?:使用|核销|抵扣)|实付"
# Words of offers that a service says as well: one is a doubtful sign, and where the receiver's own affair is told none.
SOFT_PROMOTION = (
    r"换购|回馈|新款|新品|上市|正品|学区|商铺|首付|VIP|中奖|抽奖|抽取|奖品|领奖|红包|礼券|赠券|礼品|大礼|赠送|试用|送[0-9]{2,}|免费(?:试|体验|办|会诊)"
    r"|办理[^。，；！]*(?:信用卡|贷款|套餐|宽带)|诚邀|特邀|邀您|邀请您|贷款(?:[^合余已本还逾]|$)|提额|彩铃|铃声|试听|投注"
    r"|咨询热线|招聘|招生|热线[:： ]?[0-9]{3}-?[0-9]{3}|开业|别墅|洋房|公馆|涨停|建仓|微创|无痛|理财产品"
    r"|点击[^。，；！]*[办申]|代理记账|代办[^。，；！]*(?:注册|资质|执照)|下载[^。，；！]*(?:客户端|送)"
)
OWN_AFFAIR = (
    r"您已|已(?:成功|提交|受理|审[核批]|通过|办结|到账|入账|发货|签收|退款|退回|生效|确认|结案|完成|取消|扣款|放款|逾期|为您办理|安排)"
    r"|成功(?:预约|兑换|办理|开通|转入|订购|投保|支付|缴|提交|充值|报名)|[单号案][号为]?[:：]?[A-Za-z0-9]{6,}|尾号[0-9{]|户号"
    r"|停[水电气暖]|[检抢维报]修|账单|余额|应[还缴]|缴[费纳]|欠费|续[保费]|面试|入职|就诊|候诊|复诊|理赔|还款|满意度|评价|评分|问卷|您[办订购]理?的"
)
PUBLIC_GOOD = (
    r"公益|反诈|诈骗|防骗|防汛|防火|防灾|气象台|气象局|预警(?:[^值线]|$)|台风|暴雨|寒潮|地震|疫情|疫苗|献血|禁毒|扫黑|普法|消防|安全生产|交通安全|文明城市|园林城市|垃圾分类|志愿者|食品安全"
    r"|人口普查|征兵|公安局提醒|公安提醒|交警提[示醒]|应急管理"
)
