"""A made world: honest rooms, then cheats, block by block. The same settings always give the same world."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from registry.simulation.catalogue import rooms
from registry.simulation.complaints import file_complaints
from registry.simulation.planting import NoStrangerError
from registry.simulation.settings import Settings
from registry.simulation.town import Town


@dataclass(frozen=True, slots=True)
class World:
    """A world of these settings; its blocks are made when they are asked for, and not kept."""

    settings: Settings

    def towns(self) -> Iterator[Town]:
        """The blocks in order, each made anew."""
        for block in range(self.settings.blocks):
            yield made(self.settings, block)


def build(settings: Settings) -> World:
    """The world of these settings."""
    return World(settings)


def made(settings: Settings, block: int) -> Town:
    """One block with everything in it."""
    town = Town(settings, block)
    for room in rooms("honest"):
        with town.room(room.name):
            room.settle(town)
    town.settle_volumes()
    if settings.cheats:
        for room in rooms("cheats"):
            with town.room(room.name), suppress(NoStrangerError):
                room.settle(town)
    with town.room("complaints"):
        file_complaints(town)
    return town
