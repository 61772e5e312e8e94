"""Whether what a source has agrees with what is claimed. Pure: values in, a result out."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from registry.kernel.sentence import Sentence
from registry.lookups.kinds import Answer, LookupKind, LookupResult

FACTS: dict[LookupKind, tuple[str, ...]] = {
    LookupKind.COMPANY_REGISTER: ("code", "name"),
    LookupKind.TRADEMARK: ("number", "owner", "mark"),
    LookupKind.ICP: ("domain", "owner"),
    LookupKind.LICENCE: ("licence", "name"),
    LookupKind.REAL_NAME: ("matches",),
    LookupKind.APP: ("app", "owner"),
}
"""What is compared. A record that lacks one of these does not agree: a name that agrees with itself is no proof."""

STATUS = "status"
NAMES = {
    "code": Sentence("统一社会信用代码", "code"),
    "name": Sentence("名称", "name"),
    "number": Sentence("注册号", "number"),
    "owner": Sentence("所有人", "owner"),
    "mark": Sentence("商标文字", "mark"),
    "domain": Sentence("域名", "domain"),
    "licence": Sentence("许可证号", "licence number"),
    "matches": Sentence("实名一致", "name and number match"),
    "app": Sentence("应用名称", "app"),
    STATUS: Sentence("状态", "status"),
}
"""What each fact is called."""
Claim = Mapping[str, str | Sequence[str]]
_BLANKS = re.compile(r"[\s·・.]+")
_BRACKETS = str.maketrans({"(": "（", ")": "）", "【": "", "】": ""})


def result(
    kind: LookupKind, answer: Answer, claimed: Claim, found: Mapping[str, str], ended: Sequence[str]
) -> LookupResult:
    """What an answer means for a claim. `ended`: the words by which sources say that something no longer counts.

    Of a claim with several values (present and former names) one must agree.
    """
    if answer is not Answer.FOUND:
        return LookupResult(answer.value)
    return LookupResult.DIFFERS if differing(kind, claimed, found, ended) else LookupResult.AGREES


def differing(kind: LookupKind, claimed: Claim, found: Mapping[str, str], ended: Sequence[str]) -> list[str]:
    """The facts in which a record does not agree with a claim, `status` where it has ended."""
    wrong = [name for name in FACTS[kind] if not _agrees(claimed.get(name, ""), found.get(name, ""))]
    return [*wrong, STATUS] if any(word in found.get(STATUS, "") for word in ended) else wrong


def plain(text: str) -> str:
    """A name or number as it is compared: width, case, blanks and the kind of brackets do not matter."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).translate(_BRACKETS).casefold()


def _agrees(claimed: str | Sequence[str], found: str) -> bool:
    values = (claimed,) if isinstance(claimed, str) else claimed
    return bool(plain(found)) and plain(found) in {plain(value) for value in values}
