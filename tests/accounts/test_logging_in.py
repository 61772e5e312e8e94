"""Logging in: right, wrong, slowed, changed, ended; every one of them on record."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from registry.accounts import service
from registry.accounts.model import Account, FailedLogin
from registry.accounts.service.logging_in import one_time_password
from registry.app import create_app
from registry.audit.model import AuditEvent
from registry.kernel import clock
from registry.kernel.actor import SYSTEM
from registry.kernel.errors import Invalid, TooMany, Unauthenticated
from registry.store import db
from registry.store.upgrade import upgrade

EMAIL = "li@example.com"
PASSWORD = "three columns two tables"
NEXT = "one good day of weather"


@pytest.fixture
def account(session):
    return service.open_account(SYSTEM, EMAIL, "Li", ["reviewer"], PASSWORD)


def actions(session):
    return list(session.scalars(sa.select(AuditEvent.action).order_by(AuditEvent.number)))


def wrong(times=1, address="192.0.2.1", email=EMAIL):
    for _ in range(times):
        with pytest.raises(Unauthenticated):
            service.log_in(email, "not the password", address)


def test_the_right_password_opens_the_account_however_the_address_is_written(account, session):
    assert service.log_in(" LI@Example.com ", PASSWORD, "192.0.2.1") is account
    assert actions(session)[-1] == "login.succeeded"


def test_a_wrong_password_is_refused_counted_and_on_record(account, session):
    wrong()
    assert session.scalar(sa.select(sa.func.count(FailedLogin.id))) == 1
    assert actions(session)[-1] == "login.failed"


def test_neither_the_table_nor_the_trail_holds_what_was_typed_as_a_name(session):
    wrong(email="my-password-by-mistake")
    kept = str(session.execute(sa.select(FailedLogin.email, FailedLogin.address)).all())
    kept += str(session.execute(sa.select(AuditEvent.subject_key, AuditEvent.after)).all())
    assert "mistake" not in kept


def test_after_five_wrong_ones_even_the_right_one_waits(account):
    wrong(5)
    with pytest.raises(TooMany):
        service.log_in(EMAIL, PASSWORD, "192.0.2.99")
    with clock.frozen(clock.now() + dt.timedelta(seconds=20)):
        assert service.log_in(EMAIL, PASSWORD, "192.0.2.99")


def test_the_right_one_forgets_the_wrong_ones(account):
    wrong(4)
    service.log_in(EMAIL, PASSWORD, "192.0.2.1")
    wrong(4)
    assert service.log_in(EMAIL, PASSWORD, "192.0.2.1")


def test_many_names_from_one_address_are_slowed_too(account):
    for number in range(30):
        wrong(email=f"nobody{number}@example.com")
    with pytest.raises(TooMany):
        service.log_in(EMAIL, PASSWORD, "192.0.2.1")
    assert service.log_in(EMAIL, PASSWORD, "192.0.2.2")


def test_a_closed_account_opens_no_more(account):
    service.close_account(SYSTEM, EMAIL)
    with pytest.raises(Unauthenticated):
        service.log_in(EMAIL, PASSWORD, "192.0.2.1")


def test_a_new_password_replaces_the_old_one_and_ends_its_sessions(account, session):
    before = account.fs_uniquifier
    service.change_password(SYSTEM, EMAIL, PASSWORD, NEXT, "192.0.2.1")
    assert (account.must_change_password, account.fs_uniquifier == before) == (False, False)
    assert service.log_in(EMAIL, NEXT, "192.0.2.1")
    assert "account.password_changed" in actions(session)
    wrong()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("wrong wrong wrong", NEXT, "wrong_password"),
        (PASSWORD, "short", "password_short"),
        (PASSWORD,) * 2 + ("password_same",),
    ],
)
def test_a_new_password_must_be_fit_and_the_old_one_known(account, old, new, code):
    with pytest.raises(Invalid) as refused:
        service.change_password(SYSTEM, EMAIL, old, new, "192.0.2.1")
    assert refused.value.code == code


def test_a_reset_password_opens_once_and_must_be_changed(account):
    password = service.reset_password(SYSTEM, EMAIL)
    assert service.log_in(EMAIL, password, "192.0.2.1").must_change_password


def test_one_time_passwords_differ():
    assert len({one_time_password() for _ in range(100)}) == 100


def test_guesses_at_the_same_moment_are_counted_one_by_one(own_database):
    app = create_app(own_database)

    def guess(_number):
        with app.app_context():
            try:
                service.log_in(EMAIL, "not the password", "192.0.2.1")
            except (Unauthenticated, TooMany) as refused:
                return type(refused)

    with app.app_context():
        upgrade()
    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(guess, range(16)))
    with app.app_context():
        assert (answers.count(Unauthenticated), answers.count(TooMany)) == (5, 11)
        assert db.session.scalar(sa.select(sa.func.count(Account.id))) == 0
        db.session.remove()
        db.engine.dispose()
