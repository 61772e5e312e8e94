"""Short links, shop builders and hotlines that thousands of unrelated senders use lawfully."""

from registry.simulation.rows import SharedContact
from registry.simulation.town import Town

ORDER = 2
SHARED = (
    ("dwzhi.cn", "short_link"),
    ("s1k.cc", "short_link"),
    ("weidiantong.com", "shop_builder"),
    ("4008887700", "hotline"),
    ("appgou.com", "app_store"),
)
SHARE = 0.12


def settle(town: Town) -> None:
    """Registers the shared ones and lets a share of the streams use them beside their own."""
    if town.block == 0:
        owner = town.people["platform"][0].code
        town.add(*(SharedContact(value=value, kind=kind, owner=owner) for value, kind in SHARED))
    links = [value for value, kind in SHARED if kind != "hotline"]
    for sending in town.some(town.sendings, int(len(town.sendings) * SHARE)):
        sending.link = f"{town.pick(links)}/{town.numbers.account()}"
        if town.chance(0.1):
            sending.contact = "400-888-7700"
