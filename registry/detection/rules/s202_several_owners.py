"""S202: one extension carries the signatures of several owners.

What it detects
    A port allotted to a single customer, on which signatures of two or more owners are seen, at least one of them
    without a permit there.
Why it matters
    It is the plainest sign that the customer, or the company above it, lets the port to others.
Basis
    Trade rule "one extension, one signature"; Telecommunications Regulations, article 28 (no unauthorised lease of
    codes); MIIT meeting of 2021-10-25 (no access for illegally sublet resources).
Not a hit
    Several signatures of one owner (inherited channels have them); ports allotted as `shared`; owners who all have a
    permit on the port; an owner with fewer messages than `least_messages` (misspelt or forged).
Known gaps
    Tenants who hide behind the customer's own signature.
What the reviewer does
    Asks the holder who the other owners are and under which letter they send; looks at what they sent and since when.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.aggregates import with_distinct
from registry.detection.rules._shape import enough, hit
from registry.detection.world import World, meeting
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S202"
SEVERITY = Severity.HIGH
KIND = "sublet"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line", "tenant")
SUMMARY = Sentence(
    "独享端口{port}上出现另一主体{tenant}的签名【{signature}】",
    "port {port} is single, yet {tenant} signs 【{signature}】 there too",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages`: below this many in the window an owner does not count (messages)."""

    least_messages: int = 20


def applies(world: World) -> Any:
    """Facts of registered signatures on ports allotted to a single customer."""
    single = world.covering.filter((_.prefix == _.port) & (_.signing != "shared"))
    return meeting(world.registered(), single, "port")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of owners without a permit, on ports where two or more owners are seen."""
    seen = enough(applies(world), ("line", "owner"), parameters.least_messages)
    crowded = with_distinct(seen, "owners", "owner", "line").filter(_.owners >= 2)  # noqa: PLR2004
    loose = crowded.anti_join(world.matched, "fact")
    strangers = world.strangers.mutate(stranger=True)
    loose = loose.left_join(strangers, ["fact", "owner"], rname="stranger_{name}")
    kind = ibis.ifelse(loose.stranger.notnull(), "sublet", "other")
    return hit(loose, tenant=loose.owner, clause="SEVERAL_OWNERS", kind=kind)
