"""May an enterprise have a category? A table of conditions by business, source, legal form and licence.

A row names the feature of the owner that it looks at, and the provision that holds the values for which the category
is open, or closed, on a day; nothing else decides.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from registry.kernel.sentence import Sentence
from registry.law import industries, provisions


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose signature it is: legal form, industry (GB/T 4754), roles, sources of the right to the signature.

    `licence`: the class of the licence of who serves it; None where nobody does, or it is not known yet.
    """

    legal_form: str
    industry: str = ""
    roles: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    licence: str | None = None

    def section(self) -> str:
        """The letter of its industry, empty where that is not known."""
        return industries.section_of(self.industry).letter if industries.is_industry(self.industry) else ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a category is not open, and what mends it."""

    category: str
    reason: Sentence
    fix: Sentence


FEATURES: dict[str, Callable[[Owner], set[str]]] = {
    "section": lambda owner: {owner.section()},
    "form": lambda owner: {owner.legal_form, *owner.roles},
    "source": lambda owner: set(owner.sources),
    "licence": lambda owner: set() if owner.licence is None else {owner.licence},
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: to whom a category is closed. `opens`: the provision's values are those it is open to."""

    category: str
    feature: str
    provision: str
    opens: bool
    reason: Sentence
    fix: Sentence

    def closed(self, owner: Owner, at: dt.datetime) -> bool:
        """Whether the category is not for this owner on that day; a feature that is not known closes nothing."""
        found, values = FEATURES[self.feature](owner), set(provisions.words(self.provision, at))
        return bool(found) and (not found & values if self.opens else bool(found & values))


_UNLICENSED = Sentence(
    "端口持有人没有可为他人代发该类短信的许可证", "the port's holder has no licence to carry such messages"
)
_LICENSE = Sentence(
    "以企业变更报备端口持有人的电信业务经营许可证，或换一个端口",
    "file its licence as a change of the enterprise, or choose another port",
)

TABLE = (
    Row(
        "dunning",
        "section",
        "permits.dunning.industries",
        opens=True,
        reason=Sentence("该主体的行业不从事借贷或清收", "the owner's industry neither lends nor collects"),
        fix=Sentence("更正行业登记，或去掉催收类别", "have its industry corrected, or leave dunning out"),
    ),
    Row(
        "public_good",
        "form",
        "permits.public_good.forms",
        opens=True,
        reason=Sentence("公益短信限政府机构和事业单位", "public good is for authorities and public institutions"),
        fix=Sentence("改为通知或营销类别", "file it as notice or marketing"),
    ),
    Row(
        "marketing",
        "source",
        "permits.marketing.closed_sources",
        opens=False,
        reason=Sentence("政府机构签名不得用于营销", "the name of an authority does not advertise"),
        fix=Sentence("去掉营销类别，或使用其他签名", "leave marketing out, or use another signature"),
    ),
    Row("marketing", "licence", "permits.marketing.licences", opens=True, reason=_UNLICENSED, fix=_LICENSE),
    Row("dunning", "licence", "permits.dunning.licences", opens=True, reason=_UNLICENSED, fix=_LICENSE),
)


def refusals(owner: Owner, category: str, at: dt.datetime) -> Refusal | None:
    """Why a category is not open to an owner on that day, None where it is."""
    for row in TABLE:
        if row.category == category and row.closed(owner, at):
            return Refusal(category, row.reason, row.fix)
    return None
