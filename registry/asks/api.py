"""Asks for originals over HTTP: companies answer them, staff works them."""

from typing import Any

from registry.asks import queries, service
from registry.asks.model import Ask
from registry.asks.schemas import AcceptIn, AskPage, AskQuery, AskWhole, ReceiveIn
from registry.http import Blueprint, Query, current_actor
from registry.http.said import AskIn, ReplyIn, TextIn
from registry.kernel.paging import Page

blueprint = Blueprint("asks", __name__, url_prefix="/api/v1", description="Asks for originals")


@blueprint.read("/asks", "finding.read", answers=AskPage, query=AskQuery)
def asks(query: dict[str, Any]) -> Page[Ask]:
    """Asks by their keys; a company sees its own."""
    return queries.asks(current_actor(), Query.page(query), **query)


@blueprint.read("/asks/<string:key>", "finding.read", answers=AskWhole)
def ask(key: str) -> Ask:
    """One ask with its steps."""
    return queries.ask(current_actor(), key)


@blueprint.write("/asks/<string:key>/answer", "finding.answer", takes=ReplyIn, answers=AskWhole, decides=True)
def answer(key: str, body: dict[str, Any], version: int) -> Ask:
    """Hand originals over, as papers that were uploaded."""
    return service.answer(current_actor(), key, body["text"], body["papers"], version=version)


@blueprint.write("/asks/<string:key>/refuse", "finding.answer", takes=TextIn, answers=AskWhole, decides=True)
def refuse(key: str, body: dict[str, Any], version: int) -> Ask:
    """Hand nothing over, and say why."""
    return service.refuse(current_actor(), key, body["text"], version=version)


@blueprint.write("/asks/<string:key>/note-refusal", "finding.work", takes=TextIn, answers=AskWhole, decides=True)
def note_refusal(key: str, body: dict[str, Any], version: int) -> Ask:
    """Note that it was refused by word of mouth."""
    return service.refuse(current_actor(), key, body["text"], version=version)


@blueprint.write("/asks/<string:key>/receive", "finding.work", takes=ReceiveIn, answers=AskWhole, decides=True)
def receive(key: str, body: dict[str, Any], version: int) -> Ask:
    """Note originals that came in another way."""
    return service.receive(current_actor(), key, body["text"], body["hashes"], version=version)


@blueprint.write("/asks/<string:key>/remind", "finding.work", takes=TextIn, answers=AskWhole, decides=True)
def remind(key: str, body: dict[str, Any], version: int) -> Ask:
    """Ask once more."""
    return service.remind(current_actor(), key, body["text"], version=version)


@blueprint.write("/asks/<string:key>/send-back", "finding.work", takes=AskIn, answers=AskWhole, decides=True)
def send_back(key: str, body: dict[str, Any], version: int) -> Ask:
    """Ask again, until a new day."""
    return service.send_back(current_actor(), key, body["text"], due=body["due"], version=version)


@blueprint.write("/asks/<string:key>/accept", "finding.judge", takes=AcceptIn, answers=AskWhole, decides=True)
def accept(key: str, body: dict[str, Any], version: int) -> Ask:
    """Say what the original shows."""
    return service.accept(current_actor(), key, body["stance"], body["text"], version=version)


@blueprint.write("/asks/<string:key>/drop", "finding.work", takes=TextIn, answers=AskWhole, decides=True)
def drop(key: str, body: dict[str, Any], version: int) -> Ask:
    """It is no longer wanted."""
    return service.drop(current_actor(), key, body["text"], version=version)
