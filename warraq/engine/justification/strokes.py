"""Kashidas in laid-out lines: a pass over the pages of a WeasyPrint document before it is drawn.

It patches nothing and sees each line once, as it stays. What a justified line lacks is
known from its spaces; words are chosen that take a share of it (`choice.py`, at places of
`warraq.arabic.kashida` that the font takes a tatweel at, `shaper.py`), tatweels are put
into the text of their boxes, the boxes are shaped anew and moved.

Tatweels that follow one another are shaped together: a font that has long strokes draws
one of these (Amiri's sag a little, as a pen's do). What is drawn is stretched by the little
that a stroke of just the length that is wanted is longer or shorter.

A text box with kashidas has an attribute `kashidas: tuple[int, ...]`, the indexes in its
`text` of the tatweels that were put in, and `kashida_stretch: float`, how many times as wide
as the font has them these are. Whoever reads the text for readers leaves these out
(`warraq.engine.structure.source_text`); the text layer draws them with the letter before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes

from warraq.arabic.joining import ZWJ
from warraq.arabic.kashida import TATWEEL, WORD
from warraq.engine.justification.choice import Candidate, Strokes, Surroundings, choose, share, wanted
from warraq.engine.justification.lengthening import lengthened
from warraq.engine.justification.shaper import is_parted, shaper
from warraq.engine.justification.style import Style, justification, may_stretch, utmost

#: A line whose spaces are stretched beyond this is filled by all means.
LOOSE = 0.3
#: A line whose spaces would be stretched beyond this all the same is not justified.
HOPELESS = 0.5
#: In px; more than rounding gives.
ROUNDING = 0.05
#: The strokes drawn last, among which those of the lines above are.
RECENT = 16
#: Bounds of what a stroke is stretched by, so that it stays a stroke of the font's.
SCALES = (0.6, 1.7)


@dataclass(slots=True)
class Stretched:
    """A text box with its kashidas: text, layout, their places, and where they stand.

    `strokes` is how wide they are in the font, `wider` by how much the box is wider than it
    was, if they are `scale` times as wide; all in px.
    """

    text: str
    layout: Any
    kashidas: tuple[int, ...]
    strokes: float
    wider: float
    scale: float = 1.0
    xs: tuple[float, ...] = ()


def stretch(pages: Sequence[Any]) -> None:
    """Stretch words in the justified right-to-left lines of WeasyPrint's pages."""
    for page in pages:
        strokes: list[tuple[float, float]] = []
        for box in page._page_box.descendants():  # noqa: SLF001 - there is no public way to the boxes
            if isinstance(box, boxes.LineBox):
                strokes += [(x, box.position_y) for x in _stretch_line(box, _above(box, strokes))]
        if strokes:
            # Areas of links and targets were gathered before.
            page.__init__(page._page_box)  # noqa: SLF001


def _above(line: Any, strokes: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    """Tell where strokes stand in the line right above and in the one above that, in px from the left."""
    distances = [((line.position_y - y) / line.height, x) for x, y in strokes[-RECENT:]] if line.height else []
    return [x for lines, x in distances if 0.5 < lines < 1.5], [x for lines, x in distances if 1.5 <= lines < 2.5]


def _stretch_line(line: Any, above: Sequence[Sequence[float]]) -> list[float]:
    """Stretch words of a line; give how far from the left edge of the page the strokes are, in px."""
    style = justification(line.style)
    if style is None or not style.most or line.style["direction"] != "rtl":
        return []
    texts = list(_texts(line))
    spacing = max((box.justification_spacing for box in texts), default=0)
    spaces = sum(_spaces(box.text) for box in texts)
    if spacing <= 0 or not spaces:
        return []
    found = _strokes(texts, spacing, spaces, above, style)
    left = spacing - sum(done.wider for done in found.values()) / spaces
    if line.style["text_align_last"] != "justify" and left > HOPELESS * _space(texts):
        # A long foreign word comes next: the line stays short, as one that ends a paragraph does.
        found, left = {}, 0.0
    if left != spacing:
        _apply(line, texts, found, left)
    return [x for done in found.values() for x in done.xs]


def _texts(box: Any) -> Iterator[Any]:
    """Give the text boxes of a line in reading order."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.InlineBox) and child.is_in_normal_flow():
            yield from _texts(child)


def _spaces(text: str) -> int:
    return text.count(" ") + text.count("\u00a0")


def _space(texts: list[Any]) -> float:
    """Give the natural width of a line's spaces in px."""
    return shaper(max(texts, key=lambda box: len(box.text)).style).space


def _strokes(
    texts: list[Any], spacing: float, spaces: int, above: Sequence[Sequence[float]], style: Style
) -> dict[int, Stretched]:
    """Choose the words of a line and stretch their boxes, by the number of the box."""
    room = spaces * _space(texts)
    found = _filled(texts, spacing * spaces, room, above, style)
    if spacing * spaces - sum(done.wider for done in found.values()) > LOOSE * room:
        found = _filled(texts, spacing * spaces, room, ([], [*above[0], *above[1]]), utmost(style)) or found
    return found


def _filled(
    texts: list[Any], slack: float, room: float, above: Sequence[Sequence[float]], style: Style
) -> dict[int, Stretched]:
    """Stretch words of a line that lacks `slack` px, whose spaces have `room` px of their own."""
    main = max(texts, key=lambda box: len(box.text))
    em, tatweel = main.style["font_size"], shaper(main.style).tatweel
    lack = wanted(slack / room, room, style)
    if not lack:
        return {}
    candidates, words = _candidates(texts, style.last)
    around = Surroundings(words, em, *above)
    strokes = share(lack, style.most, tatweel, around, style.longest)
    chosen = choose(candidates, strokes.number, around) if strokes else []
    strokes = share(lack, len(chosen), tatweel, around, style.longest)
    if not strokes:
        return {}
    found = dict(_lengthened(texts, chosen[: strokes.number], strokes, tatweel))
    _scale(found.values(), strokes)
    return found


def _candidates(texts: list[Any], last: int) -> tuple[list[Candidate], int]:
    """List the words of a line that can be stretched, and count its words."""
    found, words = [], 0
    for number, box in enumerate(texts):
        text = box.text
        if not may_stretch(box):
            words += len(WORD.findall(text))
            continue
        joints, has_joiners = shaper(box.style).joints, ZWJ in text
        for match in WORD.finditer(text):
            words += 1
            places = joints(match[0], last)
            if places and not (has_joiners and is_parted(text, *match.span())):
                priority, place = places[0]
                at = match.start() + place
                x = box.position_x + box.width * (1 - at / len(text))
                found.append(Candidate(words, priority, x, len(match[0]), number, at))
    return found, words


def _lengthened(
    texts: list[Any], chosen: list[Candidate], strokes: Strokes, tatweel: float
) -> Iterator[tuple[int, Stretched]]:
    """Put tatweels into the chosen words; boxes that the font draws otherwise then are left out."""
    for number in sorted({one.box for one in chosen}):
        box, inside = texts[number], sorted((one for one in chosen if one.box == number), key=lambda one: one.at)
        text, kashidas = _inserted(box.text, [one.at for one in inside], strokes.tatweels)
        layout, width, own = lengthened(box, text, kashidas)
        wider = width - box.width + box.justification_spacing * _spaces(box.text)
        if 0.5 < wider / (tatweel * len(kashidas)) < 1.5:
            yield number, Stretched(text, layout, kashidas, own, wider, xs=tuple(one.x for one in inside))


def _scale(found: Collection[Stretched], strokes: Strokes) -> None:
    """Make strokes exactly as long as they are to be, all together."""
    own, wider = sum(done.strokes for done in found), sum(done.wider for done in found)
    length = strokes.length * sum(len(done.xs) for done in found)
    scale = round(min(max(1 + (length - wider) / own, SCALES[0]), SCALES[1]), 3) if own else 1.0
    for done in found:
        done.scale = scale
        done.wider += (scale - 1) * done.strokes


def _inserted(text: str, places: list[int], count: int) -> tuple[str, tuple[int, ...]]:
    """Put so many tatweels before these characters of a text; give it with their indexes."""
    pieces: list[str] = []
    kashidas: list[int] = []
    last = 0
    for at in places:
        pieces += [text[last:at], TATWEEL * count]
        kashidas += range(at + len(kashidas), at + len(kashidas) + count)
        last = at
    return "".join([*pieces, text[last:]]), tuple(kashidas)


def _apply(line: Any, texts: list[Any], found: dict[int, Stretched], left: float) -> None:
    """Give the texts of a line their kashidas and its spaces `left` px beyond their own width, and move all boxes."""
    wider = {}
    for number, box in enumerate(texts):
        wider[id(box)] = (left - box.justification_spacing) * _spaces(box.text)
        if number in found:
            done = found[number]
            box.text, box.pango_layout = done.text, done.layout
            box.kashidas, box.kashida_stretch = done.kashidas, done.scale
            wider[id(box)] += done.wider
        box.justification_spacing = box.pango_layout.justification_spacing = left
    shorter = -sum(wider.values())
    _move(line, shorter if shorter > ROUNDING else 0.0, wider)


def _move(box: Any, x: float, wider: dict[int, float]) -> float:
    """Move a box, and make it wider by what is in it, as `layout.inline.add_word_spacing` does."""
    if isinstance(box, boxes.TextBox):
        box.position_x += x
        box.width += wider[id(box)]
        return x + wider[id(box)]
    if not isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        box.translate(x, 0)
        return x
    box.position_x += x
    end = x
    for child in reversed(box.children) if box.style["direction"] == "rtl" else box.children:
        if child.is_in_normal_flow():
            end = _move(child, end, wider)
    box.width += end - x
    return end
