"""What rules write as clauses is said to people in sentences."""

import ast
import re
from pathlib import Path

from registry.detection import clauses, recording, rules
from registry.detection.catalogue import catalogue
from registry.permits.scope import REASONS
from registry.texts.category import Category

CLAUSE = re.compile(r"[A-Z]{2,}(?:_[A-Z]+)*")


def written() -> set[str]:
    """Every clause that stands in a rule's file: texts in capitals are nothing else there."""
    (folder,) = rules.__path__
    trees = [ast.parse(path.read_text("utf-8")) for path in Path(folder).glob("*.py")]
    texts = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return {text for text in texts if isinstance(text, str) and CLAUSE.fullmatch(text)}


def test_every_clause_that_a_rule_writes_has_its_sentence_and_none_is_left_over():
    assert len(written()) > 30
    assert written() - clauses.SENTENCES.keys() == set()
    assert clauses.SENTENCES.keys() - written() - REASONS.keys() == set()


def test_a_scope_rules_clause_says_what_the_scope_rule_says_and_an_old_one_stands_as_it_was():
    assert clauses.sentence("PROVINCE_NOT_PERMITTED") is REASONS["PROVINCE_NOT_PERMITTED"].sentence
    assert clauses.sentence("LONG_GONE").zh == "LONG_GONE"


def test_a_finding_says_categories_in_the_language_of_its_sentence():
    row = {"signature": "甲", "port": "1069", "tenant": "", "category": Category.NOTICE | Category.MARKETING}
    said = recording.summary(catalogue()["S301"], row, {})
    assert said.zh == "签名【甲】在端口1069上发送了许可之外的类别（通知、营销）"
    assert said.en.endswith("does not allow (notice, marketing)")
