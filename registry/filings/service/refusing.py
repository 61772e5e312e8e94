"""What a refusal must hold: at least one coded reason, each for a field that the filing has."""

from collections.abc import Iterator, Sequence

from registry.filings.model import Filing
from registry.filings.reasons import BY_CODE, fields_of
from registry.kernel.errors import FieldError, Invalid

Reasons = Sequence[dict[str, str]]


def checked_reasons(filing: Filing, reasons: Reasons) -> list[dict[str, str]]:
    """The reasons as they are kept: one that can be about a single field of this filing names it.

    Raises Invalid for none, for one that is not of the list, and for a field that the filing has not.
    """
    fields = list(_objections(filing, reasons))
    if not reasons:
        fields = [FieldError("reasons", "missing", "a refusal has at least one coded reason", "choose one of the list")]
    if fields:
        raise Invalid("reasons_needed", fields[0].message, fields=fields)
    return [{**each, "field": each.get("field") or _only_field(filing, each["code"])} for each in reasons]


def _objections(filing: Filing, reasons: Reasons) -> Iterator[FieldError]:
    possible = fields_of(filing.content)
    for place, each in enumerate(reasons):
        code, field = each.get("code", ""), each.get("field", "")
        if code not in BY_CODE:
            said = f"there is no reason {code[:40]!r}"
            yield FieldError(f"reasons.{place}.code", "unknown_reason", said, "choose one of the list")
        elif field and field not in possible:
            said = f"this filing has no field {field[:40]!r}"
            yield FieldError(f"reasons.{place}.field", "unknown_field", said, f"one of {', '.join(possible)}")


def _only_field(filing: Filing, code: str) -> str:
    about = [field for field in BY_CODE[code].fields if field in fields_of(filing.content)]
    return about[0] if len(about) == 1 else ""
