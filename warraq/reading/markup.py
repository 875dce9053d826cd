"""Markdown to a tree: the only place that knows which Markdown is spoken here.

Python-Markdown makes HTML of the text, and a parser of HTML a tree of that: tinyhtml5, which
mends what raw HTML an author put in, where there is anything to mend. Quotation marks and
dashes stay as they were typed.
"""

from __future__ import annotations

import importlib
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

import markdown
import tinyhtml5
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from pymdownx import gemoji_db
from pymdownx.emoji import to_alt

from warraq.reading.sought import SIGNS, Sought
from warraq.reading.sound import sound
from warraq.reading.trees import BLOCKS
from warraq.reading.typed import signs

EXTENSIONS = (
    "markdown.extensions.abbr", "markdown.extensions.attr_list", "markdown.extensions.def_list",
    "markdown.extensions.footnotes", "markdown.extensions.sane_lists", "markdown.extensions.tables",
    "pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.bracketspan", "pymdownx.caret", "pymdownx.emoji",
    "pymdownx.highlight", "pymdownx.keys", "pymdownx.mark", "pymdownx.superfences", "pymdownx.tasklist",
    "pymdownx.tilde",
)  # fmt: skip


def _emoji(_options: object, _md: object) -> dict[str, Any]:
    """Give GitHub's names of emoji, as `pymdownx.emoji.gemoji` does, which copies 1,800 tables each time."""
    return {"name": gemoji_db.name, "emoji": gemoji_db.emoji, "aliases": gemoji_db.aliases}


OPTIONS: dict[str, dict[str, Any]] = {
    # Marks between punctuation and a letter (`**نص:**تتمة`) are marks in Arabic, whatever CommonMark says.
    "pymdownx.betterem": {"punctuation": False},
    "pymdownx.mark": {"smart_mark": False},
    "pymdownx.arithmatex": {"generic": True, "inline_syntax": ["round"]},
    "pymdownx.emoji": {"emoji_index": _emoji, "emoji_generator": to_alt},
    "pymdownx.highlight": {"use_pygments": False},
    "pymdownx.tilde": {"smart_delete": False},
}
#: What extensions were seen to raise on text they do not expect.
_STUMBLES = (IndexError, KeyError, TypeError, AttributeError, ValueError, AssertionError, RecursionError)


_RAW = re.compile(r"<(!--|(?:script|style|textarea|title|xmp|iframe|noembed|noframes|plaintext)\b)", re.IGNORECASE)
_SIGN = re.compile(signs.pattern(signs.HTML))
_PARAGRAPH = re.compile(f"<p>(({_SIGN.pattern}).*?)</p>", re.DOTALL)
_BLOCK = re.compile(rf"\s*</?(?:{'|'.join(sorted(BLOCKS))})\b", re.IGNORECASE)


class _Sides(Treeprocessor):
    """Read `:---` as the start of a line and `---:` as its end: at the right in Arabic.

    Raw HTML is not in the tree yet; there, left and right are meant as written.
    """

    def run(self, root: Element) -> None:
        """Turn the sides that pipe tables gave to their cells."""
        for cell in root.iter():
            if cell.tag in {"td", "th"} and "style" in cell.attrib:
                style = cell.attrib["style"]
                cell.set("style", style.replace("left", "start").replace("right", "end"))


class _Ours(Extension):
    """Let tables follow the direction of their text, and look for no pattern where it cannot be."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Add the tree processor after those that make tables; blocks of raw HTML are aside already."""
        md.treeprocessors.register(_Sides(md), "sides", 0)
        md.preprocessors.deregister("html_block")
        for name, sign in SIGNS.items():
            if name in md.inlinePatterns:
                pattern: Any = md.inlinePatterns[name]
                pattern.compiled_re = Sought(pattern.compiled_re, sign)


class _Markdown(markdown.Markdown):
    """Markdown that takes names of extensions for those of modules, and does not look through all that is installed."""

    def build_extension(self, ext_name: str, configs: Mapping[str, Any]) -> Extension:
        """Make the extension of a module."""
        made: Extension = importlib.import_module(ext_name).makeExtension(**configs)
        return made


def to_tree(text: str, aside: Sequence[str] = ()) -> tuple[Element, bool]:
    """Turn Markdown into a `div`, and tell whether all of it was understood.

    `aside` is the raw HTML that signs in the text stand for. If an extension fails on the text,
    extensions are left out; as a last resort the paragraphs are taken as they are typed.
    """
    understood = True
    for extensions in (EXTENSIONS, ()):
        try:
            html = _Markdown(extensions=[*extensions, _Ours()], extension_configs=OPTIONS).convert(text)
        except _STUMBLES:
            understood = False
        else:
            return from_html(_restored(html, aside)), understood
    return verbatim(signs.without(text)), False


def _restored(html: str, aside: Sequence[str]) -> str:
    """Put raw HTML back for its signs; a paragraph that begins with a block of it is none."""
    if not aside:
        return html

    def raw(found: re.Match[str]) -> str:
        number = signs.number_of(found[1])
        return aside[number] if number < len(aside) else ""

    def opened(found: re.Match[str]) -> str:
        return found[1] if _BLOCK.match(_SIGN.sub(raw, found[2])) else found[0]

    return _SIGN.sub(raw, _PARAGRAPH.sub(opened, html))


def _sealed(html: str) -> str:
    """Make text of comments and raw-text elements (HTML §13.1.2) that nothing closes: they would take in the rest."""
    if not _RAW.search(html):
        return html
    lower = html.lower()

    def closed(found: re.Match[str]) -> str:
        end = "-->" if found[1] == "!--" else f"</{found[1].lower()}"
        return found[0] if lower.find(end, found.end()) >= 0 else f"&lt;{found[1]}"

    return _RAW.sub(closed, html)


def from_html(html: str) -> Element:
    """Parse HTML into a `div`, as browsers would."""
    html = _sealed(html)
    tree = sound(html)
    return mended(html) if tree is None else tree


def mended(html: str) -> Element:
    """Parse any HTML as browsers do, which mend it."""
    # A stream, not a text: a short text could be taken for the name of a file.
    root = tinyhtml5.parse(io.StringIO(f"<!DOCTYPE html><body>{html}"), namespace_html_elements=False)
    body: Element | None = root.find("body")
    tree = Element("div")
    if body is not None:
        tree.text = body.text
        tree.extend(body)
    return tree


def verbatim(text: str) -> Element:
    """Make paragraphs of a text, with no character read as markup."""
    tree = Element("div")
    for paragraph in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.strip("\n")):
        if paragraph.strip():
            element = Element("p")
            element.text = paragraph.strip()
            tree.append(element)
    return tree
