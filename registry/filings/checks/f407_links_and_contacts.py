"""F407: links and contacts can be read, and are not as wide as everybody.

What it detects
    A link that is no host, a public suffix, a contact without digits or letters; more of them than templates carry.
Why it matters
    A declared link covers every path below it: too wide a one lets strangers in.
Basis
    Controls of the three carriers, 2025: at most one link and two contacts a template.
Not a hit
    Links with a scheme, a path, full-width characters.
Known gaps
    Whether they are the user's own.
What the reviewer does
    Opens the link from a machine made for that; calls the number.
"""

import datetime as dt

from registry.filings.content import PermitContent
from registry.filings.kinds import Kind
from registry.filings.outcome import CLEAR, Outcome, fails, warns
from registry.filings.view import View
from registry.kernel.rule import Severity
from registry.kernel.sentence import Sentence, Unreadable
from registry.permits.scope_values import contact, declared_link

KINDS = frozenset({Kind.PERMIT})
SEVERITY = Severity.MEDIUM
BLOCKS = True
IN_FORCE_FROM = dt.date(2000, 1, 1)

MANY = 20
_FIX = Sentence("填写本企业的域名或电话", "give a host or number of your own")
_MANY = Sentence("申报了 {count} 个链接和联系方式", "it declares {count} links and contacts")
_FEWER = Sentence("只保留短信中会出现的", "keep those that stand in your messages")


def check(content: PermitContent, _: View) -> Outcome:
    """Whether each can be read, and how many there are."""
    scope = content.values.scope
    try:
        for each in scope.links:
            declared_link(each)
    except Unreadable as error:
        return fails(error.sentence, _FIX, "links")
    try:
        for each in scope.contacts:
            contact(each)
    except Unreadable as error:
        return fails(error.sentence, _FIX, "contacts")
    count = len(scope.links) + len(scope.contacts)
    return warns(_MANY.about(count=count), _FEWER, "links", "contacts") if count > MANY else CLEAR
