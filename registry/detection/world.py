"""What the rules see: usage facts beside the registry, as Ibis tables of one engine.

Registry rows that were in force at any moment of the window are here with their periods in milliseconds; a rule
compares them with a fact's first and last moment.
"""

from dataclasses import dataclass, replace
from typing import Any

import ibis
from ibis import _


@dataclass(frozen=True, slots=True)
class World:
    """Ibis tables. All times are int64 milliseconds UTC.

    facts: fact, day, gateway, port, submitter, agent, signature, folded, read, category, messages, first_at, last_at,
    hours, provinces, missing, sender (enterprise of the submitter, '' where unknown).
    provinces, hours: messages by province and by hour: day, gateway, port, submitter, signature, folded, category,
    province and bit (or hour), messages, first_at and last_at (of the day).
    covering: registered rows over a port seen: port, prefix, holder, use, signing, level, valid_from, valid_until.
    declared: port, enterprise, valid_from, valid_until: who may lawfully stand behind messages of a port seen.
    delegated: hops that cover a port seen: port, from_enterprise, to_enterprise, valid_from, valid_until.
    owners: folded, owner, valid_from, valid_until. plan: port, status. answerable: port, enterprise.
    permits: permit, folded, port, user, owner and the columns of the rules of scope, one row for each port seen.
    verdicts: one row for each fact that a permit matches; see `permit_verdicts`. affiliated: one, other (both ways).
    """

    facts: Any
    provinces: Any
    hours: Any
    covering: Any
    declared: Any
    delegated: Any
    owners: Any
    plan: Any
    answerable: Any
    permits: Any
    verdicts: Any
    affiliated: Any

    def judgeable(self, mask: int) -> "World":
        """The same world without facts that lack a column a rule needs: what cannot be judged is not called clean."""
        return replace(self, facts=self.facts.filter((_.missing & mask) == 0)) if mask else self

    def signed(self) -> Any:
        """Facts whose signature was read."""
        return self.facts.filter((_.read == "read") & (_.folded != ""))

    def registered(self) -> Any:
        """Signed facts with each owner whose signature it was at the time: adds `owner`."""
        signed = self.signed()
        met = during(signed, self.owners, "folded")
        return met.select(*signed.columns, "owner").distinct()

    def tenants(self) -> Any:
        """Facts of registered signatures none of whose owners may stand behind messages of the port: adds `owner`."""
        owned = self.registered()
        standing = during(owned, self.declared, "port").filter(_.owner == _.enterprise)
        lawful = standing.select("fact").distinct()
        return owned.anti_join(lawful, "fact")


def during(facts: Any, rows: Any, *keys: Any) -> Any:
    """Facts joined with the rows in force at some moment of their span."""
    met = facts.join(rows, list(keys), rname="row_{name}")
    return met.filter((_.first_at < _.valid_until) & (_.last_at >= _.valid_from))


def prefixes(ports: Any) -> Any:
    """Each port with every prefix of it that could be registered: port, prefix."""
    lengths = ports.mutate(digits=ibis.range(3, ports.port.length() + 1).unnest())
    return lengths.mutate(prefix=_.port.substr(0, _.digits)).select("port", "prefix")
