"""Who an enterprise is: its unified social credit code, or another register's key written `KIND:VALUE`.

One written form for each enterprise: codes are upper-cased and width-folded before they are compared or kept.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from stdnum import lei
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from registry.kernel.sentence import Sentence, Unreadable

USCC = "USCC"
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_AUTHORITIES = "123456789ANY"  # GB 32100-2015, table 1
_LENGTH = 18
_REGISTER = re.compile(r"REG-[A-Z]{2}\Z")
_VALUE = re.compile(r"[\w./()-]{1,64}\Z")
_OLD = re.compile(r"[0-9]{15}\Z")

_WRONG_LENGTH = Sentence(
    "统一社会信用代码应为18位，此代码为{length}位",
    "a unified social credit code has 18 characters, this one has {length}",
)
_WRONG_CHARACTER = Sentence(
    "统一社会信用代码第{place}位不能是{found}，应为{expected}",
    "character {place} of the unified social credit code can't be {found}: expected is {expected}",
)
_WRONG_CHECK = Sentence(
    "统一社会信用代码校验位不符：末位为{found}，按前17位计算应为{expected}，请核对各位",
    "the check digit of the unified social credit code is wrong: {found}, expected {expected}; compare every character",
)
_WRONG_KIND = Sentence(
    "不认识的主体标识类型{kind}：可用 REG-国家代码、MIL、OLD15、LEI",
    "unknown kind of identity {kind}: known are REG-<country>, MIL, OLD15, LEI",
)
_HOME_REGISTER = Sentence(
    "境内主体应使用统一社会信用代码，不使用 REG-CN",
    "an enterprise of mainland China is known by its USCC, not by REG-CN",
)
_WRONG_VALUE = Sentence("{kind} 的值不符合要求：{expected}", "the value of {kind} is not right: {expected}")


@dataclass(frozen=True, slots=True)
class Identity:
    """An enterprise's identity: `kind` (USCC, REG-XX, MIL, OLD15, LEI), `value`, and `code`, the form to write."""

    kind: str
    value: str

    @property
    def code(self) -> str:
        """How the enterprise is written everywhere: the USCC alone, else `KIND:VALUE`."""
        return self.value if self.kind == USCC else f"{self.kind}:{self.value}"


@lru_cache(maxsize=1024)
def parse(text: str) -> Identity:
    """The identity that a text writes.

    Raises Unreadable (a ValueError) that names the wrong character or the expected check digit.
    """
    written = unicodedata.normalize("NFKC", text).strip().upper()
    kind, colon, value = written.partition(":")
    return _other(kind, value) if colon else _uscc(written)


def is_valid(text: str) -> bool:
    """Whether a text writes an identity."""
    try:
        parse(text)
    except Unreadable:
        return False
    return True


def _uscc(written: str) -> Identity:
    if len(written) != _LENGTH:
        raise Unreadable("USCC_LENGTH", _WRONG_LENGTH.about(length=len(written)))
    for place, found in enumerate(written, 1):
        _refuse_character(place, found)
    # stdnum's own validate refuses letters in the first two places, which the standard allows (N: villages)
    expected = uscc.calc_check_digit(written[:-1])
    if written[-1] != expected:
        raise Unreadable("USCC_CHECK_DIGIT", _WRONG_CHECK.about(found=written[-1], expected=expected))
    return Identity(USCC, written)


def _refuse_character(place: int, found: str) -> None:
    allowed, expected = _allowed(place)
    if found not in allowed:
        raise Unreadable("USCC_CHARACTER", _WRONG_CHARACTER.about(place=place, found=found, expected=expected))


def _allowed(place: int) -> tuple[str, str]:
    if place == 1:
        return _AUTHORITIES, "1-9 / A / N / Y"
    if 3 <= place <= 8:  # noqa: PLR2004 - places of the division code, GB 32100-2015
        return "0123456789", "0-9"
    return _ALPHABET, "0-9 / A-Y (I O S V Z excepted)"


def _other(kind: str, value: str) -> Identity:
    if kind == "REG-CN":
        raise Unreadable("IDENTITY_HOME_REGISTER", _HOME_REGISTER)
    if kind in {"OLD15", "LEI", "MIL"} or _REGISTER.match(kind):
        _refuse_value(kind, value)
        return Identity(kind, value)
    raise Unreadable("IDENTITY_KIND", _WRONG_KIND.about(kind=kind or "''"))


def _refuse_value(kind: str, value: str) -> None:
    if kind == "OLD15" and not _OLD.match(value):
        raise Unreadable("IDENTITY_VALUE", _WRONG_VALUE.about(kind=kind, expected="[0-9] x 15"))
    if kind == "LEI":
        _refuse_lei(value)
    if not _VALUE.match(value):
        raise Unreadable("IDENTITY_VALUE", _WRONG_VALUE.about(kind=kind, expected="1-64 x [A-Z 0-9 . / ( ) _ -]"))


def _refuse_lei(value: str) -> None:
    try:
        canonical = lei.validate(value)
    except ValidationError:
        canonical = ""
    if canonical != value:
        raise Unreadable("IDENTITY_VALUE", _WRONG_VALUE.about(kind="LEI", expected="ISO 17442, 20 x [0-9 A-Z], mod 97"))


def is_short_name_of(short_name: str, full_name: str) -> bool:
    """Whether a short name is a continuous part of the full name: none skipped, none reordered, not empty.

    Width and case of letters don't count.
    """
    short, full = (unicodedata.normalize("NFKC", name).strip().casefold() for name in (short_name, full_name))
    return bool(short) and short in full
