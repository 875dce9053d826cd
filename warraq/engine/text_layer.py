"""Text that comes back out of the PDF as it went in.

WeasyPrint 70 draws a glyph by its id and tells for each id one text, the first it met. With
fonts that draw one letter as several glyphs (Amiri), or one glyph for several letters,
letters vanish or double when text is copied or searched; a gap that kerning leaves inside a
word is copied as a space (`draw.text.draw_first_line`, upstream issue #2841). Here a line
is drawn as cells, a code for each character (`warraq.engine.cells`), and the only gaps are
those at spaces.

Justification is part of that: stock sets it by attributes that split Pango's items, so
that the kerning across spaces is lost, and lines stick out by up to 5 px
(`text.line_break.Layout.reactivate`; no upstream issue is known). Here spaces are widened
as they are drawn, and lines end where they were laid out.

Boxes with an ellipsis, or with a glyph of a picture font, are drawn as before. A box whose
text holds kashidas that justification put in names their places as `kashidas`, indexes into
its text: they are drawn with the letter before them, `kashida_stretch` times as wide as they
are in the font, and nobody copies them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import weasyprint.pdf as pdf_writing
from weasyprint.draw import text as drawing
from weasyprint.formatting_structure.boxes import Box
from weasyprint.text.ffi import pango
from weasyprint.text.line_break import Layout

from warraq.engine import embedding, foreign_words, seams
from warraq.engine.cells import Cell
from warraq.engine.guard import wrap_all
from warraq.engine.shaping import Group, Run, read_line
from warraq.engine.typefaces import Face, faces_of

DRAW, REACTIVATE, FONTS = "1bb8eae6d88e71b1", "0b89ee097104b713", "fc551bef35d0d6c3"
#: What ends a line of Pango's or of WeasyPrint's.
LINE_ENDS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
#: Spaces that justification widens.
JUSTIFIED = (" ", "\u00a0")
#: Classes of the bidi algorithm that are weak; RIGHT-TO-LEFT MARK, which is not drawn.
WEAK = {"CS", "ES", "ET", "EN", "AN"}
PARTING = Cell("\u200f", 0, ())
#: In 1/1000 em; a smaller error is left to the next space.
TOLERANCE = 0.7
#: The widths of spaces go by such steps, so that few cells do for all lines, and MuPDF sees no gap after one.
STEP = 25
#: A space that is narrow enough to be no gap to any viewer; it is copied as a space all the same.
NARROW = 50


def mend() -> list[str]:
    """Wrap the functions, once; give the names of those that are not the ones we know."""
    return wrap_all(
        (Layout, "reactivate", REACTIVATE, _unjustified),
        (drawing, "draw_first_line", DRAW, _in_cells),
        (pdf_writing, "build_fonts_dictionary", FONTS, _with_faces),
    )


def _unjustified(_stock: Any) -> Any:
    def reactivate(self: Any, style: Any) -> None:
        self.setup(style)
        self.set_text(self.text)

    return reactivate


def _in_cells(stock: Any) -> Any:
    def draw_first_line(stream: Any, textbox: Any, text_overflow: Any, block_ellipsis: Any, matrix: Any) -> Any:
        is_blank = not textbox.text.strip()
        if textbox.style["font_size"] < 1e-6 or (is_blank and not _is_seam(textbox)):
            return []
        layout = textbox.pango_layout
        if text_overflow != "ellipsis" and block_ellipsis == "none":
            if LINE_ENDS.search(layout.text):
                # What was shaped is thrown away by this, so it is done only where it changes something.
                pango.pango_layout_set_single_paragraph_mode(layout.layout, 1)
            named = vars(textbox)
            runs = read_line(stream, layout, named.get("kashidas", ()), named.get("kashida_stretch", 1.0))
            if all(run.face.is_outlines for run in runs):
                _draw_box(stream, runs, textbox, matrix.values)
                return []
        layout.set_text(layout.text, justify=True)
        return stock(stream, textbox, text_overflow, block_ellipsis, matrix)

    return draw_first_line


def _draw_box(stream: Any, runs: Sequence[Run], textbox: Any, place: seams.Place) -> None:
    """Draw a box of text at a place, with what marks where it meets others."""
    text, spacing = textbox.pango_layout.text, textbox.pango_layout.justification_spacing
    if not isinstance(textbox, Box):
        # A letter of a picture, which stands on no line.
        stream.set_text_matrix(*place)
        _draw(stream, runs, spacing)
    elif not text.strip():
        seams.blank(stream, runs, place)
    elif leaps := foreign_words.are_turned(runs, textbox, text):
        turns = seams.before_box(stream, runs, textbox, text, place, leaps=leaps)
        foreign_words.draw(stream, runs, spacing, place)
        seams.after_box(stream, runs, textbox, text, place, turns=turns)
    else:
        rise = _rise(textbox)
        place = (*place[:5], place[5] + rise) if rise else place
        turns = seams.before_box(stream, runs, textbox, text, place, leaps=leaps)
        stream.set_text_matrix(*place)
        _draw(stream, runs, spacing, rise)
        seams.after_box(stream, runs, textbox, text, place, turns=turns)


def _is_seam(textbox: Any) -> bool:
    """Tell whether a box of nothing but blanks stands between two of a right-to-left line."""
    return bool(textbox.text) and textbox.style["direction"] == "rtl"


def _rise(textbox: Any) -> float:
    """Tell how many px a box stands above the baseline of its line, as calls of notes do.

    PDFium reads what stands on another baseline by itself, and parts the line there
    (`CPDF_TextPage::ProcessTextObject`); so it is drawn on that of the line, from outlines
    that stand higher.
    """
    parent = textbox.style.parent_style
    raised = parent["vertical_align"] if parent is not None else 0
    return raised if isinstance(raised, (int, float)) else 0


def _draw(stream: Any, runs: Sequence[Run], justification: float, rise: float = 0) -> None:
    """Draw the runs of a line; `justification` is added to each space, in px, and outlines stand px higher."""
    error, at = 0.0, 0
    for (face, size), together in groupby(runs, key=lambda run: (run.face, run.size)):
        em, operands = size / 1000, [""]
        for run in together:
            if at and seams.is_turn(runs[at - 1], run):
                operands += [f"<{face.code(seams.TURN)}>", ""]
            shown, error = _shown(run, justification / em, error / em, _parted_from_numbers(runs, at))
            error *= em
            operands[-1] += shown
            at += 1
        operands = [kept for operand in operands if (kept := operand.replace("><", "").replace("<>", ""))]
        if operands and at == len(runs) and runs[0].line.glued:
            operands[-1:] = _parted(operands[-1])
        if operands:
            stream.set_font_size(face.name, size)
        for operand in operands:
            stream.show_text(face.lifted(operand, round(rise * face.font.upem / size)) if rise else operand)


def _shown(run: Run, justification: float, error: float, parted: tuple[bool, bool]) -> tuple[str, float]:
    """Write a run as the operand of `TJ` (ISO 32000-1 §9.4.3).

    Lengths are in 1/1000 em. `error` is how far the PDF's pen is to the right of where it
    should be; it is mended at spaces, and what is left is given too.
    """
    groups, face = run.groups(), run.face
    shown = [f"{round(error)}<"] if abs(error) >= TOLERANCE else ["<"]
    error -= round(error) if len(shown[0]) > 1 else 0
    shown += [face.code(PARTING)] * parted[0]
    for at, (codes, wide, advance, space, _last, is_marked) in enumerate(groups):
        if not space:
            if is_marked and (not at or _is_weak(groups[at - 1])):
                shown.append(face.code(PARTING))
            shown.append(codes)
            error += advance - wide
            continue
        wanted = wide - error + (justification if space in JUSTIFIED else 0)
        width = advance if abs(wanted - advance) < TOLERANCE else max(0, round(wanted / STEP) * STEP)
        error = width - wanted
        if width > NARROW and _is_before_mark(groups, at):
            shown[-1] = shown[-1][:-4] + face.code(_widened(groups[at - 1], width - NARROW))
            width = NARROW
        shown.append(face.space(space, width))
        if abs(error) >= TOLERANCE:
            shown.append(f">{round(error)}<")
            error -= round(error)
    shown += [face.code(PARTING)] * parted[1]
    return f"{''.join(shown)}>", error


def _parted_from_numbers(runs: Sequence[Run], at: int) -> tuple[bool, bool]:
    """Tell whether a run begins, and whether it ends, with a sign that PDFium would take into a number beside it.

    The number stands in the run beside it, or in another box if there is nothing but signs here.
    """
    run = runs[at]
    groups = run.groups() if run.is_rtl else []
    if not groups:
        return False, False
    alone = len(runs) == 1 and all(map(_is_weak, groups))
    beside = at > 0 and not runs[at - 1].is_rtl, at < len(runs) - 1 and not runs[at + 1].is_rtl
    return (alone or beside[0]) and _is_weak(groups[0]), (alone or beside[1]) and _is_weak(groups[-1])


def _is_weak(group: Group) -> bool:
    """Tell whether a group is a stop, a comma or a digit, which PDFium takes for one thing with a mark beside it.

    It would not turn the two (`CFX_BidiChar::AppendChar`: a segment of weak characters); a
    mark of direction parts them.
    """
    return group.last is not None and unicodedata.bidirectional(group.last.text) in WEAK


def _is_before_mark(groups: Sequence[Group], at: int) -> bool:
    """Tell whether a space has a letter at its left and a mark, which ends a word, at its right."""
    return 0 < at < len(groups) - 1 and groups[at + 1].is_marked and groups[at - 1].last is not None


def _widened(group: Group, by: int) -> Cell:
    """Give the last cell of a group, with as much of the space beside it.

    pdf.js takes no width of marks: one that stands first after a gap is given a space after
    it too. There is no gap if the letter before reaches up to it.
    """
    last = group.last or Cell("", 0, ())
    return last._replace(advance=last.advance + by)


def _parted(shown: str) -> tuple[str, ...]:
    """Show the last cell of a line by an operator of its own.

    PDFium makes one line of two where the marks of one reach to the baseline of the other,
    unless the last thing shown is a single glyph (`CPDF_TextPage::ProcessInsertObject`).
    """
    first, last = shown[:-5], shown[-5:]
    return (f"{first}>", f"<{last}") if last.endswith(">") and first and first[-1] not in "<>" else (shown,)


def _with_faces(stock: Any) -> Any:
    def build_fonts_dictionary(pdf: Any, fonts: Any, compress: bool, *rest: Any) -> Any:  # noqa: FBT001 - stock's
        others = {key: font for key, font in fonts.items() if not isinstance(font, Face)}
        dictionary = stock(pdf, others, compress, *rest)
        embedding.add(pdf, dictionary, faces_of(fonts))
        return dictionary

    return build_fonts_dictionary
