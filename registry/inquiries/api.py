"""Inquiries over the API: staff asks owners, owners say whether a letter is theirs."""

from typing import Any

from registry.http import Blueprint, current_actor
from registry.inquiries import queries, service
from registry.inquiries.model import Inquiry
from registry.inquiries.schemas import AskOwnerIn, InquiryOut, InquiryPage, InquiryQuery, OwnersAnswerIn
from registry.inquiries.workflow import ANSWER, ASK
from registry.kernel.paging import Page
from registry.signatures.model import Letter
from registry.signatures.schemas import LetterAnswerIn, LetterOut, LetterRevocationIn

blueprint = Blueprint("inquiries", __name__, url_prefix="/api/v1", description="Owners are asked about letters.")
SAID = {"confirmed": "confirm", "denied": "deny"}


@blueprint.read("/inquiries", "registry.read", answers=InquiryPage, query=InquiryQuery)
def inquiries(query: dict[str, Any]) -> Page[Inquiry]:
    """Inquiries, by age; a company sees those to it and about it."""
    return queries.listed(current_actor(), InquiryQuery.page(query), **query)


@blueprint.read("/inquiries/<string:key>", "registry.read", answers=InquiryOut)
def inquiry(key: str) -> Inquiry:
    """One inquiry."""
    return queries.one(current_actor(), key)


@blueprint.write("/inquiries/<string:key>/ask", ASK, takes=AskOwnerIn, answers=InquiryOut, decides=True)
def ask(key: str, body: dict[str, Any], version: int) -> Inquiry:
    """Ask the owner, or once more: in its inbox, and by mail with a one-time link to an address that staff found."""
    return service.ask(current_actor(), key, version=version, **body)


@blueprint.write("/inquiries/<string:key>/answer", ANSWER, takes=OwnersAnswerIn, answers=InquiryOut, decides=True)
def answer(key: str, body: dict[str, Any], version: int) -> Inquiry:
    """The owner confirms, denies or revokes, before the letter stands or after."""
    return service.answer(current_actor(), key, body["answer"], reason=body["reason"], version=version)


@blueprint.write("/letters/<string:key>/ask", ASK, takes=AskOwnerIn, answers=InquiryOut)
def ask_about_letter(key: str, body: dict[str, Any]) -> Inquiry:
    """Ask the owner about a letter that stands, however it was brought in."""
    return service.ask_about_letter(current_actor(), key, **body)


@blueprint.write("/letters/<string:key>/confirm", ANSWER, takes=LetterAnswerIn, answers=LetterOut)
def confirm(key: str, body: dict[str, Any]) -> Letter:
    """The owner confirms a letter, or denies it: then it ends."""
    return service.answer_about_letter(current_actor(), key, SAID[body["answer"]], reason=body["reason"])


@blueprint.write("/letters/<string:key>/revoke", ANSWER, takes=LetterRevocationIn, answers=LetterOut)
def revoke(key: str, body: dict[str, Any]) -> Letter:
    """The owner takes its word back: the letter ends."""
    return service.answer_about_letter(current_actor(), key, "revoke", reason=body["reason"])
