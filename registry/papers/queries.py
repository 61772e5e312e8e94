"""Reading papers: a company sees its own, staff all."""

from collections.abc import Iterable

import sqlalchemy as sa

from registry.kernel.actor import Actor
from registry.kernel.errors import NotFound, Unavailable
from registry.kernel.paging import Page, PageRequest
from registry.papers import storage
from registry.papers.model import Paper
from registry.settings import current
from registry.store import db


def paper(actor: Actor, key: str) -> Paper:
    """One paper. Raises NotFound, also for another company's."""
    found = db.session.scalar(_visible(actor).where(Paper.key == key))
    if found is None:
        raise NotFound("no_such_paper", f"there is no paper {key}")
    return found


def content(actor: Actor, key: str) -> tuple[Paper, bytes]:
    """A paper and its bytes. Raises NotFound (also once it was erased), Unavailable where its file is broken."""
    found = paper(actor, key)
    if found.erased_at is not None:
        raise NotFound("paper_erased", "the time of this paper was over: its bytes were erased", fix="upload it anew")
    try:
        return found, storage.read(current().papers, found.sha256)
    except (OSError, ValueError) as error:
        raise Unavailable("paper_unreadable", f"the file of paper {key} cannot be read") from error


def papers(actor: Actor, request: PageRequest, **filters: str) -> Page[Paper]:
    """Papers, oldest first, by kind and (for staff) enterprise."""
    wanted = {name: value for name, value in filters.items() if value}
    query = _visible(actor).filter_by(**wanted).where(Paper.key > request.after)
    rows = db.session.scalars(query.order_by(Paper.key).limit(request.limit + 1)).all()
    more = len(rows) > request.limit
    return Page(rows[: request.limit], rows[request.limit - 1].key if more else "")


def of_keys(keys: Iterable[str]) -> list[Paper]:
    """The papers with these keys, in the order of the keys."""
    return list(db.session.scalars(sa.select(Paper).where(Paper.key.in_(list(keys))).order_by(Paper.key)))


def _visible(actor: Actor) -> sa.Select[Paper]:
    query = sa.select(Paper)
    return query.where(Paper.enterprise == actor.enterprise) if actor.is_company else query
