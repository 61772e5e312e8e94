"""The chain behind a filing, drawn: from the holder of the number over every declared hop to whoever is to send."""

from collections.abc import Iterable
from dataclasses import dataclass

from registry.filings.content import Content, PermitContent, SignatureContent, letter_of, number_of
from registry.filings.view import View
from registry.ports.values import DelegationValues, PortValues

MOST_STEPS = 40  # of a main port with hundreds of customers a page shows the first


@dataclass(frozen=True, slots=True)
class Step:
    """One party of the chain: as what it stands there, by which entry, and who comes after it.

    `asked`: it stands there only if this filing is approved; `missing`: nothing declared leads to it.
    """

    enterprise: str
    role: str
    port: str = ""
    by: str = ""
    asked: bool = False
    missing: bool = False
    onward: tuple["Step", ...] = ()

    def parties(self) -> set[str]:
        """Everybody from here on."""
        return {self.enterprise}.union(*(each.parties() for each in self.onward))


@dataclass(frozen=True, slots=True)
class _Hop:
    giver: str
    taker: str
    role: str
    port: str
    by: str
    asked: bool = False


def chain(content: Content, view: View) -> tuple[Step, ...]:
    """The chains of a filing, each from its beginning; parties to which nothing leads stand by themselves."""
    drawn = _of_number(content, view) if number_of(content) else ()
    known = set().union(*(step.parties() for step in drawn))
    return (*drawn, *_of_signature(content, view, known))


def _of_number(content: Content, view: View) -> tuple[Step, ...]:
    number = number_of(content)
    held = [each for each in view.above(number) if not (isinstance(content, PortValues) and each.port == number)]
    hops = [_Hop(each.giver, each.taker, each.role, each.port, each.key) for each in view.chain(number)][:MOST_STEPS]
    match content:
        case DelegationValues():
            hops.append(
                _Hop(content.from_enterprise, content.to_enterprise, content.role, content.port, "", asked=True)
            )
        case PortValues() if held and held[0].holder != content.holder:
            hops.append(_Hop(held[0].holder, content.holder, "holder", content.port, "", asked=True))
        case PortValues():
            return (Step(content.holder, "holder", number, asked=True),)
    return (_grown(held[0].holder, "holder", held[0].port, hops),) if held else ()


def _grown(enterprise: str, role: str, port: str, hops: Iterable[_Hop]) -> Step:
    """A party with all that it hands on; who stands further up is not drawn again."""
    return Step(enterprise, role, port, onward=_onward(enterprise, list(hops), frozenset({enterprise})))


def _onward(giver: str, hops: list[_Hop], seen: frozenset[str]) -> tuple[Step, ...]:
    next_ones = [hop for hop in hops if hop.giver == giver and hop.taker not in seen]
    return tuple(
        Step(hop.taker, hop.role, hop.port, hop.by, hop.asked, onward=_onward(hop.taker, hops, seen | {hop.taker}))
        for hop in next_ones
    )


def _of_signature(content: Content, view: View, known: set[str]) -> tuple[Step, ...]:
    match content:
        case PermitContent():
            owner, sender = content.values.owner, content.values.user
        case SignatureContent():
            owner, sender = content.values.owner, view.applicant
        case _:
            return ()
    alone = () if sender in known or isinstance(content, SignatureContent) else (Step(sender, "user", missing=True),)
    if owner == sender:
        return alone
    letter = view.letter.key if view.letter else letter_of(content)
    sends = Step(sender, "sender", by=letter, missing=not letter)
    return (*alone, Step(owner, "owner", onward=(sends,)))
