"""Where a webhook may go, when it is tried again, how it is signed."""

import datetime as dt
import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.notices import policy, signing

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def test_a_signature_is_the_one_of_the_specifications_own_example():
    secret, message = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"
    signed = signing.signature(secret, message, 1614265330, b'{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_while_a_secret_is_replaced_both_sign():
    old, new = signing.new_secret(), signing.new_secret()
    head = signing.headers([new, old], "NTC-1", 1, b"{}")
    assert head["webhook-signature"].split() == [signing.signature(key, "NTC-1", 1, b"{}") for key in (new, old)]


@given(st.binary(), st.integers(0, 2**31), st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1))
def test_one_changed_byte_changes_the_signature(body, at, message):
    secret = signing.new_secret()
    assert signing.signature(secret, message, at, body) != signing.signature(secret, message, at, body + b"x")


def test_tries_grow_rarer_and_end_after_three_days():
    waits = [(policy.next_try(tries, NOW) - NOW).total_seconds() for tries in range(1, len(policy.RETRIES) + 1)]
    assert waits == sorted(waits)
    assert dt.timedelta(days=3) < dt.timedelta(seconds=sum(waits)) < dt.timedelta(days=3.5)
    assert policy.next_try(len(policy.RETRIES) + 1, NOW) is None


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://example.com/sms?a=1", ""),
        ("http://8.8.8.8:8080/", ""),
        ("ftp://example.com/", "url_unreadable"),
        ("file:///etc/passwd", "url_unreadable"),
        ("https://user:secret@example.com/", "url_unreadable"),
        ("https://example.com/#x", "url_unreadable"),
        ("https://exa mple.com/", "url_unreadable"),
        ("https://example.com:99999/", "url_unreadable"),
        ("https://例子.中国/", "url_unreadable"),
        ("https:///sms", "url_unreadable"),
        ("http://127.0.0.1/", "url_private"),
        ("http://[::1]/", "url_private"),
        ("http://[::ffff:10.0.0.1]/", "url_private"),
        ("http://169.254.169.254/latest/meta-data", "url_private"),
        ("http://10.1.2.3/", "url_private"),
        ("http://100.64.0.1/", "url_private"),
        ("http://224.0.0.1/", "url_private"),
        ("http://0.0.0.0/", "url_private"),
        ("http://intranet/", "url_private"),
    ],
)
def test_a_webhook_goes_only_to_addresses_of_the_internet(url, code):
    assert policy.objection(url, private=False) == code
    assert policy.objection(url, private=True) == ("" if code == "url_private" else code)


@given(st.ip_addresses())
def test_nothing_that_only_this_machine_or_network_knows_is_public(address):
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        assert not policy.is_public(address)


def test_an_inner_address_is_looked_at_too():
    assert not policy.is_public(ipaddress.ip_address("2002:7f00:1::"))
