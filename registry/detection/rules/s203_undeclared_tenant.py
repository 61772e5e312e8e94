"""S203: an undeclared tenant: the signature's owner is a stranger to the port.

What it detects
    A registered signature on a registered port, whose owner is neither the holder of the port, nor of any number above
    it, nor an enterprise to which the port was delegated, nor named by a permit on it. A name written in another script
    than it was registered in passes for its owner: impersonation.
Why it matters
    This is subletting as it shows in the records: somebody uses the port of whom the carrier was never told.
Basis
    MIIT meeting of 2021-10-25 (no access for illegally sublet resources); Anti Telecom and Online Fraud Law, article 31
    (no illegal renting or lending of SMS ports).
Not a hit
    Declared users of platform ports, however many; owners named by a permit; fewer than `least_messages` (a forged
    sender or a misrouted batch leaves a few), unless the chains of several numbers hand in a few each.
Known gaps
    A tenant who uses the holder's own signature; a declared hop that was invented.
What the reviewer does
    Asks the holder and the owner, each apart, who made the contract; looks for a letter; compares since when.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from registry.detection.aggregates import with_distinct
from registry.detection.rules._shape import by_chain, enough, hit, summed
from registry.detection.world import World, meeting
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence

CODE = "S203"
SEVERITY = Severity.HIGH
KIND = "sublet"
IN_FORCE_FROM = dt.date(2021, 10, 25)
NEEDS = ("content",)
SUBJECT = ("line", "tenant")
SUMMARY = Sentence(
    "端口{port}被未报备的主体{tenant}以签名【{signature}】使用",
    "port {port} is used by {tenant}, never declared, as 【{signature}】",
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """`least_messages`: below this many in the window a tenant does not count; `least_by_strangers`: below this many by
    accounts outside the chain alone the sender may be forged (messages). On `least_lines` numbers, on each of which the
    chain handed in `least_on_line`, `least_spread` in all are enough: who is sold on from number to number.
    """

    least_messages: int = 10
    least_by_strangers: int = 60
    least_lines: int = 3
    least_on_line: int = 3
    least_spread: int = 15


def applies(world: World) -> Any:
    """Facts of registered signatures on registered ports."""
    return meeting(world.facts.semi_join(world.owned, "fact"), world.covering, "port")


def hits(world: World, parameters: Parameters) -> Any:
    """Facts of owners who may not stand behind messages of the port."""
    strangers = meeting(world.tenants(), world.covering, "port").anti_join(world.matched, "fact")
    key = ("line", "owner")
    counted = summed(summed(by_chain(world, strangers), key, "all_told"), key, "by_chain", "inside")
    spread = _spread(counted, parameters).mutate(spread=True)
    counted = counted.left_join(spread, "fact", rname="spread_{name}").mutate(spread=_.spread.fill_null(False))
    counted = counted.filter((_.all_told >= parameters.least_messages) | _.spread)
    slips = world.kin.filter(_.kin == "misspelt").select("line", "folded").mutate(slip=True)
    counted = counted.left_join(slips, ["line", "folded"], rname="slip_{name}")
    counted = counted.left_join(world.disguised.mutate(disguised=True), "signature", rname="disguised_{name}")
    by_few = (counted.by_chain < parameters.least_messages) & ~counted.spread
    forged = by_few & (counted.all_told < parameters.least_by_strangers)
    clause = ibis.cases(
        (forged, "BY_STRANGE_ACCOUNT"),
        (counted.slip.notnull(), "NAME_MISSPELT"),
        (counted.disguised.notnull(), "NAME_IN_OTHER_SCRIPT"),
        else_="UNDECLARED_TENANT",
    )
    kind = ibis.cases(
        (clause == "UNDECLARED_TENANT", "sublet"), (clause == "NAME_IN_OTHER_SCRIPT", "impersonation"), else_="other"
    )
    return hit(counted, tenant=counted.owner, clause=clause, kind=kind)


def _spread(counted: Any, parameters: Parameters) -> Any:
    """Facts of owners with a few messages on each of several numbers, by accounts of their chains: fact."""
    few = counted.filter(counted.inside & (counted.by_chain >= parameters.least_on_line))
    few = enough(with_distinct(few, "lines", "line", "owner"), ("owner",), parameters.least_spread)
    return few.filter(_.lines >= parameters.least_lines).select("fact").distinct()
