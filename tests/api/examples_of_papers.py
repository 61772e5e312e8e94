"""Good requests about letters' owners, sources outside, papers and personal data."""

import io
from collections.abc import Callable
from typing import Any

from tests.factories.two_companies import PDF, Company, World

NOWHERE = {"address": "", "source": ""}

BODIES: dict[str, Callable[[World], dict[str, Any] | None]] = {
    "POST /contact-changes": lambda world: {"part": "handler", "changed_on": f"{world.day}", "handler": "H9"},
    "POST /contact-changes:expect": lambda world: {
        "enterprise": world.one.code,
        "part": "address",
        "changed_on": f"{world.day}",
    },
    "POST /contact-changes/{key}/accept": lambda _: {"reason": "已核实"},
    "POST /contact-changes/{key}/drop": lambda _: {"reason": "已核实"},
    "POST /contact-changes/{key}/refuse": lambda _: {"reason": "已核实"},
    "POST /contact-changes/{key}/unmask": lambda _: {"reason": "电话核实联系信息"},
    "POST /contact-changes/{key}/report": lambda _: {"handler": "H9"},
    "POST /inquiries/{key}/answer": lambda _: {"answer": "confirm", "reason": "属实"},
    "POST /inquiries/{key}/ask": lambda _: NOWHERE,
    "POST /handlers": lambda _: {"name": "李经办", "id_number": "110105198001010032", "phone": "13800138001"},
    "POST /handlers:find": lambda _: {"id_number": "11010519491231002X", "phone": ""},
    "POST /handlers/{key}/unmask": lambda _: {"field": "phone", "reason": "电话核实"},
    "POST /handlers/{key}/end": lambda _: None,
    "POST /filings/{key}/look-outside": lambda _: None,
    "POST /lookups": lambda _: {
        "kind": "trademark",
        "subject": "1234567",
        "answer": "found",
        "claimed": {"number": "1234567", "owner": "甲通信有限公司", "mark": "甲通信"},
        "found": {"number": "1234567", "owner": "甲通信有限公司", "mark": "甲通信"},
        "source": "商标局网站",
        "reference": "R-1",
        "digest": "1" * 64,
    },
    "POST /letters/{key}/ask": lambda _: NOWHERE,
    "POST /letters/{key}/confirm": lambda _: {"answer": "confirmed"},
    "POST /letters/{key}/revoke": lambda _: {"reason": "合作终止"},
    "POST /idle-extensions/{port}/take-back": lambda _: {"reason": "不再使用"},
    "POST /papers/{key}/reading": lambda _: {"name_on_it": "甲通信有限公司"},
    "POST /papers": lambda _: {"kind": "letter", "file": (io.BytesIO(PDF + b"new"), "letter.pdf")},
}
KEPT: dict[str, Callable[[World], str]] = {"lookups": lambda world: world.things["lookup"]}
OWNED: dict[str, Callable[[Company], str]] = {
    "inquiries": lambda company: company.things["inquiry"],
    "letters": lambda company: company.things["letter"],
    "papers": lambda company: company.things["paper"],
    "handlers": lambda company: company.things["handler"],
}
