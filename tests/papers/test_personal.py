"""Personal values."""

import pytest

from registry.audit.queries import history
from registry.kernel.errors import Forbidden, Invalid
from registry.papers import personal
from tests.conftest import actor

ID = "11010519491231002X"
ABOUT = ("filing", "FLG-1")


def test_a_value_comes_back_and_never_looks_the_same_twice(app):
    assert personal.decrypted(personal.encrypted(ID)) == ID
    assert personal.encrypted(ID) != personal.encrypted(ID)
    assert ID not in personal.encrypted(ID)


def test_a_changed_cipher_text_is_refused(app):
    sealed = personal.encrypted(ID)
    with pytest.raises(ValueError, match="changed"):
        personal.decrypted(("B" if sealed[0] == "A" else "A") + sealed[1:])


def test_a_value_is_found_however_it_is_written(app):
    assert personal.keyed_hash("110105 19491231 002x") == personal.keyed_hash(ID)
    assert personal.keyed_hash("138-0013-8000") == personal.keyed_hash("13800138000")
    assert personal.keyed_hash("13800138000") != personal.keyed_hash("13800138001")


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (personal.masked_id, ID, "110***********002X"),
        (personal.masked_phone, "13812345678", "138****5678"),
        (personal.masked_phone, "12345", "*****"),
        (personal.masked_phone, "", ""),
    ],
)
def test_a_mask_hides_all_but_the_ends(mask, value, shown):
    assert mask(value) == shown


def test_who_unmasks_says_why_and_is_recorded_without_the_value(app):
    sealed = personal.encrypted(ID)
    seen = personal.unmask(actor("reviewer"), sealed, *ABOUT, field="handler_id", reason="compare with the ID card")
    assert seen == ID
    [event] = history("filing", "FLG-1")
    assert (event.action, event.reason) == ("personal.unmasked", "compare with the ID card")
    assert event.after == {"field": "handler_id", "hash": personal.keyed_hash(ID)}


def test_nobody_unmasks_without_a_reason_or_the_permission(app):
    sealed = personal.encrypted(ID)
    with pytest.raises(Invalid):
        personal.unmask(actor("reviewer"), sealed, *ABOUT, field="handler_id", reason="  ")
    with pytest.raises(Forbidden):
        personal.unmask(actor("company", enterprise="X"), sealed, *ABOUT, field="handler_id", reason="curious")
