"""Use cases of filings: handing in, checking, deciding."""

from registry.filings.service.appealing import appeal
from registry.filings.service.checking import DryRun, dry_run, recheck
from registry.filings.service.deciding import approve, reject, send_back
from registry.filings.service.handing_in import accept, decline, file, mend, submit, withdraw
from registry.filings.service.handing_in_many import file_many
from registry.filings.service.lookalikes import look_for_lookalikes
from registry.filings.service.looking import look_outside, read_off, told
from registry.filings.service.planting import plant
from registry.filings.service.rechecking import keep_rechecks
from registry.filings.service.sampling import drawn
from registry.filings.service.waiting import claim, claim_next, look, release, urge

__all__ = [
    "DryRun",
    "accept",
    "appeal",
    "approve",
    "claim",
    "claim_next",
    "decline",
    "drawn",
    "dry_run",
    "file",
    "file_many",
    "keep_rechecks",
    "look",
    "look_for_lookalikes",
    "look_outside",
    "mend",
    "plant",
    "read_off",
    "recheck",
    "reject",
    "release",
    "send_back",
    "submit",
    "told",
    "urge",
    "withdraw",
]
