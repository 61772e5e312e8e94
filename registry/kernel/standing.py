"""How sure the registry is of a row: what was there before is in force, yet never shown as approved here."""

from enum import StrEnum


class Standing(StrEnum):
    """verified: checked here; inherited: was there before the registry; provisional: let in until it is checked."""

    VERIFIED = "verified"
    INHERITED = "inherited"
    PROVISIONAL = "provisional"
