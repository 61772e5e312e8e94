"""Every page, for every role, in both languages, over two companies that may not see each other."""

import re

import pytest

from admin.places import PLACES, here_is
from registry.accounts.roles import PERMISSIONS, RoleName
from registry.filings.bulk.sheets import FORMS
from registry.filings.kinds import Kind
from tests.factories.two_companies import Company, World

PEOPLE = [role.value for role in RoleName if role not in (RoleName.COMPANY_KEY, RoleName.GATEWAY)]
UNFINISHED = re.compile(r">\s*None\s*<|\{\{|undefined|&lt;(?:span|a|div)")


def filled(world: World, company: Company) -> dict[str, list[dict[str, str]]]:
    """What each page with parts in its address is tried with."""

    def each(states: dict[str, str]) -> list[dict[str, str]]:
        return [{"key": key} for name, key in states.items() if name != "run"]

    return {
        "ports_one": [{"port": company.port}],
        "signatures_one": [{"key": company.things["signature"]}],
        "handlers_one": [{"key": company.things["handler"]}],
        "letters_one": [{"key": company.things["letter"]}],
        "letters_owner": [{"code": f"code-of-{company.code}"}],
        "enterprises_one": [{"code": company.code}],
        "bulk_one": [{"key": company.things["bulk"]}],
        "bulk_result": [{"key": company.things["bulk"]}],
        "bulk_template": [{"name": f"{kind}.{form}"} for kind in Kind for form in FORMS],
        "permits_one": [{"key": company.things["permit"]}],
        "measures_one": each(company.measures),
        "papers_content": [{"key": company.things["paper"]}],
        "filings_one": each(company.filings),
        "filings_own_mend_form": [{"key": company.filings["draft"]}, {"key": company.filings["returned"]}],
        "filings_own_new": [{"kind": kind.value} for kind in Kind],
        "batches_one": [{"key": world.things["batch"]}, {"key": world.things["seen_batch"]}],
        "reviewing_plant_form": [{"kind": kind.value} for kind in Kind],
        "findings_one": each(company.findings),
        "detection_run": [{"key": world.things["run"]}],
        "replays_one": [{"key": world.things[each]} for each in ("replay", "again", "waiting_replay")],
        "replays_explanation": each(company.findings),
        "cases_pack": [{"key": world.things["case"]}],
        "cases_one": [{"key": world.things[name]} for name in ("case", "open_case", "judged_case", "closed_case")],
        "asks_one": each(company.asks),
        "lookback_run": [{"key": company.items["run"]}],
        "lookback_report_of_run": [{"key": company.items["run"], "form": form} for form in ("csv", "html")],
        "lookback_item": each(company.items),
        "reports_permit_dossier": [{"key": company.things["permit"]}],
        "reports_dossier_as": [{"key": company.things["permit"], "form": form} for form in ("json", "zip")],
        "reports_quarter_codes": [{"quarter": "2026Q1", "form": form} for form in ("csv", "xlsx")],
        "contacts_one": [{"key": company.things[each]} for each in ("change", "expected_change")],
        "notices_one": [{"key": company.things["notice"]}],
        "webhooks_one": [{"key": company.things["endpoint"]}],
        "webhooks_delivery": [{"key": company.things["delivery"]}],
    }


OF_NOBODY = {
    "letters_owner",
    "filings_own_new",
    "reviewing_plant_form",
    "batches_one",
    "detection_run",
    "replays_one",
    "cases_one",
    "cases_pack",
    "lookback_run",
    "lookback_report_of_run",
}
OF_NOBODY |= {"reports_quarter_codes", "bulk_template"}
"""Pages whose parts belong to no company: forms, and what only staff sees."""
HIDDEN_BEFORE_NOTICE = ("open", "spare")


def rules(app):
    """(name, rule, permission) of every page that is looked at."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("console.") and "GET" in rule.methods and rule.endpoint != "console.static":
            yield rule.endpoint.partition(".")[2], rule, app.view_functions[rule.endpoint].permission


def addresses(app, world, company):
    """(address, page, parts, permission) of every page with every part."""
    parts = filled(world, company)
    with app.test_request_context():
        for name, rule, needs in rules(app):
            assert not rule.arguments or name in parts, f"say what {name} is tried with"
            for values in parts.get(name, [{}]) if rule.arguments else [{}]:
                yield app.url_for(f"console.{name}", **values), name, values, needs


def holds(role, needs):
    return needs in PERMISSIONS[RoleName(role)] or needs in ("public", "account.own")


@pytest.mark.parametrize(
    ("role", "language"),
    # these three see every page between them
    [*((role, "zh_CN") for role in PEOPLE), *((role, "en") for role in ("supervisor", "administrator", "company"))],
)
def test_every_page_shows_itself_to_whoever_may_see_it(app, world, visitor, role, language):
    person, wrong = visitor(role, language), {}
    for address, name, values, needs in addresses(app, world, world.one):
        answer = person.get(address)
        expected = expected_of(role, name, values, needs, world)
        if answer.status_code != expected:
            wrong[address] = (answer.status_code, expected)
        elif answer.mimetype == "text/html" and (found := UNFINISHED.search(answer.text)):
            wrong[address] = found
    assert wrong == {}


def expected_of(role, name, values, needs, world):
    if not holds(role, needs):
        return 403
    company = role == "company"
    if name == "notices_one" and not company:
        return 404
    if company and name in ("detection_run", "cases_one", "cases_pack", "lookback_run", "lookback_report_of_run"):
        return 404
    if company and name == "findings_one":
        return 404 if values["key"] in [world.one.findings[state] for state in HIDDEN_BEFORE_NOTICE] else 200
    if not company and name == "filings_one" and values["key"] == world.one.filings["draft"]:
        return 404
    return 200


def test_another_companys_pages_are_not_there(app, world, visitor):
    person, seen = visitor("company"), {}
    for address, name, values, needs in addresses(app, world, world.other):
        if not values or name in OF_NOBODY or not holds("company", needs):
            continue
        answer = person.get(address)
        if answer.status_code != 404:
            seen[address] = answer.status_code
    assert seen == {}


def test_lists_show_a_company_nothing_of_another(app, world, visitor):
    person, told = visitor("company"), {}
    for address, _name, values, needs in addresses(app, world, world.one):
        if holds("company", needs):
            text = person.get(address).data.decode("utf-8", "replace")  # a spreadsheet is no text
            told |= {f"{address}: {hidden}": 1 for hidden in world.other.hidden() if not values and hidden in text}
    assert told == {}


def test_filters_that_mean_nothing_are_passed_over_or_refused_in_words(world, visitor):
    person = visitor("supervisor")
    for path in (
        "/findings?state=x&severity=y&rule=z&port=abc&overdue=1",
        "/filings?state=x&kind=y",
        "/measures?state=x",
        "/cases?kind=x&state=y&port=z&after=w",
        "/replays?rule=x&filing=y",
        "/replays?rule=S106",
        "/asks?state=x&overdue=1",
        "/lookback/items?outcome=x&run=none",
        "/ports?prefix=abc",
        "/ports?prefix=99999",
        "/signatures?like=%25_%5C",
        "/enterprises?role=x&name=%27",
        "/audit?actor=%27&after=abc",
        "/letters?confirmation=denied",
    ):
        assert person.get(path).status_code == 200, path
    for path in ("/ports?as_of=soon", "/signatures?known_at=2026-13-01", "/findings?port=%00"):
        assert person.get(path).status_code == 422, path


def test_a_page_shows_another_time_when_it_is_asked(world, visitor):
    person = visitor("supervisor")
    assert person.get(f"/ports/{world.one.port}?as_of=2001-01-01T08:00").status_code == 404
    now = person.get(f"/ports/{world.one.port}?known_at=2099-01-01T08:00")
    assert "您正在查看其他时点的内容" in now.text


def test_the_bar_shows_each_role_only_its_places(visitor):
    assert "审计日志" not in visitor("company").get("/").text
    assert "网关记录" not in visitor("company").get("/").text
    assert "API 密钥" in visitor("administrator").get("/").text
    assert "API 密钥" not in visitor("reviewer").get("/").text


def test_every_page_lights_one_place_of_the_bar(app, world):
    """Pages of one's own log-in belong to none, nor does what an owner without a log-in sees."""
    unlit, twice = set(), set()
    for address, name, _values, _needs in addresses(app, world, world.one):
        with app.test_request_context(address):
            lit = [place.endpoint for place in PLACES if here_is(place.endpoint)]
        if not lit and not name.startswith(("account_", "letters_owner")):
            unlit.add(name)
        if len(lit) > 1:
            twice.add(name)
    assert (unlit, twice) == (set(), set())
