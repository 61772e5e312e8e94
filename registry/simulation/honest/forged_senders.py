"""Strangers forge a registered number as sender; its holder has nothing to do with it."""

from registry.simulation.sending import Hours
from registry.simulation.town import Town

ORDER = 2
SHARE = 0.006


def settle(town: Town) -> None:
    """A few texts under another's number, from accounts that nobody registered, once a while."""
    for grant in town.some(town.grants, max(2, int(len(town.grants) * SHARE))):
        other = town.user()
        forged = town.stream(grant, "marketing", daily=0.03, theme="loan", submitter=town.numbers.account(), agent="")
        ends = {"signature": other.brand, "link": f"x{other.link}", "contact": other.contact, "hours": Hours.OFFICE}
        town.sendings.append(forged.but(**ends, opt_out="", permit=""))
