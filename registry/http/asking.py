"""Who asks. How a request is known to come from somebody is handed in by the application."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from flask import current_app, request

from registry.kernel.actor import Actor
from registry.kernel.errors import Unauthenticated

PUBLIC = "public"
"""The permission of a route that anybody may ask."""

_KEY = "registry-who-asks"


def hand_in(app: Any, who_asks: Callable[[], Actor | None]) -> None:
    """Tell the application how to find out who asks: from an API key or from a log-in."""
    app.extensions[_KEY] = who_asks


def current_actor() -> Actor:
    """Who asks now.

    Raises Unauthenticated where nobody does.
    """
    actor = asking()
    if actor is None:
        fix = "send the header Authorization: Bearer <API key>"
        raise Unauthenticated("not_authenticated", "nobody is logged in, or the key is not valid", fix=fix)
    return actor


def asking() -> Actor | None:
    """Who asks now, or None."""
    if _KEY not in request.environ:  # not in `g`, which outlives a request where a context is pushed around several
        request.environ[_KEY] = current_app.extensions[_KEY]()
    return cast("Actor | None", request.environ[_KEY])


def permission(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorator: the view asks for a permission before anything of the request is read."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if name != PUBLIC:
                current_actor().require(name)
            return view(*args, **kwargs)

        guarded.permission = name  # type: ignore[attr-defined]
        return guarded

    return decorate
