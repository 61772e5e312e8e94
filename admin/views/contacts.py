"""Changes of contact: reporting one's own, expecting and taking over those of others."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request

from admin import asked
from admin.failing import inline
from admin.page import act, done, gettext, one_line, page
from registry.contacts import queries, service
from registry.contacts.kinds import ContactPart
from registry.contacts.model import ContactChange
from registry.contacts.values import LONGEST
from registry.contacts.workflow import DECIDE, MACHINE, REPORT, ContactState
from registry.enterprises.queries import names_of
from registry.http import current_actor
from registry.http.problem import STATUS
from registry.kernel.errors import Invalid, NotFound, Problem

DECISIONS: dict[str, Callable[..., ContactChange]] = {
    "accept": service.accept,
    "refuse": service.refuse,
    "drop": service.drop,
}


@page("/contact-changes", "registry.read")
def listed() -> str:
    """Changes, and the form of a new one."""
    return _listed()


@act("/contact-changes", "registry.read")
def make() -> Any:
    """A company reports a change of its own; staff notes one that was not reported. The service asks who may."""
    actor = current_actor()
    try:
        part, day = one_line("part"), asked.sent_day("changed_on")
        if part not in list(ContactPart) or day is None:
            raise Invalid("bad_change_day", "say what changed and on which day", fix="fill both fields in")
        if actor.is_company:
            service.report(actor, part, day, **_said())
        else:
            service.expect(actor, one_line("enterprise"), part, day, note=one_line("note")[:1000])
    except Problem as problem:
        return _listed(problem=inline(problem), values=request.form), STATUS[type(problem)]
    return done(gettext("Saved."), "contacts_listed")


@page("/contact-changes/<string:key>", "registry.read")
def one(key: str) -> str:
    """One change."""
    return _one(key)


@act("/contact-changes/<string:key>/report", REPORT)
def report(key: str) -> Any:
    """Report what is expected."""
    try:
        service.report_expected(
            current_actor(),
            key,
            **_said(),
            version=asked.sent_version(),
        )
    except Invalid as problem:
        return _one(key, problem=inline(problem)), STATUS[Invalid]
    return done(gettext("Saved."), "contacts_one", key=key)


@act("/contact-changes/<string:key>/decide/<string:action>", DECIDE)
def decide(key: str, action: str) -> Any:
    """Take a change over, refuse it, or drop it."""
    if action not in DECISIONS:
        raise NotFound("unknown_action", f"there is no action {action[:20]!r}")
    try:
        DECISIONS[action](current_actor(), key, version=asked.sent_version(), reason=one_line("reason")[:1000])
    except Invalid as problem:
        return _one(key, problem=inline(problem)), STATUS[Invalid]
    return done(gettext("Done."), "contacts_one", key=key)


@act("/contact-changes/<string:key>/unmask", service.SEE)
def unmask(key: str) -> Any:
    """Show a telephone whole, once, with the reason on record."""
    try:
        value = service.unmask(current_actor(), key, one_line("reason")[:1000])
    except Invalid as problem:
        return _one(key, problem=inline(problem)), STATUS[Invalid]
    return _one(key, shown=value)


def _said() -> dict[str, str]:
    most = {"handler": 100, "value": LONGEST, "note": 1000}
    return {name: one_line(name)[:length] for name, length in most.items()}


def _listed(**told: Any) -> str:
    state = asked.text("state")
    found = queries.listed(
        current_actor(),
        asked.paging(),
        state=state if state in list(ContactState) else "",
        overdue=bool(asked.text("overdue")),
    )
    names = names_of({each.enterprise for each in found.items})
    return render_template(
        "contacts/list.html", changes=found, names=names, parts=ContactPart, states=ContactState, **told
    )


def _one(key: str, **told: Any) -> str:
    actor = current_actor()
    found = queries.one(actor, key)
    actions = MACHINE.open_to(found, found.state, actor)
    return render_template(
        "contacts/one.html", change=found, actions=actions, names=names_of([found.enterprise]), **told
    )
