"""Before Markdown is read: what is not Markdown is taken out, line by line.

Lines are never added or removed, so that places stay true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from warraq.diagnostics import Diagnostic
from warraq.manuscript import Source
from warraq.reading.code import packed
from warraq.reading.mathematics import protected_label
from warraq.reading.verse import SEPARATOR, TYPED_SEPARATOR, is_verse_info, protected_line

NAVIGATION = re.compile(r"\s*(?:<--+|--+>|<-|->)\s*")
_LEAD = r"(?P<lead>[ \t]*(?:>[ \t]?)*[ \t]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?)"
_FENCE = re.compile(_LEAD + r"(?P<mark>`{3,}|~{3,})(?P<info>.*)")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)*")
#: Marks of site generators, by the way they are named in messages; code spans are passed over.
_SITE = {
    "{% … %}": r"\{%.*?%\}",
    "{{< … >}}": r"\{\{[<%].*?[>%]\}\}",
    "{{#include …}}": r"\{\{\s*#.*?\}\}",
    "{: …}": r"\{:(?![^}]*#)[^}]*\}",
}
_MARK = re.compile("(?P<code>`+).+?(?P=code)|" + "|".join(f"({pattern})" for pattern in _SITE.values()))


@dataclass(slots=True)
class _State:
    """Where the line stands: in a fence of this mark, in verse, in a comment."""

    source: Source
    fence: str = ""
    verse: bool = False
    comment: bool = False
    seen: set[str] = field(default_factory=set)
    faults: list[Diagnostic] = field(default_factory=list)


def prepare(source: Source) -> tuple[str, list[Diagnostic]]:
    """Give the Markdown of a source without foreign marks, and what was dropped.

    Fences of verse become lines that Markdown leaves alone; the words after the mark of a
    code fence (```` ```js run ````) are packed into one.
    """
    state = _State(source)
    offset, lines = 0, []
    for line in source.text.split("\n"):
        lines.append(_line(line, offset, state))
        offset += len(line) + 1
    return "\n".join(lines), state.faults


def _line(line: str, offset: int, state: _State) -> str:
    fence = _FENCE.fullmatch(line)
    if state.fence:
        return _inside_fence(line, fence, state)
    if fence and not ("`" in fence["mark"] and "`" in fence["info"]):
        return _opening(fence, state)
    if state.comment or "<!--" in line:
        state.comment = line.rfind("<!--") > line.rfind("-->") if "<!--" in line else "-->" not in line
        return line
    if NAVIGATION.fullmatch(line):
        _say(state, "W214", f"the navigation mark {line.strip()} was dropped", offset)
        return ""
    if "{" in line and not line.startswith(("    ", "\t")):
        line = _without_marks(line, offset, state)
    return protected_label(line).replace(TYPED_SEPARATOR, SEPARATOR)


def _opening(fence: re.Match[str], state: _State) -> str:
    state.fence = fence["mark"]
    state.verse = is_verse_info(fence["info"])
    if state.verse:
        return fence["lead"].rstrip()
    return fence["lead"] + fence["mark"] + packed(fence["info"])


def _inside_fence(line: str, fence: re.Match[str] | None, state: _State) -> str:
    if fence and fence["mark"].startswith(state.fence) and not fence["info"].strip():
        state.fence = ""
        return fence["lead"].rstrip() if state.verse else line
    if not state.verse:
        return line
    quote = _QUOTE.match(line)
    lead = quote[0] if quote else ""
    return lead + protected_line(line[len(lead) :])


def _without_marks(line: str, offset: int, state: _State) -> str:
    def drop(found: re.Match[str]) -> str:
        if found["code"]:
            return found[0]
        kind = next(name for name, pattern in _SITE.items() if re.fullmatch(pattern, found[0]))
        if kind not in state.seen:
            state.seen.add(kind)
            _say(state, "W217", f"marks of the kind {kind} were dropped", offset + found.start())
        return ""

    return _MARK.sub(drop, line)


def _say(state: _State, code: str, message: str, offset: int) -> None:
    hint = "" if code == "W214" else "they are for a site generator; in code they are kept"
    state.faults.append(Diagnostic(code, message, state.source.place_at(offset), hint))
