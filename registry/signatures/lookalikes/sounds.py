"""What characters sound like in Mandarin: the syllable without its tone, and what many speakers make of it.

Characters that names read in another way than dictionaries give first stand in a table; some have two readings.
"""

from functools import lru_cache

from pypinyin import Style, pinyin

# readings in names: the first is the usual one
_READINGS = {
    "行": ("hang", "xing"),
    "重": ("chong", "zhong"),
    "长": ("chang", "zhang"),
    "乐": ("le", "yue"),
    "会": ("hui", "kuai"),
    "都": ("du", "dou"),
    "大": ("da", "dai"),
    "单": ("dan", "shan"),
    "传": ("chuan", "zhuan"),
    "盛": ("sheng", "cheng"),
    "厦": ("sha", "xia"),
    "朝": ("chao", "zhao"),
    "校": ("xiao", "jiao"),
    "调": ("diao", "tiao"),
    "地": ("di", "de"),
    "和": ("he", "huo"),
    "还": ("huan", "hai"),
    "车": ("che", "ju"),
    "藏": ("cang", "zang"),
    "曾": ("zeng", "ceng"),
    "石": ("shi", "dan"),
    "红": ("hong",),
    "家": ("jia",),
    "宿": ("su", "xiu"),
    "降": ("jiang", "xiang"),
    "参": ("can", "shen"),
    "卡": ("ka", "qia"),
    "六": ("liu", "lu"),
    "仇": ("chou", "qiu"),
    "区": ("qu", "ou"),
    "万": ("wan",),
    "泊": ("bo", "po"),
    "薄": ("bo", "bao"),
    "晟": ("sheng", "cheng"),
    "省": ("sheng", "xing"),
}
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_AS_F = ("hua", "hui", "hun", "huo")  # hua is fa, huang fang, hui fei, hun fen, huo fo; hu alone is fu
_MOST = 65_536


@lru_cache(_MOST)
def syllables(character: str) -> tuple[str, ...]:
    """The syllables of a character without tones, the usual one first; empty where it is no Chinese character."""
    if character in _READINGS:
        return _READINGS[character]
    found = pinyin(character, style=Style.NORMAL, errors="ignore")
    return (found[0][0].replace("ü", "v"),) if found and found[0][0].isalpha() else ()


@lru_cache(_MOST)
def sound(character: str) -> str:
    """The usual syllable as a careless ear takes it; the character itself where it has none."""
    found = syllables(character)
    return blurred(found[0]) if found else character


def blurred(syllable: str) -> str:
    """A syllable with what many speakers mix up made one: n/l, zh/z, ch/c, sh/s, f/h, and -n/-ng."""
    for one, other in _INITIALS:
        if syllable.startswith(one):
            syllable = other + syllable.removeprefix(one)
    if syllable.endswith("ng") and not syllable.endswith("ong"):
        syllable = syllable.removesuffix("g")
    return _with_f(syllable)


def sounds_same(one: str, other: str) -> bool:
    """Whether two characters have a syllable in common, tones apart."""
    return bool(set(syllables(one)) & set(syllables(other)))


def sounds_near(one: str, other: str) -> bool:
    """Whether two characters sound alike to a careless ear."""
    return bool({blurred(each) for each in syllables(one)} & {blurred(each) for each in syllables(other)})


def _with_f(syllable: str) -> str:
    if syllable == "hu":
        return "fu"
    if not syllable.startswith(_AS_F):
        return syllable
    rest = syllable.removeprefix("hu")
    return "f" + {"i": "ei", "n": "en", "o": "o"}.get(rest, rest)
