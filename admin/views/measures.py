"""Measures: the list, one with what may be done about it, and the form of a new one."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from admin import asked
from admin.failing import inline
from admin.page import act, done, gettext, one_line, page
from registry.audit import queries as audit
from registry.enterprises.queries import names_of
from registry.http import current_actor
from registry.http.problem import STATUS
from registry.kernel.errors import Invalid, NotFound, Problem
from registry.measures import queries, service
from registry.measures.kinds import Action, MeasureState, SubjectKind
from registry.measures.limits import NAMES
from registry.measures.model import Measure
from registry.measures.values import MeasureValues
from registry.measures.workflow import MACHINE, Standing

MOVES: dict[str, Callable[..., Measure]] = {
    "notify": service.notify,
    "impose": service.impose,
    "stay": service.stay,
    "resume": service.resume,
    "lift": service.lift,
    "look_again": service.look_again,
}
STATED = ("subject_kind", "subject", "action", "reason", "remedy", "materials", "appeal_channel", "finding")


@page("/measures", "measure.read")
def listed() -> str:
    """Measures by state."""
    state = asked.text("state")
    found = queries.listed(current_actor(), asked.paging(), state=state if state in list(MeasureState) else "")
    return render_template("measures/list.html", measures=found, states=MeasureState)


@page("/measures/<string:key>", "measure.read")
def one(key: str) -> str:
    """One measure."""
    actor = current_actor()
    found = queries.one(actor, key)
    return render_template(
        "measures/one.html",
        measure=found,
        actions=MACHINE.open_to(Standing(found.recorded_by, found.second_look_by), found.state, actor),
        names=names_of([found.enterprise]),
        history=[] if actor.is_company else audit.history("measure", key),
    )


@act("/measures/<string:key>/<string:action>", "measure.lift")
def move(key: str, action: str) -> Response:
    """Take one step with a measure; the service asks for the permission of that step."""
    if action not in MOVES:
        raise NotFound("unknown_action", f"there is no action {action[:20]!r}")
    MOVES[action](current_actor(), key, version=asked.sent_version(), reason=one_line("reason"))
    return done(gettext("Done."), "measures_one", key=key)


@page("/measure-form", "measure.impose")
def form() -> str:
    """The form of a new measure, begun with what the page before knew."""
    return _form({name: asked.text(name) for name in STATED})


@act("/measures", "measure.impose")
def make() -> Any:
    """Propose a measure, or impose it at once."""
    values: dict[str, Any] = {name: one_line(name) for name in STATED}
    make = service.impose_at_once if one_line("at_once") else service.propose
    try:
        limits = {name: one_line(f"limit_{name}") for name in NAMES if one_line(f"limit_{name}")}
        if values["subject_kind"] not in list(SubjectKind):
            raise Invalid("subject_kind", "say upon what the measure falls")
        made = make(
            current_actor(), MeasureValues(**values, limits=limits, valid_until=asked.sent_moment("valid_until"))
        )
    except Problem as problem:
        return _form(request.form, inline(problem)), STATUS[type(problem)]
    return done(gettext("The measure is on record."), "measures_one", key=made.key)


def _form(values: Any, problem: Any = None) -> str:
    return render_template(
        "measures/form.html", values=values, problem=problem, kinds=SubjectKind, actions=Action, limits=NAMES
    )
