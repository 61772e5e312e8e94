"""Enterprises, and one enterprise with its ports, signatures, ties and accounts at gateways."""

from flask import render_template
from werkzeug.wrappers import Response

from admin import asked
from admin.page import act, done, gettext, one_line, page
from registry.audit import queries as audit
from registry.contacts import queries as contacts
from registry.enterprises import queries, service
from registry.enterprises.kinds import Role
from registry.enterprises.values import LONGEST_NAME
from registry.http import current_actor
from registry.kernel.paging import PageRequest
from registry.measures import queries as measures
from registry.ports import queries as ports
from registry.signatures import queries as signatures

FEW = PageRequest("", 100)


@page("/enterprises", "registry.read")
def listed() -> str:
    """Enterprises by name and role."""
    found = queries.listed(current_actor(), asked.paging(), name=asked.text("name"), role=asked.text("role"))
    return render_template("enterprises/list.html", enterprises=found, roles=Role)


@act("/enterprises/<path:code>/rename", service.PERMISSION)
def rename(code: str) -> Response:
    """Another name; the present one is kept."""
    name, reason, version = one_line("name")[:LONGEST_NAME], one_line("reason")[:2000], asked.sent_version()
    row = service.rename(current_actor(), code, name, reason=reason, version=version)
    return done(gettext("It bears another name now."), "enterprises_one", code=row.code)


@page("/enterprises/<path:code>", "registry.read")
def one(code: str) -> str:
    """One enterprise."""
    actor, at = current_actor(), asked.clocks()
    found = queries.seen_by(actor, code)
    then = at.both()
    relations = queries.relations(found.code, at.as_of, at.known_at)
    return render_template(
        "enterprises/one.html",
        enterprise=found,
        former=queries.former_names(found.code),
        relations=relations,
        submitters=queries.submitters(found.code, at.as_of, at.known_at),
        ports=ports.listed(actor, FEW, **then, holder=found.code).items,
        used=ports.delegations(actor, FEW, **then, to_enterprise=found.code).items,
        signatures=signatures.listed(actor, FEW, **then, owner=found.code).items,
        contacts=contacts.listed(actor, FEW, enterprise=found.code, standing=True).items,
        measures=measures.listed(actor, FEW, **then, enterprise=found.code).items,
        names=queries.names_of(party for tie in relations for party in (tie.from_enterprise, tie.to_enterprise)),
        history=[] if actor.is_company else audit.history("enterprise", found.code),
        at=at,
    )
