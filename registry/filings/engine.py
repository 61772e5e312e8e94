"""Runs the checks that apply to a kind of filing and are in force on the day; a check that breaks is never clean."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import ModuleType

import structlog

from registry.filings import checks
from registry.filings.content import Content, kind_of
from registry.filings.kinds import Kind, Verdict
from registry.filings.outcome import Outcome, Result, unchecked
from registry.filings.view import View
from registry.kernel.clock import local_day
from registry.kernel.rule import RuleDocument, Severity, in_force, modules, parse_document
from registry.kernel.sentence import Sentence

_BROKE = Sentence("检查未能完成，已记录", "the check broke off; it is logged")


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the catalogue: its document, to which kinds it applies, whether its failure blocks."""

    document: RuleDocument
    kinds: frozenset[Kind]
    severity: Severity
    blocks: bool
    since: dt.date
    until: dt.date | None
    run: Callable[[Content, View], Outcome]
    applies: Callable[[Content, View], bool]

    @property
    def code(self) -> str:
        """Its code, like F201: the first digit is the block of what it is about."""
        return self.document.code


@cache
def catalogue() -> tuple[Check, ...]:
    """Every check of the folder, by code. Raises ValueError where one lacks its document, or two have one code."""
    found = [_check(module) for module in modules(checks)]
    if len({check.code for check in found}) < len(found):
        raise ValueError(f"a code is given twice: {', '.join(sorted(check.code for check in found))}")
    return tuple(sorted(found, key=lambda check: check.code))


def applying(content: Content, view: View) -> list[Check]:
    """The checks for this kind of content that are in force on the view's day."""
    kind, day = kind_of(content), local_day(view.at)
    return [check for check in catalogue() if kind in check.kinds and in_force(day, check.since, check.until)]


def run(content: Content, view: View) -> list[Result]:
    """Every check's answer about a content, in the order of their codes; of those that have something to say."""
    answers = ((check, _outcome(check, content, view)) for check in applying(content, view))
    return [
        Result(check.code, check.document.title, check.severity, check.blocks, outcome)
        for check, outcome in answers
        if outcome is not None
    ]


def kinds_of(code: str) -> frozenset[Kind]:
    """The kinds of filing that a check is for."""
    return next(each.kinds for each in catalogue() if each.code == code)


def told_again(code: str, verdict: Verdict) -> Result:
    """What a check said before, as far as its verdict goes."""
    check = next(each for each in catalogue() if each.code == code)
    return Result(check.code, check.document.title, check.severity, check.blocks, Outcome(verdict))


def _always(_content: Content, _view: View) -> bool:
    return True


def _outcome(check: Check, content: Content, view: View) -> Outcome | None:
    try:
        return check.run(content, view) if check.applies(content, view) else None
    except Exception:  # noqa: BLE001 - a dirty entry may break a check; the others still speak
        structlog.get_logger().exception("check_broke", check=check.code)
        return unchecked(_BROKE)


def _check(module: ModuleType) -> Check:
    return Check(
        document=parse_document(module),
        kinds=frozenset(module.KINDS),
        severity=module.SEVERITY,
        blocks=module.BLOCKS,
        since=module.IN_FORCE_FROM,
        until=getattr(module, "IN_FORCE_UNTIL", None),
        run=module.check,
        applies=getattr(module, "applies", _always),
    )
