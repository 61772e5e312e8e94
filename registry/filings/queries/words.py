"""What others say about a content: the owner about its letter, sources outside, the registry about its handler."""

import datetime as dt
from collections.abc import Mapping, Sequence

from registry.enterprises.values import EnterpriseValues
from registry.filings.content import Content, letter_of
from registry.filings.outside import claims
from registry.filings.view import Party, Person, Told
from registry.handlers import queries as handlers
from registry.inquiries import queries as inquiries
from registry.lookups import queries as lookups
from registry.signatures.values import LetterValues


def of_owner(content: Content) -> str:
    """What the owner said about the letter that a content names or is; empty where nobody asked."""
    if isinstance(content, LetterValues):
        said = inquiries.word(content.letter) if content.letter else None
        return said or inquiries.word_about(content.owner, content.applicant, content.signatures) or ""
    key = letter_of(content)
    return (inquiries.word(key) or "") if key else ""


def handler(content: Content) -> Person | None:
    """The handler that an enterprise names; None for none."""
    if not isinstance(content, EnterpriseValues) or not content.handler:
        return None
    said = handlers.standing(content.handler, content.code)
    return Person(said.known, said.enterprise, said.others, said.id_hash)


def outside_of_all(
    asked: Sequence[tuple[Content, Mapping[str, Party], Person | None]], at: dt.datetime
) -> list[dict[tuple[str, str], Told]]:
    """What sources outside said last about each of the claims of each content."""
    subjects = [list(claims(content, named, person)) for content, named, person in asked]
    rows = lookups.last_of({subject for some in subjects for subject in some}, at)
    told = {key: Told(row.key, row.answer, row.found, row.source, row.at) for key, row in rows.items()}
    return [{key: told[key] for key in some if key in told} for some in subjects]
