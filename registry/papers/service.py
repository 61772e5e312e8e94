"""Taking a paper in."""

import datetime as dt

import sqlalchemy as sa

from registry import audit
from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Conflict, FieldError, Invalid, TooLarge
from registry.kernel.sentence import Unreadable
from registry.law import provisions
from registry.papers import queries, sniffing, storage
from registry.papers.kinds import PaperKind
from registry.papers.model import Paper
from registry.settings import current
from registry.store import unit_of_work
from registry.store.columns import new_key

READ_OFF = "paper.read_off"
MEBIBYTE = 1024 * 1024
LONGEST_NAME = 200


def upload(
    actor: Actor,
    content: bytes,
    name: str,
    kind: str,
    *,
    expires_at: dt.datetime | None = None,
    enterprise: str | None = None,
    name_on_it: str = "",
    code_on_it: str = "",
) -> Paper:
    """The paper, stored on disk before it is listed; the same file of the same kind again is answered with the first.

    enterprise: whose it is, where the actor belongs to none. name_on_it, code_on_it: as `read_off` takes them. Raises
    TooLarge, and Invalid for a file that is no paper.
    """
    actor.require("paper.upload")
    owner = actor.enterprise or enterprise
    if not owner:
        raise Invalid("enterprise_needed", "say which enterprise the paper belongs to")
    _refuse_size(content)
    media_type = _media_type(content, name)
    sha256 = storage.keep(current().papers, content)
    with unit_of_work() as session:
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(int(sha256[:15], 16))))
        query = sa.select(Paper).filter_by(enterprise=owner, sha256=sha256, kind=PaperKind(kind), erased_at=None)
        paper = session.scalar(query)
        if paper is None:
            paper = Paper(
                key=new_key("PAP"),
                sha256=sha256,
                kind=PaperKind(kind),
                name=_shown_name(name),
                size=len(content),
                media_type=media_type,
                enterprise=owner,
                uploaded_by=actor.name,
                uploaded_at=clock.now(),
                expires_at=expires_at,
            )
            session.add(paper)
            session.flush()  # its defaults are answered, also inside the commit that keeps the answer
            after = {"sha256": sha256, "kind": kind, "size": len(content), "enterprise": owner}
            audit.record(actor, "paper.uploaded", "paper", paper.key, after=after)
        if (name_on_it or code_on_it) and not paper.read_by_staff:
            _keep_reading(actor, paper, name_on_it, code_on_it)
    return paper


def read_off(actor: Actor, key: str, name: str, code: str) -> Paper:
    """Whose licence it is, as it stands on it: entered by its uploader, or by staff, whose word stays.

    Raises NotFound, Invalid for another kind of paper or no name, Conflict for the uploader after staff.
    """
    actor.require(READ_OFF)
    with unit_of_work() as session:
        paper = queries.paper(actor, key)
        session.refresh(paper, with_for_update=True)
        if actor.is_company and paper.read_by_staff:
            fix = "tell the reviewer what stands on it"
            raise Conflict("read_by_staff", "staff has entered what stands on this paper", fix=fix)
        _keep_reading(actor, paper, name, code)
    return paper


def _keep_reading(actor: Actor, paper: Paper, name: str, code: str) -> None:
    name, code = _line(name), _line(code)
    if paper.kind is not PaperKind.LICENCE:
        error = FieldError("name_on_it", "no_licence", "it is no licence", "leave it out")
        raise Invalid("no_licence", "only of a licence is kept whose it is", fields=[error])
    if not name:
        error = FieldError("name_on_it", "missing", "it is empty", "write the name as it stands on the licence")
        raise Invalid("name_missing", "a licence bears a name", fields=[error])
    before = {"name_on_it": paper.name_on_it, "code_on_it": paper.code_on_it}
    paper.name_on_it, paper.code_on_it, paper.read_by_staff = name, code, not actor.is_company
    after = {"name_on_it": name, "code_on_it": code}
    audit.record(actor, "paper.read_off", "paper", paper.key, before=before, after=after)


def _line(text: str) -> str:
    return "".join(letter for letter in text.strip() if letter.isprintable())[:LONGEST_NAME]


def remove_unlisted(sha256: str) -> None:
    """Take a file off the disk that no paper names any more."""
    with unit_of_work() as session:
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(int(sha256[:15], 16))))
        if not session.scalar(sa.select(sa.exists().where(Paper.sha256 == sha256, Paper.erased_at.is_(None)))):
            storage.remove(current().papers, sha256)


def _refuse_size(content: bytes) -> None:
    most = provisions.integer("papers.size.most", clock.today())
    if len(content) > most * MEBIBYTE:
        raise TooLarge("paper_too_large", f"a paper has at most {most} MiB", fix="scan it at a lower resolution")
    if not content:
        raise Invalid("paper_empty", "the file is empty", fields=[FieldError("file", "PAPER_EMPTY", "no bytes in it")])


def _media_type(content: bytes, name: str) -> str:
    try:
        return sniffing.media_type(content, name)
    except Unreadable as error:
        fix = "upload a whole PDF, PNG or JPEG under its own ending"
        fields = [FieldError("file", error.code, str(error), fix)]
        raise Invalid("paper_unreadable", str(error), fix=fix, fields=fields) from error


def _shown_name(name: str) -> str:
    plain = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in plain if letter.isprintable())[:LONGEST_NAME] or "paper"
