"""Cases over HTTP."""

import io
from typing import Any

from flask import Response, send_file

from registry.asks.model import Ask
from registry.asks.schemas import AskOut
from registry.cases import queries, service
from registry.cases.pack import making
from registry.cases.queries import Told
from registry.cases.schemas import (
    AskOfCase,
    CaseOut,
    CasePage,
    CaseQuery,
    CaseWhole,
    JudgeCaseIn,
    MergeCaseIn,
    NoteIn,
    SplitIn,
)
from registry.detection.model import Case
from registry.http import Blueprint, Query, current_actor
from registry.http.said import TextIn
from registry.kernel.paging import Page

blueprint = Blueprint("cases", __name__, url_prefix="/api/v1", description="Cases: findings that are one story")


@blueprint.read("/cases", "detection.read", answers=CasePage, query=CaseQuery)
def cases(query: dict[str, Any]) -> Page[Case]:
    """Cases that tell a story, by their keys or by score."""
    return queries.cases(Query.page(query), **query)


@blueprint.read("/cases/<string:key>", "detection.read", answers=CaseWhole)
def case(key: str) -> Told:
    """One case with its story and how its proof stands."""
    return queries.told(key)


@blueprint.write("/cases/<string:key>/take", "finding.work", takes=TextIn, answers=CaseOut, decides=True)
def take(key: str, body: dict[str, Any], version: int) -> Case:
    """Work on it from now on."""
    return service.take(current_actor(), key, body["text"], version=version)


@blueprint.write("/cases/<string:key>/note", "finding.work", takes=NoteIn, answers=CaseOut, decides=True)
def note(key: str, body: dict[str, Any], version: int) -> Case:
    """Enter what speaks for or against an element of proof."""
    who, what = current_actor(), (body["element"], body["stance"], body["text"])
    return service.note(who, key, *what, paper=body["paper"], version=version)


@blueprint.write("/cases/<string:key>/ask", "finding.work", takes=AskOfCase, answers=AskOut, status=201, decides=True)
def ask(key: str, body: dict[str, Any], version: int) -> Ask:
    """Ask an enterprise for an original."""
    what = (body["enterprise"], body["element"], body["text"])
    return service.ask(current_actor(), key, *what, due=body["due"], version=version)


@blueprint.write("/cases/<string:key>/judge", "finding.judge", takes=JudgeCaseIn, answers=CaseOut, decides=True)
def judge(key: str, body: dict[str, Any], version: int) -> Case:
    """Decide what it was."""
    return service.judge(current_actor(), key, body["verdict"], body["text"], version=version)


@blueprint.write("/cases/<string:key>/close", "finding.judge", takes=TextIn, answers=CaseOut, decides=True)
def close(key: str, body: dict[str, Any], version: int) -> Case:
    """Nothing is left to do."""
    return service.close(current_actor(), key, body["text"], version=version)


@blueprint.write("/cases/<string:key>/reopen", "finding.judge", takes=TextIn, answers=CaseOut, decides=True)
def reopen(key: str, body: dict[str, Any], version: int) -> Case:
    """Look at it once more."""
    return service.reopen(current_actor(), key, body["text"], version=version)


@blueprint.write("/cases/<string:key>/merge", "finding.work", takes=MergeCaseIn, answers=CaseOut, decides=True)
def merge(key: str, body: dict[str, Any], version: int) -> Case:
    """Have another case take it in: answers the other."""
    return service.merge(current_actor(), key, body["into"], body["text"], version=version)


@blueprint.write("/cases/<string:key>/split", "finding.work", takes=SplitIn, answers=CaseOut, status=201, decides=True)
def split(key: str, body: dict[str, Any], version: int) -> Case:
    """Make some of its findings a case of their own: answers the new one."""
    return service.split(current_actor(), key, body["findings"], body["text"], version=version)


@blueprint.read("/cases/<string:key>/pack", "case.pack", answers=("application/zip",))
def pack(key: str) -> Response:
    """The evidence pack as a ZIP; that it was made is on record."""
    made = making.make(current_actor(), key)
    return send_file(io.BytesIO(made.content), "application/zip", as_attachment=True, download_name=made.name)
