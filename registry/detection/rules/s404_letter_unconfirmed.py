"""S404: a tenant whom only an unconfirmed letter excuses.

What it detects
    Traffic under a signature whose owner is a stranger to the number, but for a letter that the owner was never asked
    about or never answered for: no letter that it confirmed speaks for the name there, and no hop leads to it.
Why it matters
    Letters are forged. An unconfirmed one silences as much as a confirmed one, and the cheat knows it.
Basis
    This registry's rule: a declared hop is a claim until the owner of the signature confirms it.
Not a hit
    Owners who hold the number, were given it, or use their own permit; a confirmed letter beside the other; denied
    letters (S401), ended ones (S402). Where more than `most_share` of the lettered signatures rest on such letters,
    nobody has asked yet: a look-back over all of them does (F324).
Known gaps
    A hop declared to the owner without a letter of its own looks whole.
What the reviewer does
    No accusation: has the owner asked; runs a look-back whose cohort is this rule's findings, and closes what it
    confirms.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ibis import _

from registry.detection.rules._letters import lettered, unconfirmed
from registry.detection.rules._shape import enough, hit, unusual
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S404"
SEVERITY = Severity.LOW
KIND = "other"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line", "folded")
SUMMARY = Sentence(
    "端口{port}上的签名【{signature}】仅凭未经所有人{tenant}确认的授权书使用",
    "【{signature}】 on port {port} rests on a letter that its owner {tenant} never confirmed",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages` in the window; more than `most_share` of the lettered signatures is the registry's gap."""

    least_messages: int = 10
    most_share: float = 0.25


def applies(world: World) -> Any:
    """Facts under permits or over hops that rest on letters."""
    return lettered(world)


def hits(world: World, parameters: Parameters) -> Any:
    """Facts that only unconfirmed letters excuse."""
    doubtful = enough(unconfirmed(world), SUBJECT, parameters.least_messages)
    doubtful = unusual(doubtful, lettered(world), SUBJECT, parameters.most_share).filter(_.unusual)
    return hit(doubtful, tenant=doubtful.owner, permit=doubtful.permit, clause="LETTER_UNCONFIRMED")
