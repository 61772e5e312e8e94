"""What checks make of sources outside: agreement, contradiction, silence."""

from dataclasses import replace

from registry.filings.view import Licence, Person, Told
from registry.lookups.kinds import Answer
from tests.filings.facts import (
    DELEGATION,
    FAIL,
    NEW,
    NOT_CHECKED,
    NOW,
    PASS,
    PORT,
    SIGNATURE,
    A,
    B,
    scoped,
    seen,
    signed,
)

MARK = {"number": "1234567", "owner": "京东贸易有限公司", "mark": "京东贸易"}
MARKED = signed(source="trademark", trademark="1234567")
APP = signed(source="app")
LINKED = scoped(links=("m.jd.example/x",))


TWO_LINKS = scoped(links=("m.jd.example/x", "jd.example"))


def says(kind, subject, found=None, answer=Answer.FOUND, **more):
    return seen(outside={(kind, subject): Told("LKP-1", answer, found or {}, "登记机关", NOW)}, **more)


def silent(kind):
    return seen(demanded=frozenset({kind}))


HANDLED = replace(NEW, handler="HDL-1")


def person(enterprise=NEW.code, others=0):
    return Person(known=True, enterprise=enterprise, others=others, id_hash="abc")


def on_licence(*read, **more):
    return seen(licences=tuple(Licence(f"PAP-{place}", *each) for place, each in enumerate(read)), **more)


WHO = (NEW.name, NEW.code)
OUTSIDE = [
    ("F111", NEW, on_licence(WHO), PASS),
    ("F111", NEW, on_licence(WHO, (NEW.name, "")), PASS),
    ("F111", NEW, on_licence(("新来 有限公司", NEW.code.lower())), PASS),
    ("F111", NEW, on_licence(("别人有限公司", NEW.code)), FAIL),
    ("F111", NEW, on_licence((NEW.name, A)), FAIL),
    ("F111", NEW, on_licence(WHO, ("别人有限公司", "")), FAIL),
    ("F111", NEW, on_licence(()), NOT_CHECKED),
    ("F111", NEW, on_licence((NEW.name, "")), NOT_CHECKED),
    ("F111", NEW, on_licence(WHO, ()), NOT_CHECKED),
    ("F111", NEW, seen(), NOT_CHECKED),
    ("F111", replace(NEW, code=B), on_licence(("京东贸易有限公司", B)), FAIL),
    ("F111", replace(NEW, code=B), on_licence(("京东贸易有限公司", B), registered=True), PASS),
    ("F123", HANDLED, says("real_name", "abc", {"matches": "true"}, handler=person()), PASS),
    ("F123", HANDLED, says("real_name", "abc", {"matches": "false"}, handler=person()), FAIL),
    ("F131", HANDLED, seen(handler=person()), PASS),
    ("F131", HANDLED, seen(handler=person(others=2)), FAIL),
    ("F131", HANDLED, seen(handler=person(enterprise=B)), FAIL),
    ("F131", NEW, seen(), PASS),
    ("F121", NEW, says("company_register", NEW.code, {"code": NEW.code, "name": "新来有限公司"}), PASS),
    ("F121", NEW, says("company_register", NEW.code, {"code": NEW.code, "name": "别人有限公司"}), FAIL),
    (
        "F121",
        NEW,
        says("company_register", NEW.code, {"code": NEW.code, "name": "新来有限公司", "status": "吊销"}),
        FAIL,
    ),
    ("F121", NEW, silent("company_register"), NOT_CHECKED),
    ("F121", SIGNATURE, says("company_register", B, {"code": B, "name": "京东贸易 有限公司"}), PASS),
    ("F121", SIGNATURE, seen(), NOT_CHECKED),
    ("F121", APP, seen(), PASS),
    ("F122", PORT, says("licence", A, {"licence": "B2-20200001", "name": "红帆短信服务有限公司"}), PASS),
    ("F122", PORT, says("licence", A, {"licence": "B2-20200001", "name": "别人有限公司"}), FAIL),
    ("F122", replace(DELEGATION, role="agent", to_enterprise=A), says("licence", A, answer=Answer.NOT_FOUND), FAIL),
    ("F312", MARKED, says("trademark", "1234567", MARK), PASS),
    ("F312", MARKED, says("trademark", "1234567", MARK | {"owner": "别人有限公司"}), FAIL),
    ("F312", MARKED, says("trademark", "1234567", {"mark": "京东贸易"}), FAIL),
    ("F312", MARKED, says("trademark", "1234567", answer=Answer.NOT_REACHABLE), NOT_CHECKED),
    ("F313", APP, says("app", "京东贸易", {"app": "京东贸易", "owner": "京东贸易有限公司"}), PASS),
    ("F313", APP, says("app", "京东贸易", answer=Answer.NOT_FOUND), FAIL),
    ("F421", LINKED, says("icp", "m.jd.example", {"domain": "m.jd.example", "owner": "京东贸易有限公司"}), PASS),
    ("F421", LINKED, says("icp", "m.jd.example", {"domain": "m.jd.example", "owner": "别人有限公司"}), FAIL),
    ("F421", LINKED, silent("icp"), NOT_CHECKED),
    ("F421", LINKED, seen(), NOT_CHECKED),
    (
        "F421",
        TWO_LINKS,
        says("icp", "m.jd.example", {"domain": "m.jd.example", "owner": "京东贸易有限公司"}),
        NOT_CHECKED,
    ),
]
