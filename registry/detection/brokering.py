"""What unrelated customers may have in common and nobody declared: links and numbers, accounts, the person who acts.

Each is told as a value of a signature on a line; what few owners share is rare enough to speak of one broker.
"""

from typing import Any

import ibis
from ibis import _

from registry.detection.speaking import blameless

LEAST_MESSAGES = 5  # of a value on a line, from which it counts as being seen there
LEAST_OWNERS, MOST_OWNERS = 3, 30  # fewer are chance; what more have in common is a service that many use
LASTING_DAYS = 2  # on which an account is seen on a line: a wrong route lasts a day
MOST_ODD, ODD_JUDGED = 0.1, 20  # share of signatures with strange links from which the registry lacks them
ACCOUNT, PERSON = "account ", "person "
_SEEN = ("line", "folded", "value")


def common(tables: dict[str, Any]) -> Any:
    """Values that a few customers have in common: line, folded, owner, value.

    tables: strange, spoken, facts, outside, related, matched, permitted, parties.
    """
    said, permitted = _said(tables["strange"]), tables["permitted"]
    same = _said(same_targets(tables["spoken"], tables["strange"]))
    seen = said.union(same).union(_accounts(tables)).union(_persons(said, tables))
    owned = seen.join(permitted.select("line", "folded", "owner").distinct(), ["line", "folded"])
    owners = owned.group_by("value").agg(owners=_.owner.nunique())
    rare = owners.filter((_.owners >= LEAST_OWNERS) & (_.owners <= MOST_OWNERS))
    return owned.semi_join(rare, "value").select("line", "folded", "owner", "value")


def same_targets(spoken: Any, strange: Any) -> Any:
    """Links with a short code behind their host, though everybody may use it: the same code leads to the same page."""
    coded = spoken.filter((_.kind == "link") & _.path.re_search(CODED))
    coded = coded.filter(coded.path.re_search("[a-z]") & coded.path.re_search("[A-Z]"))
    return blameless(coded, strange)


CODED = "^/[A-Za-z0-9]{5,12}$"
"""The head of a path that may be a code; one is told by its large and small letters."""


def _said(others: Any) -> Any:
    """Strange links and numbers. A link's path belongs to it: two who pay for one host of short links share nothing."""
    seen = others.mutate(value=_.kind + " " + _.value + _.path).group_by(*_SEEN).agg(messages=_.messages.sum())
    return seen.filter(_.messages >= LEAST_MESSAGES).select(*_SEEN)


def by_outsiders(facts: Any, outside: Any, related: Any) -> Any:
    """Facts that a known enterprise outside the chain handed in or passed on: adds `outsider` and `whole_value`.

    Who an unknown account is nobody knows, and many have none registered: it connects nothing.
    """
    handed = facts.semi_join(outside, ["gateway", "port", "submitter"]).mutate(outsider=_.sender)
    passed = facts.filter((_.passer != "") & (_.passer != _.sender)).mutate(outsider=_.passer)
    passed = passed.anti_join(related.rename(outsider="enterprise"), ["line", "outsider"])
    found = handed.union(passed)
    return found.mutate(whole_value=ibis.literal(ACCOUNT) + found.outsider)


def _accounts(tables: dict[str, Any]) -> Any:
    facts = tables["facts"].semi_join(tables["matched"], "fact")
    found = by_outsiders(facts, tables["outside"], tables["related"]).mutate(value=_.whole_value)
    counted = found.group_by(*_SEEN).agg(messages=_.messages.sum(), days=_.day.nunique())
    return counted.filter((_.messages >= LEAST_MESSAGES) & (_.days >= LASTING_DAYS)).select(*_SEEN)


def _persons(said: Any, tables: dict[str, Any]) -> Any:
    """Who acts for the users of signatures that carry strange values, whichever: alone the person tells nothing."""
    permitted = tables["permitted"]
    odd = said.semi_join(permitted, ["line", "folded"]).select("line", "folded").distinct()
    judged = tables["spoken"].semi_join(permitted, ["line", "folded"]).select("line", "folded").distinct()
    counts = odd.agg(odd=_.count()).cross_join(judged.agg(judged=_.count()))
    counts = counts.filter((_.judged < ODD_JUDGED) | (_.odd <= _.judged * MOST_ODD))
    users = permitted.semi_join(odd, ["line", "folded"]).select("line", "folded", enterprise="user").distinct()
    acting = tables["parties"].filter(_.handler != "").select("enterprise", "handler").distinct()
    named = users.join(acting, "enterprise").cross_join(counts)
    return named.select("line", "folded", value=ibis.literal(PERSON) + named.handler).distinct()
