"""The inbox: what was told to whoever looks, one notice with its reasons, and whether mail is wanted."""

from typing import Any

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from admin import asked
from admin.page import OWN, act, blueprint, done, gettext, page
from admin.views.lifecycle import renewal_of
from registry.accounts import login
from registry.http import current_actor
from registry.http.asking import asking
from registry.notices import queries, service
from registry.notices.model import Notice

PAGES = {
    "filing": ("filings_one", "key"),
    "finding": ("findings_one", "key"),
    "ask": ("asks_one", "key"),
    "measure": ("measures_one", "key"),
    "lookback_item": ("lookback_item", "key"),
    "permit": ("permits_one", "key"),
    "signature": ("signatures_one", "key"),
    "port": ("ports_one", "port"),
    "enterprise": ("enterprises_one", "code"),
    "contact_change": ("contacts_one", "key"),
}
"""Which page shows a thing, by its kind, and under which name the page takes its key."""


@page("/notices", "notice.read")
def inbox() -> str:
    """The inbox, newest first."""
    actor, unread = current_actor(), bool(asked.text("unread"))
    found = queries.listed(actor, asked.paging(), unread=unread)
    account = login.account()
    return render_template(
        "notices/inbox.html",
        notices=found,
        read=queries.read_by(actor, found.items),
        unread=unread,
        by_mail=queries.takes_mail(account.email) if account else None,
    )


@page("/notices/<string:key>", "notice.read")
def one(key: str) -> str:
    """One notice with every reason."""
    found = queries.one(current_actor(), key)
    return render_template(
        "notices/one.html", notice=found, there=_page_of(found), read=_is_read(found), renewal_of=renewal_of
    )


@act("/notices/<string:key>/open", "notice.read")
def open_one(key: str) -> Response:
    """Read a notice: it is marked, and shown."""
    service.read(current_actor(), key)
    return redirect(url_for("console.notices_one", key=key))


@act("/notices/read-all", "notice.read")
def read_all() -> Response:
    """Mark every notice as read."""
    service.read_all(current_actor())
    return done(gettext("Every notice is marked as read."), "notices_inbox")


@act("/notices/mail", OWN)
def mail() -> Response:
    """Take notices by mail, or no longer."""
    actor = current_actor()
    service.by_mail(actor, actor.name, wanted=bool(request.form.get("wanted")))
    return done(gettext("Saved."), "notices_inbox")


def _is_read(notice: Notice) -> bool:
    return notice.id in queries.read_by(current_actor(), [notice])


def _page_of(notice: Notice) -> str:
    endpoint, name = PAGES.get(notice.subject_kind, ("", ""))
    parts: dict[str, Any] = {name: notice.subject}
    return url_for(f"console.{endpoint}", **parts) if endpoint else ""


def unread_notices() -> str:
    """How many notices whoever looks has not read: empty for none, `99+` beyond what is counted."""
    if "unread_notices" not in g:
        actor = asking()
        count = queries.unread_count(actor) if actor and actor.may("notice.read") else 0
        g.unread_notices = f"{queries.MOST_UNREAD}+" if count > queries.MOST_UNREAD else str(count or "")
    return str(g.unread_notices)


@blueprint.app_context_processor
def _counted() -> dict[str, Any]:
    return {"unread_notices": unread_notices}
