"""The rows of a registry bundle: one class for each file, one field for each column, in the order of the format.

Lists are tuples, open ends None, flags booleans; `written` turns a row into the texts of its file.
"""

import datetime as dt
from dataclasses import astuple, dataclass, fields
from typing import Any, ClassVar

from registry.kernel.clock import SHANGHAI

Moment = dt.date | dt.datetime | None
Texts = tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Row:
    """A row of the file `FILE`."""

    FILE: ClassVar[str] = ""

    @classmethod
    def columns(cls) -> list[str]:
        """The header of the file."""
        return [column.name for column in fields(cls)]

    def written(self) -> list[str]:
        """The row's fields as the file holds them."""
        return [_text(value) for value in astuple(self)]


@dataclass(slots=True, kw_only=True)
class Dated(Row):
    """A row that is valid for a period [valid_from, valid_until)."""

    valid_from: Moment = None
    valid_until: Moment = None

    @classmethod
    def columns(cls) -> list[str]:
        """The header of the file: the period stands last."""
        names = Row.columns.__func__(cls)  # type: ignore[attr-defined]
        return [*names[2:], *names[:2]]

    def written(self) -> list[str]:
        """The row's fields as the file holds them, the period last."""
        texts = [_text(value) for value in astuple(self)]
        return [*texts[2:], *texts[:2]]

    def holds(self, at: dt.datetime) -> bool:
        """Whether the row is in force at this time."""
        begins, ends = moment(self.valid_from), moment(self.valid_until)
        return (begins is None or begins <= at) and (ends is None or at < ends)


@dataclass(slots=True, kw_only=True)
class Enterprise(Row):
    """A party of any legal form."""

    FILE: ClassVar[str] = "enterprises"
    enterprise: str
    name: str
    roles: Texts
    legal_form: str = "company"
    industry: str = ""
    province: str = ""
    handler: str = ""
    licence: str = ""
    licence_until: Moment = None


@dataclass(slots=True, kw_only=True)
class FormerName(Dated):
    """A name that an enterprise had."""

    FILE: ClassVar[str] = "names"
    enterprise: str
    name: str


@dataclass(slots=True, kw_only=True)
class Relation(Dated):
    """A tie between two enterprises: parent, branch, franchise or merged_into."""

    FILE: ClassVar[str] = "relations"
    from_enterprise: str
    to_enterprise: str
    kind: str


@dataclass(slots=True, kw_only=True)
class Submitter(Dated):
    """An account at a gateway and who stands behind it."""

    FILE: ClassVar[str] = "submitters"
    gateway: str
    submitter: str
    enterprise: str


@dataclass(slots=True, kw_only=True)
class Port(Dated):
    """A registered number: an access code or an extension below one."""

    FILE: ClassVar[str] = "ports"
    port: str
    holder: str
    use: str
    signing: str = "single"
    max_length: int = 20
    provinces: Texts = ()
    office: str = ""
    standing: str = "verified"


@dataclass(slots=True, kw_only=True)
class Delegation(Dated):
    """One declared hop on a prefix."""

    FILE: ClassVar[str] = "delegations"
    port: str
    from_enterprise: str
    to_enterprise: str
    role: str
    letter: str = ""
    standing: str = "verified"


@dataclass(slots=True, kw_only=True)
class Signature(Dated):
    """A registered sender name and its owner."""

    FILE: ClassVar[str] = "signatures"
    signature: str
    owner: str
    source: str
    protected: bool = False
    standing: str = "verified"


@dataclass(slots=True, kw_only=True)
class Letter(Dated):
    """A letter of authorisation, and what its owner answered when asked."""

    FILE: ClassVar[str] = "letters"
    letter: str
    owner: str
    applicant: str
    signatures: Texts
    confirmation: str = "none"
    confirmed_at: Moment = None


@dataclass(slots=True, kw_only=True)
class Permit(Dated):
    """An approved scope of use."""

    FILE: ClassVar[str] = "permits"
    permit: str
    signature: str
    owner: str
    port: str
    user: str
    categories: Texts
    provinces: Texts = ()
    hours: str = ""
    monthly_volume: int | None = None
    links: Texts = ()
    contacts: Texts = ()
    letter: str = ""
    on_behalf: str = "none"
    purpose: str = "normal"
    standby: bool = False
    standing: str = "verified"


@dataclass(slots=True, kw_only=True)
class Beneficiary(Dated):
    """Whose content may stand under a permit that is used on behalf of others."""

    FILE: ClassVar[str] = "beneficiaries"
    permit: str
    beneficiary: str
    name: str
    links: Texts = ()
    contacts: Texts = ()


@dataclass(slots=True, kw_only=True)
class Template(Dated):
    """A filed text with its variables."""

    FILE: ClassVar[str] = "templates"
    template: str
    permit: str
    body: str
    links: Texts = ()
    contacts: Texts = ()


@dataclass(slots=True, kw_only=True)
class SharedContact(Row):
    """A link or number that many unrelated senders lawfully use."""

    FILE: ClassVar[str] = "shared_contacts"
    value: str
    kind: str
    owner: str


@dataclass(slots=True, kw_only=True)
class Measure(Dated):
    """What limits or stops a subject."""

    FILE: ClassVar[str] = "measures"
    subject_kind: str
    subject: str
    action: str
    limit: str = ""
    state: str = "in_force"
    reason: str = ""


@dataclass(slots=True, kw_only=True)
class Complaint(Row):
    """A report by a subscriber."""

    FILE: ClassVar[str] = "complaints"
    complaint: str
    received_at: Moment
    sent_at: Moment
    port: str
    signature: str
    content: str
    channel: str
    province: str


TABLES: tuple[type[Row], ...] = (
    Enterprise,
    FormerName,
    Relation,
    Submitter,
    Port,
    Delegation,
    Signature,
    Letter,
    Permit,
    Beneficiary,
    Template,
    SharedContact,
    Measure,
    Complaint,
)


def moment(value: Moment) -> dt.datetime | None:
    """The time that an end of a period means: a date is its first moment in Asia/Shanghai."""
    return value if value is None or isinstance(value, dt.datetime) else at_midnight(value)


def at_midnight(day: dt.date) -> dt.datetime:
    """The first moment of a day in Asia/Shanghai."""
    return dt.datetime.combine(day, dt.time(), SHANGHAI)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, tuple):
        return "|".join(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)
