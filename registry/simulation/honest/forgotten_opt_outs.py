"""Marketing that forgot its opt-out."""

from registry.simulation.town import Town

ORDER = 2
SHARE = 0.03


def settle(town: Town) -> None:
    """A part of some marketing streams goes out without the wording."""
    marketing = [sending for sending in town.sendings if sending.opt_out]
    for sending in town.some(marketing, int(len(marketing) * SHARE)):
        town.sendings.append(sending.but(daily=sending.daily * 0.2, opt_out="", story=town.story))
