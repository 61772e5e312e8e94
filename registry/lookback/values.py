"""What is said of a plan: checked before it is kept."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from registry.enterprises import identity
from registry.kernel import clock
from registry.kernel.checking import Checking
from registry.kernel.standing import Standing
from registry.lookback import policy
from registry.lookback.kinds import Cohort, Subject
from registry.ports import prefix
from registry.signatures.kinds import SignatureSource

LONGEST_NAME = 100
MOST_DAYS = 366
MOST_ITEMS = 1_000_000
MOST_SEED = 2**31 - 1
MOST_ANSWER_DAYS = 366
_RULE = re.compile(r"[A-Z][0-9]{3}\Z")


@dataclass(frozen=True, slots=True)
class PlanValues:
    """What is looked back at, how often, and with what.

    cohort and value: `port_prefix` its digits; `holder` an enterprise's code; `signature_source` a source;
    `approved_before` a date; `standing` one; `findings` a rule's code, or nothing for all open findings.
    subjects: kinds of entries, none for those that have a standing. sample: how many at random, None for all; seed:
    None has each run draw its own, on record either way. every: `7d`, `12m`, empty for only when asked. answer_days:
    working days that a holder has, None as the provision says. days: how many days of facts are judged, 0 for none.
    findings: have the detection rules' findings written as well.
    """

    name: str
    cohort: str
    value: str = ""
    subjects: tuple[str, ...] = ()
    sample: int | None = None
    seed: int | None = None
    every: str = ""
    answer_days: int | None = None
    days: int = 30
    findings: bool = False

    def checked(self) -> "PlanValues":
        """The values as they are kept. Raises Invalid with every field that cannot stay."""
        check = Checking()
        cohort = check.one_of("cohort", Cohort, self.cohort)
        kept = replace(
            self,
            name=check.text("name", self.name, LONGEST_NAME, needed=True),
            cohort=cohort,
            value=check.read("value", _READERS[cohort], self.value.strip(), self.value, _FIXES[cohort]),
            subjects=check.every("subjects", Subject, self.subjects, f"some of {', '.join(Subject)}"),
        )
        if self.every:
            check.read("every", policy.every, self.every, None, "write days or months like 7d or 12m")
        for name, least, most in _BOUNDS:
            number = getattr(self, name)
            if number is not None and not least <= number <= most:
                check.refuse(name, "out_of_range", f"{number} is not possible", f"{least} to {most}")
        check.finish("look-back plan")
        return kept


_BOUNDS = (
    ("sample", 1, MOST_ITEMS),
    ("seed", 0, MOST_SEED),
    ("answer_days", 1, MOST_ANSWER_DAYS),
    ("days", 0, MOST_DAYS),
)


def _rule(text: str) -> str:
    if text and not _RULE.match(text):
        raise ValueError(f"{text[:20]!r} is no rule's code")
    return text


def _moment(text: str) -> str:
    return clock.write_moment(clock.parse_moment(text))


_READERS: dict[Cohort, Callable[[str], str]] = {
    Cohort.PORT_PREFIX: prefix.parse,
    Cohort.HOLDER: lambda text: identity.parse(text).code,
    Cohort.SIGNATURE_SOURCE: SignatureSource,
    Cohort.APPROVED_BEFORE: _moment,
    Cohort.STANDING: Standing,
    Cohort.FINDINGS: _rule,
}
_FIXES: dict[Cohort, str] = {
    Cohort.PORT_PREFIX: "write 3 to 20 digits",
    Cohort.HOLDER: "copy the code from the licence",
    Cohort.SIGNATURE_SOURCE: f"one of {', '.join(SignatureSource)}",
    Cohort.APPROVED_BEFORE: "write a date like 2026-05-01",
    Cohort.STANDING: f"one of {', '.join(Standing)}",
    Cohort.FINDINGS: "a code like S203, or nothing for all open findings",
}
