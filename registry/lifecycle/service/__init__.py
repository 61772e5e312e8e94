"""Use cases of life after approval."""

from registry.lifecycle.service.daily import is_done, look, note_done
from registry.lifecycle.service.expiring import tell_of_endings
from registry.lifecycle.service.lapsing import end_idle, warn
from registry.lifecycle.service.taking_back import TAKE_BACK, take_back
from registry.lifecycle.service.taking_up import take_up

__all__ = [
    "TAKE_BACK",
    "end_idle",
    "is_done",
    "look",
    "note_done",
    "take_back",
    "take_up",
    "tell_of_endings",
    "warn",
]
