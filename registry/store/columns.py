"""Column types and keys that several rooms use."""

import datetime as dt
import hashlib
import secrets
from enum import StrEnum
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.kernel import clock

Id = Annotated[int, mapped_column(sa.BigInteger, sa.Identity(), primary_key=True)]
Key = Annotated[str, mapped_column(sa.Text(collation="C"))]
Moment = Annotated[dt.datetime, mapped_column(sa.DateTime(timezone=True))]
Texts = Annotated[list[str], mapped_column(ARRAY(sa.Text))]
Bag = Annotated[dict[str, Any], mapped_column(JSONB)]
Bags = Annotated[list[dict[str, Any]], mapped_column(JSONB)]


class StepColumns:
    """What is kept of every step that somebody took about a thing: who, what, why; an answer's papers."""

    id: Mapped[Id]
    at: Mapped[Moment]
    actor: Mapped[str] = mapped_column(sa.Text)
    action: Mapped[str] = mapped_column(sa.Text)
    text: Mapped[str] = mapped_column(sa.Text, default="")
    content: Mapped[Bag]


_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U: people read keys to each other


def new_key(letters: str) -> str:
    """A key that sorts by time and can be read over the telephone: `FLG-01JD3V7Q2M-8KQ4`."""
    time, text = clock.millis(clock.now()), ""
    for _ in range(9):
        time, digit = divmod(time, 32)
        text = _ALPHABET[digit] + text
    drawn = secrets.token_bytes(6)
    return f"{letters}-{text}-{''.join(_ALPHABET[byte % 32] for byte in drawn)}"


def choice(kinds: type[StrEnum], name: str) -> sa.Enum:
    """A text column that holds one of an enumeration's values, checked by the database."""
    return sa.Enum(
        kinds,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda kinds: [kind.value for kind in kinds],
    )


def key_of(letters: str, *parts: str) -> str:
    """The key of a thing that is known by its parts: the same parts, the same key, like `SIG-7K2M9QX4T8V1`."""
    digest = int.from_bytes(hashlib.sha256("\x1f".join(parts).encode()).digest()[:10])
    text = "".join(_ALPHABET[digest >> shift & 31] for shift in range(0, 80, 5))
    return f"{letters}-{text}"
