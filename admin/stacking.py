"""Tables on narrow screens: each cell learns the name of its column, so that rows can be shown as small cards."""

import re

from markupsafe import Markup

HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
CELL = re.compile(r"<td\b([^>]*)>(.*?)(?=</td>)", re.DOTALL)


def stacked(table: str) -> Markup:
    """The table with `data-label` on every cell; cells without content are marked, to be left out."""
    names = [TAG.sub("", each).strip() for each in HEAD.findall(table)]
    return Markup(ROW.sub(lambda row: _labelled(row[0], names), str(table)) if names else table)  # noqa: S704 - ours


def _labelled(row: str, names: list[str]) -> str:
    left = iter(names)

    def label(cell: re.Match[str]) -> str:
        empty = "" if cell[2].strip() else " data-empty"
        return f'<td{cell[1]} data-label="{next(left, "").replace(chr(34), "&#34;")}"{empty}>{cell[2]}'

    return CELL.sub(label, row)
