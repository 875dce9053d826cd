"""Fenced code, with info strings of every kind, and fences that are no code.

Beside code a fence may hold verse (`verse`), a call-out (mdBook's and Obsidian's `admonish`,
`ad-note`, MyST's `{note}`, `warn`) or raw HTML (Pandoc's `{=html}`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from warraq.reading.code import packed
from warraq.reading.typed import callouts, poems
from warraq.reading.typed.lines import Line
from warraq.reading.typed.rewriting import Construct, Rewriter, Taken
from warraq.reading.typed.simple import fenced

_FENCE = re.compile(r"(?P<indent> *)(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>.*?)[ \t]*")
_LANGUAGE = re.compile(r"[\w+#.-]+")
_RAW = re.compile(r"\{=(?P<format>\w+)\}")
#: Queries of note-keeping programs: what they would show is not in the text.
_QUERIES = frozenset({"dataview", "dataviewjs", "query", "tasks", "button", "toc", "table-of-contents"})


def _take(rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    found = _opening(lines, at)
    if not found:
        return None
    end = _end(lines, at, found["mark"])
    code = [line.dedented(len(found["indent"])) for line in lines[at + 1 : end]]
    if end == len(lines):
        hint = f"close it with a line {found['mark']}"
        rewriter.say("W218", "the fence is not closed", lines[at].offset + len(found["indent"]), hint)
    return _written(rewriter, lines[at], found, code), end + 1


def _opening(lines: Sequence[Line], at: int) -> re.Match[str] | None:
    text = lines[at].text
    found = _FENCE.fullmatch(text) if "```" in text or "~~~" in text else None
    if not found or ("`" in found["mark"] and "`" in found["info"]):
        return None
    if len(found["indent"]) > 3 and _end(lines, at, found["mark"]) == len(lines):
        return None
    return found


def _end(lines: Sequence[Line], at: int, mark: str) -> int:
    """Give the line that closes a fence, or the end of its container."""
    closes = re.compile(rf" *{re.escape(mark)}{mark[0]}*[ \t]*")
    return next((end for end in range(at + 1, len(lines)) if closes.fullmatch(lines[end].text)), len(lines))


def _written(rewriter: Rewriter, line: Line, found: re.Match[str], code: list[Line]) -> list[str]:
    info = found["info"]
    if poems.is_verse(info):
        return poems.fenced_lines(info, [verse.text for verse in code])
    if box := callouts.of_passage(info) or callouts.of_fence(info):
        return callouts.written(rewriter, box, code)
    if raw := _RAW.fullmatch(info):
        if raw["format"].startswith("html"):
            return [rewriter.aside("\n".join(html.text for html in code))]
        rewriter.say_once(f"```{info}", line.offset)
        return []
    word = _LANGUAGE.match(info)
    if word and word[0] in _QUERIES:
        rewriter.say_once(f"```{word[0]}", line.offset)
        return []
    return fenced([typed.text for typed in code], packed(info))


FENCE = Construct(_take, lambda _rewriter, lines, at: bool(_opening(lines, at)))
