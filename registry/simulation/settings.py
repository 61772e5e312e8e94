"""What a made world is asked to be: its seed, its size, its days, and whether anybody in it cheats."""

import datetime as dt
from dataclasses import dataclass, field

BLOCK_ENTERPRISES = 300
BLOCK_PORTS = 1500
BLOCK_SIGNATURES = 6000
LEAST_ENTERPRISES = 40  # of a block
MOST_BLOCKS = 800  # a block's number has three digits in keys and in the carriers' codes


@dataclass(frozen=True, slots=True)
class Settings:
    """The sizes are aims, met within some per cent; the same settings always give the same world.

    `start` is the first day of records (Asia/Shanghai); `messages_per_day` counts messages, not their parts;
    `cheat_share` is the number of incidents for each registered port.
    """

    seed: int = 1
    enterprises: int = 300
    ports: int = 500
    signatures: int = 2000
    days: int = 3
    messages_per_day: int = 50_000
    start: dt.date = field(default=dt.date(2026, 3, 2))
    cheats: bool = True
    cheat_share: float = 0.1

    def __post_init__(self) -> None:
        """Raises ValueError where a world of these sizes can't be."""
        least = {"enterprises": 40, "ports": 40, "signatures": 40, "days": 1, "messages_per_day": 1, "seed": 0}
        for name, bound in least.items():
            if getattr(self, name) < bound:
                raise ValueError(f"{name} must be at least {bound}")
        if not 0 <= self.cheat_share <= 1:
            raise ValueError("cheat_share must lie between 0 and 1")
        if self.enterprises // self.blocks < LEAST_ENTERPRISES:
            bound = self.blocks * LEAST_ENTERPRISES
            raise ValueError(f"enterprises must be at least {bound} for so many ports and signatures")

    @property
    def blocks(self) -> int:
        """The number of neighbourhoods, each made on its own, so that memory holds one of bounded size at a time."""
        full = (
            self.enterprises // BLOCK_ENTERPRISES,
            self.ports // BLOCK_PORTS,
            self.signatures // BLOCK_SIGNATURES,
        )
        return min(MOST_BLOCKS, max(1, *full))

    @property
    def calendar(self) -> tuple[dt.date, ...]:
        """The days of records."""
        return tuple(self.start + dt.timedelta(days=number) for number in range(self.days))

    def of_block(self, total: int, block: int) -> int:
        """The share of a total that falls to one block."""
        return total * (block + 1) // self.blocks - total * block // self.blocks
