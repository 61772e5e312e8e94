"""A rule's parameters as people set them: which there are, within which bounds, and what was chosen. Pure."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from registry.detection.catalogue import Rule
from registry.kernel.errors import FieldError, Invalid

MOST_COUNT = 1_000_000_000
MOST_DAYS = 400
MOST_DIGITS = 20
MOST_TIMES = 1000.0
_OF_DAYS = ("days", "window", "silence")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its usual value, and the least and most that it may be. A share lies between 0 and 1."""

    name: str
    usual: int | float
    least: int | float
    most: int | float

    @property
    def whole(self) -> bool:
        """Whether it is a whole number."""
        return isinstance(self.usual, int)


def parameters_of(rule: Rule) -> tuple[Parameter, ...]:
    """A rule's parameters in their order."""
    return tuple(_bounded(name, usual) for name, usual in dataclasses.asdict(rule.parameters()).items())


def _bounded(name: str, usual: float) -> Parameter:
    """The bounds follow from what is counted: digits, days, messages; a share, or how many times."""
    if not isinstance(usual, int):
        return Parameter(name, usual, 0.0, 1.0 if usual <= 1 else MOST_TIMES)
    if name == "digits":
        return Parameter(name, usual, 3, MOST_DIGITS)
    return Parameter(name, usual, 0, MOST_DAYS if any(word in name for word in _OF_DAYS) else MOST_COUNT)


def tuned(rule: Rule, given: Mapping[str, Any]) -> Any:
    """The rule's parameters with what is given (numbers, or texts that read as such) in the place of the usual.

    Raises Invalid with every name that it does not have and every value out of its bounds.
    """
    there = {each.name: each for each in parameters_of(rule)}
    errors = list[FieldError]()
    chosen = dict[str, Any]()
    for name, value in given.items():
        if name not in there:
            fix = f"{rule.code} has {', '.join(there)}"
            errors.append(FieldError(f"parameters.{name[:60]}", "unknown_parameter", "there is no such parameter", fix))
        elif (number := _number(there[name], value)) is None:
            one = there[name]
            fix = f"a {'whole ' * one.whole}number from {one.least} to {one.most}"
            errors.append(FieldError(f"parameters.{name}", "out_of_bounds", f"{str(value)[:40]!r} cannot stand", fix))
        else:
            chosen[name] = number
    if errors:
        raise Invalid("bad_parameters", f"{rule.code} cannot be applied with these parameters", fields=errors)
    return rule.parameters(**chosen)


def _number(parameter: Parameter, value: Any) -> int | float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    if parameter.whole and number.is_integer():
        number = int(number)
    elif parameter.whole:
        return None
    return number if parameter.least <= number <= parameter.most else None
