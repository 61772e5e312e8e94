"""Who stands in for whom, and where staff works: for supervisors and administrators."""

from typing import Any

from flask import render_template, request

from admin import asked
from admin.failing import inline
from admin.page import act, done, gettext, one_line, page
from registry.accounts import queries, service
from registry.http import current_actor
from registry.http.problem import STATUS
from registry.kernel import clock
from registry.kernel.errors import FieldError, Invalid, Problem


@page("/deputies", "deputy.manage")
def listed() -> str:
    """Deputies and offices."""
    return _page()


@act("/deputies", "deputy.manage")
def appoint() -> Any:
    """Let somebody decide in an absent colleague's place."""
    try:
        until = asked.sent_moment("until")
        if until is None:
            raise Invalid("no_period", "say until when", fields=[FieldError("until", "missing", "it is empty")])
        names = {name: one_line(name) for name in ("absent", "deputy", "reason")}
        service.appoint(current_actor(), **names, until=until, since=asked.sent_moment("since"))
    except Problem as problem:
        return _page(problem=inline(problem)), STATUS[type(problem)]
    return done(gettext("The deputy may decide."), "deputies_listed")


@act("/deputies/<string:key>/end", "deputy.manage")
def end(key: str) -> Any:
    """The colleague is back."""
    service.end_deputy(current_actor(), key)
    return done(gettext("The deputy's time is over."), "deputies_listed")


def _page(problem: dict[str, Any] | None = None) -> str:
    staff = [each.email for each in queries.accounts() if each.active and each.enterprise is None]
    return render_template(
        "deputies/list.html",
        deputies=queries.deputies(asked.paging()),
        offices=queries.offices(),
        staff=staff,
        now=clock.now(),
        values=request.form,
        problem=problem,
    )
