"""What a filing says that changes what the entry of a port says: how it signs, how long it is, where and for what."""

from dataclasses import dataclass, replace
from typing import Any

from registry.kernel.checking import Checking
from registry.ports.kinds import PortUse, Signing
from registry.ports.prefix import LEAST_DIGITS, MOST_DIGITS
from registry.ports.values import digits, provinces

LONGEST = 2000
LONGEST_OFFICE = 100
CLEARABLE = ("provinces", "office")
_OF_PORT = ("use", "signing", "max_length", "provinces", "office")


@dataclass(frozen=True, slots=True)
class PortChangeContent:
    """What is new of a registered port; what is left empty stays, what `clear` names goes: no provinces are all.

    Its number never changes, its holder by succession alone.
    """

    port: str
    use: str = ""
    signing: str = ""
    max_length: int | None = None
    provinces: tuple[str, ...] = ()
    office: str = ""
    clear: tuple[str, ...] = ()
    reason: str = ""

    def checked(self) -> "PortChangeContent":
        """The content as it is kept. Raises Invalid."""
        check = Checking()
        kept = replace(
            self,
            port=digits(check, "port", self.port),
            use=check.one_of("use", PortUse, self.use) if self.use else "",
            signing=check.one_of("signing", Signing, self.signing) if self.signing else "",
            provinces=provinces(check, self.provinces),
            office=check.text("office", self.office, LONGEST_OFFICE),
            clear=check.cleared(self, CLEARABLE),
            reason=check.text("reason", self.reason, LONGEST),
        )
        if kept.max_length is not None and not LEAST_DIGITS <= kept.max_length <= MOST_DIGITS:
            fix = f"from the port's own length to {MOST_DIGITS}"
            check.refuse("max_length", "out_of_range", f"{kept.max_length} digits are not possible", fix)
        if kept.changes() == {}:
            check.refuse("port", "missing", "it changes nothing", "fill in what has changed")
        check.finish("change of a port")
        return kept

    def changes(self) -> dict[str, Any]:
        """What it changes, by the fields of the port."""
        return {name: getattr(self, name) for name in _OF_PORT if getattr(self, name) or name in self.clear}
