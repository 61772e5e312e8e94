"""Rows of a bundle that other registers write apart and that say one thing here: put together, with a note for each."""

# ruff: noqa: S608 - the SQL is made of our own fixed names

import sqlalchemy as sa
from sqlalchemy.orm import Session

from registry.exchange.forms import FORMS
from registry.exchange.staging import Staging

_NOTE = "INSERT INTO {errors} (file, row, code, field, message, fix, refuses) SELECT "
_TWICE = (
    """CREATE TEMPORARY TABLE twice AS
    SELECT row, first FROM (SELECT row, min(row) OVER (PARTITION BY {columns}) AS first FROM {rows}) AS each
    WHERE row <> first""",
    _NOTE
    + """'{file}', row, 'row_twice', 'valid_from', 'it says the same as row ' || first, 'leave it out, or leave it so',
        FALSE FROM twice""",
    "DELETE FROM {rows} USING twice WHERE {rows}.row = twice.row",
    "DROP TABLE twice",
)


def _taken_over(file: str, same: str, unlike: str, said: str, *after: str) -> tuple[str, ...]:
    """Of rows about the `same` that overlap, the earlier ends where the later begins, if it is `unlike` it.

    after: what is then done with the table `gives_way` of their numbers.
    """
    return (
        f"""CREATE TEMPORARY TABLE gives_way AS
        SELECT row, next_row, next_begins FROM (
            SELECT row, {unlike} AS mine, lower(valid) AS begins, coalesce(upper(valid), 'infinity') AS ends,
                lead(row) OVER next AS next_row, lead({unlike}) OVER next AS next_one, lead(lower(valid)) OVER next
                AS next_begins, lead(coalesce(upper(valid), 'infinity')) OVER next AS next_ends
            FROM {{rows}} WINDOW next AS (PARTITION BY {same} ORDER BY lower(valid), row)) AS each
        WHERE begins < next_begins AND next_begins < ends AND ends <= next_ends AND mine <> next_one""",
        _NOTE
        + f"""'{file}', row, 'taken_over', 'valid_until',
            'it is taken to end where row ' || next_row || ' begins, which {said}',
            'let the period of the earlier row end there, or leave it so', FALSE FROM gives_way""",
        """UPDATE {rows} AS earlier SET valid = tstzrange(lower(earlier.valid), next_begins)
        FROM gives_way WHERE gives_way.row = earlier.row""",
        *after,
        "DROP TABLE gives_way",
    )


_ACCOUNTS = _taken_over(
    "submitters",
    "gateway, submitter",
    "enterprise",
    "gives the account to another enterprise: from then on it is nobody''s",
    _NOTE
    + """'submitters', next_row, 'account_of_two', 'submitter',
        'it is left out, for row ' || row || ' gives the account to another enterprise at the same time',
        'let the period of the earlier row end where this one begins', FALSE FROM gives_way""",
    "DELETE FROM {rows} USING gives_way WHERE {rows}.row = gives_way.next_row",
)
_HOPS = _taken_over("delegations", "port, from_enterprise, to_enterprise, role", "letter", "has another letter")
_BENEFICIARIES = (
    """CREATE TEMPORARY TABLE together AS
    SELECT *, first_value(row) OVER (PARTITION BY permit, beneficiary, island ORDER BY begins, row) AS first,
        count(*) OVER (PARTITION BY permit, beneficiary, island) AS rows FROM (
        SELECT *, sum(starts) OVER (PARTITION BY permit, beneficiary ORDER BY begins, row) AS island FROM (
            SELECT row, permit, beneficiary, links, contacts, lower(valid) AS begins,
                coalesce(upper(valid), 'infinity') AS ends,
                CASE WHEN lower(valid) < max(coalesce(upper(valid), 'infinity')) OVER (PARTITION BY permit, beneficiary
                    ORDER BY lower(valid), row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                THEN 0 ELSE 1 END AS starts
            FROM {rows}) AS marked) AS counted""",
    "DELETE FROM together WHERE rows = 1",
    _NOTE
    + """'beneficiaries', row, 'put_together', 'beneficiary',
        'it is put together with row ' || first || ', which names the same one for an overlapping time',
        'write one row with all its links and contacts, or leave it so', FALSE FROM together WHERE row <> first""",
    """UPDATE {rows} AS one SET
        valid = tstzrange(whole.begins, nullif(whole.ends, 'infinity')), links = whole.links, contacts = whole.contacts
    FROM (SELECT first, min(begins) AS begins, max(ends) AS ends,
            ARRAY(SELECT DISTINCT unnest(each.links) FROM together AS each WHERE each.first = t.first) AS links,
            ARRAY(SELECT DISTINCT unnest(each.contacts) FROM together AS each WHERE each.first = t.first) AS contacts
        FROM together AS t GROUP BY first) AS whole
    WHERE one.row = whole.first""",
    "DELETE FROM {rows} USING together WHERE {rows}.row = together.row AND together.row <> together.first",
    "DROP TABLE together",
)


def put_together(session: Session, staging: Staging) -> None:
    """A row that stands there twice is one. A hop under a new letter takes the place of the same parties' earlier one,
    and an account that two enterprises have at a time is nobody's; a beneficiary that is named twice for an overlapping
    time is one, with all its links and contacts: here each thing has one entry at a time.
    """
    steps: list[tuple[str, str, tuple[str, ...]]] = [
        (form.file, ", ".join(form.targets), _TWICE) for form in FORMS if form.dated
    ]
    steps += [("submitters", "", _ACCOUNTS), ("delegations", "", _HOPS), ("beneficiaries", "", _BENEFICIARIES)]
    for file, columns, statements in steps:
        names = {"file": file, "columns": columns, "rows": staging.tables[file].name, "errors": staging.errors.name}
        for statement in statements:
            session.execute(sa.text(statement.format(**names)))
