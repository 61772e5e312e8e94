"""What a signature's text and source must be like. Every objection is coded, says what is wrong, and what mends it."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from registry.enterprises.identity import is_short_name_of
from registry.kernel.sentence import Reason, Sentence, listed
from registry.law import provisions
from registry.signatures.folding import fold, simplified

_ONLY_TRADITIONAL = frozenset("後菸")  # in GB 2312, yet no characters of the standard table of 2013
_DIGITS = re.compile(r"[0-9]+\Z")
_NAMED_SOURCES = frozenset({"company_name", "short_name"})
_PROTECTED = ("government", "bank", "carrier")


@dataclass(frozen=True, slots=True)
class Draft:
    """A signature as somebody wants to file it: its text without brackets, its source, the owner's names."""

    text: str
    source: str
    owner_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """One objection. `blocking`: it can't be filed so; else a person must look at it."""

    reason: Reason
    blocking: bool = True

    @property
    def code(self) -> str:
        """The reason's code."""
        return self.reason.code


def _reason(code: str, number: int, sentence: tuple[str, str], fix: tuple[str, str]) -> Reason:
    return Reason(code, number, Sentence(*sentence), Sentence(*fix))


SOURCES = {
    "company_name": Sentence("企业名称", "company name"),
    "short_name": Sentence("企业简称", "short name"),
    "trademark": Sentence("注册商标", "registered trademark"),
    "government": Sentence("政府机关", "government body"),
    "app": Sentence("应用名称", "app"),
    "official_account": Sentence("公众号", "official account"),
    "mini_program": Sentence("小程序", "mini-program"),
    "website": Sentence("网站", "website"),
    "shop": Sentence("网店", "online shop"),
}
_SINCE = Sentence("自 {day} 起", "since {day}")
_THEN = Sentence("在该日", "then")
LENGTH = _reason(
    "SIGNATURE_LENGTH",
    311,
    (
        "签名为{length}个字符，应为{least}至{most}个",
        "the signature has {length} characters, not {least} to {most}",
    ),
    ("使用企业简称或注册商标", "use the company's short name or a registered trademark"),
)
CHARACTERS = _reason(
    "SIGNATURE_CHARACTERS",
    312,
    ("签名含有不允许的字符：{found}", "the signature holds characters that are not allowed: {found}"),
    (
        "只用汉字、半角字母和数字，不含括号、符号、空格",
        "use Chinese characters, letters and digits alone",
    ),
)
ALL_DIGITS = _reason(
    "SIGNATURE_ALL_DIGITS",
    313,
    ("签名不能全部为数字", "a signature may not be all digits"),
    ("加上企业或品牌名称", "add the name of the company or brand"),
)
TRADITIONAL = _reason(
    "SIGNATURE_TRADITIONAL",
    314,
    ("签名含有繁体字：{found}", "the signature holds traditional characters: {found}"),
    ("改用简体：{expected}", "write it in simplified script: {expected}"),
)
NEUTRAL = _reason(
    "SIGNATURE_NEUTRAL",
    315,
    ("签名过于中性，不能表明发送者", "the signature is too neutral: it does not say who sends"),
    ("使用企业、商标或机构名称", "use the name of the company, trademark or body"),
)
SOURCE = _reason(
    "SIGNATURE_SOURCE",
    316,
    (
        "签名来源“{source}”{since}不被接受，可用：{accepted}",
        "the source {source} is not accepted {since}; accepted: {accepted}",
    ),
    ("改用可接受的来源并提交相应材料", "choose an accepted source and hand in its papers"),
)
NOT_IN_NAME = _reason(
    "SIGNATURE_NOT_IN_NAME",
    317,
    ("签名不是企业名称中连续的一部分", "the signature is no continuous part of the company's name"),
    (
        "使用企业全称或其中连续的字，或改以商标为来源",
        "use a continuous part of the name, or file it as a trademark",
    ),
)
PROTECTED = _reason(
    "SIGNATURE_PROTECTED_WORD",
    318,
    ("签名含有受保护的名称：{found}", "the signature holds a protected name: {found}"),
    ("提交该机构的证明材料，由两人审核", "hand in that body's proof; two people decide"),
)
REASONS = (LENGTH, CHARACTERS, ALL_DIGITS, TRADITIONAL, NEUTRAL, SOURCE, NOT_IN_NAME, PROTECTED)


def issues(draft: Draft, when: dt.date) -> list[Issue]:
    """Every objection to a signature by the provisions in force on a day, in the order of their numbers."""
    return [issue for rule in _RULES for issue in rule(draft, when)]


def protected_words(text: str, when: dt.date) -> list[str]:
    """The protected names (of government, banks, carriers) that a text holds, however they are written."""
    return [word for kind in _PROTECTED for word in _protected_by(kind, text, when)]


def protected_kinds(text: str, when: dt.date) -> set[str]:
    """Whose protected names a text holds: those of government, of banks, of carriers."""
    return {kind for kind in _PROTECTED if _protected_by(kind, text, when)}


def _protected_by(kind: str, text: str, when: dt.date) -> list[str]:
    folded = fold(text)
    return [word for word, each in _folded_words(f"signatures.protected.{kind}", when) if each in folded]


@lru_cache(maxsize=64)
def _folded_words(name: str, when: dt.date) -> tuple[tuple[str, str], ...]:
    """The words of a provision, each with its folded form."""
    return tuple((word, fold(word)) for word in provisions.words(name, when))


def traditional_characters(text: str) -> list[str]:
    """The characters of traditional script in a text; those that the simplified standard keeps too are none."""
    return [each for each in text if simplified(each) != each and not _in_standard(each)]


def _in_standard(character: str) -> bool:
    """Whether simplified script keeps a character too: GB 2312 holds it (乾, 徵, 吒), and not by accident."""
    if character in _ONLY_TRADITIONAL:
        return False
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _issue(reason: Reason, *, blocking: bool = True, **values: object) -> Issue:
    filled = Reason(reason.code, reason.number, reason.sentence.about(**values), reason.fix.about(**values))
    return Issue(filled, blocking)


def _length(draft: Draft, when: dt.date) -> Iterator[Issue]:
    least = provisions.integer("signatures.length.least", when)
    most = provisions.integer("signatures.length.most", when)
    if not least <= len(draft.text) <= most:
        yield _issue(LENGTH, length=len(draft.text), least=least, most=most)


def _characters(draft: Draft, when: dt.date) -> Iterator[Issue]:
    found = dict.fromkeys(_not_of(provisions.text("signatures.characters", when)).findall(draft.text))
    if found:
        yield _issue(CHARACTERS, found=" ".join(map(repr, found)))


@lru_cache(maxsize=16)
def _not_of(characters: str) -> re.Pattern[str]:
    return re.compile(f"[^{characters}]", re.DOTALL)


def _all_digits(draft: Draft, when: dt.date) -> Iterator[Issue]:
    lawful = provisions.words("signatures.digits_lawful", when)
    if _DIGITS.match(draft.text) and draft.text not in lawful:
        yield _issue(ALL_DIGITS)


def _traditional(draft: Draft, _: dt.date) -> Iterator[Issue]:
    found = traditional_characters(draft.text)
    if found:
        yield _issue(TRADITIONAL, found="".join(found), expected=simplified(draft.text))


def _neutral(draft: Draft, when: dt.date) -> Iterator[Issue]:
    folded = fold(draft.text)
    if any(folded == each for _word, each in _folded_words("signatures.neutral", when)):
        yield _issue(NEUTRAL)


def _source(draft: Draft, when: dt.date) -> Iterator[Issue]:
    accepted = provisions.words("signatures.sources", when)
    if draft.source not in accepted:
        said = SOURCES.get(draft.source, draft.source)
        named = listed(SOURCES[each] for each in accepted)
        yield _issue(SOURCE, source=said, since=_ended(draft.source, when), accepted=named)


def _ended(source: str, when: dt.date) -> Sentence:
    """Since when a source is accepted no more, as far as it was before a day."""
    rows = (row for row in provisions.PROVISIONS["signatures.sources"] if row.valid_until and row.valid_until <= when)
    ends = [row.valid_until for row in rows if isinstance(row.value, tuple) and source in row.value and row.valid_until]
    return _SINCE.about(day=max(ends)) if ends else _THEN


def _not_in_name(draft: Draft, _: dt.date) -> Iterator[Issue]:
    if draft.source in _NAMED_SOURCES and draft.owner_names and not _named(draft.text, draft.owner_names):
        yield _issue(NOT_IN_NAME)


def _named(text: str, names: Sequence[str]) -> bool:
    return any(is_short_name_of(simplified(text), simplified(name)) for name in names)


def _protected(draft: Draft, when: dt.date) -> Iterator[Issue]:
    found = protected_words(draft.text, when)
    if found:
        yield _issue(PROTECTED, blocking=False, found="、".join(found))


_RULES: tuple[Callable[[Draft, dt.date], Iterator[Issue]], ...] = (
    _length,
    _characters,
    _all_digits,
    _traditional,
    _neutral,
    _source,
    _not_in_name,
    _protected,
)
