"""Recording what sources say: entered by staff, or asked of a connector."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from registry import audit
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import FieldError, Invalid
from registry.law import provisions
from registry.lookups import asking, policy, queries
from registry.lookups.kinds import Answer, LookupKind
from registry.lookups.model import Lookup
from registry.store import unit_of_work
from registry.store.columns import new_key

ENTER = "lookup.enter"
LONGEST = asking.LONGEST
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_SUBJECT = 200


def enter(
    actor: Actor,
    kind: str,
    subject: str,
    answer: str,
    *,
    claimed: Mapping[str, Any],
    found: Mapping[str, str] | None = None,
    source: str = "",
    reference: str = "",
    digest: str = "",
    note: str = "",
    at: dt.datetime | None = None,
) -> Lookup:
    """What a person of the staff read at a source: the facts as they stand there, not whether they agree.

    Raises Invalid where the source is not named, where a record has no number and no hash of what was seen, or where
    the very same answer was entered about something else.
    """
    actor.require(ENTER)
    said = asking.Answered(Answer(answer), source.strip(), reference.strip(), digest.strip().lower(), found or {}, note)
    fields = list(_objections(LookupKind(kind), subject.strip(), said, at))
    if fields:
        raise Invalid(fields[0].code, fields[0].message, fix=fields[0].fix, fields=fields)
    return _keep(actor, LookupKind(kind), subject.strip(), claimed, said, at or clock.now(), connector=False)


def ask(
    actor: Actor,
    kind: LookupKind,
    subject: str,
    claimed: Mapping[str, Any],
    withheld: Mapping[str, str] | None = None,
) -> Lookup:
    """What a connector says, asked now, outside any transaction. The same words about two subjects are no answer.

    `withheld`: personal values that the connector must know, and that are kept nowhere.
    """
    actor.require(ENTER)
    said = asking.ask(kind, subject, claimed, withheld or {})
    if said.answer is Answer.FOUND and queries.of_digest(said.digest, (kind, subject)):
        said = asking.Answered(Answer.NOT_REACHABLE, said.source, note="the same words as about something else")
    return _keep(actor, kind, subject, claimed, said, clock.now(), connector=True)


def _keep(
    actor: Actor,
    kind: LookupKind,
    subject: str,
    claimed: Mapping[str, Any],
    said: asking.Answered,
    at: dt.datetime,
    *,
    connector: bool,
) -> Lookup:
    found = dict(said.facts) if said.answer is Answer.FOUND else {}
    row = Lookup(
        key=new_key("LKP"),
        kind=kind,
        subject=subject,
        answer=said.answer,
        result=policy.result(kind, said.answer, claimed, found, ended_words(at)),
        claimed=dict(claimed),
        found=found,
        source=said.source or (f"connector {kind.value}" if connector else ""),
        reference=said.reference,
        digest=said.digest,
        note=said.note,
        by=actor.name,
        connector=connector,
        at=at,
        recorded_at=clock.now(),
    )
    with unit_of_work() as session:
        session.add(row)
        session.flush()
        after = {"kind": kind, "subject": subject, "result": row.result, "source": row.source, "digest": row.digest}
        audit.record(actor, "lookup.recorded", "lookup", row.key, after=after)
    return row


def ended_words(at: dt.datetime) -> tuple[str, ...]:
    """The words by which sources say that something no longer counts."""
    return provisions.words("lookups.ended", at)


def _objections(kind: LookupKind, subject: str, said: asking.Answered, at: dt.datetime | None) -> Iterator[FieldError]:
    if not 1 <= len(subject) <= _SUBJECT:
        yield FieldError("subject", "missing", "it is empty", "say what was looked up")
    if not 1 <= len(said.source) <= LONGEST:
        yield FieldError("source", "lookup_source", "the source is not named", "name the register and its address")
    if at is not None and at > clock.now() + dt.timedelta(minutes=1):
        yield FieldError("at", "lookup_ahead", "it lies ahead", "give the time at which it was read")
    if at is not None and clock.local_day(at) < provisions.PROVISIONS["lookups.ended"][0].valid_from:
        yield FieldError("at", "lookup_long_ago", "it lies too far back", "give the time at which it was read")
    if said.answer is Answer.FOUND:
        yield from _objections_to_record(kind, subject, said)


def _objections_to_record(kind: LookupKind, subject: str, said: asking.Answered) -> Iterator[FieldError]:
    if not said.reference or len(said.reference) > LONGEST:
        yield FieldError("reference", "lookup_reference", "the record has no number", "copy the source's number of it")
    if not _SHA256.match(said.digest):
        fix = "keep what was seen as a file and give the SHA-256 of it"
        yield FieldError("digest", "lookup_digest", "there is no hash of what was seen", fix)
    elif queries.of_digest(said.digest, (kind, subject)):
        fix = "keep what the source shows about this very subject"
        yield FieldError("digest", "lookup_twice", "the same answer was entered about something else", fix)
    for name in policy.FACTS[kind]:
        if not said.facts.get(name, "").strip():
            yield FieldError(f"found.{name}", "missing", "it is empty", "copy what the source says")
