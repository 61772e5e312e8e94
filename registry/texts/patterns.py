r"""The one list of patterns that read a message, for Python, the engine (RE2) and Java alike.

EXTRACTOR_VERSION = 10: it goes up whenever a pattern or a step changes what is read, and facts carry it.
Shared ground: no look-around, no back-references, no `.`, no `\s`, `[0-9]` for digits, `[^...]` for anything else.
"""

EXTRACTOR_VERSION = 10

# Controls, blanks and the invisible: real texts end in runs of tabs and NULs and start with byte order marks.
BLANK = "\\x00-\\x20\u00a0\u3000\ufeff\u200b-\u200f\u2028\u2029\u2060"
OPEN = r"【\[［〖〔「『"
CLOSE = r"】\]］〗〕」』"
NO_BRACKET = f"[^{OPEN}{CLOSE}]"

# What phones, guards and chat relays write around a message; never part of what was sent.
GUARD = (
    rf"[{OPEN}(（](?:可疑|疑似|骚扰|诈骗|垃圾|拦截|广告短信|推销|高危|和多号|手机管家|手机卫士|(?:对方)?发自|由GO)"
    rf"[^{OPEN}{CLOSE})）]*[{CLOSE})）]"
)
# What mail and chat gateways add behind the signature.
RELAY = (
    rf"[{OPEN}(（](?:(?:可|请)?(?:直接)?回复?|通过|结束|点击|可回复|本短信|转发|超级QQ|发布及回复)"
    rf"[^{OPEN}{CLOSE})）]*[{CLOSE})）]"
)
# How subscribers forward a message they complain about: number*text, number:text, ljdxjb#number#text.
FORWARDED = (
    r"转自?[0-9+]{3,24}[*:： ]|举报[#＃:：]?[0-9+]{0,24}[#＃*:： ]|[Ll][Jj][Dd][Xx][Jj][Bb][#＃][0-9+]{3,24}[#＃]"
    r"|\+?[0-9]{5,24}[*:：＊ \t]"
)
PART_AT_START = (
    r"[\[【(（<]第?[0-9]{1,2}/[0-9]{1,2}[页条]?[\]】)）>][:：]?|[1-5]/[2-5][)）:： ]|第[0-9]{1,2}/[0-9]{1,2}[页条]"
)
PART_AT_END = r"[\[【(（][0-9]{1,2}/[0-9]{1,2}[\]】)）]"
LEAD = rf"[{BLANK}:：?？!！*＊#.。,，、;；~～_|/>》\-]|{GUARD}|{FORWARDED}|{PART_AT_START}"
PART_MARK_AT_START = (
    rf"^[{BLANK}]*(?:[\[【(（<]第?([0-9]{{1,2}})/([0-9]{{1,2}})[页条]?[\]】)）>]"
    r"|([1-5])/([2-5])[)）:： ]|第([0-9]{1,2})/([0-9]{1,2})[页条])"
)
PART_MARK_AT_END = (
    rf"[\[【(（]([0-9]{{1,2}})/([0-9]{{1,2}})[\]】)）][{BLANK}]*"
    rf"(?:[{OPEN}]{NO_BRACKET}*[{CLOSE}])?[{BLANK}]*$"
)
# Where it matters which digit it is: [1-5]/[2-5] at the start, 买[一1]送 (numbers to ring are looked at as they are).
TELLING_DIGITS = r"[0-9]/[0-9][)）:： ]|买[0-9]送"
CONTINUED = rf"^[{BLANK}]*(?:续|接上条|接上)[:：]|[(（<\[](?:待续|未完|续)[)）>\]][{BLANK}]*$"

NAME = rf"[{BLANK}]*({NO_BRACKET}*?[^{OPEN}{CLOSE}{BLANK},])(?:,admin)?[{BLANK},]*[{CLOSE}]+"
HEAD = rf"^(?:{LEAD})*[{OPEN}]+{NAME}"
# Names that need no closer look; those that begin like a guard's mark or a part mark get one.
PLAIN = "[^\\x00-@可疑骚诈垃拦广推高和手对由第（“‘、。，！？《\u3000\ufeff\u200b" + OPEN + CLOSE + "][0-9A-Za-z一-龥]+"
PLAIN_NAME = f"^{PLAIN}$"
ONLY_NAME_AT_END = rf"^{NO_BRACKET}*【({PLAIN})】[{BLANK}]*$"
HEAD_CUT_OPEN = rf"^(?:{LEAD})*([0-9A-Za-z一-龥]{{2,12}})】"
NOISE = rf"[{BLANK}.。,，、;；!！~～_|/\-—]"
AFTERWARDS = rf"(?:{NOISE}|[{OPEN}][{BLANK}]*[{CLOSE}]|{GUARD}|{RELAY})*"
# What may follow twice is bounded: a run that can be split anywhere costs its square.
PHONE_AFTER = r"(?:详询|咨询|热线|客服|电话|致电|询)?[:：]?[0-9][0-9*/\-]{4,40}"
LINK_AFTER = r"(?:[Hh][Tt][Tt][Pp][Ss]?:|[Ww][Ww][Ww]\.)[!-~]+"
NOTE_AFTER = r"[(（][^()（）【】]+[)）]"
OPT_OUT_AFTER = r"[(（]?(?:请?回复?|退订|拒收|屏蔽|取关)[0-9A-Za-z请回复发送至到退订拒收即可屏蔽取消关注]{1,40}[)）]?"
TAIL = rf"[{OPEN}]{NAME}{AFTERWARDS}$"
TAIL_TRAILED = (
    rf"[{OPEN}]{NAME}{NOISE}*"
    rf"(?:(?:{PHONE_AFTER}|{LINK_AFTER}|{NOTE_AFTER}|{OPT_OUT_AFTER}){AFTERWARDS}){{1,2}}$"
)
TAIL_CUT_CLOSE = rf"【([^【】\[\]，。！？；：,!?;:]{{1,15}}[^【】\[\]，。！？；：,!?;:{BLANK}])[{BLANK}]*$"
NEAR_THE_END = r"【([^【】]{2,16})】[^【】\[\]的业]{1,10}$"

# What cannot be a name: sentences, instructions, numbers, prices, addresses on the web, goods of fraudsters.
NO_NAME = (
    r"[。！？；：!?;:，%％=<>*]|您|下载|https?|www\.|[0-9]{7}|[0-9]{3}-[0-9]{4}|[0-9]元"
    r"|^[0-9]{1,2}$|^[0-9/ .\-]{7,}$|^[^0-9A-Za-z一-龥０-ｚ]*$"
    r"|^(?:回复|回[A-Za-z0-9]|点击|点此|详情|详询|转发|退订|拒收|发送|编辑|咨询|微信关注|微信搜|本短信|本信息|以上|谢谢|可回复|结束|本服务|本条|信息费|通过"
    r"|每日|每月|只限|仅限|仅供|免费参与|发票|税票|增值|附件|未完|完$|待续|第[0-9]|[0-9]{1,2}/[0-9]|可疑|疑似|骚扰|诈骗|垃圾短信|拦截|高危|推销|广告短信|和多号)"
)
# Companies are called so too: two characters or more with one of these behind them, unless they name a kind of thing.
BRANDED = (
    rf"^[^{OPEN}{CLOSE}]{{2,}}(?:团购|招聘|资讯|分期|课堂|讲坛|折扣店?|精选|新闻|热点|快讯|快报|播报|活动中心|活动策划"
    r"|福利社|推荐|攻略)$"
)
KIND_OF_TITLE = (
    r"^(?:温馨|友情|最新|今日|本周|本月|每日|每周|周末|早间|晚间|会员|客户|用户|贵宾|尊享|专享|限时|特别|重要|系统|安全"
    r"|平台|官方|网上|在线|信用卡|银行卡|借记卡|账单|现金|消费|大额|灵活|贷款|理财|基金|财经|金融|股市|股票|行情|保险|房产"
    r"|楼盘|房源|家居|家装|汽车|购车|旅游|机票|酒店|美食|餐饮|服装|数码|手机|流量|话费|业务|服务|优惠|促销|活动|打折|特价"
    r"|好物|爆款|新品|热门|热销|独家|精彩|健康|养生|教育|考试|英语|法律|体育|娱乐|天气|交通|就业|人才|岗位|校园|春季|夏季"
    r"|秋季|冬季|新年|春节|元旦|国庆|中秋|端午|五一|双十一|双[0-9]{2}|[0-9]{3}|年终|年度|新闻|头条|时事|民生|社会|本地"
    r"|热点|招聘|资讯|分期|课堂|团购|推荐|精选)+[^一-龥]*$"
)
FIGURES = "^[0-9]{4,8}$"
CODE_IN_BRACKETS = rf"[{OPEN}][0-9]{{4,8}}[{CLOSE}][是为（(]|码(?:是|为|[：:])*[{OPEN}][0-9]{{4,8}}[{CLOSE}]"
DOMAIN_NAME = r"[A-Za-z0-9]\.(?:com|cn|net|org|cc|me)"
# Titles that stand where a signature stands: neutral words that no company is called, and slogans.
TITLE = (
    r"提醒|提示|通知|通告|公告|优惠|特惠|钜惠|聚惠|快讯|资讯|喜讯|消息|活动|福利|惊喜|大促|促销|盛典|周年|开盘|有礼|好礼|大礼|礼包|独家|推荐"
    r"|祝福|更正|专刊|快报|早知道|播报|日报|晨报|账单|权益|邀请函|分期|抽奖|中奖|大奖|秒杀|免费|招聘|急聘|警情|预警|预报|验证码|[!！~～，]"
    r"|回馈|倒计时|上新|折|精选|攻略|课堂|讲坛|专享|尊享|必读|行情|早评|新闻|热点|会刊|重要|紧急|测试|狂欢|清仓|团购|特价|送[0-9一-龥]"
)
