"""What is said of a port and of a delegation: checked before it is kept."""

import datetime as dt
from dataclasses import dataclass, replace

from registry.enterprises.values import code
from registry.kernel.checking import Checking
from registry.law.divisions import province_bits
from registry.ports import prefix
from registry.ports.kinds import DelegationRole, PortUse, Signing

LONGEST = 100
_PORT_FIX = f"write {prefix.LEAST_DIGITS} to {prefix.MOST_DIGITS} digits, nothing else"


@dataclass(frozen=True, slots=True)
class PortValues:
    """A number as it is allotted. `max_length` counts extensions in; no provinces: all of them."""

    port: str
    holder: str
    use: str = "own"
    signing: str = "single"
    max_length: int = prefix.MOST_DIGITS
    provinces: tuple[str, ...] = ()
    office: str = ""
    valid_from: dt.datetime | None = None
    valid_until: dt.datetime | None = None

    def checked(self) -> "PortValues":
        """The values as they are kept. Raises Invalid with every field that cannot stay."""
        check = Checking()
        checked = replace(
            self,
            port=digits(check, "port", self.port),
            holder=code(check, "holder", self.holder),
            use=check.one_of("use", PortUse, self.use),
            signing=check.one_of("signing", Signing, self.signing),
            provinces=provinces(check, self.provinces),
            office=check.text("office", self.office, LONGEST),
        )
        if prefix.is_valid(checked.port) and not len(checked.port) <= self.max_length <= prefix.MOST_DIGITS:
            fix = f"from the port's own length to {prefix.MOST_DIGITS}"
            check.refuse("max_length", "out_of_range", f"{self.max_length} digits are not possible", fix)
        check.finish("port")
        return checked


@dataclass(frozen=True, slots=True)
class DelegationValues:
    """One declared hop: on `port` and everything that starts with it."""

    port: str
    from_enterprise: str
    to_enterprise: str
    role: str = "end_user"
    letter: str = ""
    valid_from: dt.datetime | None = None
    valid_until: dt.datetime | None = None

    def checked(self) -> "DelegationValues":
        """The values as they are kept. Raises Invalid with every field that cannot stay."""
        check = Checking()
        checked = replace(
            self,
            port=digits(check, "port", self.port),
            from_enterprise=code(check, "from_enterprise", self.from_enterprise),
            to_enterprise=code(check, "to_enterprise", self.to_enterprise),
            role=check.one_of("role", DelegationRole, self.role),
            letter=check.text("letter", self.letter, LONGEST),
        )
        if checked.from_enterprise == checked.to_enterprise:
            check.refuse("to_enterprise", "same_party", "both ends are the same enterprise", "name two enterprises")
        check.finish("delegation")
        return checked


def digits(check: Checking, field: str, text: str) -> str:
    """A port's digits; what is wrong with them is collected."""
    return check.read(field, prefix.parse, text, text, _PORT_FIX)


def provinces(check: Checking, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Provinces by their codes, each once; those that are none are collected."""
    return check.every("provinces", lambda each: province_bits([each]), codes, "two digits of GB/T 2260, like 11")
