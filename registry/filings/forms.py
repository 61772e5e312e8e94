"""The content of each kind of filing as it comes in: one flat object, unknown fields refused."""

from functools import cache
from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from registry.enterprises.kinds import LegalForm, Role
from registry.filings import port_change
from registry.filings.changing import CLEARABLE, MOST_BENEFICIARIES, MOST_SAMPLES, RENEWABLE
from registry.filings.content import ENDABLE, Content, from_bag, to_bag
from registry.filings.kinds import Kind, Manner
from registry.http.schema import Moment, Schema
from registry.permits.kinds import OnBehalf, Purpose
from registry.ports.kinds import DelegationRole, PortUse, Signing
from registry.signatures.kinds import SignatureSource
from registry.texts.category import CATEGORY_NAMES

_LONG = 2000
_SHORT = 200


def _text(*, required: bool = False, most: int = _SHORT) -> fields.String:
    length = validate.Length(1 if required else 0, most)
    return fields.String(required=True, validate=length) if required else fields.String(validate=length)


def _one_of(kinds: Any) -> fields.String:
    return fields.String(validate=validate.OneOf([str(kind) for kind in kinds]))


def _texts(most: int = 1000) -> fields.List[Any]:
    return fields.List(_text(), validate=validate.Length(0, most))


class EnterpriseForm(Schema):
    """An enterprise to be registered."""

    code = _text(required=True)
    name = _text(required=True)
    legal_form = _one_of(LegalForm)
    roles = fields.List(_one_of(Role))
    industry = _text()
    province = _text()
    handler = _text()
    licence = _text()
    licence_until = Moment(allow_none=True)


class _Period(Schema):
    valid_from = Moment(allow_none=True)
    valid_until = Moment(allow_none=True)


class PortForm(_Period):
    """An access code, or an extension under one's own code."""

    port = _text(required=True)
    holder = _text()
    use = _one_of(PortUse)
    signing = _one_of(Signing)
    max_length = fields.Integer(strict=True, validate=validate.Range(1, 20))
    provinces = _texts(40)
    office = _text()


class DelegationForm(_Period):
    """One hop."""

    port = _text(required=True)
    from_enterprise = _text()
    to_enterprise = _text(required=True)
    role = _one_of(DelegationRole)
    letter = _text()


class SignatureForm(_Period):
    """A signature: the text without its brackets."""

    signature = _text(required=True)
    owner = _text()
    source = _one_of(SignatureSource)
    letter = _text()
    trademark = _text()


class LetterForm(_Period):
    """A letter of authorisation."""

    owner = _text(required=True)
    applicant = _text()
    signatures = fields.List(_text(required=True), required=True, validate=validate.Length(1, 1000))


class _Scope(Schema):
    categories = fields.List(_one_of(CATEGORY_NAMES), required=True, validate=validate.Length(1, 5))
    provinces = _texts(40)
    hours = _text()
    monthly_volume = fields.Integer(strict=True, allow_none=True, validate=validate.Range(0, 10**15))
    links = _texts()
    contacts = _texts()
    consent = _text(most=_LONG)
    consent_proof = _text(most=_LONG)
    opt_out = _text()
    samples = fields.List(_text(most=_LONG), validate=validate.Length(0, MOST_SAMPLES))


class PermitForm(_Period, _Scope):
    """A permit's scope; `samples` are texts as they will be sent."""

    signature = _text(required=True)
    owner = _text()
    port = _text(required=True)
    user = _text()
    letter = _text()
    on_behalf = _one_of(OnBehalf)
    purpose = _one_of(Purpose)
    standby = fields.Boolean()

    class Meta(Schema.Meta):
        """What is permitted before for what."""

        fields = (
            "signature",
            "owner",
            "port",
            "user",
            "categories",
            "provinces",
            "hours",
            "monthly_volume",
            "links",
            "contacts",
            "letter",
            "on_behalf",
            "purpose",
            "standby",
            "consent",
            "consent_proof",
            "opt_out",
            "samples",
            "valid_from",
            "valid_until",
        )


class TemplateForm(_Period):
    """A text of a permit, its variables written {1}."""

    permit = _text(required=True)
    body = _text(required=True, most=_LONG)
    links = _texts()
    contacts = _texts()


class BeneficiaryForm(Schema):
    """One of those whose content may stand under a permit."""

    beneficiary = _text(required=True)
    name = _text()
    links = _texts()
    contacts = _texts()


class BeneficiariesForm(Schema):
    """Who is added to a permit that is used on behalf of others, and who goes."""

    permit = _text(required=True)
    add = fields.List(fields.Nested(BeneficiaryForm), validate=validate.Length(0, MOST_BENEFICIARIES))
    end = _texts(MOST_BENEFICIARIES)


class ScopeChangeForm(_Scope):
    """Another scope for a permit; `at_once`: narrower, from its handing in."""

    permit = _text(required=True)
    at_once = fields.Boolean()
    reason = _text(most=_LONG)


class TemporaryPermitForm(Schema):
    """A backup channel in an outage."""

    permit = _text(required=True)
    port = _text(required=True)
    hours = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1000))
    reason = _text(required=True, most=_LONG)


class RenewalForm(Schema):
    """An entry that is to count longer, or again."""

    subject_kind = fields.String(required=True, validate=validate.OneOf([str(kind) for kind in RENEWABLE]))
    subject = _text(required=True)
    valid_until = Moment(allow_none=True)


class SuccessionForm(Schema):
    """One enterprise takes the place of another."""

    from_enterprise = _text(required=True)
    to_enterprise = _text()
    manner = _one_of(Manner)
    ports = _texts(100)
    valid_from = Moment(allow_none=True)
    reason = _text(most=_LONG)


class EnterpriseChangeForm(Schema):
    """What has changed of a registered enterprise; what is left out stays, what `clear` names goes."""

    enterprise = _text()
    name = _text()
    legal_form = _one_of(LegalForm)
    roles = fields.List(_one_of(Role))
    industry = _text()
    province = _text()
    licence = _text()
    licence_until = Moment(allow_none=True)
    clear = fields.List(_one_of(CLEARABLE))
    reason = _text(most=_LONG)


class PortChangeForm(Schema):
    """What has changed of a registered port; what is left out stays, what `clear` names goes."""

    port = _text(required=True)
    use = _one_of(PortUse)
    signing = _one_of(Signing)
    max_length = fields.Integer(strict=True, allow_none=True, validate=validate.Range(1, 20))
    provinces = _texts(40)
    office = _text()
    clear = fields.List(_one_of(port_change.CLEARABLE))
    reason = _text(most=_LONG)


class SignatureChangeForm(Schema):
    """Where the right to a registered signature comes from now; what is left out stays."""

    subject = _text(required=True)
    source = _one_of(SignatureSource)
    trademark = _text()
    reason = _text(most=_LONG)


class WithdrawalForm(Schema):
    """An entry of one's own that is to end."""

    subject_kind = fields.String(required=True, validate=validate.OneOf([str(kind) for kind in ENDABLE]))
    subject = _text(required=True)
    reason = _text(most=_LONG)
    at = Moment(allow_none=True)


REFERENCE = validate.Regexp(r"[A-Za-z0-9._:/-]{0,100}\Z", error="1 to 100 letters, digits and . _ : / -")
PAPERS = validate.Length(0, 50)
PAPER = validate.Length(1, 60)
WORDS = validate.Length(0, _LONG)


class BesideForm(Schema):
    """What a row of a file says beside its content, as a filing by itself does."""

    reference_id = fields.String(data_key="referenceId", load_default="", validate=REFERENCE)
    papers = fields.List(fields.String(validate=PAPER), load_default=list, validate=PAPERS)
    note = fields.String(load_default="", validate=WORDS)


FORMS: dict[Kind, type[Schema]] = {
    Kind.ENTERPRISE: EnterpriseForm,
    Kind.PORT: PortForm,
    Kind.DELEGATION: DelegationForm,
    Kind.SIGNATURE: SignatureForm,
    Kind.LETTER: LetterForm,
    Kind.PERMIT: PermitForm,
    Kind.TEMPLATE: TemplateForm,
    Kind.BENEFICIARIES: BeneficiariesForm,
    Kind.SCOPE_CHANGE: ScopeChangeForm,
    Kind.TEMPORARY_PERMIT: TemporaryPermitForm,
    Kind.RENEWAL: RenewalForm,
    Kind.SUCCESSION: SuccessionForm,
    Kind.ENTERPRISE_CHANGE: EnterpriseChangeForm,
    Kind.PORT_CHANGE: PortChangeForm,
    Kind.SIGNATURE_CHANGE: SignatureChangeForm,
    Kind.WITHDRAWAL: WithdrawalForm,
}
OWN = {
    Kind.PORT: ("holder",),
    Kind.DELEGATION: ("from_enterprise",),
    Kind.SIGNATURE: ("owner",),
    Kind.LETTER: ("applicant",),
    Kind.PERMIT: ("owner", "user"),
    Kind.SUCCESSION: ("to_enterprise",),
    Kind.ENTERPRISE_CHANGE: ("enterprise",),
}
"""The parties that are the applicant itself where a form leaves them out."""


@cache
def form(kind: Kind) -> Schema:
    """The form of a kind's content."""
    return FORMS[kind]()


def read(kind: Kind, data: dict[str, Any], applicant: str | None) -> Content:
    """The content that a form says; parties left out are the applicant. Raises marshmallow's ValidationError."""
    loaded: dict[str, Any] = form(kind).load(data)
    for name in OWN.get(kind, ()):
        loaded[name] = loaded.get(name) or applicant or ""
    return from_bag(kind, loaded)


def write(content: Content, kind: Kind) -> dict[str, Any]:
    """The fields of a content's form, filled: what a page shows for mending."""
    bag = to_bag(content)
    return {name: bag.get(name) for name in form(kind).fields}


def errors_under(path: str, error: ma.ValidationError) -> ma.ValidationError:
    """The same objections with the path of the object that they are about."""
    return ma.ValidationError({path: error.messages})
