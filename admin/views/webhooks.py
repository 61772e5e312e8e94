"""Webhooks: where they go, their secrets, the log of what was sent, and sending it once more."""

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from admin import asked
from admin.failing import inline
from admin.page import act, done, gettext, one_line, page
from registry.enterprises.queries import names_of
from registry.http import current_actor
from registry.http.problem import STATUS
from registry.kernel.errors import Problem
from registry.notices import queries, service
from registry.notices.kinds import Channel, Topic
from registry.notices.workflow import DeliveryState

MANAGE = "webhook.manage"


@page("/webhooks", MANAGE)
def listed() -> str:
    """Endpoints, and the form of a new one."""
    return _listed()


@act("/webhooks", MANAGE)
def open_endpoint() -> Any:
    """A new endpoint; its secret is on the answered page and nowhere else."""
    try:
        made, secret = service.open_endpoint(
            current_actor(),
            one_line("url"),
            topics=request.form.getlist("topics"),
            description=one_line("description"),
            enterprise=one_line("enterprise") or None,
        )
    except Problem as problem:
        return _listed(problem=inline(problem), values=request.form), STATUS[type(problem)]
    return _one(made.key, secret=secret)


@page("/webhooks/<string:key>", MANAGE)
def one(key: str) -> str:
    """One endpoint with the log of what was sent there."""
    return _one(key)


@act("/webhooks/<string:key>/change", MANAGE)
def change(key: str) -> Any:
    """Another address, other topics."""
    try:
        service.change_endpoint(
            current_actor(),
            key,
            one_line("url"),
            topics=request.form.getlist("topics"),
            description=one_line("description"),
            version=asked.sent_version(),
        )
    except Problem as problem:
        return _one(key, problem=inline(problem)), STATUS[type(problem)]
    return done(gettext("Saved."), "webhooks_one", key=key)


@act("/webhooks/<string:key>/rotate", MANAGE)
def rotate(key: str) -> str:
    """A new secret; it is on the answered page and nowhere else."""
    _endpoint, secret = service.rotate_secret(current_actor(), key, version=asked.sent_version())
    return _one(key, secret=secret)


@act("/webhooks/<string:key>/close", MANAGE)
def close(key: str) -> Response:
    """Nothing is sent there any more."""
    service.close_endpoint(current_actor(), key, version=asked.sent_version())
    return done(gettext("The endpoint is closed."), "webhooks_listed")


@page("/deliveries", MANAGE)
def deliveries() -> str:
    """The log of deliveries."""
    state, channel = asked.text("state"), asked.text("channel")
    found = queries.deliveries(
        current_actor(),
        asked.paging(),
        state=state if state in list(DeliveryState) else "",
        channel=channel if channel in list(Channel) else "",
    )
    return render_template("webhooks/deliveries.html", deliveries=found, states=DeliveryState, channels=Channel)


@page("/deliveries/<string:key>", MANAGE)
def delivery(key: str) -> str:
    """One delivery with every try."""
    return render_template("webhooks/delivery.html", delivery=queries.delivery(current_actor(), key))


@act("/deliveries/<string:key>/replay", MANAGE)
def replay(key: str) -> Response:
    """Send it once more."""
    service.replay(current_actor(), key, version=asked.sent_version())
    return done(gettext("It is sent once more."), "webhooks_delivery", key=key)


def _listed(**told: Any) -> str:
    found = queries.endpoints(current_actor(), asked.paging())
    names = names_of([each.enterprise for each in found.items if each.enterprise])
    return render_template("webhooks/list.html", endpoints=found, topics=Topic, names=names, **told)


def _one(key: str, **told: Any) -> str:
    actor = current_actor()
    found = queries.endpoint(actor, key)
    sent = queries.deliveries(actor, asked.paging(), target=key)
    return render_template("webhooks/one.html", endpoint=found, deliveries=sent, topics=Topic, **told)
