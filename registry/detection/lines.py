"""Which numbers belong together: a line is the allotted number or range that a full number seen extends."""

from typing import Any

from ibis import _


def lines(over: Any, ports: Any, delegations: Any, permits: Any) -> Any:
    """Each port seen with its line: port, line.

    A customer appends digits of its own to what it was given, so messages are counted by the longest registered
    extension, end user's range or permit's number that covers them; a number that only an access code covers stands
    for itself.
    """
    named = ports.filter(_.level == "extension").select("prefix")
    named = named.union(delegations.filter(_.role == "end_user").select("prefix"))
    named = named.union(permits.select(prefix=_.digits)).distinct()
    named = named.anti_join(ports.filter(_.level == "access_code"), "prefix")
    longest = over.join(named, "prefix").group_by("port").agg(longest=_.prefix.max())  # a longer one sorts behind
    every = over.select("port").distinct().left_join(longest, "port", rname="long_{name}")
    return every.select("port", line=_.longest.fill_null(_.port))
