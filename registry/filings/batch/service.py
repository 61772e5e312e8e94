"""Draw a batch, open its sample, decide it: each filing goes through the same door as alone, with its own event."""

import secrets

from registry import audit
from registry.filings import service as filings
from registry.filings.batch import queries
from registry.filings.batch.model import DecisionBatch
from registry.filings.kinds import Verdict
from registry.filings.model import Filing
from registry.jobs.lease import lease
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Conflict, Invalid, NotFound, Problem, Stale
from registry.law import provisions
from registry.store import unit_of_work
from registry.store.columns import new_key


def draw(actor: Actor, keys: list[str]) -> DecisionBatch:
    """A batch of filings, with the random sample that must be opened first.

    Raises Invalid where one of them did not pass every check, or is not this reviewer's to decide.
    """
    actor.require("filing.decide")
    asked = list(dict.fromkeys(keys))
    found = queries.eligible(actor, asked)
    missing = sorted(set(asked) - {each.key for each in found})
    if missing or not found:
        named = ", ".join(missing[:10]) or "none is selected"
        fix = "select filings that wait, passed every check and are yours to decide; the others are decided alone"
        raise Invalid("not_for_a_batch", f"these cannot be decided in a batch: {named}", fix=fix)
    with unit_of_work() as session:
        batch = _drawn(actor, found)
        session.add(batch)
        session.flush()  # its version is answered
        after = {"filings": [each.key for each in found], "sample": batch.sample}
        audit.record(actor, "batch.draw", "decision_batch", batch.key, after=after)
    return batch


def _drawn(actor: Actor, found: list[Filing]) -> DecisionBatch:
    now = clock.now()
    least = provisions.integer("filings.batch_sample.least", now)
    one_of = provisions.integer("filings.batch_sample.one_of", now)
    many = min(len(found), max(least, -(-len(found) // one_of)))
    sample = secrets.SystemRandom().sample([each.key for each in found], many)
    return DecisionBatch(
        key=new_key("BAT"),
        members=[{"filing": each.key, "version": each.version} for each in found],
        sample=sorted(sample),
        opened=[],
        decided=[],
        left_out=[],
        drawn_by=actor.name,
        drawn_at=now,
    )


def look(actor: Actor, key: str, filing: str) -> DecisionBatch:
    """One of the sample is opened: written down once. Raises NotFound for one that is not in the sample."""
    with unit_of_work() as session:
        batch = queries.held(actor, key)
        if filing not in batch.sample:
            raise NotFound("not_in_sample", f"{filing[:40]} is not in the sample of this batch")
        if filing not in batch.opened:
            batch.opened = [*batch.opened, filing]
            session.flush()
            audit.record(actor, "batch.look", "decision_batch", key, after={"filing": filing})
    return batch


def decide(actor: Actor, key: str, comment: str = "", *, version: int | None = None) -> DecisionBatch:
    """Say yes to every filing of the batch that is still as it was drawn; the others are left out and named.

    Those that need two reviewers are endorsed. One that was killed half-way goes on with what is left. Raises Conflict
    before the sample is opened, after all is decided, and while it is being decided; Stale where it moved on.
    """
    actor.require("filing.decide")
    with lease(f"batch {key}"):
        for filing, drawn in _left(actor, key, version):
            _decide_one(actor, key, filing, drawn, comment)
        with unit_of_work() as session:
            batch = queries.held(actor, key)
            batch.decided_at = clock.now()
            session.flush()
            after = {"decided": batch.decided, "left_out": batch.left_out}
            audit.record(actor, "batch.decide", "decision_batch", key, after=after, reason=comment)
    return batch


def _left(actor: Actor, key: str, version: int | None) -> list[tuple[str, int]]:
    """The filings that nothing is said of yet, in the versions that were drawn."""
    with unit_of_work():
        batch = queries.held(actor, key)
        if version is not None and batch.version != version:
            raise Stale("stale", "this batch moved on since you read it", fix="read it again, then decide")
        _refuse_unseen(batch)
        told = {*batch.decided, *(each["filing"] for each in batch.left_out)}
        return [(each["filing"], each["version"]) for each in batch.members if each["filing"] not in told]


def _refuse_unseen(batch: DecisionBatch) -> None:
    if batch.decided_at:
        raise Conflict("batch_decided", "this batch was decided", fix="draw another for what is left")
    unseen = sorted(set(batch.sample) - set(batch.opened))
    if unseen:
        raise Conflict("sample_unseen", f"open these of the sample first: {', '.join(unseen)}", fix="open each of them")


def _decide_one(actor: Actor, key: str, filing: str, version: int, comment: str) -> None:
    """Claim and approve one filing, in the commit that says so in the batch; or say what kept it out."""
    try:
        with unit_of_work():
            filings.claim(actor, filing, version=version)
            decided = filings.approve(actor, filing, comment=comment)
            if any(each.verdict is not Verdict.PASS for each in decided.results):
                raise Conflict("no_longer_passes", "not every check passes by now", fix="decide on it alone")
            batch = queries.held(actor, key)
            batch.decided = [*batch.decided, filing]
    except Problem as problem:
        with unit_of_work():
            batch = queries.held(actor, key)
            trouble = {"filing": filing, "code": problem.code, "reason": problem.detail}
            batch.left_out = [*batch.left_out, trouble]
