"""The closed lists whose values stand on pages; each list's name is the context under which its values are translated.

A test holds that every value has its word in Chinese.
"""

from collections.abc import Iterable
from enum import StrEnum

from registry.accounts.roles import RoleName
from registry.http.problem import STATUS
from registry.permits.model import OnBehalf, Purpose
from registry.ports.model import DelegationRole, PortLevel, PortUse, Signing
from registry.signatures.model import Confirmation, SignatureSource
from registry.store.standing import Standing
from registry.texts.category import Category

ENUMS: dict[str, Iterable[StrEnum]] = {
    "role": RoleName,
    "port_use": PortUse,
    "signing": Signing,
    "port_level": PortLevel,
    "delegation_role": DelegationRole,
    "signature_source": SignatureSource,
    "confirmation": Confirmation,
    "on_behalf": OnBehalf,
    "purpose": Purpose,
    "standing": Standing,
}


def lists() -> dict[str, list[str]]:
    """Every list by its context, with all its values."""
    found = {context: [value.value for value in values] for context, values in ENUMS.items()}
    found["category"] = [category.name.lower() for category in Category if category.name]
    found["status"] = ["400", "405", "415", "500", *(str(status) for status in STATUS.values())]
    return found
