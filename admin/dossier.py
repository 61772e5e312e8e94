"""What the page of a dossier shows of each section, and under which lists the values have their words."""

SECTIONS: dict[str, tuple[str, ...]] = {
    "versions": ("valid", "signature", "port", "categories", "standing", "recorded_at", "recorded_by", "superseded_at"),
    "filings": ("key", "kind", "applicant", "state", "submitted_at", "decided_at"),
    "papers": ("kind", "name", "sha256", "filing", "uploaded_at", "expires_at"),
    "checks": ("filing", "code", "verdict", "reason", "fix"),
    "decisions": ("filing", "stage", "verdict", "by", "reasons", "comment", "at"),
    "notices": ("at", "sentence", "recipient"),
    "activations": ("gateway", "state", "code", "at", "recorded_by"),
    "carrier_filings": ("carrier", "state", "code", "at", "recorded_by"),
    "measures": ("key", "action", "subject", "state", "reason", "recorded_at"),
    "findings": ("key", "rule", "severity", "state", "summary", "first_day", "last_day", "messages"),
    "lookbacks": ("run", "state", "reasons", "concluded_at", "judged_by"),
    "lapses": ("idle_since", "lapses_on", "state"),
    "history": ("at", "action", "actor", "reason"),
}
"""What the page shows of each section; the files hold all of it."""
WORDS = {
    ("filings", "kind"): "filing_kind",
    ("filings", "state"): "filing_state",
    ("papers", "kind"): "paper_kind",
    ("checks", "code"): "check",
    ("checks", "verdict"): "check_verdict",
    ("activations", "state"): "activation_state",
    ("carrier_filings", "state"): "carrier_state",
    ("measures", "action"): "measure",
    ("measures", "state"): "measure_state",
    ("findings", "rule"): "rule",
    ("findings", "severity"): "severity",
    ("findings", "state"): "finding_state",
    ("lookbacks", "state"): "item_state",
    ("lapses", "state"): "lapse_state",
    ("history", "action"): "action",
    ("versions", "standing"): "standing",
}
"""Under which list the values of a column have their words."""
