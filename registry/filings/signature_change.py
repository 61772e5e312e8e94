"""What a filing says that changes where the right to a registered signature comes from."""

from dataclasses import dataclass, replace

from registry.kernel.checking import Checking
from registry.signatures.kinds import SignatureSource

LONGEST = 2000
LONGEST_KEY = 100


@dataclass(frozen=True, slots=True)
class SignatureChangeContent:
    """Another source for a registered signature, or the number of the trademark it comes from; what is empty stays.

    Its text and its owner never change: another text is another signature.
    """

    subject: str
    source: str = ""
    trademark: str = ""
    reason: str = ""

    def checked(self) -> "SignatureChangeContent":
        """The content as it is kept. Raises Invalid."""
        check = Checking()
        kept = replace(
            self,
            subject=check.text("subject", self.subject, LONGEST_KEY, needed=True),
            source=check.one_of("source", SignatureSource, self.source) if self.source else "",
            trademark=check.text("trademark", self.trademark, LONGEST_KEY),
            reason=check.text("reason", self.reason, LONGEST),
        )
        if not (kept.source or kept.trademark):
            check.refuse("source", "missing", "it changes nothing", "fill in what has changed")
        check.finish("change of a signature")
        return kept
