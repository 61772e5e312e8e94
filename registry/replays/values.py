"""What is asked of past facts, as people say it and as JSON keeps it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import marshmallow as ma

from registry.detection.catalogue import Rule, catalogue
from registry.detection.service import MOST_DAYS
from registry.detection.tuning import tuned
from registry.filings import forms
from registry.filings.content import PermitContent
from registry.filings.kinds import Kind
from registry.kernel.errors import FieldError, Invalid
from registry.permits.values import PermitValues


@dataclass(frozen=True, slots=True)
class Question:
    """What if: these rules (none: all) over these days, with other parameters of one rule, or a proposed permit."""

    from_day: dt.date
    to_day: dt.date
    rules: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    permit: PermitValues | None = None

    def checked(self) -> "Question":
        """The question as it is kept. Raises Invalid for days, rules, parameters or a permit that cannot stand."""
        if not self.from_day <= self.to_day < dt.date.max or (self.to_day - self.from_day).days > MOST_DAYS:
            fix = f"at most {MOST_DAYS} days, in their order"
            error = FieldError("to_day", "bad_span", f"from {self.from_day} to {self.to_day}", fix)
            raise Invalid("bad_span", "these days are no span to judge", fields=[error])
        unknown = sorted(set(self.rules) - set(catalogue()))
        if unknown:
            fix = f"one of {', '.join(catalogue())}"
            raise Invalid("unknown_rule", f"no such rule: {', '.join(unknown)[:100]}", fix=fix)
        if self.parameters and len(self.rules) != 1:
            error = FieldError("rules", "one_rule", "parameters belong to one rule", "name the one")
            raise Invalid("one_rule", "parameters belong to one rule", fields=[error])
        parameters = asdict(tuned(catalogue()[self.rules[0]], self.parameters)) if self.parameters else {}
        return replace(self, parameters=parameters, permit=self.permit and self.permit.checked())

    @property
    def chosen(self) -> list[Rule]:
        """The rules that are applied."""
        return [rule for code, rule in catalogue().items() if not self.rules or code in self.rules]

    def as_json(self) -> dict[str, Any]:
        """The question by the names of its fields."""
        return {
            "from_day": str(self.from_day),
            "to_day": str(self.to_day),
            "rules": list(self.rules),
            "parameters": dict(self.parameters),
            "permit": _kept(self.permit) if self.permit else None,
        }


def _kept(permit: PermitValues) -> dict[str, Any]:
    bag = forms.write(PermitContent(permit), Kind.PERMIT)
    return {name: value for name, value in bag.items() if name not in TERMS}


TERMS = ("consent", "opt_out", "consent_proof", "samples")
"""What a filing of a permit says beside the permit itself."""


def question_of(kept: Mapping[str, Any]) -> Question:
    """The question that `as_json` wrote."""
    return Question(
        dt.date.fromisoformat(kept["from_day"]),
        dt.date.fromisoformat(kept["to_day"]),
        tuple(kept["rules"]),
        kept["parameters"],
        permit_of(kept["permit"]) if kept["permit"] else None,
    )


def permit_of(said: Mapping[str, Any]) -> PermitValues:
    """A proposed permit out of the form in which one is filed. Raises Invalid with every field that cannot be read."""
    try:
        content = forms.read(Kind.PERMIT, {name: value for name, value in said.items() if name not in TERMS}, None)
    except ma.ValidationError as error:
        errors = [FieldError(f"permit.{name}", "invalid", str(why)[:200]) for name, why in _by_field(error)]
        raise Invalid("bad_permit", "the proposed permit cannot be read", fields=errors) from error
    assert isinstance(content, PermitContent)  # noqa: S101 - a permit's form makes a permit's content
    return content.values


def _by_field(error: ma.ValidationError) -> list[tuple[str, Any]]:
    return list(error.messages.items()) if isinstance(error.messages, dict) else [("permit", error.messages)]
