"""Verse that nobody marked: lines whose halves are parted as printed and typed texts part them.

    صدر البيت *** عجزه        صدر البيت ... عجزه        صدر البيت = عجزه        صدر البيت⇥عجزه

Prose has dots and signs too, so a paragraph is taken for verse only if all its lines, two at
least (one in a quotation, or with `***`), are two halves of much the same length in Arabic.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from warraq.arabic.bidi import ARABIC, LATIN
from warraq.reading.trees import CODE

#: Stands for a tab between Arabic words, which Markdown would write out as blanks.
TAB = "\ue0b6"
#: What parts halves; in texts with none of the signs before it, it is not looked for.
_KINDS = tuple(
    (signs, re.compile(pattern)) for signs, pattern in (
        ("*", r"[ ]+\*{3}[ ]+"), (TAB, rf"\s*{TAB}+\s*"), ("*", r"[ ]+\*{1,2}[ ]+"), ("/", r"[ ]+//[ ]+"),
        (".…", r"[ ]+(?:\.{2,4}|…)[ ]+"), ("=", r"[ ]+=[ ]+"))
)  # fmt: skip
_TAB = re.compile(r"(?<=[\u0600-\u06ff])[ ]*\t+[ ]*(?=[\u0600-\u06ff])")
#: Letters that a hemistich may have, and how much longer than the other one of two may be.
SHORTEST, LONGEST, UNEVEN = 6, 48, 2.2


def keep_tabs(text: str) -> str:
    """Put signs for tabs between Arabic words, before Markdown writes them out."""
    return _TAB.sub(TAB, text) if "\t" in text else text


def recognise(paragraph: Element, separator: str, *, quoted: bool) -> None:
    """Put our separator for the author's into a paragraph whose lines are all verse."""
    text = "".join(_seen(paragraph))
    found = (kind for signs, kind in _KINDS if any(sign in text for sign in signs) and kind.search(text))
    kind = next(found, None)
    if kind is None or separator in text:
        return
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    enough = 1 if quoted or kind is _KINDS[0][1] else 2
    if len(lines) < enough or not all(_is_bayt(line, kind) for line in lines):
        return
    paragraph.text = paragraph.text and kind.sub(f" {separator} ", paragraph.text)
    for element in paragraph.iter():
        if element is not paragraph:
            if element.tag not in CODE:
                element.text = element.text and kind.sub(f" {separator} ", element.text)
            element.tail = element.tail and kind.sub(f" {separator} ", element.tail)


def _seen(element: Element) -> list[str]:
    found = [element.text or ""]
    for child in element:
        found += ["\n"] if child.tag == "br" else _seen(child)
        found.append(child.tail or "")
    return found


def _is_bayt(line: str, kind: re.Pattern[str]) -> bool:
    halves = kind.split(line)
    if len(halves) != 2 or LATIN.search(line):
        return False
    letters = [len(ARABIC.findall(half)) for half in halves]
    few, many = min(letters), max(letters)
    is_even = few >= SHORTEST and many <= min(LONGEST, few * UNEVEN)
    return is_even and all(len(half.split()) > 1 for half in halves)
