"""Everything that pages say exists in both languages."""

import re
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel.messages import extract, pofile

from admin import words
from admin.languages import FOLDER, LANGUAGES, texts
from registry.detection import catalogue as rules
from registry.detection.tuning import parameters_of
from registry.kernel.rule import RuleDocument

ADMIN = FOLDER.parent
REGISTRY = ADMIN.parent / "registry"
METHODS = {".html": "jinja2.ext:babel_extract", ".py": "python"}
OPTIONS = {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true"}
KINDS = "Invalid|NotFound|Conflict|Forbidden|Unavailable|TooLarge|Unauthenticated|TooMany|Stale|PreconditionRequired"
PROBLEM = re.compile(rf'\b(?:{KINDS})\(\s*"([a-z_]+)"')
OTHER_RULE = re.compile(r"[FS][0-9]{3}")
NOT_ON_PAGES = {
    "world_unfit",
    "report_place",
    "folder_place",
    "folder_taken",
    "not_empty",
    "no_folder",
    "import_running",
}
"""Problems of the command line alone."""
SAID_BY_SENTENCE = {"guarded"}
"""Problems with as many sentences as the workflows have guards."""


def catalogue(language):
    with (FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return pofile.read_po(file, locale=language)


def said():
    """Every (context, text) that a page or a view says."""
    for path in sorted(ADMIN.rglob("*")):
        if path.suffix in METHODS:
            options = OPTIONS if path.suffix == ".html" else {}
            found = extract.extract(METHODS[path.suffix], BytesIO(path.read_bytes()), options=options)
            for _line, message, _comments, context in found:
                yield context, message


def test_every_sentence_of_a_page_is_said_in_chinese():
    zh = catalogue("zh_CN")
    missing = [text for context, text in said() if not (zh.get(text, context) and zh.get(text, context).string)]
    assert missing == []


@pytest.mark.parametrize("context", words.lists())
def test_every_value_of_a_closed_list_has_its_word_in_chinese(context):
    zh = texts("zh_CN")
    assert [value for value in words.lists()[context] if zh.upgettext(context, value) == value] == []


@pytest.mark.parametrize("code", rules.catalogue())
def test_the_chinese_of_a_rule_names_parameters_as_their_fields_and_the_same_other_rules(code):
    rule, zh = rules.catalogue()[code], texts("zh_CN")
    for text in rule.document.sections.values():
        told = zh.upgettext("rule_document", text)
        named = [each.name for each in parameters_of(rule) if f"`{each.name}`" in text]
        assert [name for name in named if f"“{zh.upgettext('parameter', name)}”" not in told] == []
        assert sorted(OTHER_RULE.findall(told)) == sorted(OTHER_RULE.findall(text))


def test_a_text_of_a_rule_without_chinese_stands_in_english_and_says_so(app):
    known = rules.catalogue()["S101"].document.sections["Basis"]
    document = RuleDocument("S999", "new", {"Basis": known, "Known gaps": "what nobody put into Chinese yet"})
    with app.test_request_context():
        parts = app.jinja_env.get_template("findings/parts.html").module
        page = parts.rule_document(SimpleNamespace(document=document))
    assert '<dd lang="en">what nobody put into Chinese yet</dd>' in page
    assert page.count('lang="en"') == 1
    assert known not in page


def test_every_problem_that_a_page_may_tell_has_its_sentence_in_chinese():
    zh = texts("zh_CN")
    codes = {code for path in REGISTRY.rglob("*.py") for code in PROBLEM.findall(path.read_text())}
    codes -= NOT_ON_PAGES | SAID_BY_SENTENCE
    assert len(codes) > 40
    assert sorted(code for code in codes if zh.upgettext("problem", code) == code) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_same_places_as_its_sentence(language):
    place = re.compile(r"%\((\w+)\)s")
    for message in catalogue(language):
        if message.id and message.string:
            assert set(place.findall(str(message.id))) == set(place.findall(str(message.string))), message.id


def test_no_translation_is_left_that_nobody_says():
    listed = {(context, value) for context, values in words.lists().items() for value in values}
    known = listed | set(said())
    free = {"problem", "action", "fix"}
    zh = catalogue("zh_CN")
    assert [m.id for m in zh if m.id and (m.context, m.id) not in known and m.context not in free] == []


def test_the_style_sheet_is_our_own_and_small():
    assert Path(ADMIN / "static" / "console.css").stat().st_size < 20_000
