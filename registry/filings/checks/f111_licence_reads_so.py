"""F111: the licence bears the name and the code that are filed.

What it detects
    A licence on which another name or another code stands than the enterprise is filed or registered with.
Why it matters
    "Papers don't match" is the most frequent cause of refusal, and a borrowed licence its worst case.
Basis
    Rules on telecommunication codes: users are registered by their true names; lists of papers of carriers.
Not a hit
    Names in another width or kind of brackets; of an enterprise that stands, a licence under its former name.
Known gaps
    It compares what was read off the paper and entered, by its uploader or by staff; nobody's eye is replaced.
What the reviewer does
    Opens the paper and enters name and code as they stand on it; what staff enters the uploader does not change.
"""

import datetime as dt

from registry.enterprises.values import EnterpriseValues
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, unchecked
from registry.filings.view import Licence, View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.lookups.policy import plain

KINDS = frozenset({Kind.ENTERPRISE})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_NONE = Sentence("没有证照可供核对", "there is no licence to compare with")
_UNREAD = Sentence(
    "尚无人录入证照上的名称和统一社会信用代码", "nobody has entered the name and the code on the licence"
)
_ENTER = Sentence("打开证照，录入其上的名称和代码", "open the licence and enter name and code as they stand on it")
_NAME = Sentence("证照上的名称为 {found}，申报为 {said}", "the licence bears the name {found}, filed is {said}")
_CODE = Sentence("证照上的代码为 {found}，申报为 {said}", "the licence bears the code {found}, filed is {said}")
_CORRECT = Sentence("按证照更正，或上传本企业的证照", "correct it as the licence has it, or upload one's own licence")


def check(content: EnterpriseValues, view: View) -> Outcome:
    """Whether every licence agrees, and one of them bears the code."""
    party = view.parties.get(content.code)
    names = (content.name, *(party.names if party and view.registered else ()))
    for licence in view.licences:
        if (found := _differs(licence, content.code, names)) is not None:
            return found
    if not view.licences:
        return unchecked(_NONE, _ENTER, "papers")
    read = all(each.name for each in view.licences) and any(each.code for each in view.licences)
    return CLEAR if read else unchecked(_UNREAD, _ENTER, "papers")


def _differs(licence: Licence, code: str, names: tuple[str, ...]) -> Outcome | None:
    if licence.name and plain(licence.name) not in {plain(name) for name in names}:
        return fails(_NAME.about(found=licence.name, said=names[0]), _CORRECT, "name", "papers", paper=licence.key)
    if licence.code and plain(licence.code) != plain(code):
        return fails(_CODE.about(found=licence.code, said=code), _CORRECT, "code", "papers", paper=licence.key)
    return None
