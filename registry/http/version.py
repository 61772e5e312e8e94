"""Versions of things that are decided on: ETag out, If-Match in."""

from typing import Any

from flask import request

from registry.kernel.errors import Invalid, PreconditionRequired


def etag_of(thing: Any) -> str | None:
    """The ETag of a thing that has a `version`, None for others."""
    version = getattr(thing, "version", None)
    return None if version is None else f'"{version}"'


def asked_version() -> int:
    """The version that the caller decides on.

    Raises PreconditionRequired where it does not say, Invalid where it says no number.
    """
    header = request.headers.get("If-Match")
    if header is None:
        raise PreconditionRequired("if_match_required", "send If-Match with the ETag that you read")
    text = header.strip().removeprefix("W/").strip('"')
    if not text.isascii() or not text.isdecimal() or len(text) > 18:  # noqa: PLR2004 - fits 64 bits
        raise Invalid("bad_if_match", "If-Match holds no ETag of ours", fix='send it as you read it, like "3"')
    return int(text)
