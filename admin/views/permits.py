"""One permit: what it allows, what measures take from it, and everything that was ever recorded of it."""

from flask import render_template

from admin import asked
from admin.page import page
from registry.audit import queries as audit
from registry.enterprises.queries import names_of
from registry.gateway import queries as gateway
from registry.gateway.kinds import CarrierState
from registry.gateway.workflow import ActivationState
from registry.http import current_actor
from registry.inquiries import queries as inquiries
from registry.measures import queries as measures
from registry.measures.policy import LIMITING, STOPPING
from registry.permits import queries
from registry.signatures import queries as signatures

MOST_TEXT = 2000


@page("/permits/<string:key>", "registry.read")
def one(key: str) -> str:
    """One permit."""
    actor, at = current_actor(), asked.clocks()
    found = queries.one(actor, key, at.as_of, at.known_at)
    text = asked.text("text").strip()[:MOST_TEXT]
    subjects = measures.subjects_of([found], at.as_of, at.known_at)[found.key]
    return render_template(
        "permits/one.html",
        permit=found,
        signature=signatures.registered(found.signature, found.owner, at.as_of, at.known_at),
        measures=measures.upon(subjects, STOPPING | LIMITING, at.as_of, at.known_at),
        beneficiaries=queries.beneficiaries(key, at.as_of, at.known_at),
        templates=queries.held_against(actor, key, text, at.as_of, at.known_at),
        text=text,
        versions=queries.history(key),
        names=names_of([found.owner, found.user]),
        history=[] if actor.is_company else audit.history("permit", key),
        owners_word=inquiries.word(found.letter) if found.letter else None,
        works=gateway.works(key),
        activation_states=ActivationState,
        carrier_states=CarrierState,
        at=at,
    )
