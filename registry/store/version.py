"""The version of a thing that is decided on: whoever decides says which one was read."""

from typing import Any

from registry.kernel.errors import Stale


def expect(thing: Any, version: int | None) -> None:
    """Raise Stale where the thing is no longer at the version that the caller decides on; None asks nothing."""
    if version is not None and thing.version != version:
        detail = f"you decide on version {version}, it is at version {thing.version} by now"
        raise Stale("stale", detail, fix="read it again and decide anew")
