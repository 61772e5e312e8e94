"""Which findings are one story, and what kind of story it is."""

import json
from dataclasses import dataclass, replace
from types import ModuleType

from registry.detection import stories
from registry.detection.catalogue import catalogue
from registry.detection.kinds import CaseKind
from registry.detection.weighing import usual
from registry.detection.weights import OTHERWISE, WEIGHTS

LINE, OTHER = "1069000101", "1069000102"


@dataclass
class Finding:
    rule: str
    kind: CaseKind
    port: str = LINE
    folded: str = "甲"
    enterprise: str = "HOLDER"
    tenant: str = ""
    affiliated: bool = False
    cluster: str = ""

    @property
    def subject(self) -> str:
        told = {"line": self.port, "folded": self.folded}
        return json.dumps(told | ({"cluster": self.cluster} if self.cluster else {}))


def groups(*findings: Finding) -> list[int]:
    return sorted(len(each) for each in stories.stories(findings))


def test_what_strangers_do_on_one_number_is_one_story():
    sublet = Finding("S203", CaseKind.SUBLET, folded="乙", tenant="T")
    unknown = Finding("S101", CaseKind.UNREGISTERED, folded="丙")
    assert groups(sublet, unknown) == [2]


def test_each_permitted_signature_of_a_number_tells_its_own_story():
    wider, later = (Finding(rule, CaseKind.SCOPE_EXPANSION) for rule in ("S301", "S305"))
    assert groups(wider, later, Finding("S301", CaseKind.SCOPE_EXPANSION, folded="乙")) == [1, 2]


def test_a_tenant_on_several_numbers_of_one_holder_is_one_story():
    here, there = (Finding("S203", CaseKind.SUBLET, port=port, tenant="T") for port in (LINE, OTHER))
    assert groups(here, there) == [2]
    assert groups(here, Finding("S203", CaseKind.SUBLET, port=OTHER, tenant="T", enterprise="ELSE")) == [1, 1]


def test_what_hangs_together_is_one_story_over_all_holders():
    assert groups(*(Finding("S601", CaseKind.SUBLET, port=port, cluster="C") for port in (LINE, OTHER))) == [2]


def test_a_broker_and_the_stranger_on_one_of_its_numbers_are_one_story():
    broker = [Finding("S601", CaseKind.SUBLET, port=port, cluster="C") for port in (LINE, OTHER)]
    assert groups(*broker, Finding("S204", CaseKind.SUBLET, port=OTHER, folded="")) == [3]


def test_each_rule_counts_once_and_affiliation_halves_it():
    findings = [Finding("S203", CaseKind.SUBLET), Finding("S203", CaseKind.SUBLET, folded="乙")]
    assert stories.score(findings) == WEIGHTS["S203"]
    assert stories.score([Finding("S203", CaseKind.OTHER, affiliated=True)]) == WEIGHTS["S203"] // 2


def test_weak_findings_make_no_cheat_of_a_story():
    weak = Finding("S202", CaseKind.SUBLET)
    assert stories.kind([weak]) is CaseKind.OTHER
    assert stories.kind([weak, Finding("S101", CaseKind.UNREGISTERED)]) is CaseKind.UNREGISTERED
    assert stories.kind([weak, Finding("S203", CaseKind.SUBLET)]) is CaseKind.SUBLET


def test_every_rule_has_a_weight_in_one_place_and_every_weight_a_rule():
    own = {code for code, rule in catalogue().items() if hasattr(rule.module, "POINTS")}
    assert set(WEIGHTS) | own == set(catalogue())
    assert not set(WEIGHTS) & own


def test_a_rule_that_the_table_does_not_name_weighs_what_its_own_file_says():
    added, silent = ModuleType("s999_added"), ModuleType("s998_silent")
    vars(added)["POINTS"] = 40
    rules = {module.__name__: replace(catalogue()["S101"], module=module) for module in (added, silent)}
    assert usual(rules) == {"s999_added": 40, "s998_silent": OTHERWISE}
