"""F106: the papers that this filing needs are there and still count.

What it detects
    A missing licence (registration of an enterprise, or a change of it), letter (letter of authorisation, or a
    signature that is another's) or trademark certificate (signature from a trademark), papers whose date has passed,
    and those that are about to run out.
Why it matters
    Papers that don't match are the most frequent cause of refusal; a missing one costs a round.
Basis
    Lists of papers asked for by carriers and platforms.
Not a hit
    Signatures from the applicant's own name: its licence is on file with its registration.
Known gaps
    What a picture shows is for people: the check counts papers, it does not read them.
What the reviewer does
    Opens each paper and compares names, codes and dates.
"""

import datetime as dt
from collections.abc import Iterable

from registry.filings.content import Content, SignatureContent
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, unchecked, warns
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence, listed
from registry.law import provisions
from registry.papers.kinds import SENTENCES, PaperKind
from registry.signatures.kinds import SignatureSource

KINDS = frozenset({Kind.ENTERPRISE, Kind.ENTERPRISE_CHANGE, Kind.SIGNATURE, Kind.LETTER})
SEVERITY = Severity.MEDIUM
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_NONE = Sentence("没有随附材料可供核对", "no papers are on file to compare with")
_ASK = Sentence("请持有人补交材料", "ask the holder for the papers")
_MISSING = Sentence("缺少材料：{kinds}", "papers are missing: {kinds}")
_UPLOAD = Sentence("上传清晰的 PDF、PNG 或 JPEG 并附在报备中", "upload a clear PDF, PNG or JPEG, name it in the filing")
_ENDED = Sentence("材料已过期：{kinds}", "papers are out of date: {kinds}")
_ENDS_SOON = Sentence("材料即将到期：{kinds}", "papers are about to run out: {kinds}")
_RENEW = Sentence("上传有效的材料", "upload one that is still valid")


def check(content: Content, view: View) -> Outcome:
    """Whether each kind of paper that is needed is there."""
    if view.papers is None:
        return unchecked(_NONE, _ASK, "papers")
    needed = _needed(content, view)
    missing = [kind for kind in needed if kind not in view.papers]
    if missing:
        return fails(_MISSING.about(kinds=_named(missing)), _UPLOAD, "papers")
    ended = [kind for kind, until in view.papers.items() if until is not None and until <= view.at]
    if ended:
        return fails(_ENDED.about(kinds=_named(ended)), _RENEW, "papers")
    soon = [kind for kind, until in view.papers.items() if until is not None and until <= view.at + _soon(view)]
    return warns(_ENDS_SOON.about(kinds=_named(soon)), _RENEW, "papers") if soon else CLEAR


def _named(kinds: Iterable[str]) -> Sentence:
    return listed(SENTENCES[PaperKind(kind)] for kind in kinds)


def _soon(view: View) -> dt.timedelta:
    """So long before a paper's end its holder is told for the first time."""
    return dt.timedelta(days=max(int(each) for each in provisions.words("permits.expiry_notice", view.at)))


def _needed(content: Content, view: View) -> list[PaperKind]:
    if not isinstance(content, SignatureContent):
        return [PaperKind.LETTER if hasattr(content, "signatures") else PaperKind.LICENCE]
    by_trademark = content.values.source == SignatureSource.TRADEMARK
    anothers = content.values.owner != view.applicant and not content.letter
    return [PaperKind.TRADEMARK] * by_trademark + [PaperKind.LETTER] * anothers
