"""Lines of justified paragraphs, which WeasyPrint 70 breaks one by one, each as full as can be.

`layout.inline.split_inline_box` sets as much on a line as fits. Here the lines of the whole
paragraph are chosen first (`warraq.engine.justification.total_fit`); then

* for a line box, `max_x` is set so that the stock function stops where the plan says, with
  half of the next word to spare;
* `layout.inline.split_text_box` is told where the line ends and shapes that piece of text
  once, instead of searching for the end;
* `layout.inline.text_align`, which leaves a line alone that is too wide, narrows its spaces,
  and leaves a paragraph ragged that runs from the right and has no word of Arabic.

A paragraph with a float in or beside it, with pictures or inline blocks, or with preserved
white space is broken as before; so is a line that the plan does not know, and all from it
on is planned anew. No upstream issue is known (WeasyPrint has none about line breaking of
whole paragraphs); the functions are wrapped, not replaced.
"""

from __future__ import annotations

from math import inf
from typing import Any, NamedTuple

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from warraq.engine.guard import wrap, written_for
from warraq.engine.justification.paragraph import Paragraph, Unplannable, read
from warraq.engine.justification.style import Style, justification
from warraq.engine.justification.total_fit import plan
from warraq.engine.pieces import Piece, placed

BOX, TEXT, ALIGN, SPACES = "3a0cb7ca7e34c7ef", "8c564329599ef23f", "e953d41b87ccfc30", "879516e71f1b80fa"
#: In px; more than rounding gives.
ROUNDING = 0.01


class Line(NamedTuple):
    """A planned line: its paragraph, the byte where the next one begins, its natural width in px.

    `place` is that of the paragraph's places where it begins, `fills` the width in px that it
    is to fill, `measure` that of a line without indent.
    """

    paragraph: Paragraph
    end: int
    width: float
    room: float
    place: int
    fills: float
    measure: float


def mend() -> list[str]:
    """Wrap the functions, all or none; give the names of those that are not the ones we know."""
    patches = (
        ("split_inline_box", BOX, _planned),
        ("split_text_box", TEXT, _cut),
        ("text_align", ALIGN, _narrowed),
        ("add_word_spacing", SPACES, _spaced),
    )
    unknown = [name for name, digest, _ in patches if not _is_known(name, digest)]
    if unknown:
        return [f"{inline.__name__}.{name}" for name in unknown]
    return [name for patch in patches for name in wrap(inline, *patch)]


def _is_known(name: str, digest: str) -> bool:
    function = getattr(inline, name)
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    return written_for(function, digest)


class _Current:
    """The line that is being laid out; lines within its boxes (notes, inline blocks) come between."""

    line: Line | None = None


def _planned(stock: Any) -> Any:
    def split_inline_box(context: Any, box: Any, position_x: Any, max_x: Any, *rest: Any) -> Any:
        if not isinstance(box, boxes.LineBox):
            return stock(context, box, position_x, max_x, *rest)
        _bottom_space, skip_stack, *_ = rest
        line = _line(context, box, max_x - position_x, skip_stack)
        if line is not None:
            max_x = position_x + line.width + line.room
        before, _Current.line = _Current.line, line
        try:
            result = stock(context, box, position_x, max_x, *rest)
        finally:
            _Current.line = before
        result[0].is_planned, result[0].plan = line is not None, line
        return result

    return split_inline_box


def _line(context: Any, box: Any, width: float, skip_stack: Any) -> Line | None:
    """Find the planned line that begins here, if this paragraph can be planned."""
    style = _style(context, box, width)
    if style is None:
        return None
    paragraph = _paragraph(box)
    if paragraph is None:
        return None
    offset = _offset(box, skip_stack, paragraph)
    place = None if offset is None else paragraph.place(offset)
    if place is None or place >= len(paragraph.places.offsets) - 1:
        return None
    indent = box.text_indent if isinstance(box.text_indent, (int, float)) else 0
    lines = paragraph.plans.setdefault(round(width + indent, 3), {})
    if place not in lines:
        lines.update(plan(paragraph.places, place, width, width + indent, style) or {})
    return _found(paragraph, place, lines[place], width, width + indent) if place in lines else None


def _style(context: Any, box: Any, width: float) -> Style | None:
    """Give the parameters of a line box that may be planned."""
    if context is None or context.excluded_shapes or not 0 < width < inf:
        return None
    if box.style["text_align_all"] != "justify" or box.style["white_space"] != "normal":
        return None
    return justification(box.style)


def _paragraph(box: Any) -> Paragraph | None:
    """Read a paragraph, once: its line box keeps what was read."""
    if not hasattr(box, "paragraph"):
        try:
            box.paragraph = read(box)
        except Unplannable:
            box.paragraph = None
    found: Paragraph | None = box.paragraph
    return found


def _found(paragraph: Paragraph, begin: int, end: int, width: float, measure: float) -> Line:
    """Describe a line; `room` reaches half into the next word, so that this does not fit."""
    places = paragraph.places
    natural = places.until[end] - places.begin[begin]
    if end == len(places.offsets) - 1 or end in places.forced:
        room = max(width - natural, 0) + places.em
        return Line(paragraph, places.offsets[end], natural, room, begin, width, measure)
    following = places.until[end + 1] - places.begin[end]
    room = places.begin[end] - places.until[end] + following / 2
    return Line(paragraph, places.offsets[end], natural, room, begin, width, measure)


def _offset(box: Any, skip_stack: Any, paragraph: Paragraph) -> int | None:
    """Give the byte of the paragraph that a skip stack points to."""
    skip, inner = next(iter(skip_stack.items())) if skip_stack else (0, None)
    for index in range(skip, len(box.children)):
        child = box.children[index]
        if id(child) in paragraph.texts:
            return paragraph.texts[id(child)][1] + (next(iter(inner), 0) or 0 if inner else 0)
        if isinstance(child, boxes.InlineBox):
            found = _offset(child, inner, paragraph)
            if found is not None:
                return found
        inner = None
    return None


def _cut(stock: Any) -> Any:
    def split_text_box(context: Any, box: Any, available_width: Any, skip: int, *rest: Any, **named: Any) -> Any:
        line = _Current.line
        if line is None or id(box) not in line.paragraph.texts or box.text == "\n":
            return stock(context, box, available_width, skip, *rest, **named)
        _box, base, whole = line.paragraph.texts[id(box)]
        raw, end = whole.data, line.end - base
        if end <= skip or box.text != whole.text:
            return stock(context, box, available_width, skip, *rest, **named)
        if end >= len(raw):
            piece = whole.piece(skip, len(raw))
            return (placed(box, piece), None, False) if piece else stock(context, box, None, skip, *rest, **named)
        text = raw[skip:end]
        text = text.rstrip(b" ") or text
        piece = whole.piece(skip, skip + len(text))
        if piece:
            return placed(box, piece), end, False
        shown = box.copy_with_text(text.decode())
        shown, _resume_at, preserved = stock(context, shown, None, 0, *rest, **named)
        return shown, end, preserved

    return split_text_box


def _narrowed(stock: Any) -> Any:
    def text_align(context: Any, line: Any, available_width: Any, last: Any) -> Any:
        if not getattr(line, "is_planned", False):
            return stock(context, line, available_width, last)
        if line.paragraph.is_foreign:
            # Words of another script are long for an Arabic measure, and nothing stretches them.
            return 0
        if line.width - available_width > ROUNDING:
            inline.justify_line(context, line, available_width - line.width)
        return stock(context, line, available_width, last)

    return text_align


def _spaced(stock: Any) -> Any:
    def add_word_spacing(context: Any, box: Any, justification_spacing: Any, x_advance: Any) -> Any:
        piece = getattr(box, "pango_layout", None)
        if not isinstance(piece, Piece) or piece.text != box.text:
            return stock(context, box, justification_spacing, x_advance)
        box.justification_spacing = justification_spacing
        box.position_x += x_advance
        if spaces := inline.count_expandable_spaces(box):
            extra_space = justification_spacing * spaces
            box.width += extra_space
            box.pango_layout = piece.spaced(justification_spacing)
            x_advance += extra_space
        return x_advance

    return add_word_spacing
