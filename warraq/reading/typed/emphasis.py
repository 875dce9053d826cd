"""Strong words that Markdown would not take for strong, as word processors and hands leave them.

`**نص **تتمة` has its blank at the wrong side of the mark, and is moved. `**نص:**تتمة` has a mark
between punctuation and a letter, which closes nothing by CommonMark 0.31 §6.2: made for
languages that part words by blanks. An empty sign beside the mark stands for a letter.
"""

from __future__ import annotations

import re

from warraq.reading.typed import signs

_TOKEN = re.compile(r"(?P<code>(?<!`)(`+)(?!`).+?(?<!`)\2(?!`))|\\.|(?P<mark>(?<!\*)\*\*(?!\*))", re.DOTALL)
_SINGLE = re.compile(r"(?<![\\*])\*(?![\s*])([^*\n`]+)(?<![\s\\])\*(?!\*)")
_BLANKS = " \t\u00a0"
_NOTHING = signs.sign(signs.NOTHING)


def marks(text: str) -> list[int]:
    """Give where the marks `**` of a text stand, but for those in code."""
    return [found.start() for found in _TOKEN.finditer(text) if found["mark"]]


def mended(text: str) -> tuple[str, list[int]]:
    """Mend the pairs of `**` and `*` in a paragraph.

    A `**` without another is taken out; of these the ordinal numbers (from 0) are given.
    """
    found = marks(text)
    lone = _lone(text, found) if len(found) % 2 else None
    paired = [mark for mark in found if mark != lone]
    pieces, at = [], 0
    for start, end in zip(paired[::2], paired[1::2], strict=True):
        pieces += [_singles(_without(text, at, start, lone)), _pair(_without(text, start + 2, end, lone))]
        at = end + 2
    written = "".join([*pieces, _singles(_without(text, at, len(text), lone))])
    return written, [] if lone is None or _is_apart(text, lone) else [found.index(lone)]


def _without(text: str, start: int, end: int, lone: int | None) -> str:
    """Give a part of a text, without the mark that has no other in it."""
    if lone is None or not start <= lone < end:
        return text[start:end]
    if _is_apart(text, lone):
        return f"{text[start:lone]}\\*\\*{text[lone + 2 : end]}"
    return text[start:lone] + text[lone + 2 : end]


def _is_apart(text: str, mark: int) -> bool:
    """Tell whether a mark stands between blanks (`2 ** 3`): it is no mark then."""
    return text[mark - 1 : mark] in {"", " "} and text[mark + 2 : mark + 3] in {"", " "}


def _lone(text: str, found: list[int]) -> int:
    """Find the one of an odd number of marks without which the others pair best."""

    def badness(lone: int) -> tuple[int, int]:
        rest = [mark for mark in found if mark != lone]
        inner = [text[start + 2 : end] for start, end in zip(rest[::2], rest[1::2], strict=True)]
        misplaced = sum(words != words.strip(_BLANKS) for words in inner)
        return sum(map(len, inner)) + 5 * misplaced - (1000 if _is_apart(text, lone) else 0), -lone

    return min(found, key=badness)


def _pair(inner: str) -> str:
    words = inner.strip(_BLANKS)
    if not words or inner[:1] == "\n":
        return f"**{inner}**"
    lead, trail = inner[: len(inner) - len(inner.lstrip(_BLANKS))], inner[len(inner.rstrip(_BLANKS)) :]
    return f"{lead}**{_edged(words)}**{trail}"


def _singles(text: str) -> str:
    return _SINGLE.sub(lambda found: f"*{_edged(found[1])}*", text) if "*" in text else text


def _edged(words: str) -> str:
    """Put an empty sign at each end that is neither letter nor digit nor another mark."""
    start = "" if words[0].isalnum() or words[0] in "*_[!`<" else _NOTHING
    end = "" if words[-1].isalnum() or words[-1] in "*_)]`>\\" else _NOTHING
    return f"{start}{words}{end}"
