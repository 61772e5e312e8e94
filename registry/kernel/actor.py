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
    """Who acts. `enterprise` is the code of the company it belongs to, None for the carrier's own staff and jobs."""

    name: str
    kind: ActorKind
    permissions: frozenset[str] = field(default=frozenset())
    enterprise: str | None = None
    office: str | None = None
    request_id: str | None = None

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
