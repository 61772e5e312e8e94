"""Drawing a case's story as SVG: the chain of who let whom send, and the time line. Pure; colours stand in the shapes.

Each is drawn for a width; what does not fit a box is cut, and stands whole in the shape's title.
"""

import datetime as dt
import unicodedata
from collections.abc import Iterator
from html import escape

from registry.cases.story import Band, Party, Story
from registry.kernel.sentence import Sentence

WIDE, NARROW = 900, 340
INK, QUIET, LINE, GOOD, BAD = "#1b2a3a", "#5d6b7a", "#b9c4cf", "#0f766e", "#a3202b"
PAPER, GOOD_SOFT, BAD_SOFT, WARN, INFO = "#ffffff", "#e3f3f1", "#fbe4e6", "#c77700", "#3b6fb5"
FONT = "font-family='system-ui,Noto Sans CJK SC,Microsoft YaHei,sans-serif'"
BOX, GAP, ROW = 66, 56, 78  # height of a box, room between columns, height of a row
CHAIN = Sentence("责任链：{steps}", "the chain: {steps}")
TIME = Sentence("{first}至{last}的短信条数，共{count}条", "messages from {first} to {last}, {count} in all")
KINDS = {
    "permit": (Sentence("许可", "permit"), GOOD),
    "measure": (Sentence("处置措施", "measure"), BAD),
    "letter": (Sentence("委托书", "letter"), INFO),
    "hop": (Sentence("报备授权", "declared hop"), QUIET),
}
ENDED = Sentence("已于{day}终止：{what}", "ended {day}: {what}")
LATER = Sentence("自{day}起：{what}", "not before {day}: {what}")
NO_PERMIT = Sentence("这些天没有任何许可", "no permit in these days")
CHART, BAND = 96, 22  # heights


def chain(story: Story, language: str, width: int = WIDE) -> str:
    """The chain: parties in boxes, steps as lines; an undeclared step is red, dashed, and says so."""
    placed = _placed(story.chain, width)
    height = max(y for _x, y, _w in placed.values()) + BOX + 2
    steps = "; ".join(f"{party.name.said(language)} ({party.role.said(language)})" for party in story.chain)
    shapes = [_step(party, placed, width) for party in story.chain if party.under]
    shapes += [_box(party, *placed[party.key], language) for party in story.chain]
    return _svg(width, height, CHAIN.about(steps=steps).said(language), "".join(shapes))


def _placed(parties: tuple[Party, ...], width: int) -> dict[str, tuple[float, float, float]]:
    """x, y and width of each party's box: columns by depth where there is room, else one below the other, indented."""
    depth: dict[str, int] = {}
    for party in parties:
        depth[party.key] = depth.get(party.under, -1) + 1
    columns = max(depth.values()) + 1
    ordered = list(_in_order(parties, ""))
    if width < WIDE // 2:
        return {
            each.key: (depth[each.key] * 22.0, place * ROW + 1.0, width - depth[each.key] * 22.0 - 2)
            for place, each in enumerate(ordered)
        }
    box = min(250.0, (width - 2 - (columns - 1) * GAP) / columns)
    rows: dict[str, float] = {}
    leaves = 0
    for party in reversed(ordered):
        below = [rows[each.key] for each in ordered if each.under == party.key]
        rows[party.key] = sum(below) / len(below) if below else leaves
        leaves += not below
    return {
        each.key: (depth[each.key] * (box + GAP) + 1, (leaves - 1 - rows[each.key]) * ROW + 1, box) for each in ordered
    }


def _in_order(parties: tuple[Party, ...], under: str) -> Iterator[Party]:
    for party in parties:
        if party.under == under:
            yield party
            yield from _in_order(parties, party.key)


def _step(party: Party, placed: dict[str, tuple[float, float, float]], width: int) -> str:
    (from_x, from_y, from_w), (x, y, _w) = placed[party.under], placed[party.key]
    colour, dash = (GOOD, "") if party.declared else (BAD, " stroke-dasharray='6 4'")
    if width < WIDE // 2:
        path = f"M{from_x + 10:.0f} {from_y + BOX:.0f}V{y + BOX / 2:.0f}H{x:.0f}"
        mark_x, mark_y = from_x + 10, y + BOX / 2 - 16  # on the way down, clear of the arrow's head
    else:
        start, middle = from_x + from_w, x - GAP / 2
        path = f"M{start:.0f} {from_y + BOX / 2:.0f}H{middle:.0f}V{y + BOX / 2:.0f}H{x:.0f}"
        mark_x, mark_y = middle, y + BOX / 2
    line = f"<path d='{path}' fill='none' stroke='{colour}' stroke-width='2'{dash}/>"
    head = f"<path d='M{x - 8:.0f} {y + BOX / 2 - 5:.0f}l8 5l-8 5z' fill='{colour}'/>"
    if party.declared:
        return line + head
    return (
        line
        + head
        + f"<circle cx='{mark_x:.0f}' cy='{mark_y:.0f}' r='8' fill='{BAD}'/>"
        + _text(mark_x, mark_y + 4, "!", 12, PAPER, anchor="middle", bold=True)
    )


def _box(party: Party, x: float, y: float, w: float, language: str) -> str:
    colour, ground = (GOOD, GOOD_SOFT) if party.declared else (BAD, BAD_SOFT)
    name, role, note = (each.said(language) for each in (party.name, party.role, party.note))
    return (
        f"<g><title>{escape(f'{name} · {role} {note}'.strip())}</title>"
        f"<rect x='{x:.0f}' y='{y:.0f}' width='{w:.0f}' height='{BOX}' rx='7' fill='{ground}' stroke='{colour}'/>"
        + _text(x + 10, y + 20, _cut(role, w - 20, 11), 11, colour, bold=True)
        + _text(x + 10, y + 39, _cut(name, w - 20, 14), 14, INK, bold=True)
        + _text(x + 10, y + 56, _cut(note, w - 20, 11), 11, QUIET)
        + "</g>"
    )


def time_line(story: Story, language: str, width: int = WIDE) -> str:
    """Messages by day as bars; below them permits, letters and measures as bands over the same days.

    What had ended before the first day, or begins after the last, is a mark at that edge with the day in words.
    """
    first, last = story.span
    scale = width / ((last - first).days + 1)
    top = CHART + 24
    lacking = not any(each.kind == "permit" and _meets(each, first, last) for each in story.bands)
    height = top + (len(story.bands) + lacking) * BAND + 4
    shapes = [*_bars(story, first, scale), *_ticks(first, last, scale, width, height)]
    for place, band in enumerate(story.bands):
        y = top + place * BAND
        met = _meets(band, first, last)
        shapes.append(_band(band, y, first, scale, width, language) if met else _edge(band, y, first, width, language))
    if lacking:
        shapes.append(_text(4, top + len(story.bands) * BAND + 15, NO_PERMIT.said(language), 12, BAD))
    told = TIME.about(first=first, last=last, count=f"{story.messages:,}").said(language)
    return _svg(width, height, told, "".join(shapes))


def _meets(band: Band, first: dt.date, last: dt.date) -> bool:
    return band.since <= last and (band.until is None or band.until > first)


def _bars(story: Story, first: dt.date, scale: float) -> Iterator[str]:
    most = max(story.days.values()) or 1
    yield _text(2, 12, f"{most:,}", 11, QUIET)
    yield f"<path d='M0 16H{scale * 2000:.0f}' stroke='{LINE}' stroke-dasharray='2 4'/>"
    for day, count in story.days.items():
        height = max(1.0, count / most * (CHART - 16)) if count else 0
        x, w = (day - first).days * scale, max(1.0, scale * 0.8)
        bar = f"x='{x + (scale - w) / 2:.1f}' y='{CHART - height:.1f}' width='{w:.1f}' height='{height:.1f}'"
        yield f"<rect {bar} fill='{BAD}'><title>{day}: {count:,}</title></rect>"


def _ticks(first: dt.date, last: dt.date, scale: float, width: int, height: int) -> Iterator[str]:
    yield f"<path d='M0 {CHART}H{width}' stroke='{INK}'/>"
    days = (last - first).days + 1
    every = max(1, -(-days // max(2, width // 110)))
    for place in range(0, days, every):
        x = place * scale
        yield f"<path d='M{x:.1f} {CHART}V{height}' stroke='{LINE}' stroke-width='0.5'/>"
        if x + 66 < width:
            yield _text(x + 2, CHART + 14, str(first + dt.timedelta(days=place)), 11, QUIET)


def _band(band: Band, y: float, first: dt.date, scale: float, width: int, language: str) -> str:
    kind, colour = KINDS[band.kind]
    start = max(0.0, (band.since - first).days * scale)
    stop = width if band.until is None else min(float(width), (band.until - first).days * scale)
    name = f"{kind.said(language)} {band.name.said(language)}"
    told = f"{name}: {band.since} – {band.last_day or ''}"
    room, w = width - start - 8, max(3.0, stop - start)
    place = start + 5 if room > 120 else 5.0  # noqa: PLR2004 - room for a few words
    return (
        f"<g><title>{escape(told)}</title><rect x='{start:.1f}' y='{y:.1f}' width='{w:.1f}' height='{BAND - 4}' rx='3' "
        f"fill='{colour}' fill-opacity='0.18' stroke='{colour}'/>"
        + _text(place, y + 13, _cut(name, max(room, 120), 11), 11, INK)
        + "</g>"
    )


def _edge(band: Band, y: float, first: dt.date, width: int, language: str) -> str:
    """A band outside the days: an arrow that points to where it lies, and until or since when in words."""
    kind, colour = KINDS[band.kind]
    before = band.since < first
    what = f"{kind.said(language)} {band.name.said(language)}"
    told = (ENDED if before else LATER).about(day=band.last_day if before else band.since, what=what).said(language)
    x, way, place, anchor = (9, -8, 14.0, "start") if before else (width - 9, 8, width - 14.0, "end")
    return (
        f"<g><title>{escape(told)} ({band.since} – {band.last_day or ''})</title>"
        f"<path d='M{x} {y + 3:.1f}l{way} 6l{-way} 6z' fill='{colour}'/>"
        + _text(place, y + 13, _cut(told, width - 18.0, 11), 11, QUIET, anchor=anchor)
        + "</g>"
    )


def _svg(width: float, height: float, told: str, shapes: str) -> str:
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width:.0f} {height:.0f}' width='{width:.0f}' "
        f"height='{height:.0f}' role='img' aria-label='{escape(told)}' {FONT}>{shapes}</svg>"
    )


def _text(x: float, y: float, text: str, size: int, colour: str, *, anchor: str = "start", bold: bool = False) -> str:
    weight = " font-weight='600'" if bold else ""
    return (
        f"<text x='{x:.0f}' y='{y:.0f}' font-size='{size}' fill='{colour}' text-anchor='{anchor}'{weight}>"
        f"{escape(text)}</text>"
    )


def _cut(text: str, room: float, size: int) -> str:
    """As much of a text as fits: a Chinese letter is as wide as it is high, others a little more than half."""
    taken = 0.0
    for place, letter in enumerate(text):
        taken += size * (1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.58)
        if taken > room:
            return text[: max(place - 1, 0)] + "…"
    return text
