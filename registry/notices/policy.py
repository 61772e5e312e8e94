"""Pure decisions about notices: when a delivery is tried again, and where a webhook may go."""

import datetime as dt
import ipaddress
import re
from urllib.parse import urlsplit

_SECOND, _MINUTE, _HOUR = 1, 60, 3600
RETRIES = (  # seconds after the last try; the schedule that the Standard Webhooks specification gives as an example
    5 * _SECOND,
    5 * _MINUTE,
    30 * _MINUTE,
    2 * _HOUR,
    5 * _HOUR,
    10 * _HOUR,
    14 * _HOUR,
    20 * _HOUR,
    24 * _HOUR,
)
ROTATION = dt.timedelta(hours=24)  # how long the old secret signs beside the new one
EVENT = re.compile(r"[a-z][a-z_]{0,39}\.[a-z][a-z_]{0,59}\Z")
LONGEST_URL = 500


def next_try(tries: int, now: dt.datetime) -> dt.datetime | None:
    """When a delivery that failed for the `tries`-th time is tried again, None where it is given up."""
    return now + dt.timedelta(seconds=RETRIES[tries - 1]) if tries <= len(RETRIES) else None


def objection(url: str, *, private: bool) -> str:
    """The code of what is wrong with the address of a webhook, empty where nothing is.

    private: whether addresses of private networks may be named. A name is looked up when something is sent there.
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return "url_unreadable"
    if parts.scheme not in ("http", "https") or not url.isascii() or len(url) > LONGEST_URL or url.split() != [url]:
        return "url_unreadable"
    if not host or parts.username or parts.password or parts.fragment:
        return "url_unreadable"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "" if private or "." in host else "url_private"
    return "" if private or is_public(address) else "url_private"


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address belongs to the whole internet: none of private networks, of this machine, of many at once."""
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    plain = address.is_global and not address.is_multicast and not address.is_reserved
    return plain and (inner is None or is_public(inner))
