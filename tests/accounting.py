"""The words of a manuscript against those of its Document, and every difference accounted for.

    python -m tests.accounting PATH…

prints, for each publication, the words that were typed and are nowhere in the Document (and
the other way round). What is no word to a reader (addresses, tags, labels, info strings,
comments, marks that were told of) is taken out of the source here by rules of its own, which
share nothing with `warraq.reading`.
"""

from __future__ import annotations

import html
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from warraq.document import Chapter, Document
from warraq.manuscript import Manuscript, Source, collect
from warraq.publication import open_publication
from warraq.reading import read

_WORD = re.compile(r"[\w\u0640\u064b-\u0655\u0670]+")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u061c\ue0b1\ue0b2]")
_ATTRIBUTES = r"\{[ \t]*(?:[:.#=-]|[\w-]+=)[^{}\n]*\}"
_BEHIND = r"(?:[.)۔](?=\s)|[ ]?[-–ـ](?=[\s\u0621-\u064a])|[.](?=[\u0621-\u064a]))"
#: What readers do not read, in the order in which it is taken out.
_NO_WORDS = tuple(
    re.compile(pattern, re.DOTALL | re.MULTILINE)
    for pattern in (
        r"<!--.*?-->|%%(?!%)(?:(?!%%).)+%%|\{/\*.*?\*/\}|\{%-?\s*comment.*?endcomment\s*-?%\}",
        r"\{::comment\}.*?\{:/(?:comment)?\}|\{>>.*?<<\}|\{--.*?--\}|\{~~.*?~>|```\{=\w+\}.*?```|```dataview.*?```",
        r"<(script|style|select|textarea|button)\b.*?</\1>",
        r"^(?:import|export)\s.*?(?=\n\s*\n)|^[*-] TOC$|^#META#.*$|PageV\w+|\bms\d+|:(?:material|fontawesome)-[\w-]+:",
        r"\{\{[<%]\s*(?:figure|youtube|highlight|ref|relref|param|gallery|toc).*?\}\}",
        r"\{% (?:include|highlight|embed).*?%\}|\[[ xX]\](?=[ \t])",
        r"(?<=[\s>%{}<])(?:/|end)?(?:notice|callout|hint|tabs?|details|raw|code|content-ref|stepper|step|if)\b(?=[^\n]*[%>]\})",
        r"^[ >]*(`{3,}|~{3,})[^\n`]*$|\bstyle=\"\w+\"|title=(?=\")|%\}|\{%",
        _ATTRIBUTES,
        r"</?(?!(?:a|b|i|u|em|span|font|strong|sub|sup|mark|kbd|code)\b)[A-Za-z][^<>]*>",
        r"(?<=\])\((?:[^()]|\([^()]*\))*\)",
        r"^\s*\[[^\]\n]+\]:[ \t]*\S+.*$|(?<=\])\[[^\[\]\n]*\](?!\()",
        r"\[\^[^\]\n]+\]:?|^\*\[(?=[^\]\n]*\]:)",
        r"^\s*\[TOC\]\s*$|\\newpage|^-+8<-.*$",
        rf"^[ \t>]*(?:[-*+•o][ \t]+)*\(?(?:[0-9]+|[٠-٩]+|[۰-۹]+){_BEHIND}",
        r"^[ \t>]*#+|:[a-z0-9_+-]+:|^o\t|(?<=\s)\^[\w-]+$|ـ{4,}",
        r"(?<=[\[\s])-?@[A-Za-z][\w:.-]*(?=[^\[\]\n]*\])",
        r"\[!\w+\][-+]?|^\s*(?:!!!|\?\?\?\+?|:::+)[ \t]*[\w-]*",
    )
)
_WIKI = re.compile(r"!?\[\[(?:[^\[\]|\n]*\\?\|)?(?P<words>[^\[\]\n]*)\]\]")
_LINK = re.compile(r"!?\[(?P<words>[^\[\]]*)\](?=[(\[{])")
INLINE = frozenset({
    "a", "abbr", "b", "bdi", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "s", "small", "span", "strong",
    "sub", "sup", "u",
})  # fmt: skip
_NOTES = re.compile(r"^\s*\[\^([^\]\n]+)\]:", re.MULTILINE)
_JOINED = re.compile(r"</?[A-Za-z][^<>]*>|[$\]]|\*+|(?<!\w)_+|_+(?!\w)|~~|==|\^\^|`+|\\(?=\W)|[~^]")


def words(text: str) -> Counter[str]:
    """Count the words of a text, whatever stands between them."""
    plain = unicodedata.normalize("NFC", _UNSEEN.sub("", text)).casefold()
    return Counter(_WORD.findall(plain))


def typed(source: Source) -> Counter[str]:
    """Count the words that the author of a source typed for readers."""
    text = _LINK.sub(lambda found: found["words"] + "]", _WIKI.sub(_shown, _NOTES.sub("", source.text)))
    for pattern in _NO_WORDS:
        text = pattern.sub(" ", text)
    return words(html.unescape(_JOINED.sub("", text)))


def _shown(found: re.Match[str]) -> str:
    """Give the words of a wiki link that are shown: behind its bar, else its heading, else its note."""
    words = found["words"].rpartition("/")[2]
    if found[0].startswith("!"):
        return "" if re.search(r"\.\w+(\||\])", found[0]) else words.partition("#")[0]
    return words.rpartition("#")[2] if words.startswith("#") else words.partition("#")[0]


def read_words(chapter: Chapter) -> Counter[str]:
    """Count the words of a chapter: title, text, notes, and what stands for pictures."""
    roots = [chapter.heading, chapter.body, *(note.body for note in chapter.notes)]
    texts = [*chapter.title.values(), *("".join(_texts(root)) for root in roots)]
    return words(" ".join(texts))


def _texts(element: Element) -> Iterator[str]:
    if "data-note" in element.attrib:
        return
    if element.tag == "math" and "alttext" in element.attrib:
        yield f" {_JOINED.sub('', element.attrib['alttext'])} "
        return
    yield "" if element.tag in INLINE and element.get("class") != "hemistich" else " "
    yield element.text or ""
    yield from (f" {element.attrib[name]} " for name in ("alt", "title") if name in element.attrib)
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
    yield "" if element.tag in INLINE and element.get("class") != "hemistich" else " "


def lost(manuscript: Manuscript, document: Document) -> Counter[str]:
    """Count the words that were typed and are not in the Document."""
    source = sum((typed(source) for source in manuscript.sources), Counter[str]())
    return source - sum((read_words(chapter) for chapter in document.chapters), Counter[str]())


def main(paths: list[str]) -> int:
    """Print what each publication lost; the exit code tells whether anything was."""
    found = False
    for path in paths:
        publication, _ = open_publication(Path(path))
        manuscript, _ = collect(publication)
        document, _ = read(publication, manuscript)
        missing = lost(manuscript, document)
        found = found or bool(missing)
        sys.stdout.write(f"{path}: {document.words} words, {missing.total()} lost\n")
        sys.stdout.writelines(f"    {count} × {word}\n" for word, count in missing.most_common(40))
    return int(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
