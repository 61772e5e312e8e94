"""Complaints over the API."""

from typing import Any

from registry.complaints import queries, service
from registry.complaints.model import Complaint
from registry.complaints.schemas import AnswerIn, ComplaintIn, ComplaintOut, ComplaintPage, ComplaintQuery
from registry.complaints.values import ComplaintValues
from registry.http import Blueprint, current_actor
from registry.kernel.paging import Page

blueprint = Blueprint("complaints", __name__, url_prefix="/api/v1", description="What people reported.")


@blueprint.read("/complaints", "complaint.read", answers=ComplaintPage, query=ComplaintQuery)
def complaints(query: dict[str, Any]) -> Page[Complaint]:
    """Complaints, by key."""
    return queries.listed(current_actor(), ComplaintQuery.page(query), **query)


@blueprint.write("/complaints", service.PERMISSION, takes=ComplaintIn, answers=ComplaintOut, status=201)
def add(body: dict[str, Any]) -> Complaint:
    """Take a complaint in."""
    return service.add(current_actor(), ComplaintValues(**body))


@blueprint.write("/complaints/<string:key>/answer", service.PERMISSION, takes=AnswerIn, answers=ComplaintOut)
def answer(key: str, body: dict[str, Any]) -> Complaint:
    """Note what was answered, once."""
    return service.answer(current_actor(), key, body["answer"])
