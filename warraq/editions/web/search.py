"""The index of a publication's words, built once and small enough to stand in the page.

A word is kept as it is folded (`warraq.arabic.folding`), with the numbers of the blocks
(paragraphs, verses, cells, …) that hold it. The vocabulary is sorted and front-coded: each
word is the length of what it shares with the word before (one digit of base 36) and the
rest. Block numbers are differences, written in 5-bit digits of a 64-letter alphabet: the
first 32 letters say that more digits follow. `templates/web/reader.js` reads both back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from xml.etree.ElementTree import Element

from warraq.arabic.folding import forms, words

#: What a hit is shown within; the same list stands in reader.js.
BLOCKS = {
    *("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "dd"),
    *("figcaption", "caption", "pre", "div", "blockquote", "footer"),
}
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"

_forms = lru_cache(maxsize=None)(forms)


@dataclass(slots=True)
class Index:
    """Words and the blocks that hold them; `texts` are the blocks' texts by number."""

    texts: list[str] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=dict)

    def add_line(self, tree: Element) -> int:
        """Take a tree that is one block, such as a title; give its number."""
        self._put([_line(tree)])
        return len(self.texts) - 1

    def add(self, tree: Element) -> None:
        """Take the blocks within a tree, and number the first of them in the tree."""
        first = next((element for element in tree.iter() if element is not tree and element.tag in BLOCKS), None)
        if first is not None:
            first.set("data-b", str(len(self.texts)))
            self._put(block_texts(tree))

    def _put(self, texts: list[str]) -> None:
        for number, text in enumerate(texts, len(self.texts)):
            found = {form for word in words(text) for form in _forms(word)}
            for form in found:
                self.places.setdefault(form, []).append(number)
        self.texts += texts

    def packed(self) -> dict[str, str]:
        """Pack the index into two strings: the vocabulary, and the blocks of each word."""
        vocabulary = sorted(self.places)
        before, entries = "", []
        for word in vocabulary:
            shared = _shared(before, word)
            entries.append(BASE36[shared] + word[shared:])
            before = word
        return {"words": " ".join(entries), "places": " ".join(_packed(self.places[word]) for word in vocabulary)}


def _shared(one: str, other: str) -> int:
    """Count the letters that two words begin with in common, 35 at most."""
    alike = 0
    for left, right in zip(one[:35], other, strict=False):
        if left != right:
            break
        alike += 1
    return alike


def block_texts(tree: Element) -> list[str]:
    """Give the own text of each block of a tree in document order, without calls of notes."""
    texts: list[list[str]] = []

    def walk(element: Element, block: list[str] | None) -> None:
        if element.tag in BLOCKS:
            if block is not None:
                block.append(" ")
            block = []
            texts.append(block)
        elif block is not None and (element.tag == "br" or element.get("class") == "hemistich"):
            block.append(" ")
        if block is not None and element.text:
            block.append(element.text)
        for child in element:
            if child.get("role") != "doc-noteref":
                walk(child, block)
            if block is not None and child.tail:
                block.append(child.tail)

    for child in tree:
        walk(child, None)
    return ["".join(text) for text in texts]


def _line(tree: Element) -> str:
    root, block = Element("div"), Element("p")
    block.text = tree.text
    block.extend(tree)
    root.append(block)
    return block_texts(root)[0]


def _packed(numbers: list[int]) -> str:
    """Write ascending numbers as differences in digits of five bits."""
    written, last = [], 0
    for number in numbers:
        rest, last = number - last, number
        digits = ALPHABET[32 + (rest & 31)]
        while rest := rest >> 5:
            digits = ALPHABET[rest & 31] + digits
        written.append(digits)
    return "".join(written)


def as_json(value: object) -> str:
    """Write a value as JSON that may stand in a `script` element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
