"""Blocks of a line or two: headings, rules, code by indent, tables, lines kept as lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from warraq.arabic.bidi import ARABIC, LATIN
from warraq.reading.mathematics import protected_label
from warraq.reading.typed import signs
from warraq.reading.typed.lines import Line, next_seen
from warraq.reading.typed.rewriting import Construct, Rewriter, Taken

_ATX = re.compile(r"(?P<lead> {0,3})(?P<mark>#{1,})(?P<gap>[ \t\u00a0]*)(?P<words>.*?)[ \t]*(?:(?<=[ \t])#+)?[ \t]*")
_SPACED = re.compile(r"^ {0,3}#{1,6}[ \t]", re.MULTILINE)
_TAGS = re.compile(r"#[\w/-]+(?:[ \t,،]+#[\w/-]+)*[ \t]*")
_SETEXT = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*")
_RULE = re.compile(r" {0,3}(?:(?P<mark>[-*_])(?:[ \t]*(?P=mark)){2,}|={4,}|ـ{4,}|[—–]{3,}|(?:\* ?){3,})[ \t]*")
_DELIMITERS = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_PANDOC_MARKS = re.compile(r"[ \t]*\{-\}[ \t]*$|(?<=\{)-[ \t]+(?=[#.])")
_LINE_BLOCK = re.compile(r" {0,3}\|(?: (?P<words>[^|]*))?")
_HARD = "\u00a0"
_FORMULAS = {"$$": "$$", "\\[": "\\]", "\\begin{": "\\end{"}
#: A line under dashes that is longer is a paragraph before a rule, not a heading.
LONGEST_SETEXT = 100


def _heading(rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    found = _atx(rewriter, lines[at])
    if not found:
        return None
    line = lines[at]
    words = rewriter.inline(rewriter, [line.cut(found.start("words"))])[0].rstrip()
    words = _PANDOC_MARKS.sub("", re.sub(r"(?:^|[ \t])#+$", "", words))
    if not words.strip():
        return [], at + 1
    place = signs.sign(signs.PLACE, max(line.offset + found.start("mark"), 0))
    return [f"{'#' * min(len(found['mark']), 6)} {place}{words}"], at + 1


def _atx(rewriter: Rewriter, line: Line) -> re.Match[str] | None:
    r"""Match a heading; without a blank after its mark it may be a tag (`#كتب`) instead."""
    found = _ATX.fullmatch(line.text) if "#" in line.text[:4] and not line.text.lstrip().startswith("#. ") else None
    if not found or found["gap"] or not found["words"] or len(found["mark"]) > 1:
        return found
    return None if _TAGS.fullmatch(line.text.strip()) and _writes_spaced(rewriter) else _no_second(found)


def _no_second(found: re.Match[str]) -> re.Match[str] | None:
    return None if re.search(r"\s#\w", found["words"]) else found


def _writes_spaced(rewriter: Rewriter) -> bool:
    """Tell whether the author puts a blank after the mark of headings elsewhere."""
    if "spaced" not in rewriter.facts:
        rewriter.facts["spaced"] = bool(_SPACED.search(rewriter.source.text))
    return rewriter.facts["spaced"]


def _setext(rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    if at + 1 >= len(lines) or not _SETEXT.fullmatch(lines[at + 1].text) or lines[at].indent > 3:
        return None
    words = lines[at].text.strip()
    is_line = words.endswith((".", "،", ":", "؛", "؟", "!")) or len(words) > LONGEST_SETEXT
    if rewriter.opens(lines, at) or words.startswith("|") or (is_line and "-" in lines[at + 1].text):
        return None
    place = signs.sign(signs.PLACE, lines[at].offset + lines[at].indent)
    level = "#" if "=" in lines[at + 1].text else "##"
    return [f"{level} {place}{rewriter.inline(rewriter, [lines[at]])[0].strip()}"], at + 2


def _rule(_rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    return (["- - -"], at + 1) if _RULE.fullmatch(lines[at].text) else None


def _table(rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    """Read a pipe table (GFM §4.10), which Markdown takes only between blank lines."""
    if not _is_table(lines, at):
        return None
    after = at + 2
    while after < len(lines) and "|" in lines[after].text:
        after += 1
    rows = [line.cut(line.indent) for line in lines[at:after]]
    written = rewriter.inline(rewriter, rows)
    written[1] = rows[1].text
    if after < len(lines) and re.fullmatch(r"\s*\{:[^{}%]*\}\s*", lines[after].text):
        rewriter.say_once("{: …}", lines[after].offset)
        after += 1
    return written, after


def _is_table(lines: Sequence[Line], at: int) -> bool:
    if at + 1 >= len(lines) or "|" not in lines[at].text or "-" not in lines[at + 1].text:
        return False
    return "|" in lines[at + 1].text and bool(_DELIMITERS.fullmatch(lines[at + 1].text))


def _code(rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    """Read code set in by four blanks, unless it is Arabic prose set in by hand."""
    if lines[at].indent < 4:
        return None
    after = end = _group(lines, at)
    if _is_prose(lines[at:end]):
        return rewriter.blocks([line.cut(line.indent) for line in lines[at:end]]), end
    while (after := next_seen(lines, after)) < len(lines) and lines[after].indent >= 4:
        group = _group(lines, after)
        if _is_prose(lines[after:group]):
            break
        after = end = group
    return fenced([line.dedented(4).text for line in lines[at:end]], ""), end


def _group(lines: Sequence[Line], at: int) -> int:
    """Give the end of the lines from `at` on that are set in by four blanks."""
    while at < len(lines) and lines[at].indent >= 4 and not lines[at].is_blank:
        at += 1
    return at


def _is_prose(lines: Sequence[Line]) -> bool:
    words = "".join(line.text for line in lines)
    return len(ARABIC.findall(words)) > 2 * len(LATIN.findall(words))


def fenced(code: Sequence[str], info: str) -> list[str]:
    """Write code between fences that no line of it closes."""
    longest = max((len(run) for line in code for run in re.findall(r"`{3,}", line)), default=2)
    fence = "`" * (longest + 1)
    return [f"{fence}{info}", *code, fence]


def _formula(_rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    """Pass a displayed formula on as it is, from its opening to its closing mark."""
    text = protected_label(lines[at].text.strip())
    mark = next((mark for mark in _FORMULAS if text.startswith(mark)), None)
    if mark is None:
        return None
    for end in range(at, len(lines)):
        rest = text[len(mark) :] if end == at else protected_label(lines[end].text)
        if lines[end].is_blank:
            return None
        if _FORMULAS[mark] in rest:
            is_whole = rest.rstrip().endswith(_FORMULAS[mark]) or mark.startswith("\\begin")
            return ([protected_label(line.text) for line in lines[at : end + 1]], end + 1) if is_whole else None
    return None


def _line_block(rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    """Read lines that begin with a bar (Pandoc's line block): each stays a line."""
    after = at
    while after < len(lines) and _LINE_BLOCK.fullmatch(lines[after].text):
        after += 1
    if after - at < 2:
        return None
    kept = []
    for line in lines[at:after]:
        body = line.cut(line.indent + 1)
        body = body.cut(1) if body.text.startswith(" ") else body
        kept.append((body.indent, body.cut(body.indent)))
    words = rewriter.inline(rewriter, [line for _, line in kept])
    blank = signs.sign(signs.NOTHING)
    texts = [f"{blank}{_HARD * indent}{text.rstrip()}" for (indent, _), text in zip(kept, words, strict=True)]
    return [*(f"{text}  " for text in texts[:-1]), texts[-1]], after


def _is_rule(_rewriter: Rewriter, lines: Sequence[Line], at: int) -> bool:
    return bool(_RULE.fullmatch(lines[at].text))


HEADING = Construct(_heading, lambda rewriter, lines, at: bool(_atx(rewriter, lines[at])))
SETEXT = Construct(_setext)
RULE = Construct(_rule, _is_rule)
TABLE = Construct(_table, lambda _rewriter, lines, at: _is_table(lines, at))
CODE = Construct(_code)
FORMULA = Construct(_formula)
LINE_BLOCK = Construct(_line_block)
