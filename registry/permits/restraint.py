"""What is taken from permits at a time. Measures are known in a room above this one, which hands its answer in."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from registry.permits.model import Permit


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
