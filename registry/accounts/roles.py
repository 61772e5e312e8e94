"""What each role may do: one table, read by every door.

A permission is `<thing>.<verb>`. A company's roles see and change only what belongs to their own enterprise; the rooms'
queries and guards hold that, this table holds what may be asked at all.
"""

from enum import StrEnum


class RoleName(StrEnum):
    """The carrier's own roles, the companies' roles, and those of machines."""

    ADMINISTRATOR = "administrator"
    SUPERVISOR = "supervisor"
    REVIEWER = "reviewer"
    ANALYST = "analyst"
    AUDITOR = "auditor"
    REGULATOR = "regulator"
    COMPANY = "company"
    COMPANY_KEY = "company_key"
    GATEWAY = "gateway"


_READ = {
    "registry.read",
    "filing.read",
    "paper.read",
    "measure.read",
    "finding.read",
    "lookback.read",
    "change.read",
    "traffic.read",
    "detection.read",
    "complaint.read",
    "notice.read",
    "report.read",
    "lookup.read",
}
_REVIEW = {
    "filing.claim",
    "filing.decide",
    "letter.ask",
    "measure.lift",
    "paper.unmask",
    "paper.read_off",
    "enterprise.change",
    "registry.change",
    "activation.report",
    "lookup.enter",
}
_ANALYSE = {
    "finding.work",
    "finding.judge",
    "case.pack",
    "detection.run",
    "traffic.ingest",
    "measure.impose",
    "measure.lift",
    "lookback.plan",
    "lookback.run",
    "lookback.judge",
    "registry.lapse",
    "registry.verify",
    "complaint.add",
    "lookup.enter",
    "paper.unmask",
}
_SUPERVISE = {"retention.run", "deputy.manage", "filing.reassign", "filing.plant", "reviewing.read"}
_COMPANY = {
    "registry.read",
    "filing.read",
    "filing.submit",
    "filing.accept",
    "paper.read",
    "paper.upload",
    "paper.read_off",
    "letter.confirm",
    "measure.read",
    "measure.appeal",
    "finding.read",
    "finding.answer",
    "lookback.read",
    "lookback.answer",
    "change.read",
    "notice.read",
    "webhook.manage",
    "contact.report",
}

PERMISSIONS: dict[RoleName, frozenset[str]] = {
    RoleName.ADMINISTRATOR: frozenset(
        _READ
        | {
            "audit.read",
            "account.manage",
            "deputy.manage",
            "key.manage",
            "webhook.manage",
            "gateway.manage",
            "report.hand_in",
            "exchange.import",
            "exchange.export",
        }
    ),
    RoleName.SUPERVISOR: frozenset(
        _READ
        | _REVIEW
        | _ANALYSE
        | _SUPERVISE
        | {"audit.read", "detection.weigh", "registry.correct", "gateway.manage", "report.hand_in", "exchange.export"}
    ),
    RoleName.REVIEWER: frozenset(_READ | _REVIEW),
    RoleName.ANALYST: frozenset(_READ | _ANALYSE),
    RoleName.AUDITOR: frozenset(_READ | {"audit.read", "case.pack", "exchange.export"}),
    RoleName.REGULATOR: frozenset(_READ | {"audit.read"}),
    RoleName.COMPANY: frozenset(_COMPANY),
    RoleName.COMPANY_KEY: frozenset(_COMPANY),
    RoleName.GATEWAY: frozenset({"registry.read", "change.read", "traffic.ingest", "activation.report"}),
}

OF_PEOPLE = frozenset({"account.own"})
"""What everybody may do who logs in, whatever the role: one's own password and language."""

OF_DEPUTIES = frozenset({"filing.claim", "filing.decide", "filing.reassign"})
"""What a deputy may do in an absent colleague's place, where that one may: deciding, and nothing else."""

OF_COMPANIES = frozenset({RoleName.COMPANY, RoleName.COMPANY_KEY})


def permissions_of(roles: list[str]) -> frozenset[str]:
    """All that these roles together may do; a name that is no role gives nothing."""
    known = {role.value for role in RoleName}
    return frozenset().union(*(PERMISSIONS[RoleName(role)] for role in roles if role in known))
