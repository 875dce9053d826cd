"""Kashidas in laid-out lines: a pass over the pages of a WeasyPrint document before it is drawn.

It patches nothing and sees each line once, as it stays. What a justified line lacks is
known from its spaces; words are chosen that take a share of it (`choice.py`, at places of
`warraq.arabic.kashida` that the font takes a tatweel at, `shaper.py`), tatweels are put
into the text of their boxes, the boxes are shaped anew and moved.

Tatweels that follow one another are shaped together: a font that has long strokes draws
one of these (Amiri's sag a little, as a pen's do). A stroke is a whole number of tatweels,
and spaces take what is left, less than a tenth of a point each.

A text box with kashidas has an attribute `kashidas: tuple[int, ...]`, the indexes in its
`text` of the tatweels that were put in. Whoever reads the text for readers leaves these out
(`warraq.engine.structure.source_text`); the text layer draws them with the letter before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any, NamedTuple

from weasyprint.formatting_structure import boxes

from warraq.arabic.kashida import TATWEEL, WORD
from warraq.engine.justification.choice import Candidate, Surroundings, choose, counts, wanted
from warraq.engine.justification.paragraph import shaped
from warraq.engine.justification.shaper import is_whole, shaper
from warraq.engine.justification.style import Style, justification, may_stretch


class Stretched(NamedTuple):
    """A text box with its kashidas: text, layout, their places, and how much wider it is."""

    text: str
    layout: Any
    kashidas: tuple[int, ...]
    wider: float


def stretch(pages: Sequence[Any]) -> None:
    """Stretch words in the justified right-to-left lines of WeasyPrint's pages."""
    for page in pages:
        above: list[list[float]] = [[], []]
        changed = False
        for box in page._page_box.descendants():  # noqa: SLF001 - there is no public way to the boxes
            if isinstance(box, boxes.LineBox):
                above = [_stretch_line(box, above), *above[:1]]
                changed = changed or bool(above[0])
        if changed:
            # Areas of links and targets were gathered before.
            page.__init__(page._page_box)  # noqa: SLF001


def _stretch_line(line: Any, above: Sequence[Sequence[float]]) -> list[float]:
    """Stretch words of a line; give how far from its beginning the strokes are, in px."""
    style = justification(line.style)
    if style is None or not style.most or line.style["direction"] != "rtl":
        return []
    texts = list(_texts(line))
    spacing = max((box.justification_spacing for box in texts), default=0)
    spaces = sum(_spaces(box.text) for box in texts)
    if spacing <= 0 or not spaces:
        return []
    found = _strokes(texts, spacing, spaces, above, style)
    if found:
        _apply(line, texts, found, spacing, spaces)
    return [x for _stretched, xs in found.values() for x in xs]


def _texts(box: Any) -> Iterator[Any]:
    """Give the text boxes of a line in reading order."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.InlineBox) and child.is_in_normal_flow():
            yield from _texts(child)


def _spaces(text: str) -> int:
    return text.count(" ") + text.count("\u00a0")


def _strokes(
    texts: list[Any], spacing: float, spaces: int, above: Sequence[Sequence[float]], style: Style
) -> dict[int, tuple[Stretched, list[float]]]:
    """Choose the words of a line and stretch their boxes, by the number of the box."""
    main = max(texts, key=lambda box: len(box.text))
    em, tatweel = main.style["font_size"], shaper(main.style).tatweel
    natural = shaper(main.style).space
    lack = wanted(spacing / natural, spaces * natural, style)
    count = min(style.most, ceil(lack / (style.longest * em)))
    if not count or not tatweel:
        return {}
    candidates, words = _candidates(texts)
    chosen = choose(candidates, count, Surroundings(words, em, *above))
    chosen = choose(candidates, count, Surroundings(words, em, *above))
    each = counts(lack, len(chosen), tatweel, style.longest * em)
    inside: dict[int, list[tuple[int, int]]] = {}
    chosen = chosen[: len(each)]
    for one, length in zip(chosen, each, strict=True):
        inside.setdefault(one.box, []).append((one.at, length))
    found = {number: _lengthened(texts[number], sorted(places), tatweel) for number, places in inside.items()}
    return {
        number: (done, [one.x for one in chosen if one.box == number]) for number, done in found.items() if done
    }


def _candidates(texts: list[Any]) -> tuple[list[Candidate], int]:
    """List the words of a line that can be stretched, and count its words."""
    found, words = [], 0
    right = max(box.position_x + box.width for box in texts)
    for number, box in enumerate(texts):
        text, allowed = box.text, may_stretch(box)
        joints = shaper(box.style).joints if allowed else None
        for match in WORD.finditer(text):
            words += 1
            places = joints(match[0]) if joints and is_whole(text, match.start(), match.end()) else ()
            if places:
                at = match.start() + places[0].place
                x = right - box.position_x - box.width * (1 - at / len(text))
                found.append(Candidate(words, places[0].priority, x, len(match[0]), number, at))
    return found, words


def _lengthened(box: Any, places: list[tuple[int, int]], tatweel: float) -> Stretched | None:
    """Put so many tatweels before these characters of a box; None if the font draws them otherwise."""
    text, kashidas = _inserted(box.text, places)
    layout, advances = shaped(text, box.style)
    natural = box.width - box.justification_spacing * _spaces(box.text)
    wider = sum(advances) - natural
    if not 0.5 < wider / (tatweel * len(kashidas)) < 1.5:
        return None
    return Stretched(text, layout, kashidas, wider)


def _inserted(text: str, places: list[tuple[int, int]]) -> tuple[str, tuple[int, ...]]:
    """Put tatweels into a text; give it with their indexes."""
    pieces: list[str] = []
    kashidas: list[int] = []
    last = 0
    for at, count in places:
        pieces += [text[last:at], TATWEEL * count]
        kashidas += range(at + len(kashidas), at + len(kashidas) + count)
        last = at
    return "".join([*pieces, text[last:]]), tuple(kashidas)


def _apply(
    line: Any, texts: list[Any], found: dict[int, tuple[Stretched, list[float]]], spacing: float, spaces: int
) -> None:
    """Give the texts of a line their kashidas, take their width from the spaces, and move all boxes."""
    left = spacing - sum(done.wider for done, _xs in found.values()) / spaces
    wider = {}
    for number, box in enumerate(texts):
        wider[id(box)] = (left - spacing) * _spaces(box.text)
        if number in found:
            done, _xs = found[number]
            box.text, box.pango_layout = done.text, done.layout
            box.kashidas = done.kashidas
            wider[id(box)] += done.wider
        box.justification_spacing = box.pango_layout.justification_spacing = left
    _move(line, 0.0, wider)


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
