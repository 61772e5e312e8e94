"""F504: a template holds no more links and contacts than are allowed, and none that its permit does not declare.

What it detects
    More links or contacts than the limit of the day, in the list or in the text; such as the permit does not cover.
Why it matters
    A text is filed so that strangers' links are noticed: one that carries many carries anybody's.
Basis
    Controls of the three carriers, 2025 (`templates.links.most`, `templates.contacts.most`, dated).
Not a hit
    Variables that will hold an order number or a date.
Known gaps
    A variable can hold a link when the message is sent: content rules look at what was sent.
What the reviewer does
    Reads the text; asks what goes into the variables.
"""

import datetime as dt

from registry.filings.changing import TemplateContent
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence
from registry.law import provisions
from registry.permits.scope_values import contact, declared_link, link
from registry.texts.reading import read_message

KINDS = frozenset({Kind.TEMPLATE})
SEVERITY = Severity.MEDIUM
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)

_MANY = Sentence("{what}超过 {most} 个", "more than {most} {what}")
_LINKS, _CONTACTS = Sentence("链接", "links"), Sentence("联系方式", "contacts")
_FEWER = Sentence("拆分模板，或去掉多余的", "split the template, or leave the rest out")
_FOREIGN = Sentence("许可未申报：{names}", "the permit does not declare {names}")
_DECLARE = Sentence("先变更许可的链接或联系方式", "have the permit's links or contacts changed first")


def check(content: TemplateContent, view: View) -> Outcome:
    """Whether the text keeps within the limits and within its permit."""
    read = read_message(content.values.body)
    links = {str(link(each)) for each in (*content.values.links, *read.links)}
    contacts = {contact(each) for each in (*content.values.contacts, *read.contacts)}
    for what, field, found in ((_LINKS, "links", links), (_CONTACTS, "contacts", contacts)):
        most = provisions.integer(f"templates.{field}.most", view.at)
        if len(found) > most:
            return fails(_MANY.about(what=what, most=most), _FEWER, field, "body")
    foreign = sorted(_undeclared(links, contacts, view))
    return fails(_FOREIGN.about(names=", ".join(foreign)), _DECLARE, "body") if foreign else CLEAR


def _undeclared(links: set[str], contacts: set[str], view: View) -> set[str]:
    scope = view.entry.scope if view.entry else None
    if scope is None:
        return set()
    covers = [declared_link(each) for each in scope.links]
    loose = {each for each in links if not any(known.covers(link(each)) for known in covers)}
    return loose | (contacts - {contact(each) for each in scope.contacts})
