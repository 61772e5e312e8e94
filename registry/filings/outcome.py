"""What a check answers, and what the engine makes of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from registry.filings.kinds import Verdict
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

NOTHING = Sentence("", "")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A check's answer: the verdict, why, what mends it, which fields it is about, what it rests on."""

    verdict: Verdict
    reason: Sentence = NOTHING
    fix: Sentence = NOTHING
    fields: tuple[str, ...] = ()
    evidence: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the checks of a filing. `blocks`: a failure here can't be left to a person."""

    code: str
    title: str
    severity: Severity
    blocks: bool
    outcome: Outcome

    @property
    def verdict(self) -> Verdict:
        """What the check said."""
        return self.outcome.verdict

    @property
    def failed(self) -> bool:
        """Whether it said no."""
        return self.outcome.verdict is Verdict.FAIL

    @property
    def stops(self) -> bool:
        """Whether the filing can't go on with it."""
        return self.failed and self.blocks


CLEAR = Outcome(Verdict.PASS)


def fails(reason: Sentence, fix: Sentence, *fields: str, **evidence: Any) -> Outcome:
    """The filing does not stand up to the check."""
    return Outcome(Verdict.FAIL, reason, fix, fields, evidence)


def warns(reason: Sentence, fix: Sentence, *fields: str, **evidence: Any) -> Outcome:
    """A person should look at this."""
    return Outcome(Verdict.WARN, reason, fix, fields, evidence)


def unchecked(reason: Sentence, fix: Sentence = NOTHING, *fields: str) -> Outcome:
    """A fact that the check needs is not there."""
    return Outcome(Verdict.NOT_CHECKED, reason, fix, fields)


WAITS = "waits"


def waits(reason: Sentence, *fields: str) -> Outcome:
    """The fact that the check needs is looked for later."""
    return Outcome(Verdict.NOT_CHECKED, reason, NOTHING, fields, {WAITS: True})


@dataclass(frozen=True, slots=True)
class Kept:
    """What a check said, as it is kept with its filing: sentences by language."""

    code: str
    verdict: Verdict
    reason: Mapping[str, str] = field(default_factory=lambda: {"zh": "", "en": ""})
    fix: Mapping[str, str] = field(default_factory=lambda: {"zh": "", "en": ""})
    fields: Sequence[str] = ()
    evidence: Mapping[str, Any] = field(default_factory=dict)


def keep(results: Iterable[Result]) -> tuple[list[str], list[dict[str, Any]]]:
    """The codes of what passed, which says nothing else; and whole what the other checks said."""
    results = list(results)
    passed = [each.code for each in results if each.verdict is Verdict.PASS]
    return passed, [_plain(each) for each in results if each.verdict is not Verdict.PASS]


def told(passed: Iterable[str], said: Iterable[Mapping[str, Any]]) -> list[Kept]:
    """What was kept, by code."""
    others = [Kept(**{**each, "verdict": Verdict(each["verdict"])}) for each in said]
    return sorted([*(Kept(code, Verdict.PASS) for code in passed), *others], key=lambda each: each.code)


def _plain(result: Result) -> dict[str, Any]:
    outcome = result.outcome
    return {
        "code": result.code,
        "verdict": outcome.verdict,
        "reason": {"zh": outcome.reason.zh, "en": outcome.reason.en},
        "fix": {"zh": outcome.fix.zh, "en": outcome.fix.en},
        "fields": list(outcome.fields),
        "evidence": outcome.evidence,
    }
