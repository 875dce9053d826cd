"""Obsidian's links `[[note#heading|words]]` and embeds `![[picture.png|300]]`."""

from __future__ import annotations

import re

from warraq.reading.typed import signs
from warraq.reading.typed.rewriting import Rewriter

_PICTURE = re.compile(r".*\.(?:png|jpe?g|gif|webp|svg|bmp|avif)", re.IGNORECASE)
_CONTENTS = re.compile(r"_?toc_?", re.IGNORECASE)


def written(rewriter: Rewriter, typed: str, offset: int) -> str:
    """Write a wiki link as a link of Markdown, a picture as a picture."""
    is_embed = typed.startswith("!")
    inner = typed.strip("![]").replace("\\|", "|")
    target, bar, words = inner.partition("|")
    target, words = target.strip(), words.strip()
    if _CONTENTS.fullmatch(target):
        rewriter.say_once(typed, offset)
        return ""
    path, _, heading = target.partition("#")
    place = signs.sign(signs.PLACE, offset + typed.index(inner[:1], 2 if not is_embed else 3))
    if is_embed and _PICTURE.fullmatch(path):
        return _picture(target, words, place)
    shown = words if bar and words else (heading.lstrip("#^") or path if not path else path.rpartition("/")[2])
    last = heading.rpartition("#")[2]
    fragment = f"#{last}" if last and not last.startswith("^") else ""
    if not path and not fragment:
        return shown
    return f"[{shown}](<{place}{path}{fragment}>){{ .wiki }}"


def _picture(path: str, words: str, place: str) -> str:
    """Write an embedded picture; a number behind the bar is its width in pixels."""
    size = re.fullmatch(r"(?:(?P<words>.*)\|)?\s*(?P<width>\d+)(?:x\d+)?", words)
    width = f' width="{size["width"]}"' if size else ""
    alt = (size["words"] or "").strip() if size else words
    return f"![{alt}](<{place}{path}>){{ .wiki{width} }}"
