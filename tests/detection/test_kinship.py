"""How a signature stands to the permitted ones of its line, and what hangs together."""

import pytest

from registry.detection.kinship import Kin, Line, brands, kin, regulated, usual_heads
from registry.kernel.components import components

LINE = Line(["云栖商贸", "云栖"], ["杭州云栖商贸有限公司"], ["云栖"])


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ("云栖商茂", Kin.MISSPELT),  # one exchanged
        ("云栖商商贸", Kin.MISSPELT),  # one doubled
        ("云栖贸商", Kin.MISSPELT),  # two turned round
        ("栖云", Kin.MISSPELT),
        ("云霄", Kin.NONE),  # of a name of two, half is another name
        ("杭州云栖", Kin.NAMED),
        ("云栖生活馆", Kin.GROWN),
        ("云栖贷", Kin.GROWN),  # one more sign, but a trade of its own licence
        ("别家", Kin.NONE),
    ],
)
def test_a_signature_is_a_slip_a_part_of_the_name_a_growth_or_a_stranger(seen: str, expected: Kin):
    assert kin(seen, LINE) is expected


def test_a_trade_of_its_own_licence_is_news_only_where_nobody_bears_it():
    assert regulated("云栖贷款", LINE)
    assert not regulated("云栖贷款", Line(["云栖小贷"], ["云栖贷款有限公司"]))


def test_the_head_of_a_signature_is_a_brand_unless_names_usually_begin_so():
    names = [f"杭州{word}有限公司" for word in ("云栖", "海天", "白鹭", "青松")]
    usual = usual_heads(names)
    assert usual == {"杭州"}
    assert brands(["云栖优选", "杭州优选"], names, usual) == ["云栖"]


def test_what_shares_a_value_hangs_together_over_any_number_of_steps():
    found = components([("a", "1"), ("b", "1"), ("b", "2"), ("c", "2"), ("d", "3")])
    assert found["a"] == found["b"] == found["c"] != found["d"]
