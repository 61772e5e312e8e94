"""S103: an extension that nobody allotted.

What it detects
    Messages from a longer number under a registered access code, where that extension is neither registered, nor
    delegated, nor named by a permit, and the signature is not the holder's own.
Why it matters
    Extensions that the holder hands out without saying so are how ports are sublet.
Basis
    MIIT meeting of 2021-10-25 (no access for illegally sublet resources); Telecommunications Regulations, article 28.
Not a hit
    Extensions under a registered or delegated range; the holder's own signatures on its own extensions; a signature
    with a permit that begins later or has ended (S302).
Known gaps
    Somebody else's content under the holder's own signature: content rules look for that.
What the reviewer does
    Asks the holder to whom the extension was given, since when, and under which contract.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ibis import _

from registry.detection.rules._shape import enough, hit
from registry.detection.world import World, meeting
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S103"
SEVERITY = Severity.HIGH
KIND = "sublet"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ()
SUBJECT = ("line",)
SUMMARY = Sentence("子端口{port}未分配即在使用", "extension {port} is in use and nobody allotted it")


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages`: below this many in the window an extension does not count (messages)."""

    least_messages: int = 10


def applies(world: World) -> Any:
    """Facts of longer numbers under a registered access code."""
    return meeting(world.facts, _access_codes(world), "port")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of extensions that no row, hop or permit names."""
    allotted = world.covering.filter((_.level == "extension") | (_.prefix == _.port)).select(*_PERIOD)
    hops = world.delegated.select(*_PERIOD)
    permitted = world.permits.rename(valid_from="permit_valid_from", valid_until="permit_valid_until").select(*_PERIOD)
    named = meeting(applies(world), allotted.union(hops).union(permitted), "port").select("fact")
    own = (
        meeting(world.registered(), _access_codes(world).rename(owner="holder"), "port", "owner")
        .select("fact")
        .distinct()
    )
    loose = applies(world).anti_join(named, "fact").anti_join(own, "fact").anti_join(world.permits, ["port", "folded"])
    return hit(enough(loose, SUBJECT, parameters.least_messages), clause="EXTENSION_NOT_ALLOTTED")


_PERIOD = ("port", "valid_from", "valid_until")


def _access_codes(world: World) -> Any:
    return world.covering.filter((_.level == "access_code") & (_.prefix != _.port))
