"""How each element of proof stands: from the findings, the registry, what staff entered and what originals show. Pure.

What staff entered last counts before an original, an original before what follows from the records.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any

from registry.cases.masking import masked
from registry.detection import clauses
from registry.detection.kinds import CaseKind
from registry.detection.proof import Element, Stance, Standing
from registry.kernel import clock
from registry.kernel.due import last_day
from registry.kernel.sentence import Sentence
from registry.signatures.folding import fold
from registry.signatures.kinds import Confirmation

SEEN = Sentence(
    "{name}以【{sign}】在{port}上发送{count}条（{first}至{last}）",
    "{name} sent {count} messages as 【{sign}】 on {port} ({first} to {last})",
)
WIDER = Sentence("{found}：{count}条（{first}至{last}）", "{found}: {count} messages ({first} to {last})")
NO_LETTER = Sentence(
    "登记库中没有{owner}授权使用【{sign}】的委托书", "the registry holds no letter by which {owner} allows 【{sign}】"
)
DENIED = Sentence("{owner}否认委托书{key}", "{owner} denied the letter {key}")
CONFIRMED = Sentence("{owner}确认委托书{key}", "{owner} confirmed the letter {key}")
ENDED = Sentence("{owner}的委托书{key}已于{day}结束", "the letter {key} of {owner} ended on {day}")
ELSEWHERE = Sentence(
    "{owner}的委托书{key}授予{applicant}，其与这些号码无关",
    "the letter {key} of {owner} is for {applicant}, who has no part in these numbers",
)
UNANSWERED = Sentence("委托书{key}尚未由{owner}确认", "{owner} has not yet confirmed the letter {key}")
NOT_ALLOWED = Sentence("许可{permit}不允许：{clause}", "the permit {permit} does not allow it: {clause}")
NO_PERMIT = Sentence("没有任何许可涵盖：{clause}", "no permit covers it: {clause}")
ENTERED = Sentence("{actor}：{text}", "{actor}: {text}")
ORIGINAL = Sentence("原件{key}（{count}份）：{text}", "original {key} ({count} papers): {text}")
REFUSED = Sentence("{name}拒绝提供：{text}", "{name} refused to hand it over: {text}")


def standings(
    findings: Sequence[Any], registered: Any, entries: Iterable[Any], asks: Sequence[Any]
) -> dict[Element, Standing]:
    """Every element, how it stands and why."""
    found = {
        Element.USE_BY_ANOTHER: _use_by_another(findings, registered),
        Element.USE_BEYOND: _use_beyond(findings),
        Element.NO_AUTHORITY: _no_authority(findings, registered),
    }
    found = {each: found.get(each, Standing(each, None)) for each in Element}
    for ask in asks:
        found[ask.element] = _with_original(found[ask.element], ask, registered)
    for entry in entries:
        why = ENTERED.about(actor=entry.actor, text=masked(entry.text))
        found[entry.element] = Standing(entry.element, entry.stance, (*found[entry.element].why, why))
    return found


def _use_by_another(findings: Sequence[Any], registered: Any) -> Standing:
    strangers = [each for each in findings if each.tenant and each.tenant != each.enterprise and each.messages]
    why = tuple(
        SEEN.about(
            name=registered.name(each.tenant),
            sign=each.signature,
            port=each.port,
            count=f"{each.messages:,}",
            first=each.first_day,
            last=each.last_day,
        )
        for each in strangers
    )
    return Standing(Element.USE_BY_ANOTHER, Stance.FOR if why else None, tuple(dict.fromkeys(why)))


def _use_beyond(findings: Sequence[Any]) -> Standing:
    wider = [each for each in findings if each.kind is CaseKind.SCOPE_EXPANSION and each.messages]
    why = tuple(
        WIDER.about(
            found=Sentence(each.summary_zh, each.summary_en),
            count=f"{each.messages:,}",
            first=each.first_day,
            last=each.last_day,
        )
        for each in wider
    )
    return Standing(Element.USE_BEYOND, Stance.FOR if why else None, why)


def _no_authority(findings: Sequence[Any], registered: Any) -> Standing:
    """Letters speak where a stranger is seen; where the use is beyond a permit, the permit's own clause does."""
    stances: list[Stance | None] = []
    why: list[Sentence] = []
    parties = _parties(findings, registered)
    for finding in findings:
        told = _of_letters(finding, registered, parties) if finding.tenant else _of_permits(finding)
        for stance, sentence in told:
            stances.append(stance)
            why.append(sentence)
    return Standing(Element.NO_AUTHORITY, _together(stances), tuple(dict.fromkeys(why)))


def _parties(findings: Sequence[Any], registered: Any) -> set[str]:
    """Who has part in the numbers: who answers for them, holds them, was let use them in these days, or has permits."""
    hops = [hop for hop in registered.delegations if registered.stood(hop)]
    found = {each.enterprise for each in findings} | {each.holder for each in registered.ports}
    found |= {party for hop in hops for party in (hop.from_enterprise, hop.to_enterprise)}
    return (found | {permit.user for permit in registered.permits}) - {""}


def _of_letters(finding: Any, registered: Any, parties: Container[str]) -> Iterator[tuple[Stance | None, Sentence]]:
    """What each letter of the owner says of the signature, by its newest version: owners answer late."""
    newest = {each.key: each for each in sorted(registered.letters, key=lambda each: each.valid_from)}
    letters = [each for each in newest.values() if each.owner == finding.tenant and allows(each, finding.signature)]
    owner = registered.name(finding.tenant)
    if not letters:
        yield Stance.FOR, NO_LETTER.about(owner=owner, sign=finding.signature)
    for letter in letters:
        stance, sentence = _said(letter, finding, parties)
        who = registered.name(letter.applicant)
        day = last_day(letter.valid_until) if letter.valid_until else ""
        yield stance, sentence.about(owner=owner, key=letter.key, applicant=who, day=day)


def _said(letter: Any, finding: Any, parties: Container[str]) -> tuple[Stance | None, Sentence]:
    """One for somebody elsewhere allows nothing here, and neither does one that had ended before."""
    if letter.confirmation is Confirmation.DENIED:
        return Stance.FOR, DENIED
    if letter.applicant not in parties:
        return Stance.FOR, ELSEWHERE
    if letter.valid_until and letter.valid_until <= clock.midnight(finding.first_day):
        return Stance.FOR, ENDED
    if letter.confirmation is Confirmation.CONFIRMED:
        return Stance.AGAINST, CONFIRMED
    return None, UNANSWERED


def allows(letter: Any, signature: str) -> bool:
    """Whether a letter lists a signature, however it is written; one that lists none allows every name of its owner."""
    return not letter.signatures or fold(signature) in {fold(each) for each in letter.signatures}


def _of_permits(finding: Any) -> Iterator[tuple[Stance | None, Sentence]]:
    broken = {(row.get("permit") or "", row.get("clause") or "") for day in finding.evidence for row in day.rows}
    for permit, clause in sorted(broken):
        if clause:
            sentence = NOT_ALLOWED if permit else NO_PERMIT
            yield Stance.FOR, sentence.about(permit=permit, clause=clauses.sentence(clause))


def _together(stances: list[Stance | None]) -> Stance | None:
    """Against as soon as one is; for where all are; else open."""
    if Stance.AGAINST in stances:
        return Stance.AGAINST
    return Stance.FOR if stances and all(each is Stance.FOR for each in stances) else None


def _with_original(standing: Standing, ask: Any, registered: Any) -> Standing:
    if ask.state.value == "accepted":
        why = ORIGINAL.about(key=ask.key, count=len(ask.hashes), text=masked(ask.what))
        return Standing(standing.element, ask.stance, (*standing.why, why))
    if ask.state.value == "refused":
        why = REFUSED.about(name=registered.name(ask.enterprise), text=masked(ask.answer))
        return Standing(standing.element, standing.stance, (*standing.why, why))
    return standing
