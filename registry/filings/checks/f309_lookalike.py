"""F309: the signature is not taken for somebody else's.

What it detects
    A text that looks or sounds like another owner's registered signature, holds it, or is it with a character more or
    less: beside a protected one from the score `signatures.lookalike.least_score`, beside any other from
    `signatures.lookalike.warning_score`. The very same text is F307's.
Why it matters
    Recipients read in haste: a name almost like a known one is how swindlers are believed.
Basis
    Settings of this registry (`signatures.lookalike.*`), dated; figures in `registry/docs/accuracy.md`.
Not a hit
    One's own signatures; registrations that have ended.
Known gaps
    Among hundreds of thousands of names most short ones have lawful neighbours; what merely holds an ordinary short
    name may stay below the score; names translated; readings that only context tells.
What the reviewer does
    Reads both names side by side as on a telephone, compares trades, asks why this name was chosen. Short ordinary
    names have many lawful neighbours, so it only warns; it fails beside a protected one.
"""

import datetime as dt

from registry.filings.content import SignatureContent
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, waits, warns
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.law import provisions

KINDS = frozenset({Kind.SIGNATURE})
SEVERITY = Severity.HIGH
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_FIX = Sentence(
    "证明名称来源，或换一个能区分的签名", "prove where the name comes from, or choose one that tells you apart"
)

_LATER = Sentence("批量报备的近似签名稍后比对", "lookalikes of signatures in files are looked for a little later")


def check(_content: SignatureContent, view: View) -> Outcome:
    """Whether it is too much like another owner's."""
    if view.lookalikes is None:
        return waits(_LATER, "signature")
    guarded = provisions.number("signatures.lookalike.least_score", view.at)
    usual = provisions.number("signatures.lookalike.warning_score", view.at)
    alike = [each for each in view.lookalikes if each.score >= (guarded if each.protected else usual)]
    if not alike:
        return CLEAR
    first = next((each for each in alike if each.protected), alike[0])
    reason = Sentence(
        f"与已登记签名“{first.text}”相似（{first.score:.2f}）：{first.reason.zh}",
        f"like the registered signature {first.text} ({first.score:.2f}): {first.reason.en}",
    )
    answer = fails if first.protected else warns
    listed = [{"signature": each.text, "score": each.score, "kind": each.kind} for each in alike]
    return answer(reason, _FIX, "signature", lookalikes=listed)
