"""What else a case may rest on: beneficiaries (S311), accounts (S204), shared links and numbers (S306), ties.

Only those of the case's own permits, accounts, values and parties; each as known when the newest run began, but for
shared links and numbers, of which the registry keeps today's list alone.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from registry.cases.queries import Told
from registry.cases.registered import during, evidence_of, named_permits, rows_of
from registry.enterprises.model import Relation, RelationKind, Submitter
from registry.permits.model import Beneficiary, SharedContact
from registry.signatures.folding import fold
from registry.store import db


def rows(told: Told) -> dict[str, Sequence[Any]]:
    """Dated rows by what they are."""
    parties = list(told.then.names)
    between = Relation.from_enterprise.in_(parties) & Relation.to_enterprise.in_(parties)
    merged = sa.and_(Relation.kind == RelationKind.MERGED_INTO, sa.func.lower(Relation.valid) < told.then.during.upper)
    accounts = {(str(row["gateway"]), str(row["submitter"])) for row in evidence_of(told.case) if row.get("submitter")}
    pairs = accounts | {("", submitter) for _gateway, submitter in accounts}
    theirs = sa.tuple_(Submitter.gateway, Submitter.submitter).in_(sorted(pairs))
    return {
        # also those whose time had ended: whose content stands under a permit after it is what S311 speaks of
        "beneficiaries": _of(Beneficiary, told, Beneficiary.permit.in_(_permits(told))),
        "submitters": _of(Submitter, told, theirs, during(Submitter, told.then.during)),
        "relations": _of(Relation, told, between, during(Relation, told.then.during) | merged),
    }


def shared(told: Told) -> list[SharedContact]:
    """Entries of the list of shared links and numbers that have to do with a value that the evidence names."""
    values = {str(row["value"]) for row in evidence_of(told.case) if row.get("value")}
    if not values:
        return []
    listed = db.session.scalars(sa.select(SharedContact).order_by(SharedContact.value, SharedContact.kind))
    return [each for each in listed if any(_same(each.value, value) for value in values)]


def _same(listed: str, value: str) -> bool:
    """A link by its domain, as facts hold it, whatever path the list names; a number by its digits."""
    host = listed.casefold().removeprefix("https://").removeprefix("http://").split("/")[0]
    digits = "".join(each for each in listed if each.isdecimal())
    return value in (host, digits) or host.endswith(f".{value}")


def _permits(told: Told) -> set[str]:
    """The permits that the evidence names, and those for the case's signatures."""
    folded = {fold(each) for each in told.case.signatures}
    return named_permits(told.case) | {each.key for each in told.then.permits if fold(each.signature) in folded}


def _of(model: Any, told: Told, *which: Any) -> Sequence[Any]:
    return rows_of(told.then.known_at, model, sa.and_(*which), *(getattr(model, name) for name in model.same))
