"""Made-up names: brands, companies, codes, links and telephone numbers, each found from a number alone.

A brand is a word of two or three characters that no city and no suffix is made of, so no two owners' signatures meet
unless a room wants them to.
"""

from stdnum.cn import uscc

from registry.simulation.numbers import shuffled

_HEADS = "云星晨锦瑞翔腾博睿恒嘉盈佳悦颐鼎凯卓逸思启智汇聚创优美乐康宁安泰禾沐澜晟煜琅" + "栖曜璟蔚"
_TAILS = "栖帆岚途越信诚达通捷源淼森舟麦果橙柚糖朵芽蕊鹿鹭鸢鲸象狮豹鹏雁蜂蝶谷" + "屿汀漾洛"
_MIDDLES = "之小大鼎元和天玄初青"
CITIES: dict[str, tuple[str, str]] = {
    "杭州": ("33", "330100"),
    "宁波": ("33", "330200"),
    "深圳": ("44", "440300"),
    "广州": ("44", "440100"),
    "北京": ("11", "110100"),
    "上海": ("31", "310100"),
    "南京": ("32", "320100"),
    "苏州": ("32", "320500"),
    "成都": ("51", "510100"),
    "武汉": ("42", "420100"),
    "长沙": ("43", "430100"),
    "郑州": ("41", "410100"),
    "济南": ("37", "370100"),
    "青岛": ("37", "370200"),
    "西安": ("61", "610100"),
    "合肥": ("34", "340100"),
    "福州": ("35", "350100"),
    "厦门": ("35", "350200"),
    "重庆": ("50", "500100"),
    "天津": ("12", "120100"),
    "沈阳": ("21", "210100"),
    "昆明": ("53", "530100"),
    "南宁": ("45", "450100"),
    "贵阳": ("52", "520100"),
}
CITY_NAMES = tuple(CITIES)
SUFFIXES = (
    "商城",
    "会员",
    "服务",
    "生活",
    "官网",
    "优选",
    "支付",
    "快送",
    "直播",
    "学堂",
    "健康",
    "出行",
    "旅游",
    "社区",
    "物业",
    "金服",
    "理财",
    "信用",
    "易购",
    "会馆",
    "名品",
    "时尚",
    "母婴",
    "数码",
    "家居",
    "汽车",
    "影城",
    "书店",
    "票务",
    "体育",
    "超市",
    "药房",
    "门诊",
    "公益",
    "俱乐部",
    "旗舰店",
    "专营店",
    "营业厅",
)
_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100 leaves out I, O, S, V, Z
_LETTERS = "bcdfghjklmnpqrstvwxyz"
_VOWELS = "aeiou"


def brand(number: int) -> str:
    """The brand of the enterprise of this number; unlike numbers never share one."""
    short = len(_HEADS) * len(_TAILS)
    if number < short:
        head, tail = divmod(shuffled(number, short, 11), len(_TAILS))
        return _HEADS[head] + _TAILS[tail]
    number -= short
    round_, place = divmod(number, short * len(_MIDDLES))
    rest, middle = divmod(shuffled(place, short * len(_MIDDLES), 7), len(_MIDDLES))
    head, tail = divmod(rest, len(_TAILS))
    return _HEADS[head] + _MIDDLES[middle] + _TAILS[tail] + (_base(round_, 1) if round_ else "")


def code(number: int, region: str, kind: str = "91") -> str:
    """A USCC with its check digit (GB 32100); `kind` is the registering authority and the type of entity."""
    body = f"{kind}{region}MA{_base(shuffled(number, 31**7, 4_321), 7)}"
    return body + str(uscc.calc_check_digit(body))


def signature_of(word: str, industry_word: str, city: str, place: int) -> tuple[str, str]:
    """The place-th signature of an owner and its source: its brand, parts of its full name, then marks and apps."""
    first = ((word, "trademark"), (word + industry_word, "short_name"), (city + word, "short_name"))
    if place < len(first):
        return first[place]
    place -= len(first)
    if place < len(SUFFIXES):
        return word + SUFFIXES[place], "trademark" if place % 3 else "app"
    round_, place = divmod(place - len(SUFFIXES), len(SUFFIXES) * len(CITY_NAMES))
    where, what = divmod(place, len(SUFFIXES))
    return f"{CITY_NAMES[where]}{word}{SUFFIXES[what]}{round_ or ''}", "trademark"


def domain(number: int) -> str:
    """A host name that belongs to the enterprise of this number."""
    place, word = shuffled(number, 10**6, 77), ""
    for _ in range(3):
        place, letter = divmod(place, len(_LETTERS))
        place, vowel = divmod(place, len(_VOWELS))
        word += _LETTERS[letter] + _VOWELS[vowel]
    return f"{word}{number}.{('com', 'cn', 'com.cn', 'net')[number % 4]}"


def telephone(number: int) -> str:
    """A service number of the enterprise of this number."""
    digits = f"{shuffled(number, 10**7, 909):07d}"
    return f"400{digits}" if number % 2 else f"400-{digits[:3]}-{digits[3:]}"


def _base(number: int, width: int) -> str:
    text = ""
    while number or len(text) < width:
        number, digit = divmod(number, 31)
        text = _DIGITS[digit] + text
    return text
