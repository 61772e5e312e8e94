"""The languages of the console. Translations are read from the .po files as they are, so nothing has to be compiled."""

import io
from functools import cache
from pathlib import Path
from typing import Any

import flask_babel
from babel.messages import mofile, pofile
from babel.support import Translations
from flask import Flask, has_request_context, session

from registry.kernel.errors import FieldError

LANGUAGES = {"zh_CN": "中文", "en": "English"}
USUAL = "zh_CN"
FOLDER = Path(__file__).parent / "translations"


class Texts(flask_babel.Domain):  # type: ignore[misc] # the library has no types
    """Where the library looks texts up: in our .po files."""

    def get_translations(self) -> Any:
        """The texts of the present language."""
        return texts(language())


@cache
def texts(name: str) -> Translations:
    """The texts of one language."""
    compiled = io.BytesIO()
    with (FOLDER / name / "LC_MESSAGES" / "messages.po").open("rb") as file:
        mofile.write_mo(compiled, pofile.read_po(file, locale=name))
    compiled.seek(0)
    return Translations(fp=compiled)


def language() -> str:
    """The language of whoever reads the present page: as the session says, without asking the database."""
    chosen = session.get("language") if has_request_context() else None
    return chosen if chosen in LANGUAGES else USUAL


def register(app: Flask) -> None:
    """Give the application its languages."""
    babel = flask_babel.Babel()
    babel.init_app(app, default_locale=USUAL, default_timezone="Asia/Shanghai", locale_selector=language)
    babel.domain_instance = Texts()


def said(sentence: Any) -> str:
    """A sentence of the rooms (an object or a mapping with `zh` and `en`) in the present language; else the text."""
    if hasattr(sentence, "said"):
        return str(sentence.said(language()))
    if isinstance(sentence, dict):
        return str(sentence.get(language()[:2]) or sentence.get("en") or "")
    return "" if sentence is None else str(sentence)


def objection(each: FieldError) -> str:
    """What stands against a field: as whoever objects says it, else the words for its code."""
    return said(each.said) or problem(each.code, each.message)


def problem(code: str, detail: str) -> str:
    """What went wrong: the words for its code, else those for its very sentence, else the sentence."""
    return word("problem", code, word("problem", detail, detail))


def mending(each: FieldError) -> str:
    """What mends a field: as whoever objects says it, else the words for its code."""
    return said(each.mend) or word("fix", each.code, each.fix)


def word(context: str, value: Any, default: str | None = None) -> str:
    """What people call a value of a closed list: looked up under the list's name, else the value itself in words."""
    if value is None or value == "":
        return ""
    text = str(getattr(value, "value", value))
    found = flask_babel.pgettext(context, text)
    if found != text:
        return str(found)
    return default if default is not None else text.replace("_", " ").replace(".", " ")
