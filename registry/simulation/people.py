"""Who lives in one block of a made world: service companies, agents, platforms, authorities and the many senders."""

from dataclasses import dataclass

import numpy as np

from registry.law.divisions import PROVINCES
from registry.simulation import names
from registry.simulation.rows import Enterprise
from registry.simulation.settings import Settings
from registry.simulation.themes import PUBLIC, TELECOM, THEMES, Theme

CARRIER_NUMBER = 20_000_000
FOREIGN_SHARE = 0.01
CARRIERS = (("华讯移动", "10086"), ("联域通信", "10010"), ("远声电信", "10000"))
SHARES = {"sms_service_company": 0.03, "agent": 0.04, "platform": 0.02, "authority": 0.04}


@dataclass(slots=True)
class Member:
    """An enterprise with what is made of it: brand, trade, city, own link and telephone, signatures drawn so far."""

    row: Enterprise
    number: int
    brand: str
    theme: str
    word: str
    city: str
    drawn: int = 0

    @property
    def code(self) -> str:
        """The enterprise as files write it."""
        return self.row.enterprise

    @property
    def link(self) -> str:
        """The host name that is its own."""
        return names.domain(self.number)

    @property
    def contact(self) -> str:
        """The telephone number that is its own."""
        return names.telephone(self.number)

    def next_signature(self) -> tuple[str, str]:
        """A signature it has not used yet, and its source."""
        text, source = names.signature_of(self.brand, self.word, self.city, self.drawn)
        self.drawn += 1
        return text, "government" if self.theme == "public" else source


def carriers() -> list[Member]:
    """The three carriers, the same in every block."""
    return [_carrier(place, name) for place, (name, _) in enumerate(CARRIERS)]


def members(settings: Settings, block: int, rng: np.random.Generator) -> dict[str, list[Member]]:
    """The enterprises of a block by role."""
    first = settings.enterprises * block // settings.blocks
    numbers = iter(range(first, first + settings.of_block(settings.enterprises, block)))
    total = settings.of_block(settings.enterprises, block)
    found = {
        role: [_made(next(numbers), role, rng) for _ in range(max(3, round(total * share)))]
        for role, share in SHARES.items()
    }
    found["end_user"] = [_made(number, "end_user", rng) for number in numbers]
    return found


def _made(number: int, role: str, rng: np.random.Generator) -> Member:
    key, theme = _trade(role, rng)
    city = names.CITY_NAMES[rng.integers(len(names.CITY_NAMES))]
    word = theme.words[rng.integers(len(theme.words))]
    brand = names.brand(number)
    row = Enterprise(
        enterprise=_identity(number, city, theme, rng),
        name=_full_name(city, brand, word, theme),
        roles=(role,),
        legal_form=theme.legal_form,
        industry=theme.industry,
        province=names.CITIES[city][0],
        handler=f"H{number:07d}",
        licence=f"B2-{number:08d}" if role in {"sms_service_company", "agent"} else "",
    )
    row.legal_form = "foreign" if row.enterprise.startswith("REG-") else row.legal_form
    return Member(row, number, brand, key, word, city)


def _trade(role: str, rng: np.random.Generator) -> tuple[str, Theme]:
    if role == "authority":
        return "public", PUBLIC
    if role in {"sms_service_company", "agent"}:
        return "internet", THEMES["internet"]
    if role == "platform":
        return "retail", THEMES["retail"]
    weights = np.array([theme.weight for theme in THEMES.values()])
    key = list(THEMES)[rng.choice(len(THEMES), p=weights / weights.sum())]
    return key, THEMES[key]


def _identity(number: int, city: str, theme: Theme, rng: np.random.Generator) -> str:
    if theme.legal_form == "company" and rng.random() < FOREIGN_SHARE:
        return f"REG-US:{names.code(number, '000000')[-9:-1]}"
    return names.code(number, names.CITIES[city][1], "11" if theme.legal_form == "government" else "91")


def _full_name(city: str, brand: str, word: str, theme: Theme) -> str:
    if theme.legal_form == "government":
        return f"{city}{brand}{word}"
    return f"{city}{brand}{word}有限公司"


def _carrier(place: int, name: str) -> Member:
    number = CARRIER_NUMBER + place
    row = Enterprise(
        enterprise=names.code(number, "110000"),
        name=f"{name}集团有限公司",
        roles=("carrier",),
        industry=TELECOM.industry,
        province="11",
        handler=f"H{number}",
        licence=f"A1-{number}",
    )
    return Member(row, number, name, "telecom", "通信", "北京")


HOMES = tuple(code for code in PROVINCES if code not in {"71", "81", "82"})
