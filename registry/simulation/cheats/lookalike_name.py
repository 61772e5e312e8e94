"""A name that looks like a protected one, sent from somebody else's number."""

from registry.simulation.planting import foreign, plant, single, tenant, times
from registry.simulation.rows import Signature
from registry.simulation.town import Town

_LIKE = {"晨": "辰", "瑞": "端", "博": "搏", "佳": "隹", "美": "羙", "康": "庚", "安": "按", "鼎": "鼏", "舟": "丹"}
_LIKE |= {"淼": "森", "森": "淼", "麦": "夌", "豹": "貌", "源": "原", "达": "迖", "恒": "桓", "凯": "剀", "蝶": "碟"}


def settle(town: Town) -> None:
    """A protected name with one character exchanged for its like, on a stranger's number."""
    protected = [row.signature for row in town.tables[Signature] if row.protected]
    fitting = [name for name in protected if set(name) & set(_LIKE)]
    for victim in single(town, times(town)):
        name = _alike(town.pick(fitting or protected))
        stream = foreign(town, victim, tenant(town, victim), signature=name, category="marketing", theme="loan")
        plant(town, "impersonation", "medium", victim.user, [stream], also_kind="sublet")


def _alike(name: str) -> str:
    place = next((place for place, sign in enumerate(name) if sign in _LIKE), None)
    return f"{name}网" if place is None else name[:place] + _LIKE[name[place]] + name[place + 1 :]
