"""Markdown with what is not prose blanked out: same length, so that places stay true.

Comments are of no book; code holds marks that mean nothing. Fences (CommonMark 0.31 §4.5) are
seen line by line, code spans and comments across the lines between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

FENCE = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*(?:(?:[-*+•]|\d+[.)])[ \t]+)*(?P<mark>`{3,}|~{3,})(?P<info>[^\n]*)")
#: Comments, by how messages name them; those of HTML are dropped without a word.
COMMENTS = {
    "<!-- … -->": r"<!--(?!>).*?-->",
    "%% … %%": r"%%(?!%)(?:(?!%%).)+%%",
    "{% comment %}": r"\{%-?\s*comment\b.*?%\}.*?\{%-?\s*endcomment\s*-?%\}",
    "{::comment}": r"\{::comment\}.*?\{:/(?:comment)?\}",
    "{/* … */}": r"\{/\*.*?\*/\}",
    "{{/* … */}}": r"\{\{/\*.*?\*/\}\}",
    "{# … #}": r"\{#-?\s.*?\s-?#\}",
}
#: Marks of templates that are typed over several lines are brought into one.
_SPREAD = r"\{%[^%\n]*\n(?:[^%]|%(?!\}))*?%\}|\{\{[<%#][^}\n]*\n(?:[^}]|\}(?!\}))*?\}\}"
_CODE = r"(?<!`)(?P<code>`+)(?!`)(?:(?!\n[ \t]*\n)[^`]|(?!(?P=code)(?!`))`+)+?(?<!`)(?P=code)(?!`)"
_TOKEN = re.compile(
    f"(?P<span>{_CODE})|" + "|".join(f"({pattern})" for pattern in COMMENTS.values()) + f"|(?P<spread>{_SPREAD})",
    re.DOTALL,
)
_HINTS = re.compile(r"<!--|%%|\{%|\{::comment|\{/\*|\{\{|\{# |\{#-")


def fences(text: str) -> Iterator[tuple[int, int]]:
    """Give the start and end of each fence with what is in it, in order."""
    if "```" not in text and "~~~" not in text:
        return
    offset, opened, start = 0, "", 0
    for line in text.split("\n"):
        end = offset + len(line)
        found = FENCE.fullmatch(line) if "```" in line or "~~~" in line else None
        if opened and found and found["mark"].startswith(opened) and not found["info"].strip():
            yield start, end
            opened = ""
        elif found and not opened and not ("`" in found["mark"] and "`" in found["info"]):
            opened, start = found["mark"], offset
        offset = end + 1
    if opened:
        yield start, len(text)


def without_comments(text: str) -> tuple[str, list[tuple[str, int]]]:
    """Blank the comments out, and give the kind and offset of each that is worth a word."""
    if not _HINTS.search(text):
        return text, []
    pieces: list[str] = []
    told: list[tuple[str, int]] = []
    at = 0
    for start, end in [*fences(text), (len(text), len(text))]:
        pieces += [_uncommented(text, at, start, told), text[start:end]]
        at = end
    return "".join(pieces), told


def _uncommented(text: str, start: int, end: int, told: list[tuple[str, int]]) -> str:
    pieces, at = [], start
    for found in _TOKEN.finditer(text, start, end):
        if found["span"]:
            continue
        pieces.append(text[at : found.start()])
        if found["spread"]:
            pieces.append(found[0].replace("\n", " "))
        else:
            pieces.append(" " * len(found[0]))
            kind = _kind_of(found)
            told += [(kind, found.start())] if not kind.startswith("<") else []
        at = found.end()
    return "".join([*pieces, text[at:end]])


def _kind_of(found: re.Match[str]) -> str:
    return next(kind for kind, pattern in COMMENTS.items() if re.fullmatch(pattern, found[0], re.DOTALL))


def unclosed_comments(text: str) -> list[int]:
    """Give where comments open that nothing closes, in a text without the others."""
    if "<!--" not in text:
        return []
    seen = prose(text)
    return [found.start() for found in re.finditer("<!--", seen)]


@lru_cache(maxsize=8)
def prose(text: str) -> str:
    """Blank out comments and code, where marks mean nothing."""
    text, _ = without_comments(text)
    pieces, at = [], 0
    for start, end in fences(text):
        pieces += [text[at:start], _blanks(text[start:end])]
        at = end
    bare = "".join([*pieces, text[at:]])
    return _TOKEN.sub(lambda found: _blanks(found[0]) if found["span"] else found[0], bare) if "`" in bare else bare


def _blanks(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
