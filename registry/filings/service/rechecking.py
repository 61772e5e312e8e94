"""The checks over entries that came without a filing: run in the background, kept for the look-back."""

from collections.abc import Iterable, Sequence
from typing import Any

import structlog
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError

from registry.filings.kinds import Kind, Verdict
from registry.filings.model import EntryCheck
from registry.filings.outcome import Result, keep
from registry.filings.service.checking import recheck
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound
from registry.store import unit_of_work

_KEPT = ("code", "verdict", "reason", "fix")
_FROM_GRAVE_TO_LIGHT = (Verdict.FAIL, Verdict.NOT_CHECKED, Verdict.WARN, Verdict.PASS)


def keep_rechecks(actor: Actor, kind: Kind, keys: Iterable[str]) -> int:
    """Run the checks over entries of one kind and keep what they say, in place of what they said before.

    Answers how many were checked; those that are no longer in force are left out.
    """
    found = [(key, results) for key in keys if (results := _results(actor, kind, key)) is not None]
    rows = [_row(kind, key, results) for key, results in found]
    with unit_of_work() as session:
        if rows:
            new = insert(EntryCheck).values(rows)
            changed = {name: new.excluded[name] for name in ("worst", "results", "at")}
            session.execute(new.on_conflict_do_update(index_elements=["entry_kind", "entry_key"], set_=changed))
    return len(rows)


def _results(actor: Actor, kind: Kind, key: str) -> Sequence[Result] | None:
    try:
        return recheck(actor, kind, key)
    except NotFound:
        return None
    except DBAPIError:
        raise
    except Exception:  # noqa: BLE001 - one entry that cannot be read must not keep the others from theirs
        structlog.get_logger().exception("recheck_broke", kind=kind, key=key)
        return None


def _row(kind: Kind, key: str, results: Sequence[Result]) -> dict[str, Any]:
    verdicts = {result.verdict for result in results}
    kept = [{name: each[name] for name in _KEPT} for each in keep(results)[1]]
    worst = next((each for each in _FROM_GRAVE_TO_LIGHT if each in verdicts), Verdict.PASS)
    return {"entry_kind": kind, "entry_key": key, "worst": worst, "results": kept, "at": clock.now()}
