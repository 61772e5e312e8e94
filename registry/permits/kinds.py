"""The words of permits: whose content, what for, and which contacts many share."""

from enum import StrEnum


class OnBehalf(StrEnum):
    """Whose content may stand under the signature beside the user's own."""

    NONE = "none"
    MERCHANTS = "merchants"
    MEMBERS = "members"
    FRANCHISEES = "franchisees"
    BRANCHES = "branches"


class Purpose(StrEnum):
    """What the permit is for."""

    NORMAL = "normal"
    BACKUP = "backup"
    TEST = "test"


class ContactKind(StrEnum):
    """Kinds of links and numbers that many unrelated senders lawfully use."""

    SHORT_LINK = "short_link"
    SHOP_BUILDER = "shop_builder"
    HOTLINE = "hotline"
    APP_STORE = "app_store"
