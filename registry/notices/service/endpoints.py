"""Where webhooks go: opened, changed, given a new secret, closed; each audited, the secrets shown once."""

from collections.abc import Sequence
from typing import Any

from registry import audit, settings
from registry.enterprises import queries as enterprises
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import FieldError, Invalid
from registry.notices import policy, queries, signing
from registry.notices.kinds import Topic
from registry.notices.model import Endpoint
from registry.notices.workflow import MANAGE
from registry.papers.personal import encrypted
from registry.store import unit_of_work
from registry.store.columns import new_key
from registry.store.version import expect

_SAID = {
    "url_unreadable": ("this is no address of a webhook", "like https://example.com/sms, without user or fragment"),
    "url_private": ("this address lies in a private network", "give one that the internet knows"),
}


def open_endpoint(
    actor: Actor, url: str, *, topics: Sequence[str] = (), description: str = "", enterprise: str | None = None
) -> tuple[Endpoint, str]:
    """A new endpoint and its secret, which is shown this once. A company's own; staff may leave `enterprise` out.

    Raises Invalid for an address that no webhook may go to, or an unknown topic.
    """
    actor.require(MANAGE)
    owner = actor.enterprise if actor.is_company else enterprise
    checked, secret = _checked(url, topics), signing.new_secret()
    with unit_of_work() as session:
        endpoint = Endpoint(
            key=new_key("WHE"),
            enterprise=enterprises.find(owner).code if owner else None,
            **checked,
            description=description,
            secret=encrypted(secret),
            made_by=actor.name,
            made_at=clock.now(),
        )
        session.add(endpoint)
        session.flush()
        audit.record(
            actor, "webhook.opened", "webhook", endpoint.key, after={**checked, "enterprise": endpoint.enterprise}
        )
    return endpoint, secret


def change_endpoint(
    actor: Actor, key: str, url: str, *, topics: Sequence[str] = (), description: str = "", version: int | None = None
) -> Endpoint:
    """The endpoint with another address, other topics, other words. Raises as `open_endpoint`."""
    checked = _checked(url, topics)
    with unit_of_work():
        endpoint = _open(actor, key, version)
        before = {"url": endpoint.url, "topics": endpoint.topics}
        endpoint.url, endpoint.topics, endpoint.description = checked["url"], checked["topics"], description
        audit.record(actor, "webhook.changed", "webhook", key, before=before, after=checked)
    return endpoint


def rotate_secret(actor: Actor, key: str, *, version: int | None = None) -> tuple[Endpoint, str]:
    """A new secret, shown this once; the old one signs beside it for a day, so that nothing is missed."""
    secret = signing.new_secret()
    with unit_of_work():
        endpoint = _open(actor, key, version)
        endpoint.old_secret, endpoint.old_until = endpoint.secret, clock.now() + policy.ROTATION
        endpoint.secret = encrypted(secret)
        audit.record(actor, "webhook.rotated", "webhook", key, after={"old_until": endpoint.old_until})
    return endpoint, secret


def close_endpoint(actor: Actor, key: str, *, version: int | None = None) -> Endpoint:
    """Nothing is sent there any more; what waits is given up at its next try."""
    with unit_of_work():
        endpoint = _open(actor, key, version)
        endpoint.closed_at = clock.now()
        audit.record(actor, "webhook.closed", "webhook", key)
    return endpoint


def _open(actor: Actor, key: str, version: int | None) -> Endpoint:
    actor.require(MANAGE)
    endpoint = queries.endpoint(actor, key, lock=True)
    expect(endpoint, version)
    if endpoint.closed_at is not None:
        raise Invalid("endpoint_closed", f"{key} is closed", fix="open another one")
    return endpoint


def _checked(url: str, topics: Sequence[str]) -> dict[str, Any]:
    fields = []
    if code := policy.objection(url, private=settings.current().webhooks_private):
        fields.append(FieldError("url", code, *_SAID[code]))
    if unknown := sorted(set(topics) - set(Topic)):
        fields.append(FieldError("topics", "unknown_topic", f"there is no topic {unknown[0][:40]!r}", ", ".join(Topic)))
    if fields:
        raise Invalid(fields[0].code, fields[0].message, fields=fields)
    return {"url": url, "topics": list(dict.fromkeys(map(str, topics)))}
