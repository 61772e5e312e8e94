"""Do the rows of a bundle agree with each other and with the registry? Asked of whole tables at once.

Each check puts its objections beside the row; one that does not refuse is a note for the look-back.
"""

from collections.abc import Collection, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import Session

from registry.exchange.form import Form, Reference
from registry.exchange.forms import BY_FILE
from registry.exchange.staging import Staging, kept_table
from registry.ports.prefix import LEAST_DIGITS, MOST_DIGITS

_LAST = sa.literal("infinity").cast(sa.DateTime(timezone=True))
_BETWEEN = "\x1f"
_ONE_AT_A_TIME = "one thing has one entry at a time: let one period end where the other begins"


def check(session: Session, staging: Staging, files: Collection[str], unread: Collection[str]) -> None:
    """Put every objection to the staged files into the staging's errors; nothing is said of what was not read."""
    _find_levels(session, staging)
    for form in (BY_FILE[file] for file in files):
        own = _dated(staging, form) if form.dated else _undated(staging, form)
        sought = (each for each in form.references if each.file not in unread)
        for query in (*own, *(_unknown(staging, form, reference) for reference in sought)):
            _object(session, staging, query)
    for query in (*_homonyms(staging), _codes_above_codes(staging), _lonely_prefixes(staging)):
        _object(session, staging, query)


def same_as_kept(staged: sa.Table, kept: sa.Table, form: Form) -> sa.ColumnElement[bool]:
    """Whether an undated row says what the registry says already."""
    return sa.and_(*(staged.c[name].is_not_distinct_from(kept.c[name]) for name in form.targets))


def _object(session: Session, staging: Staging, query: sa.Select[Any]) -> None:
    names = ["file", "row", "code", "field", "message", "fix", "refuses"]
    session.execute(staging.errors.insert().from_select(names, query))


def _said(form: Form, row: Any, code: str, field: str, message: Any, fix: str, *, refuses: bool = True) -> list[Any]:
    texts = (sa.literal(text) for text in (code, field))
    return [sa.literal(form.file), row, *texts, message, sa.literal(fix), sa.literal(refuses)]


def _find_levels(session: Session, staging: Staging) -> None:
    """A port is an extension where a shorter one, of the bundle or the registry, stands above it for some of its time.

    All others stay access codes.
    """
    ports, above, length = staging.tables["ports"], _every_port(staging).subquery("above"), _lengths()
    shorter = sa.and_(length.c.n < sa.func.length(ports.c.port), above.c.port == sa.func.left(ports.c.port, length.c.n))
    session.execute(ports.update().values(level="extension").where(shorter, _meet(above, ports)))


def _every_port(staging: Staging) -> sa.CompoundSelect[Any]:
    staged, kept = staging.tables["ports"].c, kept_table(BY_FILE["ports"]).c
    known = sa.select(kept.port, kept.holder, kept.valid).where(kept.superseded_at.is_(None))
    return sa.union_all(sa.select(staged.port, staged.holder, staged.valid), known)


def _lengths() -> Any:
    return sa.func.generate_series(LEAST_DIGITS, MOST_DIGITS).table_valued("n", name="lengths").render_derived()


def _meet(one: Any, other: Any) -> sa.ColumnElement[bool]:
    together: sa.ColumnElement[bool] = one.c.valid.bool_op("&&")(other.c.valid)
    return together


def _dated(staging: Staging, form: Form) -> Iterator[sa.Select[Any]]:
    """Two rows that mean the same thing are never in force at once: neither in the file nor with the registry."""
    staged, kept = staging.tables[form.file], kept_table(form)
    yield _overlapping(staged, form)
    message = sa.literal("the registry holds the same thing for a time that overlaps this one")
    same = sa.and_(*(staged.c[name] == kept.c[name] for name in form.same), _meet(kept, staged))
    said = _said(form, staged.c.row, "period_taken", "valid_from", message, _ONE_AT_A_TIME)
    yield sa.select(*said).join_from(staged, kept, same).where(kept.c.superseded_at.is_(None))


def _overlapping(staged: sa.Table, form: Form) -> sa.Select[Any]:
    """Rows that begin before the last end among those that began earlier; that end is carried with its row."""
    begins = sa.extract("epoch", sa.func.lower(staged.c.valid))
    ends = sa.extract("epoch", sa.func.coalesce(sa.func.upper(staged.c.valid), _LAST))
    carried = sa.func.max(array([ends, sa.cast(staged.c.row, sa.Numeric)]))
    same = [staged.c[name] for name in form.same]
    before = carried.over(partition_by=same, order_by=[begins, staged.c.row], rows=(None, -1))
    found = sa.select(staged.c.row, begins.label("begins"), before.label("before")).subquery("found")
    last = sa.type_coerce(found.c.before, sa.ARRAY(sa.Numeric))
    message = sa.func.concat("its period overlaps that of row ", sa.cast(last[2], sa.BigInteger))
    said = _said(form, found.c.row, "period_overlaps", "valid_from", message, _ONE_AT_A_TIME)
    return sa.select(*said).where(last[1] > found.c.begins)


def _undated(staging: Staging, form: Form) -> Iterator[sa.Select[Any]]:
    """A thing without a period stands once in the file; what the registry knows already must read the same."""
    staged, kept = staging.tables[form.file], kept_table(form)
    first = sa.func.min(staged.c.row).over(partition_by=[staged.c[name] for name in form.same])
    rows = sa.select(staged.c.row, first.label("first")).subquery("rows")
    field, already = form.columns[0].name, sa.func.concat("row ", rows.c.first, " names it already")
    said = _said(form, rows.c.row, "named_twice", field, already, "leave one of them")
    yield sa.select(*said).where(rows.c.row > rows.c.first)
    message = sa.literal(f"the registry knows this {form.kind.replace('_', ' ')} otherwise")
    said = _said(
        form, staged.c.row, "known_otherwise", field, message, "file its change in the registry, or leave the row out"
    )
    same = sa.and_(*(staged.c[name] == kept.c[name] for name in form.same))
    yield sa.select(*said).join_from(staged, kept, same).where(sa.not_(same_as_kept(staged, kept, form)))


def _unknown(staging: Staging, form: Form, reference: Reference) -> sa.Select[Any]:
    """Rows that speak of something that neither the bundle nor the registry knows."""
    staged, target = staging.tables[form.file], BY_FILE[reference.file]
    columns = [staged.c[name] for name in reference.columns]
    places = [table.c for table in (staging.tables[target.file], kept_table(target))]
    known = [sa.exists().where(*_pairs(columns, [place[name] for name in reference.known_as])) for place in places]
    refused = staging.refused.c
    key = sa.func.concat_ws(_BETWEEN, *columns) if len(columns) > 1 else columns[0]
    known.append(sa.exists().where(refused.file == target.file, refused.key == key))
    message = sa.func.concat(f"there is no {reference.what} ", columns[0], " in the bundle or the registry")
    fix = f"add it to {reference.file}, or correct it here"
    code, field = f"unknown_{reference.what}", _name_in_file(form, reference.columns[0])
    said = _said(form, staged.c.row, code, field, message, fix, refuses=reference.refuses)
    query = sa.select(*said).where(*(sa.not_(each) for each in known))
    return query.where(columns[0] != "") if reference.may_be_empty else query


def _pairs(ones: list[Any], others: list[Any]) -> list[sa.ColumnElement[bool]]:
    return [one == other for one, other in zip(ones, others, strict=True)]


def _name_in_file(form: Form, target: str) -> str:
    return next(column.name for column in form.columns if column.target == target)


def _homonyms(staging: Staging) -> Iterator[sa.Select[Any]]:
    """Signatures of the same text that belong to several owners have no port in common while both are permitted."""
    form, staged = BY_FILE["permits"], staging.tables["permits"]
    several = _of_several_owners(staging)
    mine = sa.select(staged).where(staged.c.signature.in_(several)).subquery("mine")
    others = _every_permit(staging, several).subquery("others")
    both = (mine.c.signature == others.c.signature, mine.c.owner != others.c.owner, _meet(mine, others))
    in_common = [mine.c.port == others.c.port]
    for wide, narrow in ((mine, others), (others, mine)):
        under = sa.func.starts_with(sa.func.rtrim(narrow.c.port, "*"), sa.func.rtrim(wide.c.port, "*"))
        in_common.append(sa.and_(_is_prefix(wide.c.port), narrow.c.port != wide.c.port, under))
    message = sa.func.concat("signature ", mine.c.signature, " has a permit of another owner on the same port: ")
    message = sa.func.concat(message, sa.func.min(others.c.key))
    fix = "a text may have several owners only where they have no port in common"
    for meeting in in_common:
        said = _said(form, mine.c.row, "port_of_other_owner", "port", message, fix)
        query = sa.select(*said).join_from(mine, others, sa.and_(*both, meeting))
        yield query.group_by(mine.c.row, mine.c.signature)


def _is_prefix(port: Any) -> sa.ColumnElement[bool]:
    starred: sa.ColumnElement[bool] = sa.func.right(port, 1) == "*"
    return starred


def _of_several_owners(staging: Staging) -> sa.ScalarSelect[Any]:
    every = _every_permit(staging).subquery("every")
    several = sa.func.min(every.c.owner) != sa.func.max(every.c.owner)
    return sa.select(every.c.signature).group_by(every.c.signature).having(several).scalar_subquery()


def _every_permit(staging: Staging, signatures: sa.ScalarSelect[Any] | None = None) -> sa.CompoundSelect[Any]:
    staged, kept, queries = staging.tables["permits"].c, kept_table(BY_FILE["permits"]).c, []
    for table, limits in ((staged, []), (kept, [kept.superseded_at.is_(None)])):
        query = sa.select(table.key, table.signature, table.owner, table.port, table.valid).where(*limits)
        queries.append(query.where(table.signature.in_(signatures)) if signatures is not None else query)
    return sa.union_all(*queries)


def _codes_above_codes(staging: Staging) -> sa.Select[Any]:
    """A code that comes in above one that the registry keeps as an access code would make of it an extension."""
    form, staged, kept = BY_FILE["ports"], staging.tables["ports"], kept_table(BY_FILE["ports"])
    length = _lengths()
    below = sa.and_(length.c.n < sa.func.length(kept.c.port), staged.c.port == sa.func.left(kept.c.port, length.c.n))
    message = sa.func.concat("the registry keeps an access code under it: ", sa.func.min(kept.c.port))
    said = _said(
        form, staged.c.row, "access_codes_overlap", "port", message, "end that code first, or leave the row out"
    )
    codes = sa.and_(kept.c.superseded_at.is_(None), kept.c.level == "access_code", staged.c.level == "access_code")
    return sa.select(*said).where(below, codes, _meet(kept, staged)).group_by(staged.c.row)


def _lonely_prefixes(staging: Staging) -> sa.Select[Any]:
    """Notes permits of a whole prefix that was neither let to their user nor is its own."""
    form, staged, let = BY_FILE["permits"], staging.tables["permits"], kept_table(BY_FILE["delegations"])
    ours, ports = staging.tables["delegations"], _every_port(staging).subquery("held")
    given = sa.union_all(
        sa.select(ours.c.port, ours.c.to_enterprise.label("holder"), ours.c.valid),
        sa.select(let.c.port, let.c.to_enterprise, let.c.valid).where(let.c.superseded_at.is_(None)),
        sa.select(ports.c.port, ports.c.holder, ports.c.valid),
    ).subquery("given")
    length = _lengths()
    covered = sa.and_(
        length.c.n < sa.func.length(staged.c.port), given.c.port == sa.func.left(staged.c.port, length.c.n)
    )
    has = sa.exists().where(given.c.holder == staged.c.user, covered, _meet(given, staged))
    message, fix = sa.literal("the prefix was not let to this user"), "declare the delegation"
    said = _said(form, staged.c.row, "prefix_not_delegated", "port", message, fix, refuses=False)
    return sa.select(*said).where(_is_prefix(staged.c.port), sa.not_(has))
