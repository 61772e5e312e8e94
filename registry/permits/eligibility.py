"""May an enterprise have a category? A table of rules by business, source and legal form: values in, values out."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from registry.enterprises.kinds import LegalForm, Role
from registry.kernel.sentence import Sentence
from registry.law import industries, provisions
from registry.signatures.kinds import SignatureSource

BODIES = frozenset({LegalForm.GOVERNMENT, LegalForm.INSTITUTION, LegalForm.MILITARY})


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose signature it is: legal form, industry (GB/T 4754), roles, sources of the right to the signature."""

    legal_form: str
    industry: str = ""
    roles: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()

    def is_body(self) -> bool:
        """Whether it is an authority or a public institution."""
        return self.legal_form in BODIES or Role.AUTHORITY in self.roles

    def section(self) -> str:
        """The letter of its industry, empty where that is not known."""
        return industries.section_of(self.industry).letter if industries.is_industry(self.industry) else ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a category is not open, and what mends it."""

    category: str
    reason: Sentence
    fix: Sentence


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: to whom a category is closed."""

    category: str
    closed: Callable[[Owner, dt.datetime], bool]
    reason: Sentence
    fix: Sentence


def _no_lender(owner: Owner, at: dt.datetime) -> bool:
    return owner.section() not in provisions.words("permits.dunning.industries", at)


TABLE = (
    Row(
        "dunning",
        _no_lender,
        Sentence("该主体的行业不从事借贷或清收", "the owner's industry neither lends nor collects"),
        Sentence("更正行业登记，或去掉催收类别", "have its industry corrected, or leave dunning out"),
    ),
    Row(
        "public_good",
        lambda owner, _: not owner.is_body(),
        Sentence("公益短信限政府机构和事业单位", "public good is for authorities and public institutions"),
        Sentence("改为通知或营销类别", "file it as notice or marketing"),
    ),
    Row(
        "marketing",
        lambda owner, _: SignatureSource.GOVERNMENT in owner.sources,
        Sentence("政府机构签名不得用于营销", "the name of an authority does not advertise"),
        Sentence("去掉营销类别，或使用其他签名", "leave marketing out, or use another signature"),
    ),
)


def refusals(owner: Owner, category: str, at: dt.datetime) -> Refusal | None:
    """Why a category is not open to an owner on that day, None where it is."""
    for row in TABLE:
        if row.category == category and row.closed(owner, at):
            return Refusal(category, row.reason, row.fix)
    return None
