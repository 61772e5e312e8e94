"""What of an enterprise's contact can change."""

from enum import StrEnum


class ContactPart(StrEnum):
    """What changed."""

    HANDLER = "handler"
    LEGAL_REPRESENTATIVE = "legal_representative"
    ADDRESS = "address"
    TELEPHONE = "telephone"
    EMAIL = "email"
