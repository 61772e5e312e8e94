"""Who acts: a person, an API key or a job, with the permissions it holds."""

from dataclasses import dataclass, field
from enum import StrEnum

from registry.kernel.errors import Forbidden


class ActorKind(StrEnum):
    """What kind of actor stands behind an event."""

    STAFF = "staff"
    COMPANY = "company"
    KEY = "key"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `enterprise` is the code of the company it belongs to, None for the carrier's own staff and jobs.

    `stands_for`: the absent colleagues whose deputy it is now. `offices`: where it works; empty is everywhere.
    """

    name: str
    kind: ActorKind
    permissions: frozenset[str] = field(default=frozenset())
    enterprise: str | None = None
    office: str | None = None
    request_id: str | None = None
    stands_for: frozenset[str] = field(default=frozenset())
    offices: frozenset[str] = field(default=frozenset())

    @property
    def eyes(self) -> frozenset[str]:
        """Whose eyes count as its own where two pairs are asked for: its name, and those that it stands in for."""
        return self.stands_for | {self.name}

    def works_in(self, office: str) -> bool:
        """Whether what belongs to an office is its business; headquarters' (an empty one) is that of headquarters."""
        return not self.offices or office in self.offices

    def may(self, permission: str) -> bool:
        """Whether it holds the permission."""
        return "*" in self.permissions or permission in self.permissions

    def require(self, permission: str) -> None:
        """Raise Forbidden unless it holds the permission."""
        if not self.may(permission):
            raise Forbidden("not_permitted", f"{self.name} holds no permission {permission!r}")

    @property
    def is_company(self) -> bool:
        """Whether it sees and changes only what belongs to its enterprise."""
        return self.enterprise is not None


SYSTEM = Actor("system", ActorKind.JOB, frozenset({"*"}))
"""Jobs, scripts and the command line on the carrier's own machine."""
