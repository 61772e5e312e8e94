"""What papers prove."""

from enum import StrEnum

from registry.kernel.sentence import Sentence


class PaperKind(StrEnum):
    """What a paper proves."""

    LICENCE = "licence"
    ID = "id"
    LETTER = "letter"
    TRADEMARK = "trademark"
    OTHER = "other"


SENTENCES = {
    PaperKind.LICENCE: Sentence("营业执照或许可证", "licence"),
    PaperKind.ID: Sentence("身份证件", "identity document"),
    PaperKind.LETTER: Sentence("授权委托书", "letter of authorisation"),
    PaperKind.TRADEMARK: Sentence("商标注册证", "trademark certificate"),
    PaperKind.OTHER: Sentence("其他材料", "another paper"),
}
"""What each is called."""
