"""Masking personal values inside texts that leave the house: telephone and identity numbers, cards, codes, names. Pure.

What a sender offers (links, 400 numbers, short codes) is evidence and stays; what belongs to a recipient does not.
"""

import re

_ID = re.compile(r"(?<![0-9])([0-9]{3})[0-9]{11}([0-9]{3}[0-9Xx])(?![0-9])")
_CARD = re.compile(r"(?<![0-9])([0-9]{4})[0-9]{8,11}([0-9]{4})(?![0-9])")
_MOBILE = re.compile(r"(?<![0-9])(1[3-9][0-9])[0-9]{4}([0-9]{4})(?![0-9])")
_MAIL = re.compile(r"([A-Za-z0-9_.+-])[A-Za-z0-9_.+-]*(@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
_NAMED = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[\u4e00-\u9fff]{1,2}(先生|女士|小姐|同学|老师)")
_CODE = re.compile(
    r"((?:验证码|校验码|动态码|密码|取件码|code)[^0-9A-Za-z]{0,4})[0-9A-Z]{4,8}(?![0-9A-Za-z])", re.IGNORECASE
)


def masked(text: str) -> str:
    """The text without what points to a person."""
    text = _ID.sub(r"\1***********\2", text)
    text = _CARD.sub(r"\1********\2", text)
    text = _MOBILE.sub(r"\1****\2", text)
    text = _MAIL.sub(r"\1***\2", text)
    text = _NAMED.sub(r"\1**\2", text)
    return _CODE.sub(r"\1******", text)
