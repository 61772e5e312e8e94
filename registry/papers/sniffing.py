"""What a file really is, by its bytes: a name or a header that says so is no proof."""

import puremagic

from registry.kernel.sentence import Sentence, Unreadable

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
ENDINGS = {PDF: ("pdf",), PNG: ("png",), JPEG: ("jpg", "jpeg")}

_TAIL = 2048  # bytes; writers append comments and signatures behind the end mark
_ENDS = {PDF: b"%%EOF", PNG: b"IEND\xaeB`\x82", JPEG: b"\xff\xd9"}

_UNKNOWN = Sentence(
    "文件内容不是 PDF、PNG 或 JPEG",
    "the file's content is no PDF, PNG or JPEG",
)
_DISGUISED = Sentence(
    "文件名以 .{ending} 结尾，但内容是 {found}",
    "the file's name ends in .{ending}, its content is {found}",
)
_CUT = Sentence(
    "文件不完整：缺少 {found} 的结束标记",
    "the file is cut off: the end mark of {found} is missing",
)


def media_type(content: bytes, name: str) -> str:
    """The media type of a paper's bytes. Raises Unreadable for other kinds, for disguises and for half a file."""
    found = _sniffed(content)
    if found not in ENDINGS:
        raise Unreadable("PAPER_KIND", _UNKNOWN)
    ending = name.lower().rpartition(".")[2]
    if "." in name and ending not in ENDINGS[found]:
        raise Unreadable("PAPER_DISGUISED", _DISGUISED.about(ending=ending[:10], found=found))
    if _ENDS[found] not in content[-_TAIL:]:
        raise Unreadable("PAPER_CUT", _CUT.about(found=found))
    return found


def _sniffed(content: bytes) -> str:
    try:
        return str(puremagic.from_string(content, mime=True))
    except (puremagic.PureError, ValueError):
        return ""
