"""Good requests about runs, replays, weights and cases."""

from collections.abc import Callable
from typing import Any

from tests.factories.two_companies import World

TEXT = {"text": "抽样三条，内容属实"}

BODIES: dict[str, Callable[[World], dict[str, Any] | None]] = {
    "POST /cases/{key}/ask": lambda world: TEXT | {"enterprise": world.one.code, "element": "no_authority"},
    "POST /cases/{key}/close": lambda _: TEXT,
    "POST /cases/{key}/judge": lambda _: TEXT | {"verdict": "insufficient"},
    "POST /cases/{key}/merge": lambda world: TEXT | {"into": world.things["open_case"]},
    "POST /cases/{key}/note": lambda _: TEXT | {"element": "no_authority", "stance": "for"},
    "POST /cases/{key}/reopen": lambda _: TEXT,
    "POST /cases/{key}/split": lambda world: TEXT | {"findings": [world.one.findings["answered"]]},
    "POST /cases/{key}/take": lambda _: TEXT,
    "POST /detection-replays": lambda world: {
        "from_day": f"{world.day}",
        "to_day": f"{world.day}",
        "rules": ["S101"],
        "parameters": {"least_messages": 3},
    },
    "POST /findings/{key}/explanation": lambda _: None,
    "POST /detection-runs/changed": lambda _: {},
    "POST /detection-runs": lambda world: {"from_day": f"{world.day}", "to_day": f"{world.day}", "rules": ["S101"]},
    "POST /rule-weights/{rule}/change": lambda _: {"points": 40, "reason": "误报偏多"},
}
