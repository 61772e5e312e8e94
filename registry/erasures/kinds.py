"""What can be erased."""

from enum import StrEnum


class Erasable(StrEnum):
    """The kinds of things that do not outlive their time."""

    PAPER = "paper"
    HANDLER = "handler"
    OWNER_ADDRESS = "owner_address"
    MESSAGES = "messages"
