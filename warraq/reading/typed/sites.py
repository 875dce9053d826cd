"""Marks of site generators within lines: understood where they stand for words, else dropped.

Liquid (Jekyll, GitBook) `{% … %}`, Hugo's shortcodes `{{< … >}}`, values `{{ … }}`, kramdown's
attributes `{: … }`, templates `<% … %>`, components `<Tabs>` (MDX).
"""

from __future__ import annotations

import re

from warraq.reading.typed import signs
from warraq.reading.typed.lines import Line
from warraq.reading.typed.rewriting import Rewriter

_LIQUID = re.compile(r"\{%-?\s*(?P<name>/?[\w-]*)\s*(?P<rest>.*?)\s*-?%\}")
_SHORTCODE = re.compile(r"\{\{[<%]\s*(?P<name>/?[\w./-]*)\s*(?P<rest>.*?)\s*/?[>%]\}\}")
_VALUE = re.compile(r"""\{\{-?\s*["'](?P<text>[^"']*)["']\s*\|[^{}]*\}\}""")
_PAIR = re.compile(
    r"""(?P<key>[\w-]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|\{?["'`]?(?P<bare>[^\s"'`{}/>]+)["'`]?\}?)"""
)
_QUOTED = re.compile(r"""["'`“](?P<text>[^"'`”]+)["'`”]""")
#: Tags that give the address of a file or a page.
_ADDRESSES = frozenset({"ref", "relref", "link", "post_url", "page-ref", "content-ref"})
_VIDEOS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "gist": "https://gist.github.com/{}",
}
_ATTRIBUTE = r"""(?:[#.][^\s{}]+|[\w-]+=(?:"[^"]*"|'[^']*'|[^\s{}]+))"""
_KEPT_ATTRIBUTES = re.compile(rf"\{{:\s*{_ATTRIBUTE}(?:\s+{_ATTRIBUTE})*\s*\}}")


def values(text: str) -> dict[str, str]:
    """Read the `key="value"` pairs of a tag."""
    found = {pair["key"].lower(): (pair["double"], pair["single"], pair["bare"]) for pair in _PAIR.finditer(text)}
    return {key: next(value for value in typed if value is not None) for key, typed in found.items()}


def argument(text: str) -> str:
    """Give the first thing that a tag is told without a key: quoted, else one word."""
    bare = _PAIR.sub("", text)
    quoted = _QUOTED.search(bare)
    words = bare.split()
    return quoted["text"] if quoted else (words[0] if words else "")


def written(rewriter: Rewriter, typed: str, line: Line, start: int) -> str:
    """Write what a mark stands for, or nothing; a word is said once for each kind."""
    offset, before = line.offset + start, line.text[:start]
    if typed.startswith("{:"):
        return _attributes(rewriter, typed, offset, before, is_last=not line.text[start + len(typed) :].strip())
    if typed.startswith("{%"):
        return _tag(rewriter, _LIQUID.fullmatch(typed), "{% … %}", offset, before)
    if typed.startswith(("{{<", "{{%")):
        return _tag(rewriter, _SHORTCODE.fullmatch(typed), "{{< … >}}", offset, before)
    kind = "<% … %>" if typed.startswith("<%") else ("{{#include …}}" if typed.startswith("{{#") else "{{ … }}")
    rewriter.say_once(kind, offset)
    value = _VALUE.fullmatch(typed)
    return value["text"] if value else ""


def _tag(rewriter: Rewriter, found: re.Match[str] | None, kind: str, offset: int, before: str) -> str:
    name, rest = (found["name"].lower(), found["rest"]) if found else ("", "")
    given = values(rest)
    if name in _ADDRESSES and before.endswith(("](", '="')):
        place = signs.sign(signs.PLACE, offset)
        return place + (given.get("path") or given.get("url") or given.get("page") or argument(rest))
    if name == "figure" and "src" in given:
        return picture(given, offset)
    if name in _VIDEOS and (video := given.get("id") or argument(rest)):
        rewriter.say_once(f"{kind[:3]} {name}", offset)
        address = _VIDEOS[name].format(video)
        return f"[{address}]({address})"
    if name == "embed" and "url" in given:
        return f"[{given['url']}]({given['url']})"
    rewriter.say_once(kind, offset)
    return ""


def picture(given: dict[str, str], offset: int) -> str:
    """Write a picture of a shortcode as Markdown has it."""
    caption = given.get("caption") or given.get("title") or ""
    alt = (given.get("alt") or caption).replace("]", "\\]").replace("[", "\\[")
    title = f' "{caption}"' if caption else ""
    return f"![{alt}](<{signs.sign(signs.PLACE, offset)}{given['src']}>{title})"


def _attributes(rewriter: Rewriter, typed: str, offset: int, before: str, *, is_last: bool) -> str:
    """Keep attributes where Markdown takes them: alone on their line, or right behind a mark."""
    is_placed = not before.strip() or before[-1:] in "*_`)]>" or (is_last and "#" in typed)
    if is_placed and _KEPT_ATTRIBUTES.fullmatch(typed) and "toc" not in typed:
        return typed
    rewriter.say_once("{: …}", offset)
    return ""


def is_mdx(rewriter: Rewriter) -> bool:
    """Tell whether a source is MDX: by its name, or because it imports something."""
    if "mdx" not in rewriter.facts:
        imports = re.search(r"^import\s.*\bfrom\s+['\"]", rewriter.source.text, re.MULTILINE)
        rewriter.facts["mdx"] = rewriter.source.path.suffix == ".mdx" or bool(imports)
    return rewriter.facts["mdx"]


def component(typed: str) -> str:
    """Give the words of a component's tag (MDX) that readers see: the label of a tab, a title."""
    given = values(typed)
    label = given.get("label") or given.get("title") or ""
    return f"**{label}**" if label and not typed.startswith("</") else ""
