"""The provinces of GB/T 2260 by their two-digit codes, and sets of provinces as integers of bits.

A province's bit is its place in the table. Facts and snapshots keep these bits, so the order never changes: new
provinces are added at the end.
"""

from collections.abc import Iterable

PROVINCES: dict[str, tuple[str, str]] = {
    "11": ("北京市", "Beijing"),
    "12": ("天津市", "Tianjin"),
    "13": ("河北省", "Hebei"),
    "14": ("山西省", "Shanxi"),
    "15": ("内蒙古自治区", "Inner Mongolia"),
    "21": ("辽宁省", "Liaoning"),
    "22": ("吉林省", "Jilin"),
    "23": ("黑龙江省", "Heilongjiang"),
    "31": ("上海市", "Shanghai"),
    "32": ("江苏省", "Jiangsu"),
    "33": ("浙江省", "Zhejiang"),
    "34": ("安徽省", "Anhui"),
    "35": ("福建省", "Fujian"),
    "36": ("江西省", "Jiangxi"),
    "37": ("山东省", "Shandong"),
    "41": ("河南省", "Henan"),
    "42": ("湖北省", "Hubei"),
    "43": ("湖南省", "Hunan"),
    "44": ("广东省", "Guangdong"),
    "45": ("广西壮族自治区", "Guangxi"),
    "46": ("海南省", "Hainan"),
    "50": ("重庆市", "Chongqing"),
    "51": ("四川省", "Sichuan"),
    "52": ("贵州省", "Guizhou"),
    "53": ("云南省", "Yunnan"),
    "54": ("西藏自治区", "Tibet"),
    "61": ("陕西省", "Shaanxi"),
    "62": ("甘肃省", "Gansu"),
    "63": ("青海省", "Qinghai"),
    "64": ("宁夏回族自治区", "Ningxia"),
    "65": ("新疆维吾尔自治区", "Xinjiang"),
    "71": ("台湾省", "Taiwan"),
    "81": ("香港特别行政区", "Hong Kong"),
    "82": ("澳门特别行政区", "Macao"),
}

LICENCE_LETTERS: dict[str, str] = dict(
    zip(
        "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新",
        (code for code in PROVINCES if code < "71"),
        strict=True,
    )
) | {"黔": "52", "滇": "53"}
"""The letter before a provincial licence's number, and the province that it stands for."""

BIT: dict[str, int] = {code: place for place, code in enumerate(PROVINCES)}
ALL_PROVINCES: int = (1 << len(PROVINCES)) - 1


def is_province(code: str) -> bool:
    """Whether this two-digit code names a province."""
    return code in PROVINCES


def province_bits(codes: Iterable[str]) -> int:
    """The set of these provinces as bits. Raises ValueError, naming the code that is none."""
    bits = 0
    for code in codes:
        if code not in BIT:
            raise ValueError(f"{code!r} is no province code of GB/T 2260 (two digits, such as 11 for Beijing)")
        bits |= 1 << BIT[code]
    return bits


def province_codes(bits: int) -> list[str]:
    """The codes of a set of provinces, in the standard's order. Bits that stand for no province are left out."""
    return [code for code, place in BIT.items() if bits >> place & 1]


def name(code: str, language: str = "zh") -> str:
    """A province's name, Chinese for a language that begins with `zh`, else English. Raises ValueError."""
    if code not in PROVINCES:
        raise ValueError(f"{code!r} is no province code of GB/T 2260")
    chinese, english = PROVINCES[code]
    return chinese if language.startswith("zh") else english
