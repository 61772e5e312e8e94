"""Reading gateways, and where permits work."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from registry.gateway.model import Activation, CarrierFiling, Gateway
from registry.gateway.workflow import ActivationState
from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.kernel.paging import Page, PageRequest
from registry.permits.queries import visible_keys
from registry.store import db
from registry.store.lists import page_of_keys


@dataclass(frozen=True, slots=True)
class AtGateway:
    """Where a permit stands at one open gateway; without a report it is pending."""

    gateway: str
    name: str
    state: ActivationState
    code: str
    at: object
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Works:
    """Where a permit works: active at `active` of the `of` open gateways, and its filings at other carriers."""

    active: int
    of: int
    items: list[AtGateway]
    carriers: list[CarrierFiling]


def gateways(*, closed: bool = False) -> list[Gateway]:
    """The open gateways, by name; all of them where the closed ones are wanted too."""
    query = sa.select(Gateway).order_by(Gateway.key)
    return list(db.session.scalars(query if closed else query.where(Gateway.closed_at.is_(None))))


def gateway(key: str, *, lock: bool = False) -> Gateway:
    """One gateway. Raises NotFound."""
    query = sa.select(Gateway).filter_by(key=key)
    if (found := db.session.scalar(query.with_for_update() if lock else query)) is None:
        raise NotFound("no_such_gateway", f"there is no gateway {key[:60]!r}", fix="open it first")
    return found


def works(permit: str) -> Works:
    """Where a permit works now."""
    at = {row.place: row for row in db.session.scalars(_holding(Activation).where(Activation.permit == permit))}
    items = [_at(each, at.get(each.key)) for each in gateways()]
    active = sum(each.state is ActivationState.ACTIVE for each in items)
    return Works(active, len(items), items, carriers(permit))


def carriers(permit: str) -> list[CarrierFiling]:
    """Where the filings of a permit stand at other carriers."""
    query = _holding(CarrierFiling).where(CarrierFiling.permit == permit)
    return list(db.session.scalars(query.order_by(CarrierFiling.place)))


def active_everywhere(permits: list[str]) -> set[str]:
    """Which of these permits every open gateway reports as active."""
    open_ones = sa.select(Gateway.key).where(Gateway.closed_at.is_(None))
    count = sa.select(sa.func.count()).select_from(open_ones.subquery()).scalar_subquery()
    query = (
        sa.select(Activation.permit)
        .where(Activation.replaced_at.is_(None), Activation.permit.in_(permits))
        .where(Activation.state == ActivationState.ACTIVE, Activation.place.in_(open_ones))
        .group_by(Activation.permit)
        .having(sa.func.count() == count)
    )
    return set(db.session.scalars(query))


def history(table: type[Activation] | type[CarrierFiling], permit: str) -> list[Activation | CarrierFiling]:
    """Every report of a permit, the oldest first."""
    query = sa.select(table).where(table.permit == permit).order_by(table.id)
    return list(db.session.scalars(query))


def listed(
    actor: Actor,
    table: type[Activation] | type[CarrierFiling],
    request: PageRequest,
    *,
    place: str = "",
    permit: str = "",
    state: str = "",
) -> Page[Any]:
    """Reports that hold, by permit and place; a company sees those of permits that concern it."""
    given = {"place": place, "permit": permit, "state": state}
    query = _holding(table).filter_by(**{name: value for name, value in given.items() if value})
    if actor.is_company:
        query = query.where(table.permit.in_(visible_keys(str(actor.enterprise))))
    return page_of_keys(query, table.key, request)


def counts() -> dict[str, dict[str, int]]:
    """How many permits stand where, by gateway and state."""
    query = sa.select(Activation.place, Activation.state, sa.func.count()).where(Activation.replaced_at.is_(None))
    found: dict[str, dict[str, int]] = {}
    for place, state, count in db.session.execute(query.group_by(Activation.place, Activation.state)):
        found.setdefault(place, {})[state.value] = count
    return found


def _holding(table: type[Activation] | type[CarrierFiling]) -> sa.Select[Any]:
    return sa.select(table).where(table.replaced_at.is_(None))


def _at(gateway: Gateway, row: Activation | None) -> AtGateway:
    if row is None:
        return AtGateway(gateway.key, gateway.name, ActivationState.PENDING, "", None, "")
    return AtGateway(gateway.key, gateway.name, row.state, row.code, row.at, row.recorded_by)
