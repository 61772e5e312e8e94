"""Gathering the facts that the checks look at, as they are known now, for what is asked from a moment on."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from registry import settings
from registry.enterprises.kinds import RelationKind
from registry.enterprises.model import Enterprise
from registry.enterprises.queries import relations
from registry.enterprises.values import EnterpriseValues
from registry.filings import view as facts
from registry.filings.changing import SuccessionContent
from registry.filings.content import (
    Content,
    PermitContent,
    SignatureContent,
    WithdrawalContent,
    asked_period,
    letter_of,
    number_of,
    parties,
    subject_of,
)
from registry.filings.kinds import Kind
from registry.filings.model import Filing
from registry.filings.queries import near, words
from registry.filings.queries.channels import channels
from registry.filings.queries.claims import claims
from registry.filings.queries.concerned import parties_of
from registry.filings.queries.entries import filing_of, last_entries, last_entry, scope_of
from registry.filings.queries.resting import resting
from registry.filings.view import ENDLESS, Span, View
from registry.filings.workflow import OPEN
from registry.law import provisions
from registry.papers import queries as papers_room
from registry.papers.kinds import PaperKind
from registry.papers.model import Paper
from registry.permits.kinds import Purpose
from registry.permits.model import Beneficiary, Permit
from registry.permits.peers import peers_of
from registry.ports.model import Delegation, Port
from registry.ports.values import DelegationValues
from registry.signatures.folding import fold
from registry.signatures.lookalikes.reasons import Likeness
from registry.signatures.model import Letter, Signature
from registry.signatures.queries import nearest
from registry.signatures.values import LetterValues
from registry.store import db
from registry.store.periods import Dated, in_force, known, open_after

MOST_LOOKALIKES = 10


@dataclass(frozen=True, slots=True)
class Ask:
    """A content whose facts are asked for, who files it, with which papers: their keys, None where none are known.

    `itself`: the entry that it is already, left out of the facts. `filing`: the key of the filing that says it, which
    does not stand in its own way.
    """

    content: Content
    applicant: str
    papers: tuple[str, ...] | None = ()
    itself: Dated | None = None
    filing: str = ""


def gather(
    content: Content,
    applicant: str,
    at: dt.datetime,
    *,
    papers: Iterable[str] | None = (),
    itself: Dated | None = None,
    registered: bool = False,
    filing: str = "",
) -> View:
    """The facts about a content. `registered`: a look-back asks, and the entry `itself` is left out of them.

    papers: keys of the papers that were handed in, None where nothing is known of them. filing: the key of the filing
    that says it, which does not stand in its own way.
    """
    ask = Ask(content, applicant, None if papers is None else tuple(papers), itself, filing)
    [view] = gather_all([ask], at, registered=registered)
    return view


def gather_all(asks: Sequence[Ask], at: dt.datetime, *, registered: bool = False, search: bool = True) -> list[View]:
    """The facts about many contents, by as many queries as of one. search: lookalikes too, which take their time."""
    found = _Found(asks, at, registered=registered)
    named = [(ask.content, found.named(ask, at), words.handler(ask.content)) for ask in asks]
    outside = words.outside_of_all(named, at)
    pairs = zip(asks, named, outside, strict=True)
    return [
        replace(
            _view(ask, found, at, registered=registered, search=search), parties=parties, handler=handler, outside=told
        )
        for ask, (_content, parties, handler), told in pairs
    ]


class _Found:
    """What a few queries found for all who ask."""

    def __init__(self, asks: Sequence[Ask], at: dt.datetime, *, registered: bool) -> None:
        contents = [ask.content for ask in asks]
        numbers = {number_of(content) for content in contents}
        letters = {letter_of(content) for content in contents} - {""}
        self.ports = near.ports(numbers, at)
        self.hops = near.hops(numbers, at)
        let = (each for each in contents if isinstance(each, DelegationValues))
        self.below = near.below({(each.port, each.from_enterprise) for each in let}, at)
        self.ended = {} if registered else resting(numbers, at)
        self.names = near.names({text for content in contents for text in _texts(content)}, at)
        self.scopes = near.Scopes([_beside(each) for each in contents if isinstance(each, PermitContent)], at)
        self.letters = _letters(letters, at)
        self.pending = _pending(letters)
        self.entries = _entries({subject for each in contents if (subject := subject_of(each))}, at)
        self.papers = papers_of_keys({key for ask in asks for key in ask.papers or ()})
        self.parties = parties_of({code for ask in asks for code in self.codes(ask, at)}, at)
        self._once: dict[Any, Any] = {}

    def once(self, key: Any, find: Callable[[], Any]) -> Any:
        """What is found for a key, asked for once however many want it."""
        if key not in self._once:
            self._once[key] = find()
        return self._once[key]

    def named(self, ask: Ask, at: dt.datetime) -> dict[str, facts.Party]:
        """Whom a content concerns, where they are registered."""
        return {code: self.parties[code] for code in self.codes(ask, at) if code in self.parties}

    def codes(self, ask: Ask, at: dt.datetime) -> set[str]:
        """Whom a content concerns: who files it, whom it names, who holds a number above its own."""
        number = number_of(ask.content)
        above = (each for _row, each in self.ports.get(number, ()) if number.startswith(each.port))
        return {ask.applicant, *_named(ask.content)} | {each.holder for each in above if each.span.holds(at)}


def _view(ask: Ask, found: _Found, at: dt.datetime, *, registered: bool, search: bool) -> View:
    content, itself, number, letter = ask.content, ask.itself, number_of(ask.content), letter_of(ask.content)
    subject = subject_of(content)
    names = [each for text in _texts(content) for each in found.names[text]]
    beside = found.scopes.of(*_beside(content)) if isinstance(content, PermitContent) else []
    return View(
        at=at,
        applicant=ask.applicant,
        span=_asked_span(content, at, registered=registered),
        demanded=frozenset({*provisions.words("lookups.demanded", at), *settings.current().connectors}),
        ports=near.but(itself, Port, found.ports.get(number, [])),
        hops=near.but(itself, Delegation, found.hops.get(number, [])),
        below=near.but(itself, Delegation, _below(content, found)),
        ended=found.ended.get(number, ()),
        names=near.but(itself, Signature, names),
        lookalikes=lookalikes(content) if search else None,
        letter=found.letters.get(letter),
        word=_word(content, found),
        scopes=near.but(itself, Permit, beside),
        entry=_entry(content, found.entries.get(subject), at) if subject else None,
        claims=_claims(content, found, at),
        peers=_peers(content, found),
        channels=channels(content, at, ask.filing),
        succeeded=_succeeded(content, at),
        pending=found.pending & {letter},
        papers=None if ask.papers is None else _expiries(ask.papers, found.papers),
        licences=_licences(ask.papers or (), found.papers),
        registered=registered,
        stood=itself is not None,
    )


def _asked_span(content: Content, at: dt.datetime, *, registered: bool) -> Span:
    start, end = asked_period(content)
    if registered:  # the checks ask what holds from today on: what was before is history
        return Span(at, end or ENDLESS)
    return Span(max(start or at, at), end or ENDLESS)


def _named(content: Content) -> set[str]:
    own = {content.code} if isinstance(content, EnterpriseValues) else set()
    return own | set(parties(content).values())


def _texts(content: Content) -> tuple[str, ...]:
    """The folded text whose registrations matter to a content."""
    return (fold(content.values.signature),) if isinstance(content, SignatureContent | PermitContent) else ()


def _beside(content: PermitContent) -> tuple[str, str, str]:
    return content.values.signature, content.values.user, content.values.port


def lookalikes(content: Content) -> tuple[facts.Lookalike, ...]:
    """Others' registered signatures that are nearest to a signature that is asked for; nothing of other contents."""
    if not isinstance(content, SignatureContent):
        return ()
    found = nearest(content.values.signature, MOST_LOOKALIKES, but_owner=content.values.owner)
    return tuple(
        facts.Lookalike(each.signature, each.score, each.kind, each.reason, each.protected)
        for each in found
        if each.kind is not Likeness.SAME
    )


def _letters(keys: set[str], at: dt.datetime) -> dict[str, facts.Allowance]:
    """Letters by their own key, and by that of the filing that brought them."""
    named = sa.or_(Letter.key.in_(keys), Letter.filing.in_(keys))
    query = sa.select(Letter).where(known(Letter), open_after(Letter, at), named).order_by(Letter.row_id.desc())
    rows = db.session.scalars(query).all() if keys else ()
    return {key: _allowance(row) for row in rows for key in (row.key, row.filing) if key in keys}


def _allowance(row: Letter) -> facts.Allowance:
    span = near.span_of(row.valid)
    return facts.Allowance(row.key, row.owner, row.applicant, frozenset(row.signatures), row.confirmation, span)


def _below(content: Content, found: _Found) -> near.Numbered[facts.Hop]:
    """Hops on longer numbers: those to the giver, and those to who may let others in in turn."""
    return found.below.get((content.port, content.from_enterprise), []) if isinstance(content, DelegationValues) else []


def _word(content: Content, found: _Found) -> str:
    """What the owner said about the letter that a content names or is."""
    said = content if isinstance(content, LetterValues) else letter_of(content)
    word: str = found.once(("word", said), lambda: words.of_owner(content))
    return word


def _claims(content: Content, found: _Found, at: dt.datetime) -> tuple[facts.Claim, ...]:
    if not isinstance(content, PermitContent):
        return ()
    scope = content.values.scope
    said = ("claims", content.values.owner, scope.links, scope.contacts)
    claimed: tuple[facts.Claim, ...] = found.once(said, lambda: claims(content, at))
    return claimed


def _peers(content: Content, found: _Found) -> tuple[facts.Peers, ...]:
    if not isinstance(content, PermitContent):
        return ()
    asked = (content.values.owner, content.values.scope.categories)
    rows = found.once(("peers", *asked), lambda: peers_of(*asked))
    return tuple(facts.Peers(row.section, row.category, row.permits, row.most) for row in rows)


def scopes_of(row: object) -> tuple[facts.Scope, ...]:
    """An entry as a scope, where it is a permit."""
    return (near.scope(row),) if isinstance(row, Permit) else ()


_PARTIES: dict[Kind, tuple[str, ...]] = {
    Kind.PORT: ("holder",),
    Kind.DELEGATION: ("from_enterprise", "to_enterprise"),
    Kind.SIGNATURE: ("owner",),
    Kind.LETTER: ("owner",),
    Kind.PERMIT: ("owner", "user"),
}


def _entries(subjects: set[tuple[Kind, str]], at: dt.datetime) -> dict[tuple[Kind, str], tuple[Any, frozenset[str]]]:
    """The entries that filings start from, each with the beneficiaries that are declared for it."""
    rows = last_entries(subjects, at)
    permits = [row.key for row in rows.values() if isinstance(row, Permit)]
    query = sa.select(Beneficiary.permit, Beneficiary.beneficiary).where(in_force(Beneficiary, at))
    declared: dict[str, set[str]] = {}
    for permit, each in db.session.execute(query.where(Beneficiary.permit.in_(permits))) if permits else ():
        declared.setdefault(permit, set()).add(each)
    return {key: (row, frozenset(declared.get(getattr(row, "key", ""), ()))) for key, row in rows.items()}


def _entry(content: Content, found: tuple[Any, frozenset[str]] | None, at: dt.datetime) -> facts.Entry | None:
    row, declared = found or (None, frozenset())
    if row is None or (isinstance(content, WithdrawalContent) and row.valid_until and row.valid_until <= at):
        return None
    if isinstance(row, Enterprise):
        return facts.Entry(frozenset({row.code}), Span(row.recorded_at))
    told = _of_permit(row, declared) if isinstance(row, Permit) else {}
    subject = subject_of(content)
    assert subject is not None  # noqa: S101 - it was found by it
    parties = _owners(subject[0], row)
    if isinstance(content, WithdrawalContent) and isinstance(row, Letter):
        parties |= {row.applicant}  # it gives up what it was allowed; only the owner allows it for longer
    return facts.Entry(parties, near.span_of(row.valid), **told)


def _owners(kind: Kind, row: Any) -> frozenset[str]:
    """Whose an entry is; a template is its permit's, a letter its owner's, whose word it is."""
    if kind is Kind.TEMPLATE:
        permit = last_entry(Kind.PERMIT, row.permit, row.valid_from)
        return _owners(Kind.PERMIT, permit) if permit else frozenset()
    return frozenset(getattr(row, name) for name in _PARTIES[kind])


def _of_permit(row: Permit, declared: frozenset[str]) -> dict[str, Any]:
    told: dict[str, Any] = {"on_behalf": row.on_behalf.value, "purpose": row.purpose.value, "port": row.port}
    made_by = filing_of(row) if row.purpose is Purpose.BACKUP else None
    told["channel"] = made_by is not None and made_by.kind is Kind.TEMPORARY_PERMIT
    return {"scope": scope_of(row), "beneficiaries": declared, **told}


def _succeeded(content: Content, at: dt.datetime) -> bool:
    """Whether the registry knows that the one was merged into the other."""
    if not isinstance(content, SuccessionContent):
        return False
    ties = relations(content.from_enterprise, max(content.valid_from or at, at))
    ends = (content.from_enterprise, content.to_enterprise)
    merged = [each for each in ties if each.kind == RelationKind.MERGED_INTO]
    return any((each.from_enterprise, each.to_enterprise) == ends for each in merged)


def _pending(letters: set[str]) -> frozenset[str]:
    query = sa.select(Filing.key).where(Filing.key.in_(letters), Filing.kind == Kind.LETTER, Filing.state.in_(OPEN))
    return frozenset(db.session.scalars(query)) if letters else frozenset()


def papers_of_keys(keys: Iterable[str]) -> dict[str, Paper]:
    """Papers by their keys."""
    listed = list(keys)
    return {row.key: row for row in papers_room.of_keys(listed)} if listed else {}


def _licences(keys: Iterable[str], papers: Mapping[str, Paper]) -> tuple[facts.Licence, ...]:
    rows = [papers[key] for key in sorted(set(keys)) if key in papers]
    licences = [row for row in rows if row.kind is PaperKind.LICENCE]
    return tuple(facts.Licence(row.key, row.name_on_it, row.code_on_it) for row in licences)


def _expiries(keys: Iterable[str], papers: Mapping[str, Paper]) -> dict[str, dt.datetime | None]:
    rows = [papers[key] for key in sorted(set(keys)) if key in papers]
    return {row.kind.value: row.expires_at for row in rows}
