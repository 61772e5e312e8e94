"""Two at once: one wins, the other is told who did what."""

from registry.filings import queries
from registry.filings.model import Filing
from registry.kernel.actor import Actor
from registry.kernel.clock import write_moment
from registry.kernel.errors import Stale

_FIX = "read it again and decide anew"


def stale(actor: Actor, filing: Filing) -> Stale:
    """Why somebody cannot decide on the version that was read: the last act upon it, and where it stands now."""
    act = queries.last_act(actor, filing)
    if act is None:
        return Stale("stale", f"it is {filing.state} by now, at version {filing.version}", fix=_FIX)
    done = f"{act.by} did {act.action} at {write_moment(act.at)}"
    return Stale("stale", f"{done}: it is {filing.state} by now, at version {filing.version}", fix=_FIX)
