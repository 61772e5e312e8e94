"""What is new of a contact, checked before it is kept. Pure."""

import re
import unicodedata

from registry.contacts.kinds import ContactPart
from registry.kernel.errors import FieldError, Invalid

LONGEST = 200  # characters
EMAIL = re.compile(r"[^\s@,;<>\"]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+\Z")
_TELEPHONE = re.compile(r"\+?[0-9]{5,20}\Z")
_FORMS = {
    ContactPart.TELEPHONE: (_TELEPHONE, "digits, like 010-12345678"),
    ContactPart.EMAIL: (EMAIL, "like legal@example.com"),
}


def checked(part: ContactPart, text: str) -> str:
    """The new value as it is kept. Raises Invalid where there is none, or it can be none; it stands in no message."""
    value = unicodedata.normalize("NFKC", text).strip()
    if not value or not value.isprintable() or len(value) > LONGEST:
        fix = f"write what it is now, at most {LONGEST} characters"
        raise _invalid("value_missing", "what is new is not said", fix)
    if part is ContactPart.TELEPHONE:
        value = re.sub(r"[\s()-]", "", value)
    form, fix = _FORMS.get(part, (None, ""))
    if form and not form.match(value):
        raise _invalid("bad_contact", f"this is no {part.value}", fix)
    return value


def _invalid(code: str, said: str, fix: str) -> Invalid:
    return Invalid(code, said, fields=[FieldError("value", code, said, fix)])
