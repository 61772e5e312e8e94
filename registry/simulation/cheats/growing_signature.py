"""A signature grows into a trade that nobody approved: the brand with 金融 or 保险 behind it."""

from registry.simulation.planting import daily, plant, single, times
from registry.simulation.town import Town

_GROWTH = ("金融", "保险", "贷款", "财富")


def settle(town: Town) -> None:
    """The registered name with a word more, selling loans from the same number."""
    for victim in single(town, times(town)):
        others = [word for word in _GROWTH if word not in victim.owner.row.name]
        grown = {"signature": victim.owner.brand + town.pick(others), "theme": "loan", "permit": ""}
        stream = town.stream(victim, "marketing", daily=daily(town), **grown)
        plant(town, "scope_expansion", "medium", victim.user, [stream], also_kind="sublet")
