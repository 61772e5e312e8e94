"""The rooms of a folder as a catalogue: whatever file stands there is part of the world."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from registry.simulation.town import Town


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the made world: `settle` adds its habit or its cheat; rooms of lower order go first."""

    name: str
    order: float
    title: str
    settle: Callable[[Town], None]


@cache
def rooms(folder: str) -> tuple[Room, ...]:
    """The rooms of `honest` or of `cheats`, in the order in which they are settled."""
    package = importlib.import_module(f"registry.simulation.{folder}")
    found = [_room(f"{package.__name__}.{entry.name}") for entry in pkgutil.iter_modules(package.__path__)]
    return tuple(sorted(found, key=lambda room: (room.order, room.name)))


def _room(name: str) -> Room:
    module = importlib.import_module(name)
    title = (module.__doc__ or "").strip().splitlines()[0]
    return Room(name.rpartition(".")[2], getattr(module, "ORDER", 1), title, module.settle)
