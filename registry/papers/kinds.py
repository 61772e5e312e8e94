"""What papers prove."""

from enum import StrEnum


class PaperKind(StrEnum):
    """What a paper proves."""

    LICENCE = "licence"
    ID = "id"
    LETTER = "letter"
    TRADEMARK = "trademark"
    OTHER = "other"
