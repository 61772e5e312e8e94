"""The chain behind a filing, as it is drawn."""

from dataclasses import replace

from registry.filings.chain import chain
from tests.filings.facts import CODE, DELEGATION, HOP, LETTER, PERMIT, PORT, SIGNATURE, A, B, C, scoped, seen


def told(step):
    marks = ("asked" if step.asked else "") + ("missing" if step.missing else "")
    return (step.enterprise, step.role, marks, [told(each) for each in step.onward])


def test_a_permit_stands_at_the_end_of_the_declared_hops():
    drawn = chain(PERMIT, seen(ports=(CODE,), hops=(HOP,)))
    assert [told(step) for step in drawn] == [(A, "holder", "", [(B, "end_user", "", [])])]


def test_a_user_to_whom_nothing_leads_stands_alone():
    drawn = chain(PERMIT, seen(ports=(CODE,)))
    assert [told(step) for step in drawn] == [(A, "holder", "", []), (B, "user", "missing", [])]


def test_an_asked_hop_is_drawn_where_it_would_stand():
    drawn = chain(replace(DELEGATION, from_enterprise=B, to_enterprise=C), seen(ports=(CODE,), hops=(HOP,)))
    assert told(drawn[0]) == (A, "holder", "", [(B, "end_user", "", [(C, "end_user", "asked", [])])])


def test_a_loop_is_drawn_once():
    back = replace(HOP, key="DLG-2", giver=B, taker=A)
    drawn = chain(PERMIT, seen(ports=(CODE,), hops=(HOP, back)))
    assert told(drawn[0]) == (A, "holder", "", [(B, "end_user", "", [])])


def test_an_extension_hangs_under_the_code_above_it():
    drawn = chain(replace(PORT, port="1069012301", holder=B), seen(ports=(CODE,)))
    assert told(drawn[0]) == (A, "holder", "", [(B, "holder", "asked", [])])
    assert told(chain(PORT, seen())[0]) == (A, "holder", "asked", [])


def test_anothers_signature_needs_a_letter_between_the_two():
    drawn = chain(SIGNATURE, seen())
    assert [told(step) for step in drawn] == [(B, "owner", "", [(A, "sender", "missing", [])])]
    lettered = chain(SIGNATURE, seen(letter=LETTER))
    assert (lettered[0].onward[0].by, lettered[0].onward[0].missing) == (LETTER.key, False)
    borrowed = chain(scoped(owner=C), seen(ports=(CODE,), hops=(HOP,)))
    assert told(borrowed[-1]) == (C, "owner", "", [(B, "sender", "missing", [])])
