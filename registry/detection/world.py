"""What the rules see: usage facts beside the registry, as Ibis tables by name, which a desk holds.

Registry rows that were in force at any moment of the window are here with their periods in milliseconds; a rule
compares them with a fact's first and last moment.
"""

from dataclasses import dataclass, replace
from typing import Any

import ibis
import pyarrow as pa
from ibis import _

from registry.detection.desk import Desk


@dataclass(frozen=True, slots=True)
class World:
    """Ibis tables. All times are int64 milliseconds UTC.

    facts: fact, day, gateway, port, line, submitter, agent, signature, folded, read, category, messages, first_at,
    last_at, hours, provinces, missing, sender and passer (enterprises of the accounts in `submitter` and `agent`, ''
    where unknown).
    lines: port, line: the longest allotted number or range that covers a port seen (see `lines`).
    outside: gateway, port, submitter: accounts of known enterprises that are no part of the port's chain; side facts
    are without what they handed in.
    provinces, hours: messages by province and by hour: day, gateway, port, line, submitter, signature, folded,
    category, province and bit (or hour), messages, first_at and last_at (of the day).
    spoken: messages by link and number: day, gateway, port, line, submitter, signature, folded, kind, value, path,
    messages, first_at, last_at. strange: those that nobody declared for the line, with `known_of` (who else declared
    it). spread: kind, value, senders. named: messages that speak of a registered name (`name`, folded) none of whose
    owners is a party to the line: the columns of spoken but `path`, with kind (name: beside a link or a number; opens:
    what a code opens, registered or not). values: permit, enterprise, kind, value, path, beneficiary, ended.
    covering: registered rows over a port seen: port, prefix, holder, use, signing, level, valid_from, valid_until.
    declared: port, enterprise, valid_from, valid_until: who may lawfully stand behind messages of a port seen.
    delegated: hops that cover a port seen: port, from_enterprise, to_enterprise, valid_from, valid_until.
    former: who had a port seen by a hop that ended before the window: port, enterprise, until.
    owners: folded, owner, valid_from, valid_until. owned: fact, owner: each owner of a fact's signature at the time.
    strangers: the rows of `owned` of facts none of whose owners may stand behind messages of the port.
    plan: port, status. answerable: port, enterprise.
    permits: permit, folded, port, user, owner and the columns of the rules of scope, one row for each port seen.
    permitted: the same with `line`. stopped: see `stopped_above`. related: line, enterprise: every party to a line.
    tied: port, other: who is tied to somebody who may stand behind messages of the port.
    limits: permit, left_categories, left_volume, left_hours, limited_from, limited_until. halted: gateway ('' = all),
    submitter, halted_from, halted_until.
    letters: letter, letter_owner, applicant, listed (folded), denied, confirmed (neither: nobody asked, or no answer),
    valid_from, valid_until. parties: enterprise, name, handler (the person, where known), industry. guarded: folded,
    owner, official. complained: day, port, folded, complaints.
    rates: suspend, shut (complaints per million messages, one row).
    kin: line, folded, kin, regulated, like, near: of signatures seen on a line without a permit, or with strange links
    or numbers. clusters: line, folded, value, cluster. disguised: signature (in another script than registered).
    matched: fact, one_allows: each fact that a permit matches. verdicts: one row for each of those that no permit alone
    allows; see `permit_verdicts`. affiliated: one, other (both ways).
    Days before the window, of lines seen with a permit (see `history`): known: since (the first day of which anything
    is known). earlier: line, folded, last_day, of far days. recent: line, folded, day, messages, paid (marketing).
    recent_provinces: line, folded, day, province, messages.
    """

    facts: Any
    lines: Any
    outside: Any
    provinces: Any
    hours: Any
    spoken: Any
    named: Any
    strange: Any
    spread: Any
    values: Any
    covering: Any
    declared: Any
    delegated: Any
    former: Any
    owners: Any
    owned: Any
    strangers: Any
    plan: Any
    answerable: Any
    permits: Any
    permitted: Any
    stopped: Any
    related: Any
    tied: Any
    letters: Any
    limits: Any
    halted: Any
    parties: Any
    guarded: Any
    complained: Any
    rates: Any
    kin: Any
    clusters: Any
    disguised: Any
    matched: Any
    verdicts: Any
    affiliated: Any
    known: Any
    earlier: Any
    recent: Any
    recent_provinces: Any
    desk: Desk | None = None

    def rows(self, expression: Any) -> pa.Table:
        """What an expression over these tables gives. Raises RuntimeError in a world that lies nowhere."""
        found = self._desk().rows(expression)
        return found.cast(expression.schema().to_pyarrow())  # sums come in a wider kind than they are declared

    def number(self, expression: Any) -> int:
        """A sum or a count over these tables, reckoned once however many ask."""
        return int(self._desk().once(expression.name("number").as_table())["number"][0].as_py())

    def _desk(self) -> Desk:
        if self.desk is None:
            raise RuntimeError("this world has no tables, only names")
        return self.desk

    def judgeable(self, mask: int) -> "World":
        """The same world without facts that lack a column a rule needs: what cannot be judged is not called clean."""
        return replace(self, facts=self.facts.filter((_.missing & mask) == 0)) if mask else self

    def signed(self) -> Any:
        """Facts whose signature was read."""
        return signed(self.facts)

    def registered(self) -> Any:
        """Signed facts with each owner whose signature it was at the time: adds `owner`."""
        return self.facts.join(self.owned, "fact", rname="owned_{name}")

    def tenants(self) -> Any:
        """Facts of registered signatures none of whose owners may stand behind messages of the port: adds `owner`."""
        return self.facts.join(self.strangers, "fact", rname="owned_{name}")


def signed(facts: Any) -> Any:
    """Facts whose signature was read."""
    return facts.filter((_.read == "read") & (_.folded != ""))


def during(facts: Any, rows: Any, *keys: Any) -> Any:
    """Facts joined with the rows in force at some moment of their span."""
    met = facts.join(rows, list(keys), rname="row_{name}")
    return met.filter((_.first_at < _.valid_until) & (_.last_at >= _.valid_from))


def meeting(facts: Any, rows: Any, *keys: str) -> Any:
    """Facts that at least one row in force at some moment of their span meets, each once."""
    same = [facts[key] == rows[key] for key in keys]
    return facts.semi_join(rows, [*same, facts.first_at < rows.valid_until, facts.last_at >= rows.valid_from])


def prefixes(ports: Any) -> Any:
    """Each port with every prefix of it that could be registered: port, prefix."""
    lengths = ports.mutate(digits=ibis.range(3, ports.port.length() + 1).unnest())
    return lengths.mutate(prefix=_.port.substr(0, _.digits)).select("port", "prefix")
