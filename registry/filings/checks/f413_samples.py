"""F413: the samples are of the categories asked for, carry the signature and, for marketing, the opt-out.

What it detects
    A permit without samples, which marketing may not be; a sample that is read as a category that is not asked for,
    whose signature is another, or that advertises without an opt-out, or with another wording than the one that is
    demanded on the day; marketing of which no sample is shown.
Why it matters
    The text shows what is meant better than its name: marketing filed as notice is the commonest way to grow.
Basis
    Filing lists of carriers (samples); MIIT Order 31 (2015), article 20 (a way to refuse in every commercial message);
    `optout.demanded` and `optout.false`, dated.
Not a hit
    Entries that stand already without samples (look-back): what was sent is judged by detection. Blanks and marks
    within the wording.
Known gaps
    A lexicon reads the category: see the published accuracy.
What the reviewer does
    Reads the samples.
"""

import datetime as dt

from registry.filings.content import PermitContent
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, warns
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.law import provisions
from registry.permits.template_shape import shape
from registry.signatures.folding import fold
from registry.texts.category import Category, category_bits, category_said
from registry.texts.reading import MessageReading, read_message

KINDS = frozenset({Kind.PERMIT})
SEVERITY = Severity.MEDIUM
BLOCKS = False
IN_FORCE_FROM = dt.date(2000, 1, 1)

_NONE = Sentence("没有样例短信", "it brings no sample")
_BRING = Sentence("每个类别附一条将要发送的短信", "bring one text as it will be sent for each category")
_NO_MARKETING = Sentence("没有一条样例读作营销短信", "none of the samples reads as marketing")
_SHOW = Sentence("附一条将要发送的营销短信，含退订用语", "bring a marketing text as it will be sent, with its opt-out")
_SIGNED = Sentence("样例{place}的签名不是【{signature}】", "sample {place} is not signed 【{signature}】")
_SIGN = Sentence("样例应与报备的签名一致", "sign it as filed")
_OTHER = Sentence("样例{place}读作{read}，许可未申请该类别", "sample {place} reads as {read}, which is not asked for")
_ASK = Sentence("申请该类别，或改写样例", "ask for that category, or write another sample")
_NO_WAY = Sentence("营销样例{place}没有退订方式", "sample {place} advertises without an opt-out")
_ADD = Sentence("在末尾加上退订用语，如“拒收请回复R”", "put the opt-out behind it, like 拒收请回复R")

_WORDED = Sentence(
    "营销样例{place}的退订用语不是“{demanded}”", "the opt-out of sample {place} is not worded {demanded}"
)
_WORD = Sentence("退订用语改为“{demanded}”", "word the opt-out {demanded}")


def check(content: PermitContent, view: View) -> Outcome:
    """Whether the samples are what is asked for."""
    marketing = "marketing" in content.values.scope.categories
    if not content.samples:
        missing = fails(_NONE, _SHOW, "samples") if marketing else warns(_NONE, _BRING, "samples")
        return CLEAR if view.registered else missing
    texts = [read_message(text) for text in content.samples]
    for place, (text, read) in enumerate(zip(content.samples, texts, strict=True), 1):
        if (found := _objection(content, place, text, read, view)) is not None:
            return found
    if marketing and not any(read.counted & Category.MARKETING for read in texts):
        return warns(_NO_MARKETING, _SHOW, "samples")
    return _wording(content, texts, view)


def _objection(content: PermitContent, place: int, text: str, read: MessageReading, view: View) -> Outcome | None:
    signature = content.values.signature
    if fold(read.signature) != fold(signature):
        return fails(_SIGNED.about(place=place, signature=signature), _SIGN, "samples")
    beyond = read.counted & ~category_bits(content.values.scope.categories)
    if beyond:
        return fails(_OTHER.about(place=place, read=category_said(beyond)), _ASK, "samples", "categories")
    if read.counted & Category.MARKETING and not _opt_out(text, view):
        return fails(_NO_WAY.about(place=place), _ADD, "samples")
    return None


def _opt_out(text: str, view: View) -> bool:
    """Whether a text says how to refuse it, words that only look so left out."""
    for false in provisions.words("optout.false", view.at):
        text = text.replace(false, "")
    return read_message(text).opt_out


def _wording(content: PermitContent, texts: list[MessageReading], view: View) -> Outcome:
    demanded = provisions.text("optout.demanded", view.at)
    for place, (text, read) in enumerate(zip(content.samples, texts, strict=True), 1):
        if read.counted & Category.MARKETING and shape(demanded) not in shape(text):
            return warns(_WORDED.about(place=place, demanded=demanded), _WORD.about(demanded=demanded), "samples")
    return CLEAR
