"""Errors for people: what was wrong, where, what to do. One kind for each answer that a door can give."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from registry.kernel.sentence import Sentence


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field that cannot stay as it is: `field` by its path, a stable `code`, a sentence and the fix.

    `said` and `mend` are the same two in both languages, where whoever objects says it so: pages show them.
    """

    field: str
    code: str
    message: str
    fix: str = ""
    said: Sentence | None = None
    mend: Sentence | None = None

    def as_json(self) -> dict[str, str]:
        """The four parts by their names."""
        return {"field": self.field, "code": self.code, "message": self.message, "fix": self.fix}


class Problem(Exception):  # noqa: N818 - a problem is what RFC 9457 calls it
    """Something that the caller can mend or must know; `code` is stable, `detail` and `fix` are sentences."""

    title = "The request could not be carried out"

    def __init__(self, code: str, detail: str, *, fix: str = "", fields: Iterable[FieldError] = ()) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.fix = fix
        self.fields = tuple(fields)

    def as_json(self) -> dict[str, Any]:
        """The members of an RFC 9457 answer that belong to this problem."""
        return {
            "title": self.title,
            "code": self.code,
            "detail": self.detail,
            "fix": self.fix,
            "errors": [error.as_json() for error in self.fields],
        }


class Invalid(Problem):
    """The input breaks a rule of form or of the field."""

    title = "The input is not valid"


class Unauthenticated(Problem):
    """Nobody is logged in, or the key is unknown, expired or withdrawn."""

    title = "Log in or present an API key"


class Forbidden(Problem):
    """The actor holds no permission for this."""

    title = "Not permitted"


class NotFound(Problem):
    """There is no such thing, or none that the actor may see."""

    title = "Not found"


class Conflict(Problem):
    """The thing's present state, or another thing, stands against it."""

    title = "In conflict with the present state"


class Stale(Problem):
    """Somebody changed the thing since the caller read it."""

    title = "Changed by somebody else meanwhile"


class PreconditionRequired(Problem):
    """The caller must say which version it decides on."""

    title = "Say which version you decide on"


class TooLarge(Problem):
    """More bytes or rows than one request may carry."""

    title = "Too large"


class TooMany(Problem):
    """The caller asks too often."""

    title = "Too many requests"


class Unavailable(Problem):
    """A part that is needed does not answer now; nothing was changed."""

    title = "Not available at the moment"
