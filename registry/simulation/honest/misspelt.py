"""Senders misspell their own signature now and then."""

from registry.simulation.town import Town

ORDER = 2
SHARE = 0.02


def settle(town: Town) -> None:
    """A trickle beside some streams, with a character doubled, dropped, or a blank put in."""
    for sending in town.some(town.sendings, int(len(town.sendings) * SHARE)):
        text = _slip(town, sending.signature)
        town.sendings.append(sending.but(signature=text, daily=sending.daily * 0.03, story=town.story))


def _slip(town: Town, text: str) -> str:
    place = town.between(1, len(text) - 1)
    slips = (text[:place] + text[place - 1 :], text[:place] + text[place + 1 :], f"{text[:place]} {text[place:]}")
    return str(town.pick(slips))
