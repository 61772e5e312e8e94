"""Use cases of inquiries: asking owners, their answers by log-in and by one-time link, what runs out."""

from registry.inquiries.service.answering import answer, answer_about_letter, opened
from registry.inquiries.service.asking import about_filing, ask, ask_about_letter, come_to_nothing, expire_due
from registry.inquiries.service.linking import answer_by_link, open_link, send_new_link

__all__ = [
    "about_filing",
    "answer",
    "answer_about_letter",
    "answer_by_link",
    "ask",
    "ask_about_letter",
    "come_to_nothing",
    "expire_due",
    "open_link",
    "opened",
    "send_new_link",
]
