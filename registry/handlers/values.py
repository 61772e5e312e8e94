"""What is said of a handler: checked before it is kept."""

import re
import unicodedata
from dataclasses import dataclass

from stdnum.cn import ric

from registry.kernel.checking import Checking

LONGEST = 60
FIELDS = ("name", "id_number", "phone")
_PHONE = re.compile(r"1[3-9][0-9]{9}\Z")
_PASSPORT = re.compile(r"[A-Z]{1,2}[0-9A-Z]{6,10}\Z")


@dataclass(frozen=True, slots=True)
class HandlerValues:
    """A person's name, identity number (resident's, or a passport's) and mobile number."""

    name: str
    id_number: str
    phone: str

    def checked(self) -> "HandlerValues":
        """The values as they are kept. Raises Invalid; the values themselves stand in no message."""
        check = Checking()
        kept = HandlerValues(
            check.text("name", self.name, LONGEST, needed=True), _plain(self.id_number), _plain(self.phone)
        )
        if not ric.is_valid(kept.id_number) and not _PASSPORT.match(kept.id_number):
            check.refuse("id_number", "id_number", "this can be no identity number", "copy it from the card")
        if not _PHONE.match(kept.phone.removeprefix("+86")):
            check.refuse("phone", "phone", "this is no mobile number", "11 digits, beginning with 1")
        check.finish("handler")
        return HandlerValues(kept.name, kept.id_number, kept.phone.removeprefix("+86"))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("-", "").upper()
