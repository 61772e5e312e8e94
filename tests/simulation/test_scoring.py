"""Our score is the one that the file formats define, and agrees with the tool that others use."""

import random
import runpy
from pathlib import Path

import pytest

from registry.simulation.scoring import matches, score

TOOL = Path(__file__).parents[2].parent / "shared" / "tools" / "score_cases.py"
KINDS = ("sublet", "scope_expansion", "impersonation", "unregistered")


def incident(**changed: str) -> dict[str, str]:
    row = {"incident": "I1", "kind": "sublet", "also_kind": "", "pattern": "p", "difficulty": "crude"}
    return row | {"ports": "106900", "first_day": "2026-03-02", "last_day": "2026-03-04"} | changed


def case(**changed: str) -> dict[str, str]:
    return {"kind": "sublet", "ports": "106900", "first_day": "2026-03-04", "last_day": "2026-03-09"} | changed


def test_kind_days_and_half_the_ports_decide():
    assert matches(case(), incident())
    assert matches(case(kind="impersonation"), incident(also_kind="impersonation"))
    assert not matches(case(kind="impersonation"), incident())
    assert not matches(case(first_day="2026-03-05"), incident())
    assert matches(case(ports="10690011|1069"), incident())
    assert not matches(case(ports="1069|10690011|95588"), incident())


def test_further_cases_and_those_of_grey_incidents_count_for_neither_side():
    told = score([incident(), incident(difficulty="grey", ports="95588")], [case(), case(), case(ports="95588")])
    assert (len(told.credited), len(told.surplus), len(told.false), told.recall) == (1, 2, 0, 1.0)


def test_each_case_is_given_where_most_incidents_are_found():
    both = case(ports="106900|106901")
    told = score([incident(), incident(ports="106901")], [both, case()])
    assert (told.recall, told.precision) == (1.0, 1.0)


def test_where_nobody_cheats_every_case_is_false():
    told = score([], [case(), case(kind="other")])
    assert (told.recall, len(told.false), told.precision) == (1.0, 1, 0.0)


@pytest.mark.skipif(not TOOL.exists(), reason=f"{TOOL} is not there")
def test_drawn_truths_and_cases_get_the_same_score_from_the_common_tool(tmp_path: Path):
    tool = runpy.run_path(str(TOOL))["score"]
    for seed in range(200):
        truth, cases = _drawn(random.Random(seed))  # noqa: S311 - made truths
        found, total, credited, surplus, false = tool(truth, cases)
        ours = score(truth, cases)
        assert (len(ours.credited), len(ours.surplus), len(ours.false)) == (credited, surplus, false)
        assert (len(ours.found), sum(one is not None for _, one in ours.found)) == (total["all"], found["all"])


def _drawn(chance: random.Random) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    def days() -> dict[str, str]:
        first = chance.randint(1, 9)
        return {"first_day": f"2026-03-0{first}", "last_day": f"2026-03-0{chance.randint(first, 9)}"}

    def ports() -> str:
        return "|".join(chance.choice("1234") * chance.randint(1, 2) for _ in range(chance.randint(1, 3)))

    levels = ("crude", "medium", "subtle", "grey")
    truth = [
        incident(kind=chance.choice(KINDS[:3]), also_kind=chance.choice(("", *KINDS[:3])), ports=ports(), **days())
        | {"difficulty": chance.choice(levels)}
        for _ in range(chance.randint(0, 6))
    ]
    return truth, [case(kind=chance.choice(KINDS), ports=ports(), **days()) for _ in range(chance.randint(0, 8))]
