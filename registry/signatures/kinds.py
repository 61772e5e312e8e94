"""The words of signatures: where the right to one comes from, and what its owner answered."""

from enum import StrEnum


class SignatureSource(StrEnum):
    """Where the right to a signature comes from."""

    COMPANY_NAME = "company_name"
    SHORT_NAME = "short_name"
    TRADEMARK = "trademark"
    GOVERNMENT = "government"
    APP = "app"


class Confirmation(StrEnum):
    """What the owner answered when it was asked about a letter."""

    NONE = "none"
    CONFIRMED = "confirmed"
    DENIED = "denied"
