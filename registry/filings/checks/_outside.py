"""What the checks make of a source outside: agreement passes, contradiction fails, silence is never a pass.

Where no answer is demanded (no connector is set, and `lookups.demanded` does not name the kind on that day) and nobody
has looked, the check is not asked at all: it says nothing, least of all that it passed.
"""

from registry.filings.content import Content
from registry.filings.kinds import Verdict
from registry.filings.outcome import CLEAR, Outcome, fails, unchecked
from registry.filings.outside import claims
from registry.filings.view import View
from registry.kernel.sentence import Sentence, listed
from registry.law import provisions
from registry.lookups import policy
from registry.lookups.kinds import Answer, LookupKind

_WEIGHT = (Verdict.FAIL, Verdict.NOT_CHECKED, Verdict.PASS)
_NOT_FOUND = Sentence("{source} 查无 {subject}", "{source} knows no {subject}")
_DIFFERS = Sentence(
    "{source} 的记录与申报不符：{facts}（{found}）", "the record at {source} does not agree in {facts} ({found})"
)
_SEEN = Sentence("{fact}：{found}", "{fact}: {found}")
_SILENT = Sentence("外部来源暂时无法查询 {subject}", "the source could not be reached about {subject}")
_NONE = Sentence("尚无人在外部来源查询 {subject}", "nobody has looked up {subject} at a source outside")
_CORRECT = Sentence("按登记机关的记录更正，或提供证明", "correct it as the source has it, or bring proof")
_LOOK = Sentence(
    "由审核人员查询并在报备页录入结果，或设置连接器",
    "a reviewer looks it up and enters on the filing's page what the source says, or a connector is set up",
)


def compared(content: Content, view: View, kind: LookupKind, field: str) -> Outcome:
    """The worst of what sources of a kind say about a content's claims; what was not answered is not judged.

    The record is held against what is claimed now, not against what was asked then.
    """
    found = [_one(subject, claim, view, kind, field) for subject, claim in _claimed(content, view, kind)]
    by_weight = sorted(found, key=lambda each: _WEIGHT.index(each.verdict))
    return by_weight[0] if by_weight else CLEAR


def asked(content: Content, view: View, kind: LookupKind) -> bool:
    """Whether there is something to say: a claim that a source answered about, or whose answer is demanded."""
    return any(kind in view.demanded or (kind, subject) in view.outside for subject, _ in _claimed(content, view, kind))


def _claimed(content: Content, view: View, kind: LookupKind) -> list[tuple[str, policy.Claim]]:
    every = claims(content, view.parties, view.handler)
    return [(subject, claim) for (of, subject), claim in every.items() if of is kind]


def _one(subject: str, claim: policy.Claim, view: View, kind: LookupKind, field: str) -> Outcome:
    told = view.outside.get((kind, subject))
    if told is None:
        return unchecked(_NONE.about(subject=subject), _LOOK, field)
    if told.answer is Answer.NOT_REACHABLE:
        return unchecked(_SILENT.about(subject=subject), _LOOK, field)
    if told.answer is Answer.NOT_FOUND:
        return fails(_NOT_FOUND.about(source=told.source, subject=subject), _CORRECT, field, lookup=told.key)
    wrong = policy.differing(kind, claim, told.found, provisions.words("lookups.ended", view.at))
    if not wrong:
        return CLEAR
    seen = listed(_SEEN.about(fact=policy.NAMES[name], found=told.found.get(name, "-")) for name in wrong)
    said = _DIFFERS.about(source=told.source, facts=listed(policy.NAMES[name] for name in wrong), found=seen)
    return fails(said, _CORRECT, field, lookup=told.key)
