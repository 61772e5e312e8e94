"""Which permit governs a usage: every one that matches is tried, and one that allows all of it is enough.

Exact ports come before prefixes, longer prefixes before shorter ones. Where none allows it, the reasons are given
against the most specific permit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.kernel.sentence import Reason
from registry.permits.scope import NO_PERMIT, Scope, ScopeRule, Usage, reasons
from registry.ports.prefix import Pattern

_OF_TIME = frozenset({"BEFORE_PERMIT", "AFTER_PERMIT"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A permit version that may govern: its key, where it applies, who uses it, and what it allows of this usage."""

    permit: str
    pattern: Pattern
    user: str
    scope: Scope

    @property
    def specificity(self) -> tuple[bool, int]:
        """Greater is more specific: exact before prefix, then more digits."""
        return self.pattern.exact, len(self.pattern.digits)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it. `reasons` is empty where the usage is lawful; `governing` is None where no permit matches.

    `straddles`: lawful only as several versions one after the other cover it, so that it is weak evidence.
    """

    governing: Candidate | None
    reasons: tuple[Reason, ...]
    straddles: bool = False

    @property
    def lawful(self) -> bool:
        """Whether the usage is allowed."""
        return not self.reasons


def matching(candidates: Iterable[Candidate], port: str, users: frozenset[str] | None) -> list[Candidate]:
    """The permits that match a port and its user, most specific first, each rank by key.

    `users` are the enterprises for whom the submitter may send; None where the submitter is unknown: any user then.
    """
    found = [each for each in candidates if each.pattern.matches(port) and (users is None or each.user in users)]
    found.sort(key=lambda each: (each.permit, each.scope.valid_from))
    return sorted(found, key=lambda each: each.specificity, reverse=True)


def judge(usage: Usage, matched: Sequence[Candidate]) -> Verdict:
    """The verdict over a usage, given the permits that match it (most specific first, as `matching` gives them)."""
    if not matched:
        return Verdict(None, (NO_PERMIT,))
    broken = [(each, reasons(usage, each.scope)) for each in matched]
    allowing = next((each for each, rules in broken if not rules), None)
    if allowing:
        return Verdict(allowing, ())
    in_turn = _covering_in_turn(usage, broken)
    return Verdict(in_turn, (), straddles=True) if in_turn else _refused(broken)


def _covering_in_turn(usage: Usage, broken: list[tuple[Candidate, list[ScopeRule]]]) -> Candidate | None:
    """The first of the permits that allow all but the whole time, where their periods together cover the usage."""
    partial = [each for each, rules in broken if all(rule.code in _OF_TIME for rule in rules)]
    partial.sort(key=lambda each: each.scope.valid_from)
    reached, first = usage.first_at, None
    for each in partial:
        if each.scope.valid_from <= reached < each.scope.valid_until:
            reached, first = each.scope.valid_until, first or each
    return first if reached > usage.last_at else None


def _refused(broken: list[tuple[Candidate, list[ScopeRule]]]) -> Verdict:
    """Against the most specific; among equals the one that comes nearest, then the first key."""
    best = broken[0][0].specificity
    equals = [(each, rules) for each, rules in broken if each.specificity == best]
    governing, rules = min(equals, key=lambda pair: len(pair[1]))
    return Verdict(governing, tuple(rules))
