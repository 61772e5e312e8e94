"""What the checks look at: facts of the registry at one moment, gathered beforehand, without a database behind them.

A look-back gathers the same facts with its own clock, so the same checks run on an entry that stands for years.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from registry.kernel.sentence import Sentence
from registry.lookups.kinds import Answer
from registry.permits.values import ScopeValues

ENDLESS = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Span:
    """A period `[start, end)`; an open one ends at the end of time."""

    start: dt.datetime
    end: dt.datetime = ENDLESS

    def overlaps(self, other: "Span") -> bool:
        """Whether they have a moment in common."""
        return self.start < other.end and other.start < self.end

    def holds(self, at: dt.datetime) -> bool:
        """Whether a moment lies in it."""
        return self.start <= at < self.end

    def within(self, other: "Span") -> bool:
        """Whether no moment lies outside the other one."""
        return other.start <= self.start and self.end <= other.end


@dataclass(frozen=True, slots=True)
class Party:
    """An enterprise: its present name and former ones, its licence, and what measures in force do to it."""

    code: str
    names: tuple[str, ...]
    roles: frozenset[str]
    legal_form: str
    industry: str
    licence: str
    licence_until: dt.datetime | None
    measures: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Allotment:
    """A registered port."""

    port: str
    level: str
    holder: str
    use: str
    signing: str
    max_length: int
    span: Span


@dataclass(frozen=True, slots=True)
class Hop:
    """A registered delegation."""

    key: str
    port: str
    giver: str
    taker: str
    role: str
    span: Span


@dataclass(frozen=True, slots=True)
class Ended:
    """An extension that ended for somebody not long ago: for its holder, or (`hop`) for an end user it was let to."""

    port: str
    enterprise: str
    at: dt.datetime
    hop: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A registered signature."""

    key: str
    text: str
    owner: str
    source: str
    protected: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Another owner's registered signature that a text is like, but not the same as."""

    text: str
    score: float
    kind: str
    reason: Sentence
    protected: bool


@dataclass(frozen=True, slots=True)
class Allowance:
    """A registered letter of authorisation."""

    key: str
    owner: str
    applicant: str
    signatures: frozenset[str]
    confirmation: str
    span: Span


@dataclass(frozen=True, slots=True)
class Scope:
    """A registered permit."""

    key: str
    signature: str
    owner: str
    port: str
    user: str
    categories: frozenset[str]
    provinces: frozenset[str]
    monthly_volume: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Claim:
    """A domain or number of a permit (`field`: links or contacts) that another owner's permit declares.

    `tied`: that owner belongs to this one by ownership, franchise or merger.
    """

    field: str
    value: str
    owner: str
    tied: bool = False


@dataclass(frozen=True, slots=True)
class Peers:
    """Permits in force for a category, of owners of a section of industries: how many; what most of them allow."""

    section: str
    category: str
    permits: int
    most: int


@dataclass(frozen=True, slots=True)
class Entry:
    """The entry that a filing starts from: whose it is, when it counts; of a permit its scope and what it carries.

    `channel`: it is a backup channel that was opened in an outage.
    """

    parties: frozenset[str]
    span: Span
    scope: ScopeValues | None = None
    on_behalf: str = "none"
    purpose: str = "normal"
    port: str = ""
    beneficiaries: frozenset[str] = frozenset()
    channel: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """A backup channel that was open not long ago, and whether a reviewer approved it."""

    key: str
    approved: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a source outside said last about a subject, within the days in which it counts."""

    key: str
    answer: Answer
    found: Mapping[str, str]
    source: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence that was handed in: whose it is, as it was read off it; empty where nobody read it."""

    key: str
    name: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """The handler that a content names: known to the registry or not, whose, and whom else the same person serves."""

    known: bool
    enterprise: str
    others: int
    id_hash: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """The facts about one content at one moment.

    `ports` are those above, below and at the number, `hops` those that cover it, `names` registrations of the same
    folded text, `lookalikes` those of others that are nearest to it (None: they are looked for later), `scopes`
    permits of the signature or on ports in common. Entries that have not begun yet are in it. `word`: what the owner
    said when it was asked about the letter, or about the one that is filed; empty where nobody asked. `outside`: what
    sources said, by kind and subject; `demanded`: the kinds of sources that must have answered.
    `ended` are extensions at and below the number that rest in quarantine.
    `below` are hops on numbers below the one that a hop is asked for, as far as they could close a loop with it.
    `claims` are other owners' permits with the same links and contacts, `peers` permits of the same business.
    `channels` are backup channels of the same permit, or of its signature on the same port, of the last days.
    `succeeded` says that the registry knows of the merger that a succession is asked for.
    `pending` holds the keys of filings that are on their way. `papers` maps kinds to the last day they count, None
    where the paper has none; it is None in a look-back, which asks for no papers. `registered`: the content stands in
    the registry already, and itself is left out of the facts. `stood`: the same of an entry that is asked for anew.
    """

    at: dt.datetime
    applicant: str
    span: Span
    parties: Mapping[str, Party] = field(default_factory=dict)
    ports: tuple[Allotment, ...] = ()
    hops: tuple[Hop, ...] = ()
    below: tuple[Hop, ...] = ()
    ended: tuple[Ended, ...] = ()
    names: tuple[Name, ...] = ()
    lookalikes: tuple[Lookalike, ...] | None = ()
    letter: Allowance | None = None
    word: str = ""
    outside: Mapping[tuple[str, str], Told] = field(default_factory=dict)
    demanded: frozenset[str] = frozenset()
    handler: Person | None = None
    scopes: tuple[Scope, ...] = ()
    entry: Entry | None = None
    claims: tuple[Claim, ...] = ()
    peers: tuple[Peers, ...] = ()
    channels: tuple[Channel, ...] = ()
    succeeded: bool = False
    pending: frozenset[str] = frozenset()
    papers: Mapping[str, dt.datetime | None] | None = None
    licences: tuple[Licence, ...] = ()
    registered: bool = False
    stood: bool = False

    def above(self, number: str) -> list[Allotment]:
        """The registered ports under which a number stands when the period begins, longest first; itself too."""
        found = [each for each in self.ports if number.startswith(each.port) and self._begins_in(each.span)]
        return sorted(found, key=lambda each: len(each.port), reverse=True)

    def chain(self, number: str) -> list[Hop]:
        """The hops that cover a number when the period begins."""
        return [each for each in self.hops if number.startswith(each.port) and self._begins_in(each.span)]

    def _begins_in(self, span: Span) -> bool:
        return span.holds(self.span.start)
