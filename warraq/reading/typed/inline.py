"""Marks within lines: links get the sign of their place, and foreign marks are understood or go.

Code spans, escaped characters and formulas are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from warraq.reading.typed import emphasis, signs, sites, wiki
from warraq.reading.typed.lines import Line
from warraq.reading.typed.rewriting import Rewriter

#: One of these is in every line that is not written as it is typed.
_WORTH = re.compile(r"[\[\]{}<%\\:^\x00-\x08\x0b\x0c\x0e-\x1f\u2028\u2029\ufffe\uffff]")
_TOKENS = {
    "code": r"(?<![`\\])(?P<mark>`+)(?!`).+?(?<!`)(?P=mark)(?!`)",
    "formula": r"\$\$.+?\$\$|\\\(.+?\\\)|\\\[.+?\\\]",
    "escaped": r"\\[!-/:-@\[-`{-~]",
    "site": r"\{%.*?%\}|\{\{[<%#!&].*?\}\}|\{\{\s*[\w.\"'$/|:(-][^{}]*\}\}|<%.*?%>|\{:[^{}]*\}",
    "critic": r"\{(?:\+\+.*?\+\+|--.*?--|==.*?==|>>.*?<<|~~.*?~>.*?~~)\}",
    "icon": r":(?:material|fontawesome|octicons|simple)-[\w-]+:(?:\{[^{}]*\})?",
    "component": r"</?[A-Z][\w.]*(?:\s(?:[^<>\"'{}]|\"[^\"]*\"|'[^']*'|\{[^{}]*\})*)?/?>|</?>",
    "tag": r"<(?:a|img|iframe|video|audio|source|embed)\s[^<>]*>",
    "wiki": r"!?\[\[[^\[\]\n]+\]\]",
    "note": r"\^\[",
    "call": r"\[\^[^\]]+\](?=\s*:)",
    "address": r"\]\([ ]?<?(?=[^\s)])|\]\((?=\))",
    "apart": r"\](?=[ ]\[)",
    "block": r"[ ]\^[A-Za-z0-9-]+[ ]*$",
    "break": r"[\u2028\u2029\x0b]",
    "control": r"[\x00-\x08\x0c\x0e-\x1f\ufffe\uffff]",
}
#: What any of them begins with.
_FIRST = r"(?=[`$\\{<:!\[\]^\x00-\x08\x0b\x0c\x0e-\x1f\u2028\u2029\ufffe\uffff]|[ ]\^)"
_TOKEN = re.compile(f"{_FIRST}(?:{'|'.join(f'(?P<{name}>{pattern})' for name, pattern in _TOKENS.items())})")
_ADDRESS = re.compile(r"""(\s(?:href|src)\s*=\s*["']?)(?=[^\s"'>])""")


def inline(rewriter: Rewriter, lines: Sequence[Line]) -> list[str]:
    """Write the lines of one paragraph (or heading, or cells of a table)."""
    written = [_line(rewriter, line) for line in lines]
    written = [emphasis.underlined(text) if "_" in text else text for text in written]
    if any("**" in text for text in written):
        text, lone = emphasis.mended("\n".join(written))
        written = text.split("\n")
        for ordinal in lone:
            _tell_lone(rewriter, lines, ordinal)
    return written


def _tell_lone(rewriter: Rewriter, lines: Sequence[Line], ordinal: int) -> None:
    """Tell where the nth `**` of a paragraph stands, which has no other."""
    offsets = [line.offset + at for line in lines for at in emphasis.marks(line.text)]
    hint = "close it with ** right behind its last word, or write \\*\\* if it is meant as text"
    if ordinal < len(offsets):
        rewriter.say("W218", "a mark ** has no other and was dropped", offsets[ordinal], hint)


def _line(rewriter: Rewriter, line: Line) -> str:
    if not _WORTH.search(line.text):
        return line.text
    text, at, pieces = line.text, 0, []
    while found := _TOKEN.search(text, at):
        kind = _kind(found)
        piece, end = _WRITERS[kind](rewriter, found, line) if kind in _WRITERS else (found[0], found.end())
        pieces += [text[at : found.start()], piece]
        at = end
    written = "".join([*pieces, text[at:]])
    return _hard_break(written)


def _kind(found: re.Match[str]) -> str:
    return next(name for name in _TOKENS if found[name] is not None)


def _hard_break(text: str) -> str:
    r"""Write `\` at the end of a line (CommonMark 0.31 §6.7) as the two blanks it means."""
    return f"{text[:-1]}  " if text.endswith("\\") and not text.endswith("\\\\") else text


def _tag(_rewriter: Rewriter, found: re.Match[str], line: Line) -> tuple[str, int]:
    def placed(inner: re.Match[str]) -> str:
        return inner[0] + signs.sign(signs.PLACE, max(line.offset + found.start() + inner.end(), 0))

    return _ADDRESS.sub(placed, found[0]), found.end()


def _address(_rewriter: Rewriter, found: re.Match[str], line: Line) -> tuple[str, int]:
    return found[0] + signs.sign(signs.PLACE, max(line.offset + found.end(), 0)), found.end()


def _call(_rewriter: Rewriter, found: re.Match[str], _line: Line) -> tuple[str, int]:
    """Keep brackets from what follows: a call of a note from its colon, a link from the next."""
    return found[0] + signs.sign(signs.NOTHING), found.end()


def _inline_note(rewriter: Rewriter, found: re.Match[str], line: Line) -> tuple[str, int]:
    """Make a note of its own of one that is written in its place (`^[…]`, Pandoc)."""
    depth, end = 0, found.end() - 1
    for at in range(end, len(line.text)):
        depth += {"[": 1, "]": -1}.get(line.text[at], 0)
        if depth == 0:
            end = at
            break
    if depth or end == found.end():
        return found[0], found.end()
    body = Line(line.text[found.end() : end], line.offset + found.end())
    label = f"inline-{body.offset}"
    rewriter.notes.append(f"[^{label}]: {_line(rewriter, body)}")
    return f"[^{label}]", end + 1


def _wiki(rewriter: Rewriter, found: re.Match[str], line: Line) -> tuple[str, int]:
    if found[0].startswith("[[") and found.end() < len(line.text) and line.text[found.end()] == "(":
        return found[0], found.end()
    return wiki.written(rewriter, found[0], line.offset + found.start()), found.end()


def _site(rewriter: Rewriter, found: re.Match[str], line: Line) -> tuple[str, int]:
    return sites.written(rewriter, found[0], line, found.start()), found.end()


def _dropped(rewriter: Rewriter, found: re.Match[str], line: Line) -> tuple[str, int]:
    """Drop the tag of a component (MDX); `List<String>` in a plain text is none."""
    name = re.match(r"</?([\w.]*)", found[0])
    closing = f"</{name[1] if name else ''}"
    if not sites.is_mdx(rewriter) and "=" not in found[0] and closing not in rewriter.source.text:
        return found[0], found.end()
    rewriter.say_once("<Component>", line.offset + found.start())
    return sites.component(found[0]), found.end()


def _critic(rewriter: Rewriter, found: re.Match[str], line: Line) -> tuple[str, int]:
    """Accept the changes of CriticMarkup: what is added stays, what is struck out and said goes."""
    rewriter.say_once("{++ … ++}", line.offset + found.start())
    inner, mark = found[0][3:-3], found[0][1]
    kept = {"+": inner, "=": inner, "~": inner.partition("~>")[2]}.get(mark, "")
    return _line(rewriter, Line(kept, line.offset + found.start())), found.end()


def _icon(rewriter: Rewriter, found: re.Match[str], line: Line) -> tuple[str, int]:
    rewriter.say_once(":icon:", line.offset + found.start())
    return "", found.end()


def _block_name(_rewriter: Rewriter, found: re.Match[str], _line: Line) -> tuple[str, int]:
    return "", found.end()


def _break(_rewriter: Rewriter, found: re.Match[str], _line: Line) -> tuple[str, int]:
    return "<br>", found.end()


_WRITERS: dict[str, Callable[[Rewriter, re.Match[str], Line], tuple[str, int]]] = {
    "site": _site,
    "critic": _critic,
    "icon": _icon,
    "component": _dropped,
    "tag": _tag,
    "wiki": _wiki,
    "note": _inline_note,
    "call": _call,
    "address": _address,
    "apart": _call,
    "block": _block_name,
    "break": _break,
    "control": _block_name,
}
