"""Whose links, numbers and names messages carry: what a permit, its parties or everybody may say, and what is left."""

from typing import Any

import ibis
from ibis import _

PUBLIC = "^(?:1[12][0-9]|12[0-9]{3}|96110|100(?:00|10|15|50|86|99))$"
"""Numbers that everybody may name: emergency and public services, the line against fraud, the carriers' own."""


def spoken(contact_facts: Any) -> Any:
    """Messages by link (registrable domain, head of the path) and number, as rules read facts."""
    contact_facts = contact_facts.filter(~_.kind.isin(NAMES))
    is_link = contact_facts.kind == "link"
    domain, head = contact_facts.value.re_extract("^([^/]*)", 1), contact_facts.value.re_extract("^[^/]*(/.*)$", 1)
    digits = contact_facts.value.re_replace("[^0-9]", "")
    mobile = digits.re_extract("^(?:00)?86(1[0-9]{10})$", 1)
    bare = ibis.ifelse(mobile == "", digits, mobile)
    said = contact_facts.mutate(value=ibis.ifelse(is_link, domain, bare), path=ibis.ifelse(is_link, head, ""))
    return said.filter(_.value != "").mutate(category=ibis.literal(0, "int64"))


def spoken_of(contact_facts: Any, folds: Any, owners: Any, related: Any) -> Any:
    """Messages that speak of a registered name none of whose owners is a party to the line, or open an unknown one.

    folds: signature, folded, of the names too; owners: folded, owner; related: line, enterprise. Adds `name` (folded).
    A name that is part of the signature, or it of the name, is the sender's own matter.
    """
    said = contact_facts.filter(_.kind.isin(NAMES)).join(folds.select(value="signature", name="folded"), "value")
    said = said.filter(~_.folded.contains(_.name) & ~((_.folded != "") & _.name.contains(_.folded)))
    known = owners.select(name="folded", enterprise="owner").distinct()
    at_home = known.join(related, "enterprise").select("line", "name").distinct()
    others = said.semi_join(known, "name").anti_join(at_home, ["line", "name"])
    others = others.union(said.filter(_.kind == OPENS).anti_join(known, "name"))
    return others.mutate(category=ibis.literal(0, "int64"))


NAMES = NAME, OPENS = "name", "opens"
"""The kinds of side facts that hold names within texts: beside a link or a number, and what codes open."""


def strange(said: Any, permits: Any, related: Any, values: Any, shared: Any) -> Any:
    """Links and numbers that neither a permit of the signature on the line, nor any party to the line, nor all may say.

    permits: line, folded, permit; related: line, enterprise. Adds `known_of`: who else declared it, '' for nobody.
    """
    words = said.filter(~_.value.re_search(PUBLIC)).select("line", "folded", "kind", "value", "path").distinct()
    declared = permits.join(values.filter(~_.ended), "permit").select("line", "folded", "kind", "value", allowed=_.path)
    parties = related.join(values.filter(~_.beneficiary), "enterprise").select("line", "kind", "value", allowed=_.path)
    theirs = _covered(words, declared.distinct(), "line", "folded")
    theirs = theirs.union(_covered(words, parties.distinct(), "line"))
    theirs = theirs.union(_covered(words, shared.select("kind", "value", allowed=_.path)))
    others = words.anti_join(theirs.distinct(), list(words.columns))
    known = values.group_by("kind", "value").agg(known_of=_.enterprise.min())
    told = others.left_join(known, ["kind", "value"], rname="known_{name}")
    told = told.mutate(known_of=_.known_of.fill_null("")).select(*words.columns, "known_of")
    return said.join(told, list(words.columns), rname="told_{name}").select(*said.columns, "known_of")


def blameless(said: Any, strange: Any) -> Any:
    """Links and numbers that are not strange where they stand: declared by somebody there, or everybody's."""
    return said.anti_join(strange, ["line", "folded", "kind", "value", "path"])


def _covered(words: Any, allowed: Any, *keys: str) -> Any:
    """Words that a declared value covers: the same domain or number, and its path where it has one."""
    same = [words[name] == allowed[name] for name in (*keys, "kind", "value")]
    return words.semi_join(allowed, [*same, (allowed.allowed == "") | (allowed.allowed == words.path)])


def spread(said: Any) -> Any:
    """How many different signatures carry each link's domain or number: kind, value, senders."""
    return said.group_by("kind", "value").agg(senders=_.folded.nunique().cast("int64"))
