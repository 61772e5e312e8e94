"""Use cases of notices: telling, reading, endpoints of webhooks, delivering.

Other rooms call `tell` inside their unit of work, with `reason` for each reason; everything else follows by itself.
"""

from registry.notices.service.delivering import deliver, replay, take_up
from registry.notices.service.endpoints import change_endpoint, close_endpoint, open_endpoint, rotate_secret
from registry.notices.service.reading import by_mail, read, read_all
from registry.notices.service.spreading import spread
from registry.notices.service.telling import reason, tell

__all__ = [
    "by_mail",
    "change_endpoint",
    "close_endpoint",
    "deliver",
    "open_endpoint",
    "read",
    "read_all",
    "reason",
    "replay",
    "rotate_secret",
    "spread",
    "take_up",
    "tell",
]
