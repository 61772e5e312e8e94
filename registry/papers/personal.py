"""Personal values: kept encrypted, found by a keyed hash, shown masked; who sees one whole says why and is recorded."""

import base64
import hashlib
import hmac
import secrets
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from registry import audit
from registry.kernel.actor import Actor
from registry.kernel.errors import Invalid
from registry.settings import current
from registry.store import unit_of_work

NONCE = 12  # bytes, as NIST SP 800-38D advises for GCM
LEAST_REASON = 4  # characters
_SHOWN_OF_ID = (3, 4)  # of an identity number: the place of birth's province and the last four
_SHOWN_OF_PHONE = (3, 4)


def encrypted(value: str) -> str:
    """The value under AES-GCM with the registry's key: nonce and cipher text, in base64."""
    nonce = secrets.token_bytes(NONCE)
    sealed = AESGCM(current().encryption_key).encrypt(nonce, value.encode(), None)
    return base64.b64encode(nonce + sealed).decode()


def decrypted(sealed: str) -> str:
    """The value again. Raises ValueError where another key was used or the text was changed."""
    raw = base64.b64decode(sealed, validate=True)
    try:
        return AESGCM(current().encryption_key).decrypt(raw[:NONCE], raw[NONCE:], None).decode()
    except InvalidTag:
        raise ValueError("this value was encrypted with another key, or was changed") from None


def keyed_hash(value: str) -> str:
    """What a value is found by: equal values, however they are spaced or cased, give equal hashes."""
    plain = "".join(unicodedata.normalize("NFKC", value).split()).replace("-", "").upper()
    return hmac.new(current().hashing_key, plain.encode(), hashlib.sha256).hexdigest()


def masked_id(value: str) -> str:
    """An identity number as it is shown: `110***********002X`."""
    return _masked(value, *_SHOWN_OF_ID)


def masked_phone(value: str) -> str:
    """A telephone number as it is shown: `138****5678`."""
    return _masked(value, *_SHOWN_OF_PHONE)


def unmask(actor: Actor, sealed: str, subject_kind: str, subject_key: str, *, field: str, reason: str) -> str:
    """The whole value, for an actor who says why; that it was seen stands in the audit trail, the value does not.

    Raises Forbidden, or Invalid where no reason is given.
    """
    actor.require("paper.unmask")
    if len(reason.strip()) < LEAST_REASON:
        raise Invalid("reason_needed", "say why you need to see this value", fix="write a reason of a few words")
    value = decrypted(sealed)
    with unit_of_work():
        seen = {"field": field, "hash": keyed_hash(value)}
        audit.record(actor, "personal.unmasked", subject_kind, subject_key, after=seen, reason=reason.strip())
    return value


def _masked(value: str, first: int, last: int) -> str:
    hidden = len(value) - first - last
    return value[:first] + "*" * hidden + value[-last:] if hidden > 0 else "*" * len(value)
