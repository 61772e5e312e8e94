"""Gateways: which there are, how many permits stand where, and setting a permit's state at one of them by hand."""

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from admin import asked
from admin.failing import inline
from admin.page import act, done, gettext, one_line, page
from registry.gateway import queries, service
from registry.gateway.kinds import CarrierState, Outcome
from registry.gateway.model import Activation
from registry.gateway.values import Reported
from registry.gateway.workflow import ActivationState
from registry.http import current_actor
from registry.http.problem import STATUS
from registry.kernel.errors import Invalid, Problem


@page("/gateways", "registry.read")
def listed() -> str:
    """Gateways, how many permits stand where, and the reports of one state."""
    return _listed()


@act("/gateways", "gateway.manage")
def open_gateway() -> Any:
    """A new gateway."""
    try:
        service.open_gateway(current_actor(), one_line("key"), one_line("name"))
    except Problem as problem:
        return _listed(problem=inline(problem), values=request.form), STATUS[type(problem)]
    return done(gettext("Saved."), "gateways_listed")


@act("/gateways/<string:key>/close", "gateway.manage")
def close(key: str) -> Response:
    """The gateway counts no more."""
    service.close_gateway(current_actor(), key)
    return done(gettext("Saved."), "gateways_listed")


@act("/permits/<string:key>/activation", "activation.report")
def report(key: str) -> Response:
    """Say where a permit stands at a gateway, or at another carrier."""
    at_gateway = bool(one_line("gateway"))
    states = ActivationState if at_gateway else CarrierState
    state = one_line("state" if at_gateway else "carrier_state")
    if state not in list(states) or not (at_gateway or one_line("carrier")):
        raise Invalid("state_missing", "say where it stands", fix="choose a state of the list")
    row = Reported(key, state, one_line("code")[:200], asked.sent_moment("at"))
    if at_gateway:
        (result,) = service.report(current_actor(), one_line("gateway"), [row])
    else:
        (result,) = service.report_carrier(current_actor(), one_line("carrier")[:60], [row])
    if result.outcome in (Outcome.NO_SUCH_PERMIT, Outcome.IN_FUTURE):
        raise Invalid(result.outcome, f"not taken: {result.outcome}")
    return done(gettext("Saved."), "permits_one", key=key)


def _listed(**told: Any) -> str:
    state, place = asked.text("state"), asked.text("gateway")
    return render_template(
        "gateways/list.html",
        gateways=queries.gateways(closed=True),
        counts=queries.counts() if not current_actor().is_company else {},
        reports=queries.listed(
            current_actor(),
            Activation,
            asked.paging(),
            place=place,
            state=state if state in list(ActivationState) else "",
        ),
        states=ActivationState,
        **told,
    )
