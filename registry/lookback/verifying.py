"""What passed is verified here from now on: the core rooms write it, with their event and their row of the feed."""

from registry.kernel.actor import Actor
from registry.lookback.kinds import Subject
from registry.permits import service as permits
from registry.ports import service as ports
from registry.signatures import service as signatures

_BY_KIND = {
    Subject.PORT: ports.verify,
    Subject.DELEGATION: ports.verify_delegation,
    Subject.SIGNATURE: signatures.verify,
    Subject.PERMIT: permits.verify,
}


def verify(actor: Actor, kind: Subject, key: str, reason: str) -> bool:
    """Turn an entry's standing to verified. Answers False where it has ended, was verified already, or has none."""
    return kind in _BY_KIND and _BY_KIND[kind](actor, key, reason=reason)
