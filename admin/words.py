"""The closed lists whose values stand on pages; each list's name is the context under which its values are translated.

The texts of a detection rule's document are listed as the rule says them in English; its title stands under its code.
A test holds that every value has its word in Chinese.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from marshmallow import Schema

from admin import dossier
from registry.accounts.roles import RoleName
from registry.asks.workflow import MACHINE as ASKS
from registry.asks.workflow import AskState
from registry.cases.workflow import MACHINE as CASES
from registry.contacts.kinds import ContactPart
from registry.contacts.workflow import MACHINE as CONTACTS
from registry.contacts.workflow import ContactState
from registry.detection import catalogue as rules
from registry.detection.kinds import CaseKind, CaseState
from registry.detection.model import RunState as DetectionState
from registry.detection.proof import Stance
from registry.detection.tuning import parameters_of
from registry.detection.workflow import MACHINE as FINDINGS
from registry.detection.workflow import FindingState
from registry.enterprises.kinds import LegalForm, RelationKind, Role
from registry.erasures.kinds import Erasable
from registry.filings import engine, needs_two
from registry.filings.bulk.model import BulkState
from registry.filings.forms import FORMS
from registry.filings.kinds import Kind, Manner, Priority, Verdict
from registry.filings.reasons import REASONS
from registry.filings.workflow import MACHINE as FILINGS
from registry.filings.workflow import State
from registry.gateway.kinds import CarrierState
from registry.gateway.workflow import ActivationState
from registry.handlers.values import FIELDS
from registry.http.problem import STATUS
from registry.inquiries.workflow import MACHINE as INQUIRIES
from registry.inquiries.workflow import InquiryState
from registry.kernel import clock
from registry.kernel.rule import HEADINGS, Severity
from registry.kernel.workflow import Machine
from registry.lifecycle.kinds import Expiring
from registry.lifecycle.workflow import LapseState
from registry.lookback.kinds import Cohort, ItemState, Subject, Weight
from registry.lookback.kinds import RunState as LookbackState
from registry.lookback.workflow import MACHINE as ITEMS
from registry.lookups.kinds import Answer, LookupKind, LookupResult
from registry.lookups.policy import FACTS
from registry.measures.kinds import Action, MeasureState, SubjectKind
from registry.measures.workflow import MACHINE as MEASURES
from registry.notices.kinds import Channel, Topic
from registry.notices.workflow import DeliveryState
from registry.papers.kinds import PaperKind
from registry.permits.kinds import OnBehalf, Purpose
from registry.ports.kinds import DelegationRole, PortLevel, PortUse, Signing
from registry.signatures.kinds import Confirmation, SignatureSource
from registry.store.standing import Standing
from registry.texts.category import CATEGORY_NAMES
from registry.traffic.model import IngestState

ENUMS: dict[str, Iterable[StrEnum]] = {
    "role": RoleName,
    "enterprise_role": Role,
    "legal_form": LegalForm,
    "relation": RelationKind,
    "port_use": PortUse,
    "signing": Signing,
    "port_level": PortLevel,
    "delegation_role": DelegationRole,
    "signature_source": SignatureSource,
    "confirmation": Confirmation,
    "inquiry_state": InquiryState,
    "lookup_kind": LookupKind,
    "lookup_result": LookupResult,
    "lookup_answer": Answer,
    "erasable": Erasable,
    "on_behalf": OnBehalf,
    "purpose": Purpose,
    "manner": Manner,
    "bulk_state": BulkState,
    "standing": Standing,
    "measure": Action,
    "measure_state": MeasureState,
    "paper_kind": PaperKind,
    "filing_kind": Kind,
    "filing_kind_hint": Kind,
    "filing_state": State,
    "priority": Priority,
    "check_verdict": Verdict,
    "severity": Severity,
    "finding_state": FindingState,
    "case_kind": CaseKind,
    "case_state": CaseState,
    "ask_state": AskState,
    "stance": Stance,
    "run_state": DetectionState,
    "ingest_state": IngestState,
    "cohort": Cohort,
    "item_state": ItemState,
    "lookback_run_state": LookbackState,
    "weight": Weight,
    "topic": Topic,
    "contact_part": ContactPart,
    "contact_state": ContactState,
    "expiring": Expiring,
    "lapse_state": LapseState,
    "activation_state": ActivationState,
    "carrier_state": CarrierState,
    "channel": Channel,
    "delivery_state": DeliveryState,
}
MACHINES: dict[str, Machine[Any]] = {
    "filing_action": FILINGS,
    "contact_action": CONTACTS,
    "inquiry_action": INQUIRIES,
    "finding_action": FINDINGS,
    "case_action": CASES,
    "ask_action": ASKS,
    "item_action": ITEMS,
    "measure_action": MEASURES,
}
SUBJECTS = (
    *SubjectKind,
    *Subject,
    *Kind,
    "account",
    "inquiry",
    "lookup",
    "handler",
    *Erasable,
    "key",
    "paper",
    "finding",
    "case",
    "ask",
    "rule_weight",
    "filing",
    "detection_run",
    "replay",
    "measure",
)
EVIDENCE = (
    "gateway",
    "port",
    "signature",
    "submitter",
    "agent",
    "category",
    "province",
    "tenant",
    "permit",
    "clause",
    "first_at",
    "messages",
)
HINTED = (
    "clear",
    "code",
    "contacts",
    "handler",
    "hours",
    "industry",
    "letter",
    "licence",
    "links",
    "max_length",
    "port",
    "signature",
)
CHAIN_ROLES = ("holder", "user", "owner", "sender")
DELIVERED = ("content", "recipient")
OTHER_FIELDS = (
    "element",
    "beneficiary",
    "value",
    "text",
    "papers",
    "file",
    "id_number",
    "phone",
    "field",
    "email",
    "old_password",
    "new_password",
    "name",
    "sample",
    "url",
    "address",
    "answer",
    "topics",
    "permit",
    "delegation",
    "paper",
    "days",
    "every",
)


def lists() -> dict[str, list[str]]:
    """Every list by its context, with all its values."""
    found = {context: [value.value for value in values] for context, values in ENUMS.items()}
    found |= {context: _once(line.action for line in table.transitions) for context, table in MACHINES.items()}
    found["ask_action"].append("ask")  # how each begins
    found["item_action"] += ["conclude", "remind"]  # what a run and the calendar do
    found["finding_action"].append("measure")
    found["category"] = list(CATEGORY_NAMES)
    found["status"] = ["400", "405", "415", "500", *(str(status) for status in STATUS.values())]
    found["subject_kind"] = _once(map(str, SUBJECTS))
    found["rule"] = list(rules.catalogue())
    found["check"] = [check.code for check in engine.catalogue()]
    found["heading"] = list(HEADINGS)
    documents = [rule.document for rule in rules.catalogue().values()]
    found["rule_document"] = _once(text for document in documents for text in document.sections.values())
    found["feature"] = list(needs_two.FEATURES)
    found["condition_value"] = _once(value for row in needs_two.table(clock.today()) for value in row["values"])
    found["reason_block"] = _once(reason.block for reason in REASONS)
    found["planted_outcome"] = ["waiting", "caught", "missed"]
    found["chain_role"] = [*DelegationRole, *CHAIN_ROLES]
    found["lookup_fact"] = _once([*(name for names in FACTS.values() for name in names), "status"])
    found["handler_field"] = list(FIELDS)
    found["hint"] = [*HINTED, "signature"]
    found["dossier"] = list(dossier.SECTIONS)
    found["dossier_column"] = _once(each for columns in dossier.SECTIONS.values() for each in columns)
    found["parameter"] = _once(each.name for rule in rules.catalogue().values() for each in parameters_of(rule))
    found["replay"] = found["replay_count"] = ["found", "gone", "both"]
    found["outcome"] = ["applied", "clear", "hit", "not_judged"]
    found["field"] = _once([*_fields(FORMS.values()), *EVIDENCE, *DELIVERED, *OTHER_FIELDS])
    return found


def _fields(schemas: Iterable[type[Schema]]) -> Iterable[str]:
    return (name for schema in schemas for name in schema().fields)


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
