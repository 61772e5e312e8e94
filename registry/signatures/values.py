"""What is said of a signature and of a letter: checked before it is kept."""

import datetime as dt
from dataclasses import dataclass, replace

from registry.enterprises.values import code
from registry.kernel.checking import Checking
from registry.signatures.kinds import Confirmation, SignatureSource

LONGEST = 64  # characters; what may be filed is shorter, and the filing check knows it by its date
LONGEST_KEY = 100
MOST_NEAR = 50  # lookalikes that are answered at once
MOST_SIGNATURES = 100  # in one letter, as the platforms take it
_BRACKETS = frozenset("【】[]〔〕〖〗")


@dataclass(frozen=True, slots=True)
class SignatureValues:
    """A sender name of one owner: the text without its brackets."""

    signature: str
    owner: str
    source: str = "company_name"
    protected: bool = False
    valid_from: dt.datetime | None = None
    valid_until: dt.datetime | None = None

    def checked(self) -> "SignatureValues":
        """The values as they are kept. Raises Invalid with every field that cannot stay."""
        check = Checking()
        checked = replace(
            self,
            signature=sender_name(check, "signature", self.signature),
            owner=code(check, "owner", self.owner),
            source=check.one_of("source", SignatureSource, self.source),
        )
        check.finish("signature")
        return checked


@dataclass(frozen=True, slots=True)
class LetterValues:
    """The owner allows the applicant a list of signatures. `letter` is its key; empty: a new one is given."""

    owner: str
    applicant: str
    signatures: tuple[str, ...]
    letter: str = ""
    confirmation: str = "none"
    confirmed_at: dt.datetime | None = None
    valid_from: dt.datetime | None = None
    valid_until: dt.datetime | None = None

    def checked(self) -> "LetterValues":
        """The values as they are kept. Raises Invalid with every field that cannot stay."""
        check = Checking()
        listed = dict.fromkeys(self.signatures)
        checked = replace(
            self,
            letter=check.text("letter", self.letter, LONGEST_KEY),
            owner=code(check, "owner", self.owner),
            applicant=code(check, "applicant", self.applicant),
            signatures=tuple(sender_name(check, f"signatures.{n}", each) for n, each in enumerate(listed)),
            confirmation=check.one_of("confirmation", Confirmation, self.confirmation),
        )
        if not 1 <= len(checked.signatures) <= MOST_SIGNATURES:
            check.refuse("signatures", "count", f"it lists {len(listed)} signatures", f"1 to {MOST_SIGNATURES}")
        check.finish("letter")
        return checked


def sender_name(check: Checking, field: str, text: str) -> str:
    """The text of a signature as it is kept: no brackets, not empty."""
    text = check.text(field, text, LONGEST, needed=True)
    if _BRACKETS & set(text):
        check.refuse(field, "brackets", "it holds brackets", "write the text that stands between them")
    return text
