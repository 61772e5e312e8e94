"""What a permit declares beside it, as it is known in the days looked at."""

import datetime as dt

import pytest

from registry.detection import declarations
from registry.exchange.service import import_bundle
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.store.periods import period
from tests.factories import registered
from tests.factories.exchange import bundle, write


@pytest.mark.parametrize(("day", "ended"), [(21, False), (22, True)])
def test_a_merchant_is_none_any_more_three_weeks_after_its_time(session, tmp_path, day, ended):
    tables = bundle()
    tables["beneficiaries"][0]["valid_until"] = "2026-02-01"
    assert import_bundle(SYSTEM, write(tmp_path, tables)).kept
    days = (clock.midnight(dt.date(2026, 2, each)) for each in (day, 28))
    rows = declarations.values(period(*days)).to_pylist()
    assert {row["value"]: row["ended"] for row in rows if row["beneficiary"]} == {"xk.cn": ended, "13800138000": ended}


@pytest.mark.parametrize("owners", [1, 2])
def test_what_one_owner_declares_is_no_word_of_whoever_sends_for_it(session, owners):
    sender = registered.enterprise("代发短信有限公司", "sms_service_company").code
    registered.port(sender)
    codes = [registered.enterprise(f"客户{place}有限公司").code for place in range(owners)]
    for place, code in enumerate(codes):
        registered.signature(code, f"客户{place}")
        registered.permit(code, sender, text=f"客户{place}", links=["t.cn/a"])
    day = clock.midnight(dt.date(2026, 2, 1))
    rows = declarations.values(period(day, day + dt.timedelta(days=1))).to_pylist()
    assert {row["enterprise"] for row in rows} == ({*codes, sender} if owners > 1 else set(codes))
