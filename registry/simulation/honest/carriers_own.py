"""The carriers' own texts open with a title in brackets and sign at the end."""

from registry.simulation.people import CARRIERS
from registry.simulation.sending import Place
from registry.simulation.town import Town
from registry.simulation.wording import TITLES


def settle(town: Town) -> None:
    """Service numbers of the three carriers; the first block registers them."""
    if town.block:
        return
    for carrier, (name, number) in zip(town.carriers, CARRIERS, strict=True):
        town.open_port(number, carrier, "own")
        text = town.signature(carrier)
        way = town.way(number, [carrier])
        grant = town.permit(way, text, carrier, carrier, weight=0, provinces=(), categories=("notice", "marketing"))
        for title in TITLES:
            notice = town.stream(grant, "notice", daily=1.5, place=Place.TITLE_FIRST, title=title, brand=name)
            town.sendings.append(notice)
        town.sendings.append(town.stream(grant, "marketing", daily=1.0, place=Place.END, brand=name))
