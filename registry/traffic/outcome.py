"""What became of one delivered file: counts that balance, or why it was refused."""

from dataclasses import asdict, dataclass
from typing import Any

COUNTED = ("read", "accepted", "rejected", "messages", "joined", "waiting", "duplicates")


@dataclass(frozen=True, slots=True)
class Outcome:
    """read = accepted + rejected; of the accepted, `duplicates` rows count no more and `waiting` are parts of messages
    whose other parts did not come yet. `messages` were counted, `joined` of them from parts. `rejects` names the file
    that tells line and reason of each rejected row. `refused` holds code, detail and fix where nothing was taken.
    """

    file: str
    read: int = 0
    accepted: int = 0
    rejected: int = 0
    already_ingested: bool = False
    messages: int = 0
    joined: int = 0
    waiting: int = 0
    duplicates: int = 0
    unknown_columns: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    sha256: str = ""
    rejects: str = ""
    refused: dict[str, Any] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every row was taken."""
        return self.refused is None and not self.rejected

    def as_json(self) -> dict[str, Any]:
        """All of it by name."""
        return asdict(self)
