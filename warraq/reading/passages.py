"""Passages that stand apart: sacred and quoted text, epigraphs, dedications, notes in the margin.

    <blockquote class="quran"> (or hadith, epigraph)  with its reference in a <footer>
    <span class="quran">﴿ … ﴾</span>                   within a line
    <div class="dedication">, <aside class="margin-note">, <span class="margin-note">
    <div class="glossary"><dl>                         sorted by the alphabet

Ornate brackets have no mirror images (BidiMirroring.txt): U+FD3F opens and U+FD3E closes Arabic,
and a pair that was typed the other way round is turned.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from warraq.arabic import collation
from warraq.arabic.bidi import direction_of
from warraq.reading.trees import CODE, add_class, append_text, fill, has_class, text_of, with_parents

OPEN, CLOSE, VERSE_END = "\ufd3f", "\ufd3e", "\u06dd"
_QUOTED = ("quran", "hadith", "epigraph")
_INLINE = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_NUMBER = re.compile(r"\s*[(\[{]\s*([0-9٠-٩۰-۹]{1,3})\s*[)\]}]")
_LOOSE_SIGN = re.compile(rf"\s+(?={VERSE_END})")
_MARGIN = ("margin", "هامش")


def shape(root: Element) -> None:
    """Bring the passages of a tree into form."""
    for element in list(root.iter("div")):
        if kind := next((kind for kind in _QUOTED if has_class(element, kind)), ""):
            _quote(element, kind)
        elif has_class(element, "margin-note"):
            element.tag = "aside"
        elif has_class(element, "glossary"):
            for terms in element.iter("dl"):
                _sort(terms)
    for span in root.iter("span"):
        if span.get("class") in _MARGIN:
            span.attrib |= {"class": "margin-note", "dir": direction_of("".join(span.itertext()))}
    _mark_verses(root)


def _quote(element: Element, kind: str) -> None:
    element.tag = "blockquote"
    reference = element.attrib.pop("title", "")
    if kind == "quran":
        _bracket([child for child in element if child.tag == "p"])
    if reference:
        SubElement(element, "footer").text = reference


def _bracket(paragraphs: list[Element]) -> None:
    """Put a passage into ornate brackets, if its author did not, and signs for verse numbers."""
    for paragraph in paragraphs:
        for element in paragraph.iter():
            element.text = element.text and _NUMBER.sub(f"\u00a0{VERSE_END}\\1", element.text)
            if element is not paragraph:
                element.tail = element.tail and _NUMBER.sub(f"\u00a0{VERSE_END}\\1", element.tail)
    words = "".join("".join(paragraph.itertext()) for paragraph in paragraphs)
    if words.strip() and OPEN not in words and CLOSE not in words:
        paragraphs[0].text = f"{OPEN}{(paragraphs[0].text or '').lstrip()}"
        append_text(paragraphs[-1], CLOSE)


def _mark_verses(root: Element) -> None:
    """Turn brackets that were typed the wrong way round, and mark verses within lines."""
    for parent, element in [(root, root), *with_parents(root)]:
        if element.tag in CODE:
            continue
        if element.text and (OPEN in element.text or CLOSE in element.text):
            _mark(element, element.text)
        if element.tail and element is not parent and (OPEN in element.tail or CLOSE in element.tail):
            _mark_tail(parent, element)


def _sound(text: str) -> str:
    """Turn each pair of brackets whose first one closes where none is open."""
    chars, waiting, is_open = list(text), -1, False
    for at, char in enumerate(text):
        if char == CLOSE and not is_open:
            waiting = at
        elif char == OPEN and waiting >= 0:
            chars[waiting], chars[at], waiting = OPEN, CLOSE, -1
        elif char in {OPEN, CLOSE}:
            is_open = char == OPEN
    return _LOOSE_SIGN.sub("\u00a0", "".join(chars))


def _marked(text: str) -> list[Element | str]:
    nodes: list[Element | str] = []
    end = 0
    for found in _INLINE.finditer(text):
        span = Element("span", {"class": "quran"})
        span.text = found[0]
        nodes += [text[end : found.start()], span]
        end = found.end()
    return [*nodes, text[end:]]


def _mark(element: Element, text: str) -> None:
    text = _sound(text)
    if has_class(element, "quran"):
        element.text = text
        return
    children = list(element)
    fill(element, _marked(text))
    element.extend(children)


def _mark_tail(parent: Element, element: Element) -> None:
    text, element.tail = _sound(element.tail or ""), None
    children = list(parent)
    at = children.index(element) + 1
    parent[:] = children[:at]
    for node in _marked(text):
        if isinstance(node, str):
            append_text(parent, node)
        else:
            parent.append(node)
    parent.extend(children[at:])


def _sort(terms: Element) -> None:
    """Sort a list of terms, each with what is said of it."""
    groups: list[list[Element]] = [[]] if len(terms) and terms[0].tag == "dd" else []
    for child in terms:
        if child.tag != "dd" and (not groups or groups[-1][-1].tag == "dd"):
            groups.append([])
        if groups:
            groups[-1].append(child)
    groups.sort(key=lambda group: collation.key(text_of(group[0])))
    terms[:] = [child for group in groups for child in group]
    add_class(terms, "sorted")
