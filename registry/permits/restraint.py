"""What is taken from permits at a time. Measures are known in a room above this one, which hands its answer in."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registry.kernel import clock
from registry.permits.model import Beneficiary, Permit


@dataclass(frozen=True, slots=True)
class Restraint:
    """The keys of the measures that stop a permit, and of those that leave less of it than it says."""

    suspended_by: tuple[str, ...] = ()
    limited_by: tuple[str, ...] = ()


FREE = Restraint()

Restraints = Callable[[Sequence[Permit], dt.datetime | None, dt.datetime | None], Mapping[str, Restraint]]
_asked: list[Restraints] = []


def hand_in(restraints: Restraints) -> None:
    """Tell this room whom to ask: what is in force is permits minus what is answered there."""
    _asked[:] = [restraints]


def restraints(
    permits: Sequence[Permit], as_of: dt.datetime | None = None, known_at: dt.datetime | None = None
) -> Mapping[str, Restraint]:
    """What is taken from each of these permits at a time, by permit key; those left free are not named."""
    return _asked[0](permits, as_of, known_at) if _asked else {}


class Held:
    """A permit at a time, with what is taken from it: `in_force` says whether anything may be sent under it."""

    def __init__(self, row: Permit, restraint: Restraint, as_of: dt.datetime) -> None:
        self.row = row
        self.suspended_by = restraint.suspended_by
        self.limited_by = restraint.limited_by
        valid = row.valid_from <= as_of and (row.valid_until is None or as_of < row.valid_until)
        self.beneficiaries: Sequence[Beneficiary] = ()
        self.in_force = valid and not restraint.suspended_by

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)


def held(
    permits: Sequence[Permit], as_of: dt.datetime | None = None, known_at: dt.datetime | None = None
) -> list[Held]:
    """These permits with what is taken from each at a time."""
    taken = restraints(permits, as_of, known_at)
    return [Held(row, taken.get(row.key, FREE), as_of or clock.now()) for row in permits]
