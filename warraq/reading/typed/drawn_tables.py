"""Tables drawn with characters, as Pandoc writes them: of a grid, or under rows of dashes.

    +-------+-------+          column   column
    | cell  | cell  |         -------- --------
    +=======+=======+          cell     cell

Columns are counted as they are seen: a vowel sign takes none (Pandoc's `realLength`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from warraq.reading.typed.lines import Line
from warraq.reading.typed.rewriting import Construct, Rewriter, Taken

_EDGE = re.compile(r"\s*\+(?:[-=:]+\+)+\s*")
_DASHES = re.compile(r"[ ]*-{2,}(?:[ ]+-{2,})+[ ]*")
_WHOLE = re.compile(r"[ ]*-{5,}[ ]*")


def _grid(rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    if not _EDGE.fullmatch(lines[at].text):
        return None
    after = at
    while after < len(lines) and lines[after].text.lstrip()[:1] in {"+", "|"}:
        after += 1
    rows: list[list[Line]] = [[]]
    head = 0
    for line in lines[at + 1 : after]:
        if _EDGE.fullmatch(line.text):
            head = len(rows) if "=" in line.text else head
            rows.append([])
        else:
            rows[-1].append(line)
    columns = lines[at].text.count("+") - 1
    cells = [_cells_of_grid(row, columns) for row in rows if row]
    return (_written(rewriter, cells, head), after) if all(cells) and cells else None


def _cells_of_grid(row: Sequence[Line], columns: int) -> list[list[Line]]:
    """Cut the lines of one row at their bars; nothing if they do not have as many as columns."""
    cells: list[list[Line]] = [[] for _ in range(columns)]
    for line in row:
        bars = [found.start() for found in re.finditer(r"(?<!\\)\|", line.text)]
        if len(bars) != columns + 1:
            return []
        for cell, start, end in zip(cells, bars, bars[1:], strict=False):
            cell.append(Line(line.text[start + 1 : end].rstrip().removeprefix(" "), line.offset + start + 2))
    return cells


def _dashed(rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    """Read a simple table, or one of several lines a row between whole lines of dashes."""
    is_whole = bool(_WHOLE.fullmatch(lines[at].text))
    dashes = next((n for n in range(at, min(at + 6, len(lines))) if _DASHES.fullmatch(lines[n].text)), None)
    if dashes is None or dashes - at > (5 if is_whole else 1):
        return None
    after = dashes + 1
    while after < len(lines) and (is_whole or not lines[after].is_blank):
        if _WHOLE.fullmatch(lines[after].text) or _DASHES.fullmatch(lines[after].text):
            break
        after += 1
    is_closed = after < len(lines) and "--" in lines[after].text
    if (is_whole and not is_closed) or after == dashes + 1:
        return None
    columns = [(found.start(), found.end()) for found in re.finditer("-+", lines[dashes].text)]
    heads = [line for line in lines[at + is_whole : dashes] if not line.is_blank]
    rows = _rows(lines[dashes + 1 : after], by_blank=is_whole)
    cells = [_cells_of_columns(row, columns) for row in ([heads] if heads else []) + rows]
    return _written(rewriter, cells, bool(heads)), after + is_closed


def _rows(lines: Sequence[Line], *, by_blank: bool) -> list[list[Line]]:
    if not by_blank:
        return [[line] for line in lines]
    rows: list[list[Line]] = [[]]
    for line in lines:
        if line.is_blank:
            rows.append([])
        else:
            rows[-1].append(line)
    return [row for row in rows if row]


def _cells_of_columns(row: Sequence[Line], columns: Sequence[tuple[int, int]]) -> list[list[Line]]:
    starts = [start for start, _ in columns]
    ends = [*starts[1:], 10**6]
    return [
        [_between(line, start if at else 0, end) for line in row]
        for at, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


def _between(line: Line, start: int, end: int) -> Line:
    """Cut a line between two columns as they are seen."""
    seen, first, last = 0, len(line.text), len(line.text)
    for at, char in enumerate(line.text):
        if seen >= start and first == len(line.text):
            first = at
        if seen >= end:
            last = at
            break
        seen += not unicodedata.combining(char)
    words = line.text[first:last]
    return Line(words.strip(), line.offset + first + len(words) - len(words.lstrip()))


def _written(rewriter: Rewriter, rows: Sequence[Sequence[Sequence[Line]]], head: int) -> list[str]:
    """Write rows of cells as a table of HTML put aside, with their blocks between its tags."""
    written = [rewriter.aside("<table>")]
    for at, row in enumerate(rows):
        tag = "th" if at < head else "td"
        written += [
            "",
            rewriter.aside(("<thead>" if at == 0 and head else "<tbody>" if at in {0, head} else "") + "<tr>"),
        ]
        for cell in row:
            written += ["", rewriter.aside(f"<{tag}>"), "", *_cell(rewriter, cell), "", rewriter.aside(f"</{tag}>")]
        written += ["", rewriter.aside("</tr>" + ("</thead>" if head and at == head - 1 else ""))]
    return [*written, "", rewriter.aside("</tbody></table>")]


def _cell(rewriter: Rewriter, cell: Sequence[Line]) -> list[str]:
    """Write what a cell holds; a line alone is no paragraph."""
    blocks = rewriter.blocks([line for line in cell if line.text.strip() or len(cell) > 1])
    return (
        [f"{rewriter.aside('<div>')}{blocks[0]}{rewriter.aside('</div>')}"]
        if len(blocks) == 1 and not _opens(blocks[0])
        else blocks
    )


def _opens(text: str) -> bool:
    return bool(re.match(r"[-#>|`~:]|\d+\.", text))


GRID = Construct(_grid, lambda _rewriter, lines, at: bool(_EDGE.fullmatch(lines[at].text)))
DASHED = Construct(_dashed)
