"""What else a case may rest on: beneficiaries (S311), accounts (S204), shared links and numbers (S306), ties.

Only those of the case's own permits, accounts, values and parties; each as known when the newest run began, but for
shared links and numbers, of which the registry keeps today's list alone.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from registry.cases.queries import Told
from registry.cases.registered import MOST, named_permits
from registry.enterprises.model import Relation, RelationKind, Submitter
from registry.permits.model import Beneficiary, SharedContact
from registry.signatures.folding import fold
from registry.store import db
from registry.store.periods import known


def rows(told: Told) -> dict[str, Sequence[Any]]:
    """Dated rows by what they are."""
    parties = list(told.then.names)
    between = Relation.from_enterprise.in_(parties) & Relation.to_enterprise.in_(parties)
    merged = sa.and_(Relation.kind == RelationKind.MERGED_INTO, sa.func.lower(Relation.valid) < told.then.during.upper)
    accounts = {(str(row["gateway"]), str(row["submitter"])) for row in _evidence(told) if row.get("submitter")}
    pairs = accounts | {("", submitter) for _gateway, submitter in accounts}
    theirs = sa.tuple_(Submitter.gateway, Submitter.submitter).in_(sorted(pairs))
    return {
        # also those whose time had ended: whose content stands under a permit after it is what S311 speaks of
        "beneficiaries": _of(Beneficiary, told, Beneficiary.permit.in_(_permits(told))),
        "submitters": _of(Submitter, told, theirs, _during(Submitter, told)),
        "relations": _of(Relation, told, between, _during(Relation, told) | merged),
    }


def shared(told: Told) -> list[SharedContact]:
    """Entries of the list of shared links and numbers that have to do with a value that the evidence names."""
    values = {str(row["value"]) for row in _evidence(told) if row.get("value")}
    if not values:
        return []
    listed = db.session.scalars(sa.select(SharedContact).order_by(SharedContact.value, SharedContact.kind))
    return [each for each in listed if any(_same(each.value, value) for value in values)]


def _same(listed: str, value: str) -> bool:
    """A link by its domain, as facts hold it, whatever path the list names; a number by its digits."""
    host = listed.casefold().removeprefix("https://").removeprefix("http://").split("/")[0]
    digits = "".join(each for each in listed if each.isdecimal())
    return value in (host, digits) or host.endswith(f".{value}")


def _evidence(told: Told) -> Iterator[dict[str, Any]]:
    return (row for finding in told.case.findings for day in finding.evidence for row in day.rows)


def _permits(told: Told) -> set[str]:
    """The permits that the evidence names, and those for the case's signatures."""
    folded = {fold(each) for each in told.case.signatures}
    return named_permits(told.case) | {each.key for each in told.then.permits if fold(each.signature) in folded}


def _during(model: Any, told: Told) -> Any:
    return model.valid.op("&&", is_comparison=True)(told.then.during)


def _of(model: Any, told: Told, *which: Any) -> Sequence[Any]:
    query = sa.select(model).where(known(model, told.then.known_at), *which)
    return db.session.scalars(
        query.order_by(*(getattr(model, name) for name in model.same), model.valid).limit(MOST)
    ).all()
