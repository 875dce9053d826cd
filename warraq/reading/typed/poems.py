"""Fences of verse, written as lines that Markdown leaves alone.

    ~~~ verse {title="…" poet="…" metre="الطويل" numbers=5}     ~~~ شعر الطويل
    صدر البيت *** عجزه                                           ~~~ شعر {.free}

Each line becomes a line with signs: what stands before it says whether a new stanza begins,
how deep it is set in, and that nothing in it is a list or a heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from warraq.reading.verse import HEAD, INDENT, MARK, SEPARATOR, STANZA

_NAMES = frozenset({"verse", "شعر", "poem", "قصيدة", "أبيات"})
_FREE = frozenset({"free-verse", "شعر-حر", "شعر-التفعيلة", "تفعيلة"})
#: What parts hemistichs, the surest first; all of one kind part a line.
_TYPED = tuple(
    re.compile(pattern)
    for pattern in (r"\s*%~%\s*", r"\s*\*\*\*\s*", r"\s*\t\s*", r"\s+\*{1,2}\s+", r"\s+//\s+", r"\s+(?:\.{2,4}|…)\s+",
                    r"\s+=\s+")
)  # fmt: skip


def is_verse(info: str) -> bool:
    """Tell whether the words after a fence's mark announce verse."""
    return _name(info) in _NAMES | _FREE


def is_free(info: str) -> bool:
    """Tell whether they announce verse whose lines are not parted."""
    return _name(info) in _FREE or bool(re.search(r"\.(?:free|حر)\b", info))


def _name(info: str) -> str:
    words = re.split(r"[\s{]+", info.strip().strip("{}."), maxsplit=1)
    return words[0].strip("{}.")


def fenced_lines(info: str, lines: Sequence[str]) -> list[str]:
    """Write the lines of a fence as one paragraph, its info string before them."""
    free = is_free(info)
    seen = [line for line in lines if line.strip()]
    margin = min((len(line) - len(line.lstrip(" ")) for line in seen), default=0)
    written, mark = [f"{HEAD}{info.encode().hex()}{HEAD}  "], ""
    for line in lines:
        if not line.strip():
            mark = STANZA if len(written) > 1 else ""
            continue
        deep = len(line) - len(line.lstrip(" ")) - margin
        words = line.strip() if free else _parted(line.strip())
        written.append(f"{MARK}{mark}{INDENT * min(deep, 24)}{words}  ")
        mark = ""
    return ["", *written, ""] if seen else []


def _parted(words: str) -> str:
    for separator in _TYPED:
        if separator.search(words):
            return separator.sub(f" {SEPARATOR} ", words)
    return words
