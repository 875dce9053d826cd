"""Runs that read against their paragraph are wrapped whole, across inline markup.

Layout engines part a line at every tag, so a run of English in an Arabic line stays one
run only if it stands whole in one element with a `dir`. The same eye goes over the tags
that fall within an Arabic word, where U+200D keeps its letters joined.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element

from warraq.arabic.bidi import LATIN, LINE_BREAK, TOKEN, Run, opposite, opposite_runs
from warraq.arabic.joining import ZWJ, joins
from warraq.arabic.languages import language_for
from warraq.arabic.numbers import DIGIT, numbers, settle
from warraq.reading.inline import Piece, append_pieces, flatten
from warraq.reading.trees import BLOCKS, CODE, stands_apart

_OBJECT = "\ufffc"
#: What begins text of a direction in a plain text, what ends it, and the mark of each direction.
_EMBEDDING, _END, _MARK = {"ltr": "\u202a", "rtl": "\u202b"}, "\u202c", {"ltr": "\u200e", "rtl": "\u200f"}
_SKIPPED = CODE | {"svg", "math"}
#: What stands over a line and not in it (ruby): it joins no run or word of the line.
_ANNOTATIONS = frozenset({"rp", "rt"})


@dataclass(frozen=True, slots=True)
class _Setting:
    """The direction of a paragraph, and the publication's language."""

    base: str
    main: str


def isolate_runs(root: Element, base: str, main: str) -> None:
    """Wrap the opposite runs of all paragraphs below a root, whose direction is `base`.

    `main` is the publication's language: Arabic runs get it (or `ar`) as their `lang`,
    runs in Latin letters get `en`.
    """
    _block(root, _Setting(root.get("dir", base), main))


def marked(text: str, base: str, main: str) -> str:
    """Put characters of direction around the opposite runs of a plain text, as `isolate_runs` puts spans.

    Where a text goes that has no markup, a running head or a bookmark, its reader orders it by
    UAX #9 alone. Embeddings are what every one knows, isolates (UAX #9, 6.3) are not; a mark
    after each keeps what follows from joining it, and one at the start tells those who
    judge a text by its first letter.
    """
    runs, groups = _runs(text, _Setting(base, main))
    if not (runs or groups):
        return text
    inner = opposite(base)
    inside = [group for group in groups if any(run.start <= group.start and group.end <= run.end for run in runs)]
    signs = [(run.start, 1, _EMBEDDING[inner]) for run in (*runs, *groups)]
    signs += [(group.end, -1, _END + _MARK[inner if group in inside else base]) for group in groups]
    signs += [(run.end, 0, _END + _MARK[base]) for run in runs]
    parts, at = [_MARK[base]], 0
    for place, _order, sign in sorted(signs):
        parts += [text[at:place], sign]
        at = place
    return "".join([*parts, text[at:]])


def _block(element: Element, setting: _Setting) -> None:
    """Treat an element that holds blocks, lines of text, or both."""
    if element.tag in _SKIPPED:
        return
    if not len(element):
        _only_text(element, setting)
        return
    children = list(element)
    text, element.text = element.text, None
    for child in children:
        element.remove(child)
    line: list[Element] = []
    for child in children:
        if not _is_block(child):
            line.append(child)
            continue
        _flush(element, text, line, setting)
        line, text, child.tail = [], child.tail, None
        element.append(child)
        _block(child, _Setting(child.get("dir", setting.base), setting.main))
    _flush(element, text, line, setting)


def _only_text(element: Element, setting: _Setting) -> None:
    """Treat an element without markup, which most are, the short way."""
    text = element.text or ""
    runs, groups = _runs(text, setting) if text else ([], [])
    if runs or groups:
        element.text = None
        append_pieces(element, _apart([Piece(text)], runs, groups, setting))


def _is_block(element: Element) -> bool:
    return stands_apart(element) or any(inner.tag in BLOCKS for inner in element.iter())


def _flush(element: Element, text: str | None, line: Sequence[Element], setting: _Setting) -> None:
    """Treat one line of text with its inline elements, and add it to its block."""
    pieces = flatten(text, line)
    for piece in pieces:
        if isinstance(piece.content, Element) and "dir" in piece.content.attrib:
            _block(piece.content, _Setting(piece.content.attrib["dir"], setting.main))
    pieces = _joined(pieces)
    append_pieces(element, _apart(pieces, *_runs("".join(map(_seen, pieces)), setting), setting))


def _runs(text: str, setting: _Setting) -> tuple[list[Run], list[Run]]:
    """Find the runs of a text that read against it, and the numbers that the line orders as words."""
    runs = opposite_runs(text, setting.base)
    if setting.base == "ltr" or not DIGIT.search(text):
        return runs, []
    return settle(text, runs, numbers(text, setting.main))


def _apart(pieces: Sequence[Piece], runs: Sequence[Run], groups: Sequence[Run], setting: _Setting) -> list[Piece]:
    """Put spans around numbers and, around these, around runs."""
    return _wrapped(_wrapped(pieces, groups, setting, "number"), runs, setting)


def _seen(piece: Piece) -> str:
    """Give what the bidi rules see of a piece."""
    if isinstance(piece.content, str):
        return _OBJECT * len(piece.content) if _is_annotation(piece) else piece.content
    return LINE_BREAK if piece.content.tag == "br" else _OBJECT


def _is_annotation(piece: Piece) -> bool:
    return any(element.tag in _ANNOTATIONS for element in piece.stack)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Put U+200D on both sides of each tag that parts two joining letters."""
    joined = list(pieces)
    for at in range(len(pieces) - 1):
        before, after = joined[at].content, joined[at + 1].content
        if _is_annotation(joined[at]) != _is_annotation(joined[at + 1]):
            continue
        if isinstance(before, str) and isinstance(after, str) and joins(before, after):
            joined[at] = Piece(before + ZWJ, joined[at].stack)
            joined[at + 1] = Piece(ZWJ + after, joined[at + 1].stack)
    return joined


def _wrapped(pieces: Sequence[Piece], runs: Sequence[Run], setting: _Setting, kind: str = "") -> list[Piece]:
    """Put a span around the pieces of each run, of a class if they are all of one kind."""
    if not runs:
        return list(pieces)
    cut, members = _cut(pieces, runs)
    for first, last in members:
        depth = _depth(cut, first, last)
        span = _span("".join(map(_seen, cut[first : last + 1])), setting, kind)
        for at in range(first, last + 1):
            stack = cut[at].stack
            cut[at] = Piece(cut[at].content, (*stack[:depth], span, *stack[depth:]))
    return cut


def _cut(pieces: Sequence[Piece], runs: Sequence[Run]) -> tuple[list[Piece], list[tuple[int, int]]]:
    """Cut pieces at the ends of runs, and tell which pieces make up each run."""
    marks = sorted({mark for run in runs for mark in (run.start, run.end)})
    cut: list[Piece] = []
    starts: list[int] = []
    offset = 0
    for piece in pieces:
        end = offset + len(_seen(piece))
        inner = marks[bisect_right(marks, offset) : bisect_left(marks, end)]
        bounds = [offset, *inner, end]
        for start, stop in pairwise(bounds):
            content = piece.content[start - offset : stop - offset] if isinstance(piece.content, str) else piece.content
            cut.append(Piece(content, piece.stack))
            starts.append(start)
        offset = end
    return cut, _members(starts, runs)


def _members(starts: list[int], runs: Sequence[Run]) -> list[tuple[int, int]]:
    """Find the first and last piece of each run; both lists are in order."""
    members = []
    at = 0
    for run in runs:
        while starts[at] < run.start:
            at += 1
        first = at
        while at < len(starts) and starts[at] < run.end:
            at += 1
        members.append((first, at - 1))
    return members


def _depth(pieces: Sequence[Piece], first: int, last: int) -> int:
    """Find how deep in the stacks a run's span stands: as far out as whole elements allow."""
    stacks = [piece.stack for piece in pieces[first : last + 1]]
    depth = 0
    for level in zip(*stacks, strict=False):
        if any(element is not level[0] for element in level):
            break
        depth += 1
    beside = [pieces[at].stack for at in (first - 1, last + 1) if 0 <= at < len(pieces)]
    while depth and not any(len(stack) >= depth and stack[depth - 1] is stacks[0][depth - 1] for stack in beside):
        depth -= 1
    return depth


def _span(words: str, setting: _Setting, kind: str) -> Element:
    direction = opposite(setting.base)
    span = Element("span", {"dir": direction})
    if kind or TOKEN.fullmatch(words):
        span.set("class", kind or "token")
    if direction == "rtl":
        span.set("lang", language_for("rtl", setting.main))
    elif LATIN.search(words):
        span.set("lang", "en")
    return span

