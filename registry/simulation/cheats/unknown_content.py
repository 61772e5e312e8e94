"""Others' content behind a legal signature, with a link that no register knows."""

from registry.simulation.planting import daily, plant, single, times
from registry.simulation.town import Town

_ENDINGS = ("top", "xyz", "club", "vip")


def settle(town: Town) -> None:
    """Offers under the customer's own signature that lead to a new host of nobody."""
    for victim in single(town, times(town), fits=lambda grant: "marketing" in grant.permit.categories):
        link = f"k{town.numbers.account()}.{town.pick(_ENDINGS)}/go"
        stream = town.stream(victim, "marketing", daily=daily(town), link=link, contact="", theme="loan")
        plant(town, "sublet", "subtle", victim.user, [stream], also_kind="scope_expansion")
