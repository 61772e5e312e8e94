"""What happens to permits: granted, changed, ended; what belongs to them; who takes them over."""

from registry.permits.service.belonging import add_beneficiary, add_template, end_beneficiary, end_template
from registry.permits.service.granting import amend, concerned, end_permit, grant, hand_over, last_version, verify

__all__ = [
    "add_beneficiary",
    "add_template",
    "amend",
    "concerned",
    "end_beneficiary",
    "end_permit",
    "end_template",
    "grant",
    "hand_over",
    "last_version",
    "verify",
]
