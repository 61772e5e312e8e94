"""What a filing is held against of others: who declared its links first, and what permits of its business allow."""

import pytest
import sqlalchemy as sa

from registry.enterprises import service as enterprises
from registry.enterprises.model import Enterprise
from registry.enterprises.values import RelationValues
from registry.filings import service
from registry.kernel.actor import SYSTEM
from registry.permits.model import Permit, SharedContact, VolumePeers
from registry.permits.peers import count_peers
from tests.factories import registered as made
from tests.filings.conftest import permit_of


@pytest.fixture
def other(chain):
    """Another owner, whose permit declares a domain and a number."""
    code = made.enterprise("先来科技有限公司", "end_user").code
    made.port(code, "10695777", use="own")
    made.signature(code, "先来科技")
    links, contacts = ("https://www.Xianlai.com.cn/shop", "t.cn/abc"), ("+86 400-820-8820",)
    made.permit(code, code, "10695777", "先来科技", links=links, contacts=contacts)
    return code


def said(chain, code, **values):
    results = service.dry_run(chain.by_customer, permit_of(chain, **values)).results
    return next(each.outcome for each in results if each.code == code)


@pytest.mark.parametrize(
    ("declared", "verdict"),
    [
        ({"links": ("pay.xianlai.com.cn",)}, "fail"),
        ({"links": ("XIANLAI.com.cn/other",)}, "fail"),
        ({"contacts": ("4008208820",)}, "fail"),
        ({"links": ("xianlai.cn", "myxianlai.com.cn"), "contacts": ("4008208821",)}, "pass"),
        ({}, "pass"),
    ],
)
def test_a_domain_or_number_that_another_owner_has_declared_is_pointed_out(chain, other, declared, verdict):
    found = said(chain, "F414", **declared)
    assert (found.verdict, other in found.reason.zh) == (verdict, verdict == "fail")


def test_what_many_share_is_nobodys(chain, other, session):
    assert said(chain, "F414", links=("t.cn/xyz",)).verdict == "fail"
    session.add(SharedContact(value="t.cn", kind="short_link"))
    session.flush()
    assert said(chain, "F414", links=("t.cn/xyz",)).verdict == "pass"


def test_a_domain_of_a_tied_owner_is_a_question_and_no_refusal(chain, other):
    enterprises.relate(SYSTEM, RelationValues(other, chain.customer, "parent"))
    assert said(chain, "F414", links=("xianlai.com.cn",)).verdict == "warn"


FINDING = """
EXPLAIN SELECT key FROM permit
WHERE links <> '{}' AND superseded_at IS NULL AND permit_domains(links) && permit_domains('{https://a.d77.cn/x}')
"""


def test_the_domains_of_a_permit_are_found_by_an_index(chain, other, session):
    series, made_anew = sa.func.generate_series(1, 5000).table_valued("n").render_derived(), ("row_id", "key", "links")
    kept = [each for each in Permit.__table__.columns if each.name not in made_anew]
    host = sa.func.concat("d", series.c.n, ".cn")
    many = sa.select(sa.func.concat("PMT-", series.c.n), sa.func.string_to_array(host, ","), *kept)
    session.execute(
        sa.insert(Permit).from_select(["key", "links", *kept], many.select_from(Permit).join(series, sa.true()))
    )
    session.execute(sa.text("ANALYZE permit"))
    assert said(chain, "F414", links=("https://a.d77.cn/x",)).verdict == "fail"
    assert any("ix_permit_domains" in line for line in session.scalars(sa.text(FINDING)))


def test_a_volume_is_held_against_what_permits_of_the_same_business_allow(chain, session):
    peers = made.enterprise("同业商贸有限公司", "end_user", industry="F52").code
    made.port(peers, "10695888", use="own")
    made.signature(peers, "同业商贸")
    for number in range(20):
        made.permit(peers, peers, f"1069588800{number:02d}", "同业商贸", monthly_volume=1000 + number)
    made.permit(peers, peers, "1069588855", "同业商贸", monthly_volume=9_000_000)
    made.permit(peers, peers, "1069588866", "同业商贸")
    assert count_peers() == count_peers()
    row = session.get(VolumePeers, ("F", "notice"))
    assert (row.permits, row.most) == (21, 1019)
    assert said(chain, "F409", monthly_volume=9000).verdict == "pass"  # the customer's own industry is not known

    session.get_one(
        Enterprise, session.scalar(sa.select(Enterprise.id).filter_by(code=chain.customer))
    ).industry = "F51"
    session.flush()
    assert said(chain, "F409", monthly_volume=3057).verdict == "pass"
    found = said(chain, "F409", monthly_volume=3058)
    assert found.verdict == "warn"
    assert all(part in found.reason.en for part in ("21 permits", "95 in 100", "1019", "Wholesale"))
