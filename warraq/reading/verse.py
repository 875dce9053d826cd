"""Verse: lines of hemistichs, in a fence of their own or in plain lines with `%~%`.

    ```verse                     صدر البيت %~% عجزه          > صدر %~% عجز
    صدر البيت *** عجزه
    ```

becomes `<div class="verse"><div class="bayt of-2"><span class="hemistich">…`; a line of one
hemistich is `<div class="bayt single">`, a line of free verse `<div class="bayt free">`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from warraq.arabic.digits import to_digits
from warraq.reading.inline import Piece, filled, pieces_of
from warraq.reading.poem_heads import head_of
from warraq.reading.trees import CODE, add_class, prose, replace, text_of
from warraq.reading.verse_forms import TAB, recognise

TYPED_SEPARATOR = "%~%"
#: What Markdown sees instead: tildes are markup to it, and slow to pair in a long poem.
SEPARATOR = "\ue0b2"
#: Stands before each line of a fence of verse, so that Markdown sees no list or heading.
MARK = "\ue0b1"
#: Around the info string of a fence, in hexadecimal; before a new stanza; for each blank of indent.
HEAD, STANZA, INDENT = "\ue0b3", "\ue0b4", "\ue0b5"
_HEAD = re.compile(f"{HEAD}([0-9a-f]*){HEAD}")
#: More hemistichs than any strophic form has in a line.
MOST = 6


def shape(root: Element) -> None:
    """Turn paragraphs of verse into `div.verse`, and quotations of nothing but verse too."""
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag == "p"]:
            recognise(child, SEPARATOR, quoted=parent.tag == "blockquote")
            if _is_verse(child):
                replace(parent, child, [_verse(child)])
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag == "blockquote"]:
            if len(child) and all((inner.get("class") or "").startswith("verse") for inner in child):
                replace(parent, child, list(child))
    _restore(root)


def _restore(root: Element) -> None:
    """Give back the separators as typed where they are not of verse, as in code."""
    for element in root.iter():
        for text, setter in ((element.text, "text"), (element.tail, "tail")):
            if text and (SEPARATOR in text or TAB in text):
                setattr(element, setter, text.replace(SEPARATOR, TYPED_SEPARATOR).replace(TAB, "\t"))


def _is_verse(paragraph: Element) -> bool:
    text = "".join(prose(paragraph))
    return SEPARATOR in text or MARK in text


def _verse(paragraph: Element) -> Element:
    verse = Element("div", {"class": "verse"})
    info = _HEAD.search("".join(prose(paragraph)))
    free = False
    if info:
        free = head_of(bytes.fromhex(info[1]).decode(), verse)
    for line in _lines(pieces_of(paragraph)):
        bayt = _bayt(line, free=free)
        if text_of(bayt):
            verse.append(bayt)
    return verse


def _bayt(line: list[Piece], *, free: bool) -> Element:
    """Make one line of its hemistichs; signs before its words say how it stands."""
    lead, line = _lead(line)
    halves = _halves(line)
    kind = "free" if free else f"of-{len(halves)}" if len(halves) > 1 else "single"
    bayt = Element("div", {"class": f"bayt {kind}"})
    if STANZA in lead:
        add_class(bayt, "stanza")
    if deep := lead.count(INDENT) // 2:
        add_class(bayt, f"in-{min(deep, 12)}")
    bayt.extend(filled(Element("span", {"class": "hemistich"}), half) for half in halves)
    return bayt


def _lead(line: list[Piece]) -> tuple[str, list[Piece]]:
    """Take the signs off the beginning of a line."""
    text = line[0].content if isinstance(line[0].content, str) else ""
    bare = text.lstrip(f"{STANZA}{INDENT}\n ")
    return text[: len(text) - len(bare)], [Piece(bare, line[0].stack), *line[1:]] if text else line


def _lines(pieces: list[Piece]) -> list[list[Piece]]:
    """Part pieces at line breaks, marked or typed; the head is no line."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if isinstance(piece.content, Element):
            if piece.content.tag == "br":
                lines.append([])
            else:
                lines[-1].append(piece)
            continue
        first, *others = _HEAD.sub("", piece.content.replace(MARK, "")).split("\n")
        lines[-1].append(Piece(first, piece.stack))
        lines += [[Piece(text, piece.stack)] for text in others]
    return [line for line in lines if any(piece.content for piece in line)]


def _halves(line: list[Piece]) -> list[list[Piece]]:
    """Part a line at its separators, and take the blanks off the ends of its hemistichs."""
    halves: list[list[Piece]] = [[]]
    for piece in line:
        text = piece.content if isinstance(piece.content, str) and not _is_code(piece) else ""
        if SEPARATOR not in text:
            halves[-1].append(piece)
            continue
        first, *others = text.split(SEPARATOR, MOST - len(halves))
        halves[-1].append(Piece(first, piece.stack))
        halves += [[Piece(other, piece.stack)] for other in others]
    return [half for half in map(_trimmed, halves) if half] or [[]]


def _is_code(piece: Piece) -> bool:
    return any(element.tag in CODE for element in piece.stack)


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Take the blanks off the ends of a hemistich."""
    trimmed = list(pieces)
    for at, strip in ((0, str.lstrip), (-1, str.rstrip)):
        if trimmed and isinstance(text := trimmed[at].content, str):
            trimmed[at] = Piece(strip(text), trimmed[at].stack)
    return [piece for piece in trimmed if piece.content != ""]


def number(root: Element, every: int, numerals: str) -> None:
    """Give every so many lines of each poem their number (`data-number`), from its own first one.

    A poem may ask for itself (`data-every`, `data-from`); 0 numbers none.
    """
    for verse in root.iter("div"):
        step = int(verse.attrib.pop("data-every", every))
        start = int(verse.attrib.pop("data-from", 1))
        if step and verse.get("class", "").startswith("verse"):
            _number(_bayts(verse), step, start, numerals)


def _number(bayts: Sequence[Element], step: int, start: int, numerals: str) -> None:
    for count, bayt in enumerate(bayts, start):
        if count % step == 0:
            bayt.set("data-number", to_digits(count, numerals))


def _bayts(verse: Element) -> list[Element]:
    return [line for line in verse if line.get("class", "").startswith("bayt")]
