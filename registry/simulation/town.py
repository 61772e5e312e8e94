"""One block of the world while it is made: its registers, its streams, and the acts by which rooms add to them.

Every room draws from a generator of its own, seeded by its name, so that a new room changes no other.
"""

import datetime as dt
import itertools
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from registry.simulation import people, rows
from registry.simulation.chance import Chance
from registry.simulation.gateways import BY_NAME, GATEWAYS
from registry.simulation.numbers import Numbers
from registry.simulation.people import Member
from registry.simulation.sending import FESTIVE, Hours, Incident, Place, Sending, Way, is_festive
from registry.simulation.settings import Settings
from registry.simulation.themes import PUBLIC, TELECOM, THEMES
from registry.simulation.wording import OPT_OUTS

NEAR = 1.15
TAIL_SHARE, TITLE_SHARE, HALF_WIDTH_SHARE = 0.08, 0.01, 0.003
_ODD_TRADES = {"public": PUBLIC, "telecom": TELECOM}


@dataclass(slots=True)
class Grant:
    """A permit with what stands around it: the port's way to the network, owner and user."""

    permit: rows.Permit
    way: Way
    owner: Member
    user: Member
    number: str
    room: str


class Town(Chance):
    """A block under construction."""

    def __init__(self, settings: Settings, block: int) -> None:
        self.settings, self.block = settings, block
        self.numbers = Numbers(settings.seed, block, settings.blocks)
        self.tables: dict[type[rows.Row], list[Any]] = {table: [] for table in rows.TABLES}
        self.sendings: list[Sending] = []
        self.incidents: list[Incident] = []
        self.grants: list[Grant] = []
        self.used: set[str] = set()
        self.tenants: set[str] = set()
        self.access: list[tuple[Member, str]] = []
        self.story = ""
        self.unit = 1.0
        self.rng = self._generator("people")
        self.carriers = people.carriers()
        self.people = people.members(settings, block, self.rng)
        self._accounts: dict[tuple[str, str], str] = {}
        self._keys: defaultdict[str, int] = defaultdict(int)
        self._open_gates()

    def _open_gates(self) -> None:
        if self.block == 0:
            self.add(*(member.row for member in self.carriers))
        self.add(*(member.row for group in self.people.values() for member in group))

    def _generator(self, name: str) -> np.random.Generator:
        return np.random.default_rng([self.settings.seed, self.block, zlib.crc32(name.encode())])

    @contextmanager
    def room(self, name: str) -> Iterator[None]:
        """What is added inside belongs to the room of this name and is drawn from its generator."""
        self.story, self.rng = name, self._generator(name)
        yield

    def add(self, *new: rows.Row) -> None:
        """Rows join the registers."""
        for row in new:
            self.tables[type(row)].append(row)

    def key(self, letter: str) -> str:
        """The next key of a kind: unique in the whole world."""
        self._keys[letter] += 1
        return f"{letter}{self.block:03d}{self._keys[letter]:06d}"

    def share(self, total: int, share: float) -> int:
        """This block's part of a total, at least one."""
        return max(1, round(self.settings.of_block(total, self.block) * share))

    def spread(self, ports: float, signatures: float) -> list[int]:
        """For each of this room's share of ports, how many of its share of signatures stand there (at least one)."""
        count = self.share(self.settings.ports, ports)
        rest = max(0, self.share(self.settings.signatures, signatures) - count)
        return [1 + int(more) for more in self.rng.multinomial(rest, [1 / count] * count)]

    def user(self, *themes: str) -> Member:
        """A sender, of one of these trades if any are named."""
        everybody = self.people["end_user"]
        found: Member = self.pick([member for member in everybody if member.theme in themes] or everybody)
        return found

    def signature(self, owner: Member, *, standing: str = "verified") -> str:
        """A new signature of this owner, registered."""
        text, source = owner.next_signature()
        protected = source == "government" or (owner.drawn == 1 and self.chance(0.2))
        since = self.before(1000, 1500)
        self.add(
            rows.Signature(
                signature=text,
                owner=owner.code,
                source=source,
                protected=protected,
                standing=standing,
                valid_from=since,
            )
        )
        return text

    def open_port(self, number: str, holder: Member, use: str, **more: Any) -> None:
        """A number enters the register."""
        values: dict[str, Any] = {"office": holder.row.province, "valid_from": self.before(1000, 1500)} | more
        self.add(rows.Port(port=number, holder=holder.code, use=use, **values))

    def delegate(self, prefix: str, chain: list[Member], signatures: tuple[str, ...] = (), **more: Any) -> None:
        """The declared hops from the first of the chain to the last, those between as agents.

        Where signatures are named, the last of the chain, their owner, has written a letter to the giver of each hop.
        """
        for giver, taker in itertools.pairwise(chain):
            values: dict[str, Any] = {"valid_from": self.before(700, 900)} | more
            if signatures:
                values["letter"] = self.letter(chain[-1], giver, *signatures)
            ends: dict[str, Any] = {"from_enterprise": giver.code, "to_enterprise": taker.code}
            role = "end_user" if taker is chain[-1] else "agent"
            self.add(rows.Delegation(port=prefix, role=role, **ends, **values))

    def letter(self, owner: Member, applicant: Member, *signatures: str, **more: Any) -> str:
        """A letter of authorisation; most owners confirmed when asked."""
        confirmed = self.chance(0.8)
        asked = self.before(300, 500)
        values: dict[str, Any] = {
            "confirmation": "confirmed" if confirmed else "none",
            "confirmed_at": asked if confirmed else None,
            "valid_from": self.before(600, 700),
            "valid_until": self.after(40, 700),
        } | more
        key = self.key("L")
        self.add(rows.Letter(letter=key, owner=owner.code, applicant=applicant.code, signatures=signatures, **values))
        return key

    def account(self, member: Member, gateway: str) -> str:
        """The account under which this enterprise submits at a gateway; service companies have one for each."""
        where = gateway if "sms_service_company" in member.row.roles else ""
        if (member.code, where) not in self._accounts:
            number = self._accounts[member.code, where] = self.numbers.account()
            self.add(
                rows.Submitter(
                    gateway=where, submitter=number, enterprise=member.code, valid_from=self.before(1000, 1200)
                )
            )
        return self._accounts[member.code, where]

    def way(self, number: str, chain: list[Member], gateway: str = "") -> Way:
        """How a number reaches the network: its holder submits, and names its agent where the gateway passes that."""
        weights = [gate.weight for gate in GATEWAYS]
        gateway = gateway or GATEWAYS[self.rng.choice(len(GATEWAYS), p=weights)].name
        holder = chain[0] if "carrier" not in chain[0].row.roles or len(chain) == 1 else chain[1]
        agents = [member for member in chain[1:] if "agent" in member.row.roles]
        agent = self.account(agents[-1], gateway) if agents and BY_NAME[gateway].delivers("agent") else ""
        declared = tuple(member.code for member in chain)
        return Way(number, chain[0].code, gateway, self.account(holder, gateway), agent, declared)

    def permit(self, way: Way, signature: str, owner: Member, user: Member, **more: Any) -> Grant:
        """A permit, and the streams that use it as it allows; `number` is where they are sent from."""
        number, weight = more.pop("number", way.port), more.pop("weight", None)
        categories = more.pop("categories", None) or self.categories(owner.theme)
        row = rows.Permit(
            permit=self.key("P"),
            signature=signature,
            owner=owner.code,
            port=more.pop("port", number),
            user=user.code,
            categories=categories,
            provinces=more.pop("provinces", None) or self.homes(owner),
            links=more.pop("links", (owner.link,)),
            contacts=more.pop("contacts", (owner.contact,)),
            hours="08:00-20:00" if "marketing" in categories and self.chance(0.5) else "",
            **({"valid_from": self.before(60, 600), "valid_until": self.ends()} | more),
        )
        self.add(row)
        grant = Grant(row, way, owner, user, number, self.story)
        self.grants.append(grant)
        self.put_to_use(grant, weight)
        return grant

    def ends(self) -> dt.date | None:
        """When a new permit ends: mostly within two years, some are open."""
        return None if self.chance(0.1) else self.after(35, 700)

    def categories(self, theme: str) -> tuple[str, ...]:
        """What a sender of this trade asks for: one category or two."""
        mix = (THEMES | _ODD_TRADES)[theme].categories
        shares = np.array(list(mix.values()))
        count = min(len(mix), 2 if self.chance(0.35) else 1)
        chosen = set(self.rng.choice(list(mix), size=count, replace=False, p=shares / shares.sum()))
        return tuple(name for name in mix if name in chosen)

    def homes(self, owner: Member) -> tuple[str, ...]:
        """The provinces of a permit: mostly all (empty), else the owner's own and perhaps some more."""
        if not self.chance(0.3):
            return ()
        others = self.some([code for code in people.HOMES if code != owner.row.province], self.between(0, 3))
        return tuple(sorted({owner.row.province, *others}))

    def put_to_use(self, grant: Grant, weight: float | None = None) -> None:
        """The streams of a permit, one for each category."""
        total = float(self.rng.lognormal(0, 1.1)) if weight is None else weight
        for category in grant.permit.categories if total else ():
            self.sendings.append(self.stream(grant, category, daily=total / len(grant.permit.categories)))

    def stream(self, grant: Grant, category: str, **more: Any) -> Sending:
        """A stream as the permit's user sends it in this category; whatever is named differs."""
        marketing = category == "marketing"
        values: dict[str, Any] = {
            "port": grant.number,
            "signature": grant.permit.signature,
            "submitter": grant.way.submitter,
            "gateway": grant.way.gateway,
            "agent": grant.way.agent,
            "category": category,
            "theme": grant.owner.theme,
            "story": self.story,
            "permit": grant.permit.permit,
            "brand": grant.owner.brand,
            "link": grant.owner.link,
            "contact": grant.owner.contact,
            "provinces": grant.permit.provinces,
            "away": float(self.rng.uniform(0.005, 0.04)),
            "hours": _hours(category),
            "place": self._place(),
            "opt_out": self.pick(OPT_OUTS) if marketing else "",
            "festive": marketing,
            "declared": category if self.chance(0.7) else "",
        }
        return Sending(**(values | more))

    def _place(self) -> Place:
        drawn = self.rng.random()
        if drawn < TAIL_SHARE:
            return Place.END
        if drawn < TAIL_SHARE + TITLE_SHARE:
            return Place.TITLE_FIRST
        return Place.HALF_WIDTH if drawn > 1 - HALF_WIDTH_SHARE else Place.START

    def settle_volumes(self) -> None:
        """Scales what was sent so far to the day's messages and writes the caps of permits by it."""
        total = sum(sending.daily for sending in self.sendings)
        factor = self.settings.of_block(self.settings.messages_per_day, self.block) / total
        daily: defaultdict[str, float] = defaultdict(float)
        for sending in self.sendings:
            sending.daily *= factor
            daily[sending.permit] += sending.daily * max(1.0, sending.rise)
        self.unit = factor * total / len(self.sendings)
        with self.room("caps"):
            self._cap(daily)

    def _cap(self, daily: dict[str, float]) -> None:
        calendar = self.settings.calendar
        met = max(Counter((day.year, day.month) for day in calendar).values())
        lifted = FESTIVE if any(map(is_festive, calendar)) else 1.0
        for row in self.tables[rows.Permit]:
            if self.chance(0.6):
                sent, marketing = daily.get(row.permit, 0.0), "marketing" in row.categories
                # some caps are all but met within the days of records, however few these are; the others never
                near = sent * met * (lifted if marketing else 1) * NEAR
                far = sent * 31 * (FESTIVE if marketing else 1) * float(self.rng.uniform(1.6, 4))
                row.monthly_volume = _rounded(near) if self.chance(0.1) else max(500, _rounded(far))

    def victims(self, count: int, fits: Callable[[Grant], bool] = lambda _: True) -> list[Grant]:
        """So many permits on as many different ports that no incident has used yet."""
        found: list[Grant] = []
        for place in self.rng.permutation(len(self.grants)):
            grant = self.grants[place]
            if len(found) < count and grant.number not in self.used and fits(grant):
                found.append(grant)
                self.used.add(grant.number)
        return found


def _rounded(volume: float) -> int:
    return int(volume) // 100 * 100 + 100


def _hours(category: str) -> Hours:
    if category == "marketing":
        return Hours.MARKETING
    return Hours.ROUND_THE_CLOCK if category == "verification" else Hours.OFFICE
