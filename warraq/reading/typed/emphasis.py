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


def mended(text: str) -> str:
    """Mend the pairs of `**` and `*` in a paragraph; marks without a pair stay as they are."""
    marks = [found.start() for found in _TOKEN.finditer(text) if found["mark"]]
    if len(marks) < 2 or len(marks) % 2:
        return text
    pieces, at = [], 0
    for start, end in zip(marks[::2], marks[1::2], strict=True):
        pieces += [_singles(text[at:start]), _pair(text[start + 2 : end])]
        at = end + 2
    return "".join([*pieces, _singles(text[at:])])


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
