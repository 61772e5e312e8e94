"""Signatures, and one signature with its permits and letters."""

from flask import render_template

from admin import asked
from admin.page import page
from registry.audit import queries as audit
from registry.enterprises.queries import names_of
from registry.http import current_actor
from registry.kernel.paging import PageRequest
from registry.measures import queries as measures
from registry.permits import queries as permits
from registry.signatures import queries

FEW = PageRequest("", 200)


@page("/signatures", "registry.read")
def listed() -> str:
    """Signatures whose text holds what is asked for."""
    at = asked.clocks()
    found = queries.listed(
        current_actor(),
        asked.paging(),
        as_of=at.as_of,
        known_at=at.known_at,
        like=asked.text("like"),
        owner=asked.text("owner"),
    )
    return render_template(
        "signatures/list.html", signatures=found, names=names_of(s.owner for s in found.items), at=at
    )


@page("/signatures/<string:key>", "registry.read")
def one(key: str) -> str:
    """One signature: its owner, the permits under it, the letters that name it, measures, other owners of the text."""
    actor, at = current_actor(), asked.clocks()
    found = queries.one(actor, key, at.as_of, at.known_at)
    then = at.both()
    allowed = permits.listed(actor, FEW, **then, signature=found.signature, owner=found.owner).items
    letters = queries.letters(actor, FEW, **then, signature=found.signature, owner=found.owner).items
    upon = [
        measure
        for subject in (found.key, found.signature)
        for measure in measures.listed(actor, FEW, **then, subject=subject).items
    ]
    others = [] if actor.is_company else queries.of_text(found.signature, at.as_of, at.known_at)
    parties = {found.owner, *(p.user for p in allowed), *(w.applicant for w in letters), *(o.owner for o in others)}
    return render_template(
        "signatures/one.html",
        signature=found,
        permits=allowed,
        letters=letters,
        measures=upon,
        others=[other for other in others if other.key != found.key],
        names=names_of(parties),
        history=[] if actor.is_company else audit.history("signature", key),
        at=at,
    )
