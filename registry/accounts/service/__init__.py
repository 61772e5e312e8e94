"""Use cases of accounts and keys: opening, logging in, changing a password, withdrawing."""

from registry.accounts.service.beginning import first_administrator, open_demo, open_many
from registry.accounts.service.deputising import appoint, end_deputy
from registry.accounts.service.logging_in import change_password, log_in, log_out, reset_password, use_language
from registry.accounts.service.opening import NewAccount, close_account, open_account
from registry.accounts.service.opening_keys import open_key, withdraw_key

__all__ = [
    "NewAccount",
    "appoint",
    "change_password",
    "close_account",
    "end_deputy",
    "first_administrator",
    "log_in",
    "log_out",
    "open_account",
    "open_demo",
    "open_key",
    "open_many",
    "reset_password",
    "use_language",
    "withdraw_key",
]
