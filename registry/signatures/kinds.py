"""The words of signatures: where the right to one comes from, and what its owner answered."""

from enum import StrEnum


class SignatureSource(StrEnum):
    """Where the right to a signature comes from; which ones are accepted on a day a provision says.

    The last ones are accepted no more: old registries hold them, and who files one hears why and since when.
    """

    COMPANY_NAME = "company_name"
    SHORT_NAME = "short_name"
    TRADEMARK = "trademark"
    GOVERNMENT = "government"
    APP = "app"
    OFFICIAL_ACCOUNT = "official_account"
    MINI_PROGRAM = "mini_program"
    WEBSITE = "website"
    SHOP = "shop"


class Confirmation(StrEnum):
    """What the owner answered when it was asked about a letter."""

    NONE = "none"
    CONFIRMED = "confirmed"
    DENIED = "denied"
