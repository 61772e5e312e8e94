"""What the rules about letters of authorisation have in common: which letters speak for a fact, and how."""

from typing import Any

import ibis
from ibis import _

from registry.detection.world import World

_KEPT = ("fact", "permit", "letter", "owner", "user", "of_permit")


def lettered(world: World) -> Any:
    """Facts under permits or over hops that rest on letters: each once."""
    return world.facts.semi_join(_resting(world), "fact")


def without_letter(world: World) -> Any:
    """Facts for which no letter in force speaks, with what speaks against them.

    Adds permit, denied, listed (some letter lists the name), by_owner, astray (one that lists it was given to somebody
    else than the user, and to no party to the line), ended, ended_at (the latest end), renewed (a
    later letter of the same two lists it), of_permit (a permit rests on it, not a hop alone). Where a permit rests on
    letters, its own tell of the end and the renewal, not those of the hops above it.
    """
    held = _resting(world).join(world.letters, "letter", rname="letter_{name}")
    facts = world.facts.select("fact", "line", "folded", "first_at", "last_at")
    held = held.join(facts, "fact").mutate(own=_.letter_owner == _.owner)
    parties = world.related.select("line", applicant="enterprise").mutate(party=True)
    held = held.left_join(parties, ["line", "applicant"], rname="party_{name}")
    held = held.mutate(lists=held.own & (held.listed == held.folded))
    held = held.mutate(ended=held.first_at >= held.valid_until)
    held = held.mutate(speaks=held.of_permit == held.of_permit.any().over(ibis.window(group_by="fact")))
    told = held.group_by("fact").agg(
        permit=_.permit.max(),
        denied=_.denied.any(),
        listed=_.lists.any(),
        by_owner=_.own.any(),
        astray=(_.lists & _.of_permit & (_.applicant != _.user) & _.party.isnull()).any(),
        ended=(_.ended | ~_.lists).all(where=_.speaks),
        ended_at=_.valid_until.max(where=_.lists & _.speaks),
        of_permit=_.of_permit.any(),
    )
    told = told.anti_join(_spoken_for(world, facts, world.letters.filter(~_.denied)), "fact")
    renewed = _renewed(world, held.filter(_.speaks)).mutate(renewed=True)
    told = told.left_join(renewed, "fact", rname="renewed_{name}").mutate(renewed=_.renewed.notnull())
    added = ("permit", "denied", "listed", "by_owner", "astray", "ended", "ended_at", "of_permit", "renewed")
    return world.facts.join(told.select("fact", *added), "fact")


def unconfirmed(world: World) -> Any:
    """Facts whose owner is a stranger to the number but for letters that it never confirmed: adds permit, owner."""
    facts = world.facts.select("fact", "folded", "first_at", "last_at")
    spoken = _spoken_for(world, facts, world.letters.filter(~_.denied))
    sure = _spoken_for(world, facts, world.letters.filter(_.confirmed))
    told = _resting(world).semi_join(spoken, "fact").anti_join(sure, "fact")
    told = told.group_by("fact").agg(permit=_.permit.max(), owner=_.owner.max())
    doubtful = world.letters.filter(~_.confirmed).select(hop_letter="letter").distinct()
    hops = world.delegated.anti_join(doubtful, "hop_letter").select("port", owner="to_enterprise")
    placed = hops.union(world.covering.select("port", owner="holder")).distinct()
    return world.facts.join(told, "fact").anti_join(placed, ["port", "owner"])


def _resting(world: World) -> Any:
    """Facts with each letter that they rest on: of a permit that matches, or of a hop whose owner the permit names."""
    matched = world.facts.semi_join(world.matched, "fact")
    held = matched.join(world.permits, ["port", "folded"], rname="permit_{name}")
    held = held.filter((_.first_at < _.permit_valid_until) & (_.last_at >= _.permit_valid_from))
    by_permit = held.filter(_.permit_letter != "").mutate(letter=_.permit_letter, of_permit=ibis.literal(value=True))
    hops = world.delegated.filter(_.hop_letter != "").select("port", letter=_.hop_letter).distinct()
    hops = hops.join(world.letters.select("letter", "letter_owner").distinct(), "letter")
    by_hop = held.join(hops, "port").filter(_.letter_owner == _.owner).mutate(of_permit=ibis.literal(value=False))
    return by_permit.select(*_KEPT).union(by_hop.select(*_KEPT)).distinct()


def _spoken_for(world: World, facts: Any, good: Any) -> Any:
    """Facts whose name one of these letters, in force, by its owner to the user, lists; or a permit that needs none.

    Beside a letter on which the permit rests, and which has not ended, an earlier one does not count: it was written
    for something else.
    """
    held = facts.join(world.facts.select("fact", "port"), "fact").join(world.permits, ["port", "folded"])
    held = held.filter((_.first_at < _.permit_valid_until) & (_.last_at >= _.permit_valid_from))
    free = held.filter((_.permit_letter == "") & ~_.fact.isin(_resting(world).fact)).select("fact")
    met = held.join(good, [held.owner == good.letter_owner, held.user == good.applicant, held.folded == good.listed])
    met = met.filter((_.first_at < _.valid_until) & (_.last_at >= _.valid_from))
    rests = world.letters.group_by(permit_letter="letter").agg(
        own_from=_.valid_from.min(), own_until=_.valid_until.max()
    )
    met = met.left_join(rests, "permit_letter", rname="own_{name}")
    earlier = (met.valid_from < met.own_from) & (met.first_at < met.own_until)
    met = met.filter(~earlier.fill_null(False)).select("fact")
    own = held.filter((_.user == _.owner) & ~_.fact.isin(_denied(world).fact)).select("fact")
    return free.union(met).union(own).distinct()


def _denied(world: World) -> Any:
    return _resting(world).semi_join(world.letters.filter(_.denied), "letter").select("fact").distinct()


def _renewed(world: World, held: Any) -> Any:
    """Facts for which the same two wrote a later letter that lists the name."""
    later = world.letters.filter(~_.denied).view()
    same = [
        held.letter_owner == later.letter_owner,
        held.applicant == later.applicant,
        held.folded == later.listed,
        held.valid_until <= later.valid_until,
        held.letter != later.letter,
    ]
    return held.semi_join(later, same).select("fact").distinct()
