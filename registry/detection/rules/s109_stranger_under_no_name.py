"""S109: a stranger sends under a name that nobody registered.

What it detects
    A signature that nobody registered, with no likeness to the number's customer, whose messages carry links or
    telephone numbers that no party to the number declared; also the second of two names between which a message leaves
    open who signs, where nobody registered it or where it is a protected one of a stranger to the number. That is
    impersonation, no subletting, as is a name of a trade that needs a licence a character away from a protected one.
Why it matters
    A new name with the customer's own links is a filing not yet made; with somebody else's it is somebody else.
Basis
    MIIT meeting of 2021-10-25 (no access for illegally sublet resources); Anti Telecom Fraud Law, article 31.
Not a hit
    Slips and parts of the customer's names; shared links and hotlines; few messages; a forged sender's, which come
    from accounts outside the chain.
Known gaps
    Strangers whose texts name no link and no number.
What the reviewer does
    Finds whose the links and numbers are, and asks the holder for the contract.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.rules._shape import by_chain, carrying, enough, hit, loose
from registry.detection.world import World, meeting
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S109"
SEVERITY = Severity.HIGH
KIND = "sublet"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line", "folded")
SUMMARY = Sentence(
    "端口{port}上以未登记签名【{signature}】发送他人内容",
    "port {port} carries a stranger's content under 【{signature}】, which nobody registered",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages` with strange links or numbers in the window, and `least_share` of the signature's messages."""

    least_messages: int = 20
    least_share: float = 0.2


def applies(world: World) -> Any:
    """Facts of signatures that nobody registered, on registered numbers."""
    unowned = loose(world).anti_join(world.owned, "fact").union(_doubly_signed(world))
    return meeting(unowned, world.covering, "port")


def _doubly_signed(world: World) -> Any:
    """Facts of two names, the second of which nobody registered, or a stranger whose name is protected."""
    named = world.facts.filter((_.read == "ambiguous") & (_.folded != ""))
    at_home = world.owners.rename(enterprise="owner").join(world.related, "enterprise").select("line", "folded")
    loose = named.anti_join(world.owners.anti_join(world.guarded, "folded"), "folded").anti_join(
        at_home, ["line", "folded"]
    )
    return loose.join(world.kin, ["line", "folded"])


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of signatures that are no kin and carry strange links or numbers."""
    free = by_chain(world, applies(world).filter(_.kin == "")).filter(_.inside)
    free = enough(free, SUBJECT, parameters.least_messages)
    met = carrying(world, free, parameters.least_messages, parameters.least_share)
    met = met.left_join(world.guarded.select("folded", guarded=True).distinct(), "folded", rname="guarded_{name}")
    clause = ibis.cases(
        (met.guarded.notnull(), "PROTECTED_NAME"),
        (met.regulated & (met.near != ""), "LOOKS_LIKE_PROTECTED"),
        else_="STRANGE_CONTENT",
    )
    kind = ibis.ifelse(clause == "STRANGE_CONTENT", "sublet", "impersonation")
    return hit(met, tenant=met.tenant, clause=clause, kind=kind)
