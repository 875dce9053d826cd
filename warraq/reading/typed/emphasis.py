"""Strong words that Markdown would not take for strong, as word processors and hands leave them.

`**نص **تتمة` has a blank at the wrong side of its mark, which is moved; a mark without another
is taken out, and told of.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"(?P<code>(?<!`)(`+)(?!`).+?(?<!`)\2(?!`))|\\.|(?P<mark>(?<!\*)\*\*(?!\*))", re.DOTALL)
_BLANKS = " \t\u00a0"


#: `و_مائل_`: Arabic writes its particles onto the word that is stressed.
_BEHIND_PARTICLE = re.compile(
    r"(?<!`)(?P<code>`+)(?!`).+?(?<!`)(?P=code)(?!`)|(?<![\w_])(?P<particle>[وفبلك]{1,2}|[وف]?ال)(?P<mark>__?)(?=\S)"
    r"(?P<words>[^_\n`]+)(?<=\S)(?P=mark)(?![\w_])"
)


def underlined(text: str) -> str:
    """Write underscores behind a particle as stars, which may stand within a word."""

    def starred(found: re.Match[str]) -> str:
        if found["code"]:
            return found[0]
        mark = "*" * len(found["mark"])
        return f"{found['particle']}{mark}{found['words']}{mark}"

    return _BEHIND_PARTICLE.sub(starred, text)


def marks(text: str) -> list[int]:
    """Give where the marks `**` of a text stand, but for those in code."""
    return [found.start() for found in _TOKEN.finditer(text) if found["mark"]]


def mended(text: str) -> tuple[str, list[int]]:
    """Mend the pairs of `**` in a paragraph.

    A `**` without another is taken out; of these the ordinal numbers (from 0) are given.
    """
    found = marks(text)
    lone = _lone(text, found) if len(found) % 2 else None
    paired = [mark for mark in found if mark != lone]
    pieces, at = [], 0
    for start, end in zip(paired[::2], paired[1::2], strict=True):
        pieces += [_without(text, at, start, lone), _pair(_without(text, start + 2, end, lone))]
        at = end + 2
    written = "".join([*pieces, _without(text, at, len(text), lone)])
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
    return f"{lead}**{words}**{trail}"
