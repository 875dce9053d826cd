"""Verse: lines of two hemistichs, in a fence of its own or in plain lines with `%~%`.

    ```verse                     صدر البيت %~% عجزه          > صدر %~% عجز
    صدر البيت *** عجزه
    ```

becomes `<div class="verse"><div class="bayt"><span class="hemistich">…`; a line of one
hemistich is `<div class="bayt single">`.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from warraq.reading.inline import Piece, filled, pieces_of
from warraq.reading.trees import CODE, prose, replace, text_of

TYPED_SEPARATOR = "%~%"
#: What Markdown sees instead: tildes are markup to it, and slow to pair in a long poem.
SEPARATOR = "\ue0b2"
#: Stands before each line of a fence of verse, so that Markdown sees no list or heading.
MARK = "\ue0b1"
_NAMES = frozenset({"verse", "شعر", "poem", "قصيدة"})
_TYPED = re.compile(r"\s*\*\*\*\s*|\s*%~%\s*|\s*\t\s*|\s+(?:\.\.\.|…|=)\s+")


def is_verse_info(info: str) -> bool:
    """Tell whether the words after a fence's mark announce verse."""
    words = info.strip().strip("{}.").split()
    return bool(words) and words[0] in _NAMES


def protected_line(line: str) -> str:
    """Write a line of a verse fence as Markdown that is read as a line with `%~%`."""
    words = line.strip()
    return f"{MARK}{_TYPED.sub(f' {SEPARATOR} ', words, count=1)}  " if words else ""


def shape(root: Element) -> None:
    """Turn paragraphs of verse into `div.verse`, and quotations of nothing but verse too."""
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag == "p"]:
            if _is_verse(child):
                replace(parent, child, [_verse(child)])
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag == "blockquote"]:
            if len(child) and all(inner.get("class") == "verse" for inner in child):
                replace(parent, child, list(child))
    _restore(root)


def _restore(root: Element) -> None:
    """Give back the separators as typed where they are not of verse, as in code."""
    for element in root.iter():
        element.text = element.text and element.text.replace(SEPARATOR, TYPED_SEPARATOR)
        element.tail = element.tail and element.tail.replace(SEPARATOR, TYPED_SEPARATOR)


def _is_verse(paragraph: Element) -> bool:
    text = "".join(prose(paragraph))
    return SEPARATOR in text or MARK in text


def _verse(paragraph: Element) -> Element:
    verse = Element("div", {"class": "verse"})
    for line in _lines(pieces_of(paragraph)):
        halves = _halves(line)
        bayt = Element("div", {"class": "bayt" if len(halves) > 1 else "bayt single"})
        bayt.extend(filled(Element("span", {"class": "hemistich"}), half) for half in halves)
        if text_of(bayt):
            verse.append(bayt)
    return verse


def _lines(pieces: list[Piece]) -> list[list[Piece]]:
    """Part pieces at line breaks, marked or typed."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if isinstance(piece.content, Element):
            if piece.content.tag == "br":
                lines.append([])
            else:
                lines[-1].append(piece)
            continue
        first, *others = piece.content.replace(MARK, "").split("\n")
        lines[-1].append(Piece(first, piece.stack))
        lines += [[Piece(text, piece.stack)] for text in others]
    return [line for line in lines if any(piece.content for piece in line)]


def _halves(line: list[Piece]) -> list[list[Piece]]:
    """Part a line at the first separator, and take the blanks off its ends."""
    halves: list[list[Piece]] = [[]]
    for piece in line:
        text = piece.content if isinstance(piece.content, str) and not _is_code(piece) else ""
        if SEPARATOR in text and len(halves) == 1:
            before, _, after = text.partition(SEPARATOR)
            halves[0].append(Piece(before, piece.stack))
            halves.append([Piece(after, piece.stack)])
        else:
            halves[-1].append(piece)
    return [_trimmed(half) for half in halves]


def _is_code(piece: Piece) -> bool:
    return any(element.tag in CODE for element in piece.stack)


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Take the blanks off the ends of a hemistich."""
    trimmed = list(pieces)
    for at, strip in ((0, str.lstrip), (-1, str.rstrip)):
        if trimmed and isinstance(text := trimmed[at].content, str):
            trimmed[at] = Piece(strip(text), trimmed[at].stack)
    return [piece for piece in trimmed if piece.content != ""]
