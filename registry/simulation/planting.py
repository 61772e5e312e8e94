"""How cheats are planted: how often, how much, for how long; what is planted is told in the ground truth."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from registry.kernel.clock import local_day
from registry.kernel.components import components
from registry.simulation.catalogue import rooms
from registry.simulation.gateways import BY_NAME
from registry.simulation.people import Member
from registry.simulation.rows import Beneficiary, Permit, Relation, at_midnight
from registry.simulation.sending import EVER, FOREVER, Incident, Sending
from registry.simulation.town import Grant, Town

LEAST_DAILY = 25
MANY = 5000  # tries
SINGLE = frozenset({"own_use", "extensions", "agent_chains", "carrier_customers"})
LONG_AGO = 200
ALL_ALONG = 0.6


def times(town: Town) -> int:
    """How many incidents of a pattern a block has: by chance, but each at least once in the first block.

    Patterns of a later order come on top of the others: they thin nobody out and take what is left.
    """
    patterns = sum(room.order == 1 for room in rooms("cheats"))
    mean = town.settings.cheat_share * town.settings.of_block(town.settings.ports, town.block) / patterns
    drawn = int(town.rng.poisson(mean))
    return max(1, drawn) if town.block == 0 else drawn


def daily(town: Town, factor: float = 1.0) -> float:
    """Messages a day of a cheat's stream: around the honest mean, and enough to be seen at all."""
    return max(LEAST_DAILY, town.unit) * factor * float(town.rng.lognormal(0, 0.3))


def span(town: Town) -> tuple[dt.datetime, dt.datetime]:
    """When it happens: mostly all along, else it begins or ends within the days of records."""
    days, drawn = town.settings.days, town.rng.random()
    middle = at_midnight(town.settings.start + dt.timedelta(days=(days + 1) // 2))
    if days == 1 or drawn < ALL_ALONG:
        return EVER, FOREVER
    if drawn < ALL_ALONG + (1 - ALL_ALONG) / 2:
        return middle - dt.timedelta(days=1), FOREVER
    return EVER, middle


def single(town: Town, count: int, *columns: str, fits: Callable[[Grant], bool] = lambda _: True) -> list[Grant]:
    """Busy permits on numbers of a single customer that fit, on gateways that deliver these columns."""
    return town.victims(
        count, lambda grant: grant.room in SINGLE and _busy(grant) and seen(grant, *columns) and fits(grant)
    )


def unrelated(town: Town, count: int, *columns: str) -> list[Grant]:
    """The same, of customers who have no tie to each other and in whose name nothing else happens."""
    house = components((row.from_enterprise, row.to_enterprise) for row in town.tables[Relation])
    met = {house.get(grant.user.code, grant.user.code) for grant in town.grants if grant.number in town.used}

    def alone(grant: Grant) -> bool:
        found = house.get(grant.user.code, grant.user.code)
        fits = found not in met
        met.add(found)
        return fits

    return single(town, count, *columns, fits=alone)


def nobodys_link(town: Town) -> str:
    """A link to a new host that no register knows."""
    return f"k{town.numbers.account()}.{town.pick(_ENDINGS)}/go"


_ENDINGS = ("top", "xyz", "club", "vip")


def _busy(grant: Grant) -> bool:
    return not grant.permit.standby and grant.permit.purpose == "normal"


def seen(grant: Grant, *columns: str) -> bool:
    """Whether the grant's gateway delivers these columns."""
    return BY_NAME[grant.way.gateway].delivers(*columns)


class NoStrangerError(LookupError):
    """In a crowded block everybody is declared or kin: there is nobody left to cheat with."""


def tenant(town: Town, *grants: Grant) -> Grant:
    """A permit of somebody with no tie to any of these, declared or by family: its signature is the stranger's.

    Raises NoStrangerError.
    """
    known = {code for grant in grants for code in (*grant.way.chain, grant.owner.code, grant.user.code)}
    ties = [(row.from_enterprise, row.to_enterprise) for row in town.tables[Relation]]
    known |= {code for tie in ties if known.intersection(tie) for code in tie}
    permits = {grant.permit.permit for grant in grants}
    known |= {row.beneficiary for row in town.tables[Beneficiary] if row.permit in permits}
    if len(town.tenants) > len(town.people["end_user"]) // 2:
        town.tenants.clear()
    tries = 0
    while True:
        other: Grant = town.pick(town.grants)
        if other.owner.code not in known | town.tenants and other.owner.row.roles == ("end_user",):
            town.tenants.add(other.owner.code)
            return other
        tries += 1
        if tries % MANY == 0:
            _refuse_crowd(town, known)


def _refuse_crowd(town: Town, known: set[str]) -> None:
    """After so many tries in vain: is there anybody at all, and was everybody taken before?"""
    strangers = {grant.owner.code for grant in town.grants if grant.owner.row.roles == ("end_user",)} - known
    if not strangers:
        raise NoStrangerError
    if strangers <= town.tenants:
        town.tenants.clear()


def outsider(town: Town, *victims: Grant) -> Member:
    """An agent outside the chains of these, who is behind no other incident while there is such a one.

    Raises NoStrangerError.
    """
    declared = {code for victim in victims for code in victim.way.chain}
    behind = {incident.enterprise for incident in town.incidents}
    agents = [one for one in town.people["agent"] if one.code not in declared]
    if not agents:
        raise NoStrangerError
    found: Member = town.pick([one for one in agents if one.code not in behind] or agents)
    return found


def foreign(town: Town, victim: Grant, other: Grant, **more: Any) -> Sending:
    """The stranger's signature and texts, sent from the victim's number as the victim sends."""
    own = {"brand": other.owner.brand, "link": other.owner.link, "contact": other.owner.contact}
    first, last = span(town)
    values: dict[str, Any] = {
        "signature": other.permit.signature,
        "theme": other.owner.theme,
        "provinces": other.permit.provinces,
        "daily": daily(town),
        "first_at": first,
        "last_at": last,
        "permit": "",
    }
    category = more.pop("category", None) or other.permit.categories[0]
    return town.stream(victim, category, **(own | values | more))


def plant(
    town: Town,
    kind: str,
    difficulty: str,
    enterprise: Member,
    fresh: Sequence[Sending],
    *,
    also_kind: str = "",
    present: Sequence[Sending] = (),
) -> None:
    """The fresh streams join the world, with those already present, as one incident of the room that plants them."""
    key, sendings = town.key("I"), [*present, *fresh]
    if "scope_expansion" not in (kind, also_kind):
        _uncap(town, {sending.permit for sending in sendings})
    town.sendings.extend(fresh)
    for sending in sendings:
        sending.incident = key
    town.used.update(sending.port for sending in sendings)
    first, last = _days(town, sendings)
    told = Incident(
        incident=key,
        kind=kind,
        also_kind=also_kind,
        pattern=town.story,
        difficulty=difficulty,
        ports=tuple(sorted({sending.port for sending in sendings})),
        signatures=tuple(sorted({sending.signature for sending in sendings})),
        enterprise=enterprise.code,
        first_day=first,
        last_day=last,
    )
    town.incidents.append(told)


def _uncap(town: Town, permits: set[str]) -> None:
    """What is not told as a wider scope passes no cap either."""
    for row in town.tables[Permit]:
        if row.permit in permits:
            row.monthly_volume = None


def _days(town: Town, sendings: list[Sending]) -> tuple[dt.date, dt.date]:
    """From when to when: a cheat that was there before the records began some months ago."""
    days = town.settings.calendar
    first = min(sending.first_at for sending in sendings)
    last = max(sending.last_at for sending in sendings)
    began = town.before(1, LONG_AGO) if first == EVER else max(local_day(first), days[0])
    ended = min(last, at_midnight(days[-1] + dt.timedelta(days=1))) - dt.timedelta(seconds=1)
    return began, local_day(ended)


def lettered(town: Town, brand: Member, *signatures: str, **letter: Any) -> Grant:
    """An agency's permit to use a brand's signature on a number of its own, on the strength of such a letter."""
    (company, access), agency = town.pick(town.access), town.pick(town.people["agent"])
    number = town.numbers.extension(access)
    text = town.signature(brand)
    paper = town.letter(brand, agency, *(signatures or (text,)), **letter)
    town.open_port(number, company, "service")
    town.delegate(number, [company, agency])
    way = town.way(number, [company, agency])
    more = {"letter": paper, "weight": 0, "standing": "inherited", "categories": ("notice", "marketing")}
    return town.permit(way, text, brand, agency, **more)
