"""One good request for every operation of the API, with keys of the two companies: the least that must go well."""

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from registry.accounts.roles import PERMISSIONS, RoleName
from registry.http.document import specification
from registry.http.reference import operations
from registry.kernel import clock
from tests.api import examples_of_batches as batches
from tests.api import examples_of_detection as of_detection
from tests.api import examples_of_papers as of_papers
from tests.api import examples_of_traffic as of_traffic
from tests.factories import registered
from tests.factories.two_companies import Company, World
from tests.factories.worked import reason_code

TRIED_FIRST = ("supervisor", "administrator", "company_key")
PREFIX = "/api/v1/"


@dataclass(frozen=True)
class Operation:
    """One operation of the document."""

    method: str
    path: str
    permission: str
    told: dict[str, Any]

    @property
    def name(self) -> str:
        """`POST /findings/{key}/merge`."""
        return f"{self.method} /{self.path.removeprefix(PREFIX)}"

    @property
    def concept(self) -> str:
        """The noun of its path: `findings`."""
        return self.path.removeprefix(PREFIX).split("/")[0]

    @property
    def parts(self) -> list[str]:
        """Names of the path's variable parts."""
        return [part.strip("{}") for part in self.path.split("/") if part.startswith("{")]

    @property
    def decides(self) -> bool:
        """Whether it asks for If-Match."""
        return any(each["name"] == "If-Match" for each in self.told.get("parameters", []))


def all_operations(app: Flask) -> list[Operation]:
    """Every operation under /api/v1, as the document has them."""
    found = operations(specification(app))
    return [Operation(method, path, told["x-permission"], told) for path, method, told in found]


OWNED: dict[str, Callable[[Company], str]] = of_papers.OWNED | {
    "enterprises": lambda company: company.code,
    "ports": lambda company: company.port,
    "delegations": lambda company: company.things["delegation"],
    "signatures": lambda company: company.things["signature"],
    "permits": lambda company: company.things["permit"],
    "measures": lambda company: company.measures["in_force"],
    "findings": lambda company: company.findings["notified"],
    "asks": lambda company: company.asks["asked"],
    "filings": lambda company: company.filings["submitted"],
    "bulk-filings": lambda company: company.things["bulk"],
    "lookback-items": lambda company: company.items["needs_answer"],
    "lookback-runs": lambda company: company.items["run"],
    "notices": lambda company: company.things["notice"],
    "complaints": lambda company: company.things["complaint"],
    "webhook-endpoints": lambda company: company.things["endpoint"],
    "contact-changes": lambda company: company.things["change"],
    "activations": lambda company: company.things["permit"],
    "notice-deliveries": lambda company: company.things["delivery"],
}
"""What belongs to a company: its key, by the noun of the path."""

KEPT: dict[str, Callable[[World], str]] = (
    batches.KEPT
    | of_papers.KEPT
    | {
        "deputies": lambda world: world.things["deputy"],
        "cases": lambda world: world.things["case"],
        "rule-weights": lambda _: "S203",
        "detection-runs": lambda world: world.things["run"],
        "detection-replays": lambda world: world.things["replay"],
        "api-keys": lambda world: world.things["spare_key"],
        "lookback-plans": lambda world: world.things["plan"],
        "traffic": lambda world: world.things["delivery"],
        "ingests": lambda world: world.things["ingest"],
        "gateways": lambda world: world.things["gateway"],
        "code-reports": lambda _: "2026Q1",
    }
)
"""What belongs to the carrier: its key, by the noun of the path."""


def _extension(world: World) -> dict[str, Any]:
    return {"kind": "port", "content": {"port": f"{world.one.port}21", "use": "own"}}


def _refusal(_world: World) -> dict[str, Any]:
    return {"reasons": [{"code": reason_code(), "field": "port", "comment": "请更正"}]}


TEXT = {"text": "抽样三条，内容属实"}
REASON = {"reason": "申诉成立"}

BODIES: dict[str, Callable[[World], dict[str, Any] | None]] = (
    batches.BODIES
    | of_papers.BODIES
    | of_traffic.BODIES
    | of_detection.BODIES
    | {
        "POST /api-keys": lambda _: {"name": "网关", "roles": ["gateway"], "expires_at": None},
        "POST /api-keys/{key_id}/withdraw": lambda _: {},
        "POST /code-reports/{quarter}/hand-in": lambda _: {"note": "回执 17"},
        "POST /activations": lambda world: {
            "gateway": world.things["gateway"],
            "items": [{"permit": world.one.things["permit"], "state": "failed", "code": "ONE_CODE_MULTIPLE_SIGN"}],
        },
        "POST /carrier-filings": lambda world: {
            "carrier": "other",
            "items": [{"permit": world.one.things["permit"], "state": "filed_to_verify"}],
        },
        "POST /gateways": lambda _: {"key": "gw-9", "name": "九号网关"},
        "POST /gateways/{key}/close": lambda _: None,
        "POST /asks/{key}/accept": lambda _: TEXT | {"stance": "for"},
        "POST /asks/{key}/answer": lambda world: TEXT | {"papers": [world.one.things["paper"]]},
        "POST /asks/{key}/drop": lambda _: TEXT,
        "POST /asks/{key}/note-refusal": lambda _: TEXT,
        "POST /asks/{key}/receive": lambda _: TEXT | {"hashes": ["0" * 64]},
        "POST /asks/{key}/refuse": lambda _: TEXT,
        "POST /asks/{key}/remind": lambda _: TEXT,
        "POST /asks/{key}/send-back": lambda _: TEXT,
        "POST /complaints": lambda world: {
            "port": world.one.port,
            "signature": "甲通信",
            "content": "骚扰",
            "channel": "12321",
        },
        "POST /complaints/{key}/answer": lambda _: {"answer": "已核实并停止发送"},
        "POST /deputies": lambda world: {
            "absent": world.things["colleague"],
            "deputy": world.things["absent"],
            "until": (clock.today() + dt.timedelta(days=5)).isoformat(),
            "reason": "年假",
        },
        "POST /deputies/{key}/end": lambda _: None,
        "POST /planted-filings": lambda world: {
            "kind": "port",
            "content": {"port": f"{world.one.port}31", "use": "own"},
            "applicant": world.one.code,
            "flaw": "证书上的号码不同",
            "reasons": [reason_code()],
        },
        "POST /enterprises": lambda _: {"code": registered.code(), "name": "丙科技有限公司", "roles": ["end_user"]},
        "POST /enterprises/{code}/rename": lambda _: {"name": "甲通信集团有限公司", "reason": "更名"},
        "POST /bulk-filings": lambda world: {
            "kind": "port",
            "file": (io.BytesIO(f"referenceId,port,use\nb-1,{world.one.port}31,own\n".encode()), "rows.csv"),
        },
        "POST /filings": lambda world: _extension(world) | {"referenceId": "A-1", "submit": True, "note": "首次报备"},
        "POST /filings/{key}/accept": lambda _: {"comment": "同意"},
        "POST /filings/next": lambda _: None,
        "POST /filings/{key}/appeal": lambda _: {"comment": "证书已在材料中", "papers": []},
        "POST /filings/{key}/urge": lambda _: {"comment": "客户在等"},
        "POST /filings/{key}/approve": lambda _: {"comment": "材料齐全"},
        "POST /filings/{key}/claim": lambda _: None,
        "POST /filings/{key}/decline": lambda _: {"comment": "不同意"},
        "POST /filings/{key}/mend": _extension,
        "POST /filings/{key}/reject": _refusal,
        "POST /filings/{key}/release": lambda _: None,
        "POST /filings/{key}/return": _refusal,
        "POST /filings/{key}/submit": lambda _: None,
        "POST /filings/{key}/withdraw": lambda _: {"comment": "撤回"},
        "POST /filings:check": _extension,
        "POST /findings/{key}/answer": lambda _: TEXT,
        "POST /findings/{key}/measures": lambda world: {
            **registered.STATED,
            "subject_kind": "signature",
            "subject": world.one.things["signature"],
            "action": "suspend",
        },
        "POST /findings/{key}/merge": lambda world: TEXT | {"into": world.one.findings["spare"]},
        "POST /findings/{key}/notify": lambda _: TEXT,
        "POST /findings/{key}/remedy": lambda _: TEXT,
        "POST /findings/{key}/reopen": lambda _: TEXT,
        "POST /findings/{key}/verdict": lambda _: TEXT | {"verdict": "sublet_proven"},
        "POST /lookback-items/{key}/answer": lambda _: TEXT,
        "POST /lookback-items/{key}/ask": lambda _: TEXT,
        "POST /lookback-items/{key}/give-up": lambda _: TEXT,
        "POST /lookback-items/{key}/judge": lambda _: TEXT | {"verdict": "passed"},
        "POST /lookback-items/{key}/measure": lambda _: registered.STATED | {"action": "warn"},
        "POST /lookback-plans": lambda world: {"name": "抽查", "cohort": "holder", "value": world.one.code},
        "POST /lookback-plans/{key}/rest": lambda _: None,
        "POST /lookback-plans/{key}/resume": lambda _: None,
        "POST /lookback-plans/{key}/run": lambda world: {"to_day": f"{world.day}"},
        "POST /measures": lambda world: {
            **registered.STATED,
            "subject_kind": "signature",
            "subject": world.one.things["signature"],
            "action": "warn",
        },
        "POST /measures/{key}/impose": lambda _: REASON,
        "POST /measures/{key}/lift": lambda _: REASON,
        "POST /measures/{key}/look-again": lambda _: REASON,
        "POST /measures/{key}/notify": lambda _: REASON,
        "POST /measures/{key}/resume": lambda _: REASON,
        "POST /measures/{key}/stay": lambda _: REASON,
        "POST /notice-deliveries/{key}/replay": lambda _: None,
        "POST /notices/{key}/read": lambda _: None,
        "POST /notices:read-all": lambda _: None,
        "POST /relations": lambda world: {
            "from_enterprise": world.one.code,
            "to_enterprise": world.one.things["user"],
            "kind": "parent",
        },
        "POST /webhook-endpoints": lambda _: {"url": "https://example.com/sms", "topics": ["filing"]},
        "POST /webhook-endpoints/{key}/close": lambda _: None,
        "POST /webhook-endpoints/{key}/rotate": lambda _: None,
        "PUT /webhook-endpoints/{key}": lambda _: {"url": "https://example.com/other"},
        "POST /submitters": lambda world: {"submitter": "acc-new", "enterprise": world.one.code, "gateway": "G2"},
    }
)
"""What is sent, by the operation's name. A write that is not here makes the tests fail: write its example."""

KEYS: dict[str, Callable[[Company], str]] = {
    "POST /asks/{key}/accept": lambda company: company.asks["received"],
    "POST /asks/{key}/send-back": lambda company: company.asks["refused"],
    "POST /findings/{key}/notify": lambda company: company.findings["open"],
    "POST /findings/{key}/merge": lambda company: company.findings["open"],
    "POST /findings/{key}/verdict": lambda company: company.findings["answered"],
    "POST /findings/{key}/measures": lambda company: company.findings["confirmed"],
    "POST /findings/{key}/remedy": lambda company: company.findings["confirmed"],
    "POST /findings/{key}/reopen": lambda company: company.findings["dismissed"],
    "POST /filings/{key}/accept": lambda company: company.filings["offered"],
    "POST /filings/{key}/approve": lambda company: company.filings["in_review"],
    "POST /filings/{key}/claim": lambda company: company.filings["submitted"],
    "POST /filings/{key}/decline": lambda company: company.filings["offered"],
    "POST /filings/{key}/appeal": lambda company: company.filings["rejected"],
    "POST /filings/{key}/mend": lambda company: company.filings["draft"],
    "POST /filings/{key}/submit": lambda company: company.filings["draft"],
    "POST /filings/{key}/reject": lambda company: company.filings["in_review"],
    "POST /filings/{key}/release": lambda company: company.filings["in_review"],
    "POST /filings/{key}/return": lambda company: company.filings["in_review"],
    "POST /idle-extensions/{port}/take-back": lambda company: company.things["idle"],
    "POST /papers/{key}/reading": lambda company: company.things["licence"],
    "POST /lookback-items/{key}/judge": lambda company: company.items["answered"],
    "POST /lookback-items/{key}/measure": lambda company: company.items["failed"],
    "POST /measures/{key}/notify": lambda company: company.measures["proposed"],
    "POST /contact-changes/{key}/report": lambda company: company.things["expected_change"],
    "POST /contact-changes/{key}/drop": lambda company: company.things["expected_change"],
    "POST /measures/{key}/impose": lambda company: company.measures["proposed"],
    "POST /measures/{key}/resume": lambda company: company.measures["stayed"],
    "POST /measures/{key}/look-again": lambda company: company.measures["lifted"],
}
"""The thing in the state from which an operation starts, where any thing won't do."""

KEPT_KEYS: dict[str, Callable[[World], str]] = batches.KEPT_KEYS | {
    "POST /cases/{key}/take": lambda world: world.things["open_case"],
    "POST /cases/{key}/close": lambda world: world.things["judged_case"],
    "POST /cases/{key}/reopen": lambda world: world.things["closed_case"],
    "POST /lookback-plans/{key}/resume": lambda world: world.things["resting_plan"],
}
"""The same for what belongs to the carrier."""

QUERIES: dict[str, Callable[[World], dict[str, str]]] = {
    "GET /bulk-filings/template": lambda _: {"kind": "port", "form": "csv"},
    "GET /signatures/nearest": lambda _: {"signature": "乙信息"},
    "GET /permits/governing": lambda world: {"port": world.one.port, "signature": "甲通信"},
}
ROLES: dict[str, str] = dict.fromkeys(("GET /notices/{key}", "POST /notices/{key}/read"), "company_key")
"""Who asks, where it is none of TRIED_FIRST."""


@dataclass(frozen=True)
class Ask:
    """One request, ready to be sent."""

    method: str
    url: str
    query: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] | None = None
    form: bool = False


def key_for(operation: Operation, world: World, company: Company) -> str:
    """The key that stands in an operation's path."""
    if operation.name in KEYS:
        return KEYS[operation.name](company)
    if operation.concept in OWNED:
        return OWNED[operation.concept](company)
    if operation.name in KEPT_KEYS:
        return KEPT_KEYS[operation.name](world)
    return KEPT[operation.concept](world)


def example(operation: Operation, world: World, company: Company | None = None) -> Ask:
    """A good request for an operation, about a thing of the first company where none is said."""
    url = operation.path
    for part in operation.parts:
        url = url.replace(f"{{{part}}}", key_for(operation, world, company or world.one))
    query = QUERIES.get(operation.name, lambda _: {})(world)
    body = None if operation.method == "GET" else BODIES[operation.name](world)
    form = "multipart/form-data" in operation.told.get("requestBody", {}).get("content", {})
    return Ask(operation.method, url, query, body, form)


def role_for(operation: Operation) -> str:
    """A role that holds the operation's permission."""
    chosen = ROLES.get(operation.name)
    able = [role for role in (*TRIED_FIRST, *RoleName) if operation.permission in PERMISSIONS[RoleName(role)]]
    return chosen or able[0]


def send(
    client: FlaskClient, operation: Operation, ask: Ask, key: str | None, version: str = "", once: str = ""
) -> TestResponse:
    """Send a request with a key; `version` is the If-Match of one that decides, `once` its own key."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    if once:
        headers["Idempotency-Key"] = once
    if operation.decides:
        headers["If-Match"] = version or '"1"'
    body: dict[str, Any] = {}
    if ask.form:
        body = {"data": ask.body, "content_type": "multipart/form-data"}
    elif ask.body is not None:
        body = {"json": ask.body}
    return client.open(ask.url, method=ask.method, headers=headers, query_string=ask.query, **body)


def etag(client: FlaskClient, operation: Operation, ask: Ask, key: str) -> str:
    """The ETag of the thing that an operation decides on, as its reader is told it."""
    if not operation.decides:
        return ""
    url = ask.url.rpartition("/")[0] if ask.method == "POST" else ask.url
    return client.get(url, headers={"Authorization": f"Bearer {key}"}).headers.get("ETag", "")
