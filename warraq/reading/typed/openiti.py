"""OpenITI mARkdown, the form of the great corpus of classical Arabic texts, as lines of Markdown.

    ### | title       ### || title      a section, deeper with each bar (`### $` a biography)
    # text            ~~text            a paragraph, and a line that goes on with it
    PageV01P003       ms001             a page of the printed edition, a milestone: dropped
    صدر %~% عجز                          verse, as everywhere

https://maximromanov.github.io/mARkdown
"""

from __future__ import annotations

import re

from warraq.reading.typed.lines import Line
from warraq.reading.typed.rewriting import Rewriter

MAGIC = "######OpenITI#"
_SECTION = re.compile(r"###\s*(?P<mark>\|+|\$+|@+|DIC_\w+)\s*(?P<title>.*)")
_PARAGRAPH = re.compile(r"#\s+(?!\d+\s*$)(?P<text>.*)")
_DROPPED = re.compile(r"\s*(?:PageV\w+P\w+|PageBeg\w*|PageEnd\w*|\bms[A-Z]?\d{1,5}\b|Milestone300|\|EDITOR\||\$RWY\$)")


def lines(rewriter: Rewriter, typed: list[Line]) -> list[Line]:
    """Write the lines of a text in mARkdown as Markdown; each keeps its place."""
    written: list[Line] = []
    depth = 1
    for line in typed:
        bare = _without_pages(rewriter, line)
        if section := _SECTION.fullmatch(bare.text):
            bars = section["mark"].startswith("|")
            depth = len(section["mark"]) + 1 if bars else depth
            written += [
                Line("", line.offset),
                _heading(bare, section, depth if bars else depth + 1),
                Line("", line.offset),
            ]
        elif paragraph := _PARAGRAPH.fullmatch(bare.text):
            written += [Line("", line.offset), bare.cut(paragraph.start("text"))]
        else:
            written.append(bare.cut(2) if bare.text.startswith("~~") else bare)
    return written


def _heading(line: Line, section: re.Match[str], level: int) -> Line:
    mark = "#" * min(level, 6)
    words = line.cut(section.start("title"))
    title = words.text.strip("[] ") or section["mark"]
    return Line(f"{mark} {title}", words.offset - len(mark) - 1)


def _without_pages(rewriter: Rewriter, line: Line) -> Line:
    found = _DROPPED.search(line.text)
    if not found:
        return line
    rewriter.say_once("PageV…P…", line.offset + found.start())
    return Line(_DROPPED.sub("", line.text), line.offset)
