"""The words of enterprises: what they are in the trade and in law, and how they are tied."""

from enum import StrEnum


class Role(StrEnum):
    """What an enterprise is in the trade; it may be several."""

    CARRIER = "carrier"
    SMS_SERVICE_COMPANY = "sms_service_company"
    AGENT = "agent"
    END_USER = "end_user"
    PLATFORM = "platform"
    MVNO = "mvno"
    AUTHORITY = "authority"


class LegalForm(StrEnum):
    """What an enterprise is in law."""

    COMPANY = "company"
    INSTITUTION = "institution"
    GOVERNMENT = "government"
    TRADER = "trader"
    FOREIGN = "foreign"
    MILITARY = "military"
    OTHER = "other"


class RelationKind(StrEnum):
    """How two enterprises are tied. A tie lowers the severity of a finding and never silences it."""

    PARENT = "parent"
    BRANCH = "branch"
    FRANCHISE = "franchise"
    MERGED_INTO = "merged_into"
