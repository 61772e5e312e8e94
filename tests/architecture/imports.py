"""The graph of imports, and its circles."""

from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import Any

import grimp


@cache
def graph() -> Any:
    """Who imports whom in the house; imports inside functions count."""
    return grimp.build_graph("registry", "admin", cache_dir=None)


def circle(house: Any) -> list[str]:
    """Modules that import each other in a circle, from one back to itself; empty where there is none."""
    imported = {module: house.find_modules_directly_imported_by(module) for module in house.modules}
    try:
        TopologicalSorter(imported).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []
