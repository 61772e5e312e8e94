"""What a telecommunications licence's number says: its class, and the province that it is limited to."""

import re
from dataclasses import dataclass

from registry.law.divisions import LICENCE_LETTERS

_NUMBER = re.compile(r"(?:(?P<province>[\u4e00-\u9fff])\s*)?(?P<kind>[AB][12])-[0-9]")
VALUE_ADDED = frozenset({"B1", "B2"})


@dataclass(frozen=True, slots=True)
class Licence:
    """Its class (A1, A2 basic; B1, B2 value-added; empty where the number says none), and its province's code or ''."""

    kind: str
    province: str = ""

    @property
    def value_added(self) -> bool:
        """Whether it is one for value-added services, SMS among them."""
        return self.kind in VALUE_ADDED


def read(number: str) -> Licence:
    """The licence that a number names, like `B2-20200001` or `粤B2-20200002`; of an unknown form: of no class."""
    found = _NUMBER.match(number)
    if found is None:
        return Licence("")
    return Licence(found["kind"], LICENCE_LETTERS.get(found["province"] or "", ""))
