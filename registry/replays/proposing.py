"""From what somebody says to a question: a proposed permit may stand in a filing."""

from collections.abc import Mapping
from typing import Any

from registry.filings import queries as filings
from registry.filings.content import PermitContent, from_bag
from registry.filings.kinds import Kind
from registry.kernel.actor import Actor
from registry.kernel.errors import FieldError, Invalid
from registry.permits.values import PermitValues
from registry.replays.values import Question, permit_of


def question(actor: Actor, said: Mapping[str, Any]) -> Question:
    """The question that fields by their names ask. Raises Invalid, NotFound for a filing that is not there."""
    permit = permit_of(said["permit"]) if said.get("permit") else None
    if said.get("filing"):
        permit = permit_of_filing(actor, said["filing"])
    return Question(said["from_day"], said["to_day"], tuple(said["rules"]), said["parameters"], permit)


def permit_of_filing(actor: Actor, key: str) -> PermitValues:
    """The permit that a filing asks for. Raises NotFound, Invalid where it asks for something else."""
    filing = filings.find(actor, key)
    content = from_bag(filing.kind, filing.content)
    if filing.kind is not Kind.PERMIT or not isinstance(content, PermitContent):
        error = FieldError("filing", "no_permit", f"{key} asks for a {filing.kind}", "name a filing of a permit")
        raise Invalid("no_permit", "this filing proposes no permit", fields=[error])
    return content.values
