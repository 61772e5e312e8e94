"""/api/v1/filings"""

from typing import Any

from registry.filings import batch_api, bulk_api, engine, queries, queue_api, reviewing_api, service
from registry.filings.model import Filing
from registry.filings.reasons import REASONS
from registry.filings.schemas import (
    Catalogue,
    CheckIn,
    CommentIn,
    DryRunOut,
    FilingIn,
    FilingOut,
    FilingPage,
    FilingQuery,
    MendIn,
    ReasonList,
    RefusalIn,
)
from registry.http import Blueprint, current_actor
from registry.kernel.paging import Page

blueprint = Blueprint("filings", __name__, url_prefix="/api/v1", description="Requests to change the registry.")
blueprints = (blueprint, queue_api.blueprint, bulk_api.blueprint, batch_api.blueprint, reviewing_api.blueprint)


@blueprint.write("/filings", "filing.submit", takes=FilingIn, answers=FilingOut, status=201)
def file(body: dict[str, Any]) -> Filing:
    """File: as a draft, or handed in at once. A referenceId that was used is answered with its first filing."""
    return service.file(current_actor(), **body)


@blueprint.write("/filings:check", "filing.submit", takes=CheckIn, answers=DryRunOut)
def check(body: dict[str, Any]) -> service.DryRun:
    """What the checks would say, who would decide and by when, before anything is filed."""
    return service.dry_run(current_actor(), **body)


@blueprint.read("/filings", "filing.read", answers=FilingPage, query=FilingQuery)
def filings(query: dict[str, Any]) -> Page[Filing]:
    """Filings, oldest first; a company's own and those that it is asked to accept."""
    return queries.listed(current_actor(), FilingQuery.page(query), **query)


@blueprint.read("/filings/reasons", "filing.read", answers=ReasonList)
def reasons() -> dict[str, Any]:
    """The coded reasons of reviewers, each with what mends it."""
    return {"items": REASONS}


@blueprint.read("/filings/checks", "filing.read", answers=Catalogue)
def checks() -> dict[str, Any]:
    """The automatic checks and their documents."""
    return {"items": engine.catalogue()}


@blueprint.read("/filings/<string:key>", "filing.read", answers=FilingOut)
def filing(key: str) -> Filing:
    """One filing, with its checks and decisions."""
    return queries.find(current_actor(), key)


@blueprint.write("/filings/<string:key>/mend", "filing.submit", takes=MendIn, answers=FilingOut, decides=True)
def mend(body: dict[str, Any], key: str, version: int) -> Filing:
    """Change what a draft or a returned filing says."""
    return service.mend(current_actor(), key, version=version, **body)


@blueprint.write("/filings/<string:key>/submit", "filing.submit", answers=FilingOut, decides=True)
def submit(key: str, version: int) -> Filing:
    """Hand in: a delegation goes to the other company first."""
    return service.submit(current_actor(), key, version=version)


@blueprint.write("/filings/<string:key>/accept", "filing.accept", takes=CommentIn, answers=FilingOut, decides=True)
def accept(body: dict[str, Any], key: str, version: int) -> Filing:
    """Accept a delegation that the other company proposed."""
    return service.accept(current_actor(), key, version=version, **body)


@blueprint.write("/filings/<string:key>/decline", "filing.accept", takes=CommentIn, answers=FilingOut, decides=True)
def decline(body: dict[str, Any], key: str, version: int) -> Filing:
    """Decline a delegation that the other company proposed."""
    return service.decline(current_actor(), key, version=version, **body)


@blueprint.write("/filings/<string:key>/withdraw", "filing.submit", takes=CommentIn, answers=FilingOut, decides=True)
def withdraw(body: dict[str, Any], key: str, version: int) -> Filing:
    """Take a filing back that is not decided yet."""
    return service.withdraw(current_actor(), key, version=version, **body)


@blueprint.write("/filings/<string:key>/claim", "filing.claim", answers=FilingOut, decides=True)
def claim(key: str, version: int) -> Filing:
    """Take a filing from the queue."""
    return service.claim(current_actor(), key, version=version)


@blueprint.write("/filings/<string:key>/release", "filing.claim", answers=FilingOut, decides=True)
def release(key: str, version: int) -> Filing:
    """Put a filing back into the queue."""
    return service.release(current_actor(), key, version=version)


@blueprint.write("/filings/<string:key>/approve", "filing.decide", takes=CommentIn, answers=FilingOut, decides=True)
def approve(body: dict[str, Any], key: str, version: int) -> Filing:
    """Approve: the last yes opens the entry."""
    return service.approve(current_actor(), key, version=version, **body)


@blueprint.write("/filings/<string:key>/return", "filing.decide", takes=RefusalIn, answers=FilingOut, decides=True)
def send_back(body: dict[str, Any], key: str, version: int) -> Filing:
    """Send back to be mended, with coded reasons."""
    return service.send_back(current_actor(), key, version=version, **body)


@blueprint.write("/filings/<string:key>/reject", "filing.decide", takes=RefusalIn, answers=FilingOut, decides=True)
def reject(body: dict[str, Any], key: str, version: int) -> Filing:
    """Reject for good, with coded reasons."""
    return service.reject(current_actor(), key, version=version, **body)
