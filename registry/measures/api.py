"""Measures over the API: proposed, imposed, stayed, lifted."""

from typing import Any

from registry.http import Blueprint, current_actor
from registry.http.schema import AtQuery
from registry.kernel.paging import Page
from registry.measures import queries, service
from registry.measures.kinds import MeasureState
from registry.measures.model import Measure
from registry.measures.schemas import MeasureIn, MeasureMoveIn, MeasureOut, MeasurePage, MeasureQuery
from registry.measures.values import MeasureValues
from registry.measures.workflow import IMPOSE, LIFT

blueprint = Blueprint("measures", __name__, url_prefix="/api/v1", description="What limits or stops a permission.")


@blueprint.read("/measures", "measure.read", answers=MeasurePage, query=MeasureQuery)
def measures(query: dict[str, Any]) -> Page[Measure]:
    """Measures, by key, in the state they were in then."""
    return queries.listed(current_actor(), MeasureQuery.page(query), **query)


@blueprint.read("/measures/<string:key>", "measure.read", answers=MeasureOut, query=AtQuery)
def measure(key: str, query: dict[str, Any]) -> Measure:
    """One measure."""
    return queries.one(current_actor(), key, **query)


@blueprint.write("/measures", IMPOSE, takes=MeasureIn, answers=MeasureOut, status=201)
def make(body: dict[str, Any]) -> Measure:
    """Propose a measure, or impose it at once."""
    at_once = body.pop("state") == MeasureState.IN_FORCE
    make = service.impose_at_once if at_once else service.propose
    return make(current_actor(), MeasureValues(**body))


@blueprint.write("/measures/<string:key>/notify", IMPOSE, takes=MeasureMoveIn, answers=MeasureOut, decides=True)
def notify(key: str, body: dict[str, Any], version: int) -> Measure:
    """Note that the enterprise was told."""
    return service.notify(current_actor(), key, version=version, **body)


@blueprint.write("/measures/<string:key>/impose", IMPOSE, takes=MeasureMoveIn, answers=MeasureOut, decides=True)
def impose(key: str, body: dict[str, Any], version: int) -> Measure:
    """Have it count from now on."""
    return service.impose(current_actor(), key, version=version, **body)


@blueprint.write("/measures/<string:key>/stay", LIFT, takes=MeasureMoveIn, answers=MeasureOut, decides=True)
def stay(key: str, body: dict[str, Any], version: int) -> Measure:
    """Put it aside while an appeal is looked at."""
    return service.stay(current_actor(), key, version=version, **body)


@blueprint.write("/measures/<string:key>/resume", IMPOSE, takes=MeasureMoveIn, answers=MeasureOut, decides=True)
def resume(key: str, body: dict[str, Any], version: int) -> Measure:
    """Have a stayed one count again."""
    return service.resume(current_actor(), key, version=version, **body)


@blueprint.write("/measures/<string:key>/lift", LIFT, takes=MeasureMoveIn, answers=MeasureOut, decides=True)
def lift(key: str, body: dict[str, Any], version: int) -> Measure:
    """Lift it at once; a second person looks at it the next working day."""
    return service.lift(current_actor(), key, version=version, **body)


@blueprint.write("/measures/<string:key>/look-again", LIFT, takes=MeasureMoveIn, answers=MeasureOut, decides=True)
def look_again(key: str, body: dict[str, Any], version: int) -> Measure:
    """Note that a second person looked at the lifting."""
    return service.look_again(current_actor(), key, version=version, **body)
