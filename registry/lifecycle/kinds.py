"""What can expire."""

from enum import StrEnum


class Expiring(StrEnum):
    """The kinds of things whose end is watched."""

    PERMIT = "permit"
    LETTER = "letter"
    SIGNATURE = "signature"
    DELEGATION = "delegation"
    PORT = "port"
    PAPER = "paper"
    LICENCE = "licence"
