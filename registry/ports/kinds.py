"""The words of ports: what they are for, how they stand in the tree, who does what with them."""

from enum import StrEnum


class PortUse(StrEnum):
    """own: the holder's own; service: for its customers; carrier_allotted: the carrier's code, a customer behind it."""

    OWN = "own"
    SERVICE = "service"
    CARRIER_ALLOTTED = "carrier_allotted"


class Signing(StrEnum):
    """single: one extension, one owner; fixed: one extension, one signature; shared: several declared owners."""

    SINGLE = "single"
    FIXED = "fixed"
    SHARED = "shared"


class PortLevel(StrEnum):
    """access_code: assigned by the authority; extension: allotted under a longer-standing code."""

    ACCESS_CODE = "access_code"
    EXTENSION = "extension"


class DelegationRole(StrEnum):
    """What the receiving enterprise does with the port."""

    AGENT = "agent"
    INTEGRATOR = "integrator"
    END_USER = "end_user"
