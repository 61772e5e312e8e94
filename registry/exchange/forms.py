"""The fourteen files of a registry bundle, in the order in which they are brought in."""

from registry.enterprises.kinds import LegalForm, RelationKind
from registry.exchange import cells
from registry.exchange.form import Column, Form, Reference, Values
from registry.kernel.checking import Checking
from registry.measures.kinds import Action, MeasureState, SubjectKind
from registry.measures.limits import limit_of
from registry.measures.policy import LIMIT_MISSING, limit_issue
from registry.permits.kinds import ContactKind, OnBehalf, Purpose
from registry.ports.kinds import DelegationRole, PortUse, Signing
from registry.ports.prefix import MOST_DIGITS
from registry.signatures.folding import fold
from registry.signatures.kinds import Confirmation, SignatureSource
from registry.store.columns import key_of


def _party(name: str, kept: str = "") -> Column:
    return Column(name, cells.enterprise, kept, needed=True)


def _enterprises(*columns: str) -> tuple[Reference, ...]:
    return tuple(Reference((column,), "enterprises", "enterprise", ("code",)) for column in columns)


_SIGNATURE = Column("signature", cells.sender_name, needed=True)
_OF_PERMIT = Column("permit", cells.KEY, needed=True)
_PERMIT = Reference(("permit",), "permits", "permit")
_LETTER = Reference(("letter",), "letters", "letter", may_be_empty=True, refuses=False)


def _two_parties(check: Checking, values: Values) -> None:
    if values["from_enterprise"] == values["to_enterprise"]:
        check.refuse("to_enterprise", "same_party", "both ends are the same enterprise", "name two enterprises")


def _long_enough(check: Checking, values: Values) -> None:
    if values["max_length"] < len(values["port"]):
        said = f"the port itself has {len(values['port'])} digits"
        check.refuse("max_length", "out_of_range", said, f"from the port's own length to {MOST_DIGITS}")


def _delegation_key(values: Values) -> Values:
    return {"key": key_of("DLG", *(values[name] for name in ("port", "from_enterprise", "to_enterprise", "role")))}


def _signature_key(values: Values) -> Values:
    return {"key": key_of("SIG", values["signature"], values["owner"]), "folded": fold(values["signature"])}


def _measure_key(values: Values) -> Values:
    begins = values["valid_from"]
    parts = (values[name] for name in ("subject_kind", "subject", "action", "state", "reason"))
    key = key_of("MSR", *parts, str(sorted(values["limits"].items())), begins.isoformat() if begins else "")
    return {"key": key, "subject": cells.canonical_subject(values["subject_kind"], values["subject"])}


def _measure(check: Checking, values: Values) -> None:
    cells.subject(check, values["subject_kind"], values["subject"])
    issue = limit_issue(Action(values["action"]), limit_of(values["limits"]))
    if issue is LIMIT_MISSING and values["state"] != MeasureState.IN_FORCE:
        return  # what a measure will leave need not be settled before it is imposed
    if issue and not any(error.field == "limit" for error in check.errors):
        check.refuse("limit", issue.code.lower(), issue.sentence.en, issue.fix.en)


FORMS = (
    Form(
        "enterprises",
        "enterprise",
        (
            _party("enterprise", "code"),
            Column("name", cells.NAME, needed=True),
            Column("roles", cells.ROLES, otherwise=()),
            Column("legal_form", cells.kind(LegalForm), otherwise=LegalForm.OTHER.value),
            Column("industry", cells.industry),
            Column("province", cells.province),
            Column("handler", cells.KEY),
            Column("licence", cells.KEY),
            Column("licence_until", cells.moment, otherwise=None),
        ),
        same=("code",),
        dated=False,
    ),
    Form(
        "names",
        "enterprise_name",
        (_party("enterprise"), Column("name", cells.NAME, needed=True)),
        same=("enterprise", "name"),
        references=_enterprises("enterprise"),
    ),
    Form(
        "relations",
        "relation",
        (
            _party("from_enterprise"),
            _party("to_enterprise"),
            Column("kind", cells.kind(RelationKind), needed=True),
        ),
        same=("from_enterprise", "to_enterprise", "kind"),
        references=_enterprises("from_enterprise", "to_enterprise"),
        agree=_two_parties,
    ),
    Form(
        "submitters",
        "submitter",
        (Column("gateway", cells.KEY), Column("submitter", cells.KEY, needed=True), _party("enterprise")),
        same=("gateway", "submitter"),
        references=_enterprises("enterprise"),
    ),
    Form(
        "ports",
        "port",
        (
            Column("port", cells.port, needed=True),
            _party("holder"),
            Column("use", cells.kind(PortUse), needed=True),
            Column("signing", cells.kind(Signing), otherwise=Signing.SINGLE.value),
            Column("max_length", cells.LENGTH, otherwise=MOST_DIGITS),
            Column("provinces", cells.PROVINCES, otherwise=()),
            Column("office", cells.KEY),
            cells.STANDING,
        ),
        same=("port",),
        references=_enterprises("holder"),
        agree=_long_enough,
    ),
    Form(
        "delegations",
        "delegation",
        (
            Column("port", cells.port, needed=True),
            _party("from_enterprise"),
            _party("to_enterprise"),
            Column("role", cells.kind(DelegationRole), needed=True),
            cells.LETTER,
            cells.STANDING,
        ),
        same=("port", "from_enterprise", "to_enterprise", "role"),
        references=(*_enterprises("from_enterprise", "to_enterprise"), _LETTER),
        agree=_two_parties,
        derive=_delegation_key,
        derived=("key",),
    ),
    Form(
        "signatures",
        "signature",
        (
            _SIGNATURE,
            _party("owner"),
            Column("source", cells.kind(SignatureSource), needed=True),
            Column("protected", cells.flag, otherwise=False),
            cells.STANDING,
        ),
        same=("signature", "owner"),
        references=_enterprises("owner"),
        derive=_signature_key,
        derived=("key", "folded"),
    ),
    Form(
        "letters",
        "letter",
        (
            Column("letter", cells.KEY, "key", needed=True),
            _party("owner"),
            _party("applicant"),
            Column("signatures", cells.signatures, otherwise=()),
            Column("confirmation", cells.kind(Confirmation), otherwise=Confirmation.NONE.value),
            Column("confirmed_at", cells.moment, otherwise=None),
        ),
        same=("key",),
        references=_enterprises("owner", "applicant"),
    ),
    Form(
        "permits",
        "permit",
        (
            Column("permit", cells.KEY, "key", needed=True),
            _SIGNATURE,
            _party("owner"),
            Column("port", cells.pattern, needed=True),
            _party("user"),
            Column("categories", cells.CATEGORIES, needed=True, otherwise=()),
            Column("provinces", cells.PROVINCES, otherwise=()),
            Column("hours", cells.hours),
            Column("monthly_volume", cells.VOLUME, otherwise=None),
            cells.LINKS,
            cells.CONTACTS,
            cells.LETTER,
            Column("on_behalf", cells.kind(OnBehalf, franchises=OnBehalf.FRANCHISEES), otherwise=OnBehalf.NONE.value),
            Column("purpose", cells.kind(Purpose), otherwise=Purpose.NORMAL.value),
            Column("standby", cells.flag, otherwise=False),
            cells.STANDING,
        ),
        same=("key",),
        references=(
            *_enterprises("owner", "user"),
            Reference(("signature", "owner"), "signatures", "signature", ("signature", "owner"), refuses=False),
            _LETTER,
        ),
    ),
    Form(
        "beneficiaries",
        "beneficiary",
        (
            _OF_PERMIT,
            Column("beneficiary", cells.KEY, needed=True),
            Column("name", cells.NAME),
            cells.LINKS,
            cells.CONTACTS,
        ),
        same=("permit", "beneficiary"),
        references=(_PERMIT,),
    ),
    Form(
        "templates",
        "template",
        (
            Column("template", cells.KEY, "key", needed=True),
            _OF_PERMIT,
            Column("body", cells.TEXT, needed=True),
            cells.LINKS,
            cells.CONTACTS,
        ),
        same=("key",),
        references=(_PERMIT,),
    ),
    Form(
        "shared_contacts",
        "shared_contact",
        (
            Column("value", cells.NAME, needed=True),
            Column("kind", cells.kind(ContactKind), needed=True),
            Column("owner", cells.NAME),
        ),
        same=("value", "kind"),
        dated=False,
    ),
    Form(
        "measures",
        "measure",
        (
            Column("subject_kind", cells.kind(SubjectKind), needed=True),
            Column("subject", cells.NAME, needed=True),
            Column("action", cells.kind(Action), needed=True),
            Column("limit", cells.limit, "limits", otherwise={}),
            Column("state", cells.kind(MeasureState), needed=True),
            Column("reason", cells.TEXT),
        ),
        same=("key",),
        agree=_measure,
        derive=_measure_key,
        derived=("key",),
    ),
    Form(
        "complaints",
        "complaint",
        (
            Column("complaint", cells.KEY, "key", needed=True),
            Column("received_at", cells.moment, needed=True, otherwise=None),
            Column("sent_at", cells.moment, otherwise=None),
            Column("port", cells.digits),
            Column("signature", cells.NAME),
            Column("content", cells.TEXT),
            Column("channel", cells.KEY),
            Column("province", cells.province),
        ),
        same=("key",),
        dated=False,
    ),
)
BY_FILE = {form.file: form for form in FORMS}
