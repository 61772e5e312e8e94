"""The port tree, and one port with what stands on it."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from admin import asked
from admin.page import page
from registry.audit import queries as audit
from registry.enterprises.queries import names_of
from registry.http import current_actor
from registry.kernel.paging import PageRequest
from registry.measures import queries as measures
from registry.permits import queries as permits
from registry.ports import queries
from registry.ports.prefix import prefixes_of

FEW = PageRequest("", 200)


@page("/ports", "registry.read")
def tree() -> str | Response:
    """The topmost ports, or those under a prefix that was asked for."""
    prefix, actor, at = asked.text("prefix"), current_actor(), asked.clocks()
    if prefix and prefix.isdecimal() and queries.listed(actor, PageRequest("", 1), prefix=prefix).items[:1]:
        first = queries.listed(actor, PageRequest("", 1), prefix=prefix).items[0]
        if first.port == prefix:
            return redirect(url_for("console.ports_one", port=prefix))
    if prefix:
        ports = queries.listed(actor, asked.paging(), as_of=at.as_of, known_at=at.known_at, prefix=prefix)
    else:
        ports = queries.children(actor, asked.paging(), "", at.as_of, at.known_at)
    return render_template("ports/tree.html", ports=ports, names=names_of(p.holder for p in ports.items), at=at)


@page("/ports/<string:port>", "registry.read")
def one(port: str) -> str:
    """One port: who holds it, what stands above and below, who was let use it, which permits apply."""
    actor, at = current_actor(), asked.clocks()
    found = queries.one(actor, port, at.as_of, at.known_at)
    above = [each for each in queries.covering(port, at.as_of, at.known_at) if each.port != port]
    below = queries.children(actor, asked.paging(), port, at.as_of, at.known_at)
    hops = queries.delegations(actor, FEW, as_of=at.as_of, known_at=at.known_at, port=port).items
    allowed = permits.listed(actor, FEW, as_of=at.as_of, known_at=at.known_at, port=port).items
    upon = [
        measure
        for subject in (*prefixes_of(port), f"{port}*")
        for measure in measures.listed(actor, FEW, as_of=at.as_of, known_at=at.known_at, subject=subject).items
    ]
    parties = {found.holder, *(p.holder for p in (*above, *below.items)), *(p.user for p in allowed)}
    parties |= {hop.from_enterprise for hop in hops} | {hop.to_enterprise for hop in hops}
    return render_template(
        "ports/one.html",
        port=found,
        above=above,
        below=below,
        hops=hops,
        permits=allowed,
        measures=upon,
        names=names_of(parties),
        history=[] if actor.is_company else audit.history("port", port),
        at=at,
    )
