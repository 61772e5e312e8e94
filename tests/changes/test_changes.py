"""The change feed over HTTP."""

from registry.permits import service
from tests.factories import registered as make

AT = "/api/v1/changes"


def test_a_follower_misses_nothing_and_sees_nothing_twice(caller):
    _company, permit = make.standing_permit()
    service.end_permit(make.reviewer(), permit.key)
    ask, seen, after = caller("gateway"), [], ""
    while True:
        page = ask.get(f"{AT}?after={after}&limit=2").json
        seen += page["items"]
        after = page["after"]
        if not after:
            break
    assert [item["position"] for item in seen] == list(range(seen[0]["position"], seen[0]["position"] + 5))
    told = [(item["kind"], item["action"]) for item in seen]
    opened = [(kind, "opened") for kind in ("enterprise", "port", "signature", "permit")]
    assert told == [*opened, ("permit", "ended")]
    assert ask.get(f"{AT}?kind=permit&key={permit.key}").json["items"][-1]["payload"]["port"] == permit.port


def test_a_company_follows_what_concerns_it(caller):
    company, permit = make.standing_permit()
    user, stranger = make.enterprise("乙"), make.enterprise("丙")
    make.signature(user.code, "乙")
    theirs = make.permit(user.code, user.code, "106901235", "乙")
    asked = {each.code: caller("company_key", enterprise=each.code) for each in (company, user, stranger)}
    permits = {code: [i["key"] for i in ask.get(f"{AT}?kind=permit").json["items"]] for code, ask in asked.items()}
    assert permits == {company.code: [permit.key, theirs.key], user.code: [theirs.key], stranger.code: []}


def test_a_position_is_a_number(caller):
    answer = caller("auditor").get(f"{AT}?after=first")
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "after")
