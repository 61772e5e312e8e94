"""Hashing passwords with argon2id, as the library's present parameters say."""

import argon2
from argon2.exceptions import VerificationError

_hasher = argon2.PasswordHasher()
_NOBODY = _hasher.hash("the password of nobody")


def hashed(password: str) -> str:
    """What is kept of a password."""
    return _hasher.hash(password)


def right(kept: str | None, password: str) -> bool:
    """Whether the password is the one that is kept; takes as long where nothing is kept (None)."""
    try:
        return _hasher.verify(kept or _NOBODY, password) and kept is not None
    except VerificationError:
        return False


def outdated(kept: str) -> bool:
    """Whether the kept hash is weaker than one made today."""
    return _hasher.check_needs_rehash(kept)
