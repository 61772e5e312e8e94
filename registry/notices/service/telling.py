"""Telling: one function for every room. The notice is in the caller's commit, its deliveries are made by a job."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from registry import jobs
from registry.audit.service import plain
from registry.kernel import clock
from registry.kernel.sentence import Sentence
from registry.notices import policy
from registry.notices.kinds import Topic
from registry.notices.model import Notice, Unspread
from registry.papers.personal import encrypted, keyed_hash
from registry.store import unit_of_work
from registry.store.columns import new_key
from registry.store.work import before_commit, waiting


def tell(
    event: str,
    subject: tuple[str, str],
    sentence: Sentence,
    *,
    enterprise: str | None = None,
    account: str | None = None,
    office: str | None = None,
    address: str | None = None,
    needs: str = "",
    reasons: Iterable[Mapping[str, Any]] = (),
    payload: Mapping[str, Any] | None = None,
    once: str = "",
    link: str = "",
) -> None:
    """Tell one recipient of an event, inside the caller's unit of work: the notice is in the same commit.

    event: `topic.what`, the topic one of `kinds.Topic` (`filing.returned`); subject: kind and key of what it is about,
    as the audit trail has them; sentence: what happened, in both languages.

    Exactly one recipient: `enterprise` (its code: everybody of the company), `account` (a person's e-mail), `office`
    (staff of one office, `""`: of all; `needs` names the permission without which they don't see it), or `address`
    (an e-mail address of somebody without a log-in; it is kept encrypted until the mail has left).

    reasons: the full reason, each made by `reason()`; payload: what a machine reads besides, JSON after `plain`.
    once: a name under which this is told a single time, whoever calls again. link: an address with a one-time code for
    the mail's eyes only; kept encrypted, in no inbox and no webhook.
    """
    topic = event.partition(".")[0]
    if topic not in list(Topic) or not policy.EVENT.match(event):
        raise ValueError(f"{event!r} is no event: topic.what, the topic one of {', '.join(Topic)}")
    recipient = _recipient(enterprise, account, office, address)
    content = dict(plain(dict(payload or {}))) | {"reasons": [dict(plain(dict(each))) for each in reasons]}
    notice = Notice(
        key=new_key("NTC"),
        at=clock.now(),
        recipient=recipient,
        needs=needs,
        event=event,
        subject_kind=subject[0],
        subject=subject[1],
        sentence={"zh": sentence.zh, "en": sentence.en},
        payload=content,
        once=once or None,
    )
    sealed = encrypted(json.dumps({"address": address or "", "link": link})) if address or link else ""
    with unit_of_work() as session:
        if once:
            _add_once(session, notice, sealed)
        else:
            session.add(Unspread(notice=notice, sealed=sealed))
        waiting("notices").append(event)


def reason(code: str, sentence: Sentence, fix: Sentence, *, field: str = "", comment: str = "") -> dict[str, Any]:
    """One reason in full: its stable code, what is wrong and what mends it in both languages, the field, the words."""
    said, mend = {"zh": sentence.zh, "en": sentence.en}, {"zh": fix.zh, "en": fix.en}
    return {"code": code, "field": field, "reason": said, "fix": mend, "comment": comment}


def _recipient(enterprise: str | None, account: str | None, office: str | None, address: str | None) -> str:
    named = {
        "enterprise": enterprise,
        "account": account,
        "office": office,
        "address": keyed_hash(address)[:32] if address else None,
    }
    given = [f"{kind}:{name}" for kind, name in named.items() if name is not None]
    if len(given) != 1:
        raise ValueError("a notice has exactly one recipient: enterprise, account, office or address")
    return given[0]


def _add_once(session: Session, notice: Notice, sealed: str) -> None:
    values = {
        column.key: getattr(notice, column.key) for column in sa.inspect(Notice).column_attrs if column.key != "id"
    }
    added = insert(Notice).values(values).on_conflict_do_nothing(index_elements=["once"]).returning(Notice.id)
    if (number := session.scalar(added)) is not None:
        session.add(Unspread(notice_id=number, sealed=sealed))


@before_commit
def _have_it_spread(_session: Session) -> None:
    """One job for a commit, however many notices it holds."""
    told = waiting("notices")
    if told:
        jobs.enqueue("notices.spread")
        told.clear()
