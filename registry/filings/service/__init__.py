"""Use cases of filings: handing in, checking, deciding."""

from registry.filings.service.checking import dry_run, recheck
from registry.filings.service.deciding import approve, claim, reject, release, send_back
from registry.filings.service.handing_in import accept, decline, file, mend, submit, withdraw
from registry.filings.service.rechecking import keep_rechecks

__all__ = [
    "accept",
    "approve",
    "claim",
    "decline",
    "dry_run",
    "file",
    "keep_rechecks",
    "mend",
    "recheck",
    "reject",
    "release",
    "send_back",
    "submit",
    "withdraw",
]
