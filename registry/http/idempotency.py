"""The same request twice happens once: the answer is kept in the commit of the change itself."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

import sqlalchemy as sa
from flask import Response, request

from registry.http.asking import current_actor
from registry.http.model import KeptAnswer
from registry.kernel import clock
from registry.kernel.errors import Conflict, Invalid
from registry.store import db, unit_of_work

LONGEST = 200
NOT_KEPT = "secret"  # stands in place of the content type of an answer that nobody may store


def idempotent(view: Callable[..., Response]) -> Callable[..., Response]:
    """Decorator: with the header Idempotency-Key, a repeated request is answered as the first one was."""

    @wraps(view)
    def once(*args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key")
        if key is None:
            return view(*args, **kwargs)
        if not key.isascii() or not key.isprintable() or not 0 < len(key) <= LONGEST:
            raise Invalid("bad_idempotency_key", f"Idempotency-Key: 1 to {LONGEST} printable ASCII characters")
        with unit_of_work():
            return _kept(current_actor().name, key) or _keep(current_actor().name, key, view(*args, **kwargs))

    return once


def _kept(caller: str, key: str) -> Response | None:
    # the lock makes a second request under the same key wait for the first one's commit
    name = int.from_bytes(hashlib.sha256(f"{caller}\n{key}".encode()).digest()[:8], signed=True)
    db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(name)))
    row = db.session.get(KeptAnswer, (caller, key))
    if row is None:
        return None
    if row.asked != _asked():
        raise Conflict("idempotency_key_reused", "this key was used for another request", fix="use a new key")
    if row.content_type == NOT_KEPT:
        detail = "this was done already; its answer held a secret and was not kept"
        raise Conflict("answer_not_kept", detail, fix="withdraw what was made and ask again with a new key")
    response = Response(row.body, row.status, content_type=row.content_type)
    if row.etag:
        response.headers["ETag"] = row.etag
    response.headers["Idempotent-Replay"] = "true"
    return response


def _keep(caller: str, key: str, response: Response) -> Response:
    secret = response.headers.get("Cache-Control") == "no-store"
    db.session.add(
        KeptAnswer(
            caller=caller,
            key=key,
            asked=_asked(),
            status=response.status_code,
            content_type=NOT_KEPT if secret else response.content_type or "",
            etag=response.headers.get("ETag", ""),
            body=b"" if secret else response.get_data(),
            kept_at=clock.now(),
        )
    )
    return response


def _asked() -> str:
    head = f"{request.method} {request.full_path}\n".encode()
    return hashlib.sha256(head + request.get_data(cache=True)).hexdigest()
