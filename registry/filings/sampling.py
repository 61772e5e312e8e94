"""Which unchanged renewals a person looks at: a draw that nobody can foresee and everybody on the staff can repeat."""

import hashlib
import hmac
from collections.abc import Iterable

from registry.filings.kinds import Kind, Verdict
from registry.filings.outcome import Result

OF = 100


def draw(secret: bytes, key: str) -> int:
    """A filing's number of 0 to 99: the same whenever it is drawn, unknown without the registry's secret."""
    digest = hmac.digest(secret, f"renewal sample\n{key}".encode(), hashlib.sha256)
    return int.from_bytes(digest[:8]) % OF


def sampled(number: int, share: int) -> bool:
    """Whether a drawn number lies in the sample of so many in a hundred."""
    return number < share


def is_unchanged_renewal(kind: Kind, results: Iterable[Result]) -> bool:
    """Whether it only asks for more time, of an entry that has not lapsed: a lapsed one is judged as a first one."""
    return kind is Kind.RENEWAL and not any(result.outcome.evidence.get("lapsed") for result in results)


def all_passed(results: Iterable[Result]) -> bool:
    """Whether every check said yes: neither a doubt nor what could not be checked."""
    return all(result.verdict is Verdict.PASS for result in results)
