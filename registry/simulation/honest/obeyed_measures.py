"""Suspensions that are obeyed, measures that were lifted or are only proposed, a denied letter that nobody used."""

from typing import Any

from registry.simulation.rows import Letter, Measure
from registry.simulation.sending import Sending
from registry.simulation.town import Grant, Town

ORDER = 2
SHARE = 0.004


def settle(town: Town) -> None:
    """Measures of every state; where one is in force the streams stop."""
    count = max(1, int(len(town.grants) * SHARE))
    chosen = town.some(town.grants, count * 3)
    for grant in chosen[:count]:
        _measure(town, grant, "in_force")
        town.sendings[:] = [sending for sending in town.sendings if not _of(sending, grant)]
        town.used.add(grant.number)
    for grant in chosen[count : count * 2]:
        _measure(town, grant, "lifted", valid_until=town.before(5, 29))
    for grant in chosen[count * 2 :]:
        _measure(town, grant, town.pick(("proposed", "notified", "stayed")))
    _denied_letter(town)


def _measure(town: Town, grant: Grant, state: str, **more: object) -> None:
    values: dict[str, Any] = {"action": "suspend", "reason": "投诉率超限", "valid_from": town.before(30, 50)} | more
    town.add(Measure(subject_kind="permit", subject=grant.permit.permit, state=state, **values))


def _of(sending: Sending, grant: Grant) -> bool:
    return sending.permit == grant.permit.permit


def _denied_letter(town: Town) -> None:
    owner, applicant = town.user(), town.pick(town.people["agent"])
    asked = town.before(10, 40)
    town.add(
        Letter(
            letter=town.key("L"),
            owner=owner.code,
            applicant=applicant.code,
            signatures=(owner.brand,),
            confirmation="denied",
            confirmed_at=asked,
            valid_from=town.before(60, 90),
            valid_until=town.after(100, 300),
        )
    )
