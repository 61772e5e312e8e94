"""What a reviewer says no with: coded reasons by field, each with what mends it, in both languages.

What the policy over signatures can say keeps its code there; the others stand in `reason_table`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from registry.filings.reason_table import OF_SIGNATURES, TABLE, Row
from registry.kernel.sentence import Reason, Sentence
from registry.signatures import policy

PAPERS = "papers"
_BLOCKS = {1: "enterprise", 2: "port", 3: "signature", 4: "permit", 5: "content"}


@dataclass(frozen=True, slots=True)
class CodedReason(Reason):
    """A reason of the list, and the fields that it may be about; none: the filing as a whole."""

    fields: tuple[str, ...]

    @property
    def block(self) -> str:
        """What it is about: the first digit of its number."""
        return _BLOCKS[self.number // 100]

    def fits(self, fields: Iterable[str]) -> bool:
        """Whether a filing with these fields can be refused with it."""
        return not self.fields or bool(set(self.fields) & set(fields))


def _own(row: Row) -> CodedReason:
    number, code, fields, sentence, fix = row
    return CodedReason(code, number, Sentence(*sentence), Sentence(*fix), fields)


def _of_signatures(reason: Reason) -> CodedReason:
    usual = (reason.sentence.zh, reason.sentence.en)
    fields, sentence, fix = OF_SIGNATURES.get(reason.code, (("signature",), usual, None))
    mending = Sentence(*fix) if fix else reason.fix
    return CodedReason(reason.code, reason.number, Sentence(*sentence), mending, fields)


REASONS: tuple[CodedReason, ...] = tuple(
    sorted([*map(_own, TABLE), *map(_of_signatures, policy.REASONS)], key=lambda reason: reason.number)
)
BY_CODE: dict[str, CodedReason] = {reason.code: reason for reason in REASONS}


def fields_of(content: Iterable[str]) -> list[str]:
    """The fields that a reason may name for a filing that says this, papers among them."""
    return [*content, PAPERS]


def possible(content: Iterable[str]) -> list[CodedReason]:
    """The reasons that a filing with these fields can be refused with."""
    fields = fields_of(content)
    return [reason for reason in REASONS if reason.fits(fields)]
