"""S403: a letter that does not list the signature.

What it detects
    Messages under a permit whose letter of authorisation is by somebody else than the signature's owner, lists other
    names than the one that is sent, or was given to somebody who is neither the user nor a party to the number.
Why it matters
    The list is the letter's scope: a name that it does not hold was allowed to nobody.
Basis
    Letters of authorisation say who may use whose names until when; Anti Telecom and Online Fraud Law, article 31
    (no invented agency relation).
Not a hit
    Another letter in force that lists the name; permits of the owner itself; hops, whose letters speak for many
    names.
Known gaps
    A letter that lists a name in another writing than folding knows.
What the reviewer does
    Compares the letter with the filing; asks the owner whether the name is meant too.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.rules._letters import lettered, without_letter
from registry.detection.rules._shape import enough, hit, unusual
from registry.detection.world import World
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S403"
SEVERITY = Severity.HIGH
KIND = "sublet"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line", "folded")
SUMMARY = Sentence(
    "签名【{signature}】不在端口{port}许可所依据的授权书清单内",
    "the letter behind the permit on port {port} does not list 【{signature}】",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages` in the window. If more than `most_share` of all lettered signatures stand in no list, it is the
    registry that lacks the lists.
    """

    least_messages: int = 10
    most_share: float = 0.25


def applies(world: World) -> Any:
    """Facts under permits or over hops that rest on letters."""
    return lettered(world)


def hits(world: World, parameters: Parameters) -> Any:
    """Facts that no letter lists."""
    others = without_letter(world).filter(~_.denied & (~_.listed | _.astray) & _.of_permit)
    others = enough(others, SUBJECT, parameters.least_messages)
    others = unusual(others, lettered(world), SUBJECT, parameters.most_share)
    clause = ibis.cases(
        (others.astray, "LETTER_TO_SOMEBODY_ELSE"),
        (others.by_owner, "SIGNATURE_NOT_LISTED"),
        else_="LETTER_OF_SOMEBODY_ELSE",
    )
    return hit(others, permit=others.permit, clause=clause, kind=ibis.ifelse(others.unusual, "sublet", "other"))
