"""Industry sections of GB/T 4754-2017: a letter, a name, and the divisions (two digits) that stand under it."""

import re
from dataclasses import dataclass

_CODE = re.compile(r"([A-T])?(?:([0-9]{2})[0-9]{0,2})?\Z")


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its letter, its names, its first and last division."""

    letter: str
    zh: str
    en: str
    first: int
    last: int

    def name(self, language: str = "zh") -> str:
        """The section's name, Chinese for a language that begins with `zh`, else English."""
        return self.zh if language.startswith("zh") else self.en


SECTIONS: dict[str, Section] = {
    section.letter: section
    for section in (
        Section("A", "农、林、牧、渔业", "Agriculture, forestry, animal husbandry and fishery", 1, 5),
        Section("B", "采矿业", "Mining", 6, 12),
        Section("C", "制造业", "Manufacturing", 13, 43),
        Section("D", "电力、热力、燃气及水生产和供应业", "Electricity, heat, gas and water", 44, 46),
        Section("E", "建筑业", "Construction", 47, 50),
        Section("F", "批发和零售业", "Wholesale and retail", 51, 52),
        Section("G", "交通运输、仓储和邮政业", "Transport, storage and post", 53, 60),
        Section("H", "住宿和餐饮业", "Accommodation and catering", 61, 62),
        Section("I", "信息传输、软件和信息技术服务业", "Information transmission, software and IT services", 63, 65),
        Section("J", "金融业", "Finance", 66, 69),
        Section("K", "房地产业", "Real estate", 70, 70),
        Section("L", "租赁和商务服务业", "Leasing and business services", 71, 72),
        Section("M", "科学研究和技术服务业", "Research and technical services", 73, 75),
        Section("N", "水利、环境和公共设施管理业", "Water, environment and public facilities", 76, 79),
        Section("O", "居民服务、修理和其他服务业", "Services to households, repair and other services", 80, 82),
        Section("P", "教育", "Education", 83, 83),
        Section("Q", "卫生和社会工作", "Health and social work", 84, 85),
        Section("R", "文化、体育和娱乐业", "Culture, sports and entertainment", 86, 90),
        Section("S", "公共管理、社会保障和社会组织", "Public management, social security and organisations", 91, 96),
        Section("T", "国际组织", "International organisations", 97, 97),
    )
}


def section_of(code: str) -> Section:
    """The section in which an industry code stands: `J`, `J66`, `J6621`, or `66`, `6621` without the letter.

    Behind a letter the digits may be those of the edition of 2011, whose divisions from O on are one less: registers
    are older than the edition. Without one they are of 2017.
    Raises ValueError where the code is none, or its letter and its digits contradict each other.
    """
    found = _CODE.match(code.strip().upper())
    letter, division = found.groups() if found else (None, None)
    section = SECTIONS.get(letter) if letter else _of_division(int(division)) if division else None
    if section is None or (letter and division and section not in _editions(int(division))):
        raise ValueError(f"{code!r} is no industry of GB/T 4754 (such as J66: a letter A-T, a division 01-97)")
    return section


def is_industry(code: str) -> bool:
    """Whether a code names an industry."""
    try:
        section_of(code)
    except ValueError:
        return False
    return True


def _editions(division: int) -> tuple[Section | None, ...]:
    """The sections of a division in the editions of 2017 and 2011."""
    return _of_division(division), _of_division(division + 1 if division > LAST_ALIKE else division)


LAST_ALIKE = 78
"""Up to here both editions count alike."""


def _of_division(division: int) -> Section | None:
    return next((section for section in SECTIONS.values() if section.first <= division <= section.last), None)
