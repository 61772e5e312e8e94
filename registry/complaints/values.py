"""What is said in a complaint: checked before it is kept."""

import datetime as dt
from dataclasses import dataclass, replace

from registry.kernel.checking import Checking
from registry.law.divisions import province_bits
from registry.ports.values import digits

LONGEST = 100
LONGEST_CONTENT = 2000


@dataclass(frozen=True, slots=True)
class ComplaintValues:
    """Which number, which text, when. `complaint` is its key at whoever sent it; empty: a new one is given."""

    port: str
    received_at: dt.datetime | None = None
    complaint: str = ""
    sent_at: dt.datetime | None = None
    signature: str = ""
    content: str = ""
    channel: str = ""
    province: str = ""

    def checked(self) -> "ComplaintValues":
        """The values as they are kept. Raises Invalid with every field that cannot stay."""
        check = Checking()
        checked = replace(
            self,
            complaint=check.text("complaint", self.complaint, LONGEST),
            port=digits(check, "port", self.port),
            signature=check.text("signature", self.signature, LONGEST),
            content=check.text("content", self.content, LONGEST_CONTENT),
            channel=check.text("channel", self.channel, LONGEST),
        )
        if self.province:
            check.read("province", lambda text: province_bits([text]), self.province, 0)
        if self.sent_at and self.received_at and self.sent_at > self.received_at:
            check.refuse("sent_at", "after_received", "it lies after the complaint itself", "look at both times")
        check.finish("complaint")
        return checked
