"""A sentence for people in Chinese and in English, and the refusal of a value that carries one."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing said in both languages."""

    zh: str
    en: str

    def said(self, language: str) -> str:
        """The Chinese text for a language that begins with `zh`, else the English one."""
        return self.zh if language.startswith("zh") else self.en

    def about(self, **values: object) -> "Sentence":
        """The same sentence with its named places filled; what is a sentence itself is said in each language."""
        zh, en = ({name: _in(language, value) for name, value in values.items()} for language in ("zh", "en"))
        return Sentence(self.zh.format(**zh), self.en.format(**en))


def listed(sentences: Iterable[Sentence]) -> Sentence:
    """Several things one after the other, as each language divides them."""
    said = list(sentences)
    return Sentence("、".join(each.zh for each in said), ", ".join(each.en for each in said))


def _in(language: str, value: object) -> object:
    return value.said(language) if isinstance(value, Sentence) else value


class Unreadable(ValueError):  # noqa: N818 - it says what the value is
    """A value that can't be read: a stable `code`, and a `sentence` that says what is wrong and what is expected.

    Its text is the English sentence.
    """

    def __init__(self, code: str, sentence: Sentence) -> None:
        super().__init__(sentence.en)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is not allowed: a stable code and number (never reused), a sentence, and what mends it."""

    code: str
    number: int
    sentence: Sentence
    fix: Sentence
