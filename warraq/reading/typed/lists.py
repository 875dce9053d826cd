"""Lists as they are typed, nested by two blanks or more, with or without a blank line before.

Items are written as Markdown nests them, by four blanks. Numbers stay as the author typed
them: the first one as the list's start, others in a sign where they do not follow on it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from warraq.reading.typed import signs
from warraq.reading.typed.lines import Line, next_seen, spread, trimmed
from warraq.reading.typed.markers import BOXES, FORMS, Marker, begins_list, is_next, marker
from warraq.reading.typed.rewriting import Construct, Rewriter, Taken
from warraq.reading.typed.simple import RULE

Item = tuple[Marker, list[Line]]
_TASK = re.compile(r"\[[ xX]\][ \t]+")
#: The list that kramdown makes contents of (`* TOC` and `{:toc}`).
_CONTENTS = re.compile(r"\s*\{:\s*\.?(?:no_toc\s+)?toc\b[^}]*\}\s*")


def _take(rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    first = begins_list(lines, at, after_words=False) if lines[at].indent < 4 else None
    if not first or RULE.opens(rewriter, lines, at):
        return None
    items, after = _items(rewriter, lines, at, first)
    if len(items) == 1 and any(_CONTENTS.fullmatch(line.text) for line in items[0][1]):
        rewriter.say_once("{:toc}", lines[at].offset)
        return [], after
    return _written(rewriter, items), after


def _items(rewriter: Rewriter, lines: Sequence[Line], at: int, first: Marker) -> tuple[list[Item], int]:
    """Gather the items of a list, each with its lines, and where the list ends."""
    items: list[Item] = []
    mark: Marker | None = first
    while mark:
        content = spread(lines[at].cut(mark.content))
        body, after = _body(rewriter, lines, at + 1, mark, content)
        items.append((mark, trimmed([content, *body])))
        at = next_seen(lines, after)
        mark = _next_mark(rewriter, lines, at, items)
    return items, after


def _next_mark(rewriter: Rewriter, lines: Sequence[Line], at: int, items: list[Item]) -> Marker | None:
    first, last = items[0][0], items[-1][0]
    mark = marker(lines[at]) if at < len(lines) else None
    if not mark or mark.form != first.form or mark.indent >= last.content + 2 or RULE.opens(rewriter, lines, at):
        return None
    return mark if mark.is_sure or is_next(last, mark) else None


def _body(rewriter: Rewriter, lines: Sequence[Line], at: int, mark: Marker, content: Line) -> tuple[list[Line], int]:
    """Take the lines of an item below its first one.

    They are set in by two columns more than its mark, or go on with its paragraph.
    """
    body: list[Line] = []
    inner = max(mark.indent + 2, min(mark.content, mark.indent + 4))
    words = not content.is_blank and not rewriter.opens([content], 0)
    end = at
    while at < len(lines):
        line = lines[at]
        if line.is_blank:
            words = False
        elif line.indent >= min(inner, mark.indent + 2):
            line = line.dedented(min(inner, line.indent))
            words = True
        elif not words or rewriter.opens(lines, at) or marker(line):
            break
        body.append(line)
        at += 1
        end = end if line.is_blank else at
    return body[: len(body) - (at - end)], end


def _written(rewriter: Rewriter, items: Sequence[Item]) -> list[str]:
    """Write the items, with blank lines where there are any between the author's."""
    values = _values(items)
    blocks = [_item(rewriter, mark, value, body) for (mark, body), value in zip(items, values, strict=True)]
    written: list[str] = []
    is_loose = any(line == "" for block in blocks for line in block)
    for block in blocks:
        written += [*([""] if written and is_loose else []), *block]
    return _classed(rewriter, items[0][0], written)


def _classed(rewriter: Rewriter, mark: Marker, written: list[str]) -> list[str]:
    """Put a list whose marks stay as typed into an element that says so."""
    if not mark.shown:
        return written
    return [rewriter.aside('<div class="lettered">'), "", *written, "", rewriter.aside("</div>")]


def _values(items: Sequence[Item]) -> list[int | None]:
    """Tell which items need their number said: those that do not follow the one before.

    A list of nothing but `1.` counts by itself, as many programs would have it.
    """
    numbers = [mark.value for mark, _ in items]
    if len(numbers) > 1 and len(set(numbers)) == 1:
        return [None] * len(numbers)
    return [
        mark.value if at and not mark.shown and mark.value not in {-1, 0, numbers[at - 1] + 1} else None
        for at, (mark, _) in enumerate(items)
    ]


def _item(rewriter: Rewriter, mark: Marker, value: int | None, body: list[Line]) -> list[str]:
    number = "-" if mark.form == "bullet" or mark.form not in FORMS else f"{max(mark.value, 0)}."
    body = [_boxed(mark, body[0]), *body[1:]] if body else body
    written = _item_blocks(rewriter, body)
    lead = signs.sign(signs.VALUE, value) if value is not None else ""
    if mark.shown:
        direction = ' dir="ltr"' if re.search("[A-Za-z]", mark.shown) else ""
        lead = rewriter.aside(f'<span class="item-mark"{direction}>{html.escape(mark.shown, quote=False)}</span> ')
    first = written[0] if written and _is_words(written[0]) else ""
    task = _TASK.match(first)
    start = task.end() if task else 0
    head = f"{number} {first[:start]}{lead or ('' if first else signs.sign(signs.NOTHING))}{first[start:]}"
    rest = written[1:] if first else ["", *written]
    return [head, *(f"    {line}" if line else "" for line in rest)] if any(rest) else [head]


def _item_blocks(rewriter: Rewriter, body: list[Line]) -> list[str]:
    """Write an item's blocks; a list right below its words stays right below them."""
    written = rewriter.blocks(body)
    if "" in written and not any(line.is_blank for line in body):
        at = written.index("")
        rest = written[at + 1 :]
        if at and "" not in rest and rest and re.match(r"(?:-|\d+\.) ", rest[0]):
            return [*written[:at], *rest]
    return written


def _is_words(first: str) -> bool:
    """Tell whether the first line of an item's blocks can stand beside its mark."""
    return not re.match(r"#|>|`{3}|~{3}|\||-|\d+\.|:|\[\^", first) and "|" not in first


def _boxed(mark: Marker, line: Line) -> Line:
    """Write the box of a task that is typed as one character as brackets."""
    if mark.form == "box":
        return Line(f"[{'x' if mark.value else ' '}] {line.text}", line.offset - 4)
    box = line.text[:1]
    if box and box in BOXES:
        return Line(f"[{' ' if box == BOXES[0] else 'x'}] {line.text[1:].lstrip()}", line.offset)
    return line


LIST = Construct(
    _take,
    lambda rewriter, lines, at: bool(begins_list(lines, at, after_words=True)) and not RULE.opens(rewriter, lines, at),
    parted=True,
)
