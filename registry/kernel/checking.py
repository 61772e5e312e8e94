"""Checking the fields of a thing: every objection is collected, so that a person hears of all of them at once."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from registry.kernel.errors import FieldError, Invalid
from registry.kernel.sentence import Unreadable

T = TypeVar("T")
Kind = TypeVar("Kind", bound=StrEnum)


class Checking:
    """Objections against the fields of one thing; `finish` raises them together."""

    def __init__(self) -> None:
        self.errors: list[FieldError] = []

    def refuse(self, field: str, code: str, message: str, fix: str = "") -> None:
        """Object to a field."""
        self.errors.append(FieldError(field, code, message, fix))

    def read(self, field: str, parse: Callable[[str], T], text: str, otherwise: T, fix: str = "") -> T:
        """What `parse` makes of a text; its ValueError becomes an objection, and `otherwise` the answer."""
        try:
            return parse(text)
        except Unreadable as error:
            self.errors.append(FieldError(field, error.code.lower(), str(error), fix, error.sentence))
        except ValueError as error:
            self.refuse(field, "invalid", str(error), fix)
        return otherwise

    def one_of(self, field: str, kinds: type[Kind], text: str) -> Kind:
        """The member of an enumeration that a text names; the first one after an objection."""
        listed = list(kinds)
        if text in [kind.value for kind in listed]:
            return kinds(text)
        self.refuse(field, "unknown_value", f"{text[:40]!r} is not possible here", f"one of {', '.join(listed)}")
        return listed[0]

    def text(self, field: str, text: str, most: int, *, needed: bool = False) -> str:
        """The text without blanks at its ends; refused where it is too long, missing, or holds control characters."""
        text = text.strip()
        if needed and not text:
            self.refuse(field, "missing", "it is empty", "fill it in")
        if len(text) > most:
            self.refuse(field, "too_long", f"it has {len(text)} characters", f"at most {most}")
        if any(unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\n\t" for letter in text):
            self.refuse(field, "control_character", "it holds characters that cannot be shown", "type it anew")
        return text

    def every(self, field: str, parse: Callable[[str], object], texts: Iterable[str], fix: str = "") -> tuple[str, ...]:
        """The texts, each once, in their order; each that `parse` refuses becomes an objection at its place."""
        kept = tuple(dict.fromkeys(texts))
        for place, text in enumerate(kept):
            self.read(f"{field}.{place}", parse, text, None, fix)
        return kept

    def cleared(self, said: Any, clearable: Sequence[str]) -> tuple[str, ...]:
        """The fields that `said.clear` names, each once; refused where one is not emptied, or filled in as well."""
        kept = tuple(dict.fromkeys(said.clear))
        for name in kept:
            if name not in clearable:
                self.refuse("clear", "unknown_value", f"{name[:40]!r} is not emptied", f"of {', '.join(clearable)}")
            elif getattr(said, name):
                self.refuse("clear", "do_not_fit", f"{name} is filled in and emptied at once", "do one of the two")
        return kept

    def finish(self, what: str) -> None:
        """Raise Invalid where anything was objected to. `what` is the kind of thing that was checked."""
        if self.errors:
            named = ", ".join(dict.fromkeys(error.field for error in self.errors))
            raise Invalid("invalid", f"this {what} cannot be kept as it is: {named}", fields=self.errors)
