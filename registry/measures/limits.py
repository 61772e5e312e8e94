"""What a throttle or a limit leaves: `categories=notice|verification;monthly_volume=1000;hours=08:00-18:00`."""

from collections.abc import Mapping
from dataclasses import dataclass

from registry.kernel.sentence import Sentence, Unreadable
from registry.permits.scope import UNLIMITED
from registry.permits.scope_values import hours_bits
from registry.texts.category import category_bits

NAMES = ("categories", "monthly_volume", "hours")
_MOST_VOLUME_DIGITS = 18

_WRONG_PART = Sentence(
    "限制内容{part}有误：写作 categories=…;monthly_volume=…;hours=…，每项至多一次",
    "the part {part} of the limit is wrong: write categories=…;monthly_volume=…;hours=…, each at most once",
)
_WRONG_VOLUME = Sentence("月发送量{text}应为非负整数", "the monthly volume {text} is no whole number of messages")
_WRONG_CATEGORY = Sentence("限制内容中的类别{text}有误", "there is no such category as in {text}")


@dataclass(frozen=True, slots=True)
class Limit:
    """What is left, as the scope rules read it; what is not named stays unlimited."""

    categories: int = UNLIMITED
    monthly_volume: int = UNLIMITED
    hours: int = UNLIMITED


def parse(text: str) -> Limit:
    """The limit that a text writes; empty limits nothing. Raises Unreadable with the part that is wrong."""
    parts: dict[str, str] = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        name, equals, value = (each.strip() for each in part.partition("="))
        if not equals or name in parts:
            raise Unreadable("LIMIT_UNREADABLE", _WRONG_PART.about(part=repr(part)))
        parts[name] = value
    return limit_of(parts)


def limit_of(parts: Mapping[str, str]) -> Limit:
    """The limit of parts by their names, as `parse` would read each. Raises Unreadable."""
    unknown = [name for name, value in parts.items() if name not in NAMES or not value]
    if unknown:
        raise Unreadable("LIMIT_UNREADABLE", _WRONG_PART.about(part=repr(unknown[0])))
    readers = {"categories": _categories, "monthly_volume": _volume, "hours": hours_bits}
    return Limit(**{name: readers[name](value) for name, value in parts.items()})


def written(parts: Mapping[str, str]) -> str:
    """Parts by their names as one text: what `parse` reads, always in the same order."""
    return ";".join(f"{name}={parts[name]}" for name in NAMES if name in parts)


def _categories(text: str) -> int:
    try:
        return category_bits(text.split("|"))
    except ValueError:
        raise Unreadable("LIMIT_UNREADABLE", _WRONG_CATEGORY.about(text=repr(text))) from None


def _volume(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_VOLUME_DIGITS):
        raise Unreadable("LIMIT_UNREADABLE", _WRONG_VOLUME.about(text=repr(text[:40])))
    return int(text)
