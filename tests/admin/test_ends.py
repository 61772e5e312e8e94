"""What ends soon leads to its renewal, from the page of ends and from the notice alike."""

import datetime as dt
import re

import sqlalchemy as sa

from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.lifecycle import service
from registry.notices.model import Notice
from registry.permits import service as permits


def test_staff_takes_an_extension_back_whose_last_permit_is_over(world, visitor):
    idle, person = world.one.things["idle"], visitor("reviewer")
    assert idle in person.get("/lifecycle").text
    assert "/take-back" not in visitor("company").get("/lifecycle").text
    done = person.post(f"/lifecycle/extensions/{idle}/take-back")
    assert done.status_code == 302
    page = person.get("/lifecycle").text
    assert f"/lifecycle/extensions/{idle}/take-back" not in page
    assert idle in page  # among those that rest


def test_a_company_comes_from_what_ends_to_the_form_that_renews_it(world, visitor, session):
    permit = world.one.things["permit"]
    permits.end_permit(SYSTEM, permit, at=clock.now() + dt.timedelta(days=20))
    service.tell_of_endings()
    query = sa.select(Notice.key).where(
        Notice.event == "expiry.near", Notice.recipient == f"enterprise:{world.one.code}"
    )
    key, person = session.scalars(query).one(), visitor("company")
    for path in ("/lifecycle", f"/notices/{key}"):
        (link,) = set(re.findall(r'href="(/filings/new/renewal[^"]*)"', person.get(path).text))
        form = person.get(link.replace("&amp;", "&"))
        assert form.status_code == 200
        assert f'value="{permit}"' in form.text
