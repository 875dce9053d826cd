"""Citations as authors type them, in the texts of a tree.

[@jahiz، ص 12]     [انظر @jahiz، ص 12؛ @bloom, p. 3]     [-@jahiz]     @jahiz [ص 12]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from warraq.reading.trees import CODE, contents, fill

KEY = r"\w(?:[\w:./+-]*\w)?"
#: An @ in an address of mail, or in one of the web, is none of ours.
AT = r"(?<![\w@./+-])"
_CITATION = re.compile(
    rf"\[(?P<group>[^\[\]]*?(?<![\w@./+])-?@\w[^\[\]]*)\]|{AT}@(?P<key>{KEY})(?:\s\[(?P<where>[^\[\]@]+)\])?"
)
_ONE = re.compile(rf"(?P<before>.*?)(?P<bare>-?)(?<![\w@./+])@(?P<key>{KEY})\s*[،,]?\s*(?P<after>.*)", re.DOTALL)
_PAGES = re.compile(r"(?:(?:ص(?:ص|فحة)?|pp?)\b\.?\s*)?(\d+(?:\s*[-–—]\s*\d+)?(?:\s*[،,و]\s*\d+(?:\s*[-–—]\s*\d+)?)*)")
_SKIPPED = CODE | {"a", "math", "svg", "script", "style"}


@dataclass(frozen=True, slots=True)
class Typed:
    """A work as it is cited: its key, what stands before it, its pages, and what else follows.

    A `bare` one is cited without its author.
    """

    key: str
    before: str = ""
    pages: str = ""
    after: str = ""
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Works that are cited together; `told` ones are named in the sentence itself."""

    cites: tuple[Typed, ...]
    typed: str
    told: bool = False


#: Gives what stands for a citation in the text, or nothing if it is none.
Writer = Callable[[Group], Element | None]


def rewrite(element: Element, write: Writer) -> None:
    """Put what is written for citations in their places, in reading order."""
    if element.tag in _SKIPPED:
        return
    if not len(element) and "@" not in (element.text or ""):
        return
    nodes: list[Element | str] = []
    for node in contents(element):
        if isinstance(node, str):
            nodes += _parted(node, write)
        else:
            rewrite(node, write)
            nodes.append(node)
    fill(element, nodes)


def _parted(text: str, write: Writer) -> Sequence[Element | str]:
    nodes: list[Element | str] = []
    start = 0
    for found in _CITATION.finditer(text) if "@" in text else ():
        if (group := _group(found)) and (element := write(group)) is not None:
            nodes += [text[start : found.start()], element]
            start = found.end()
    return [*nodes, text[start:]]


def _group(found: re.Match[str]) -> Group | None:
    if found["key"]:
        pages, after = _where(found["where"] or "")
        return Group((Typed(found["key"], "", pages, after),), found[0], told=True)
    cites = [_ONE.fullmatch(part.strip()) for part in re.split("[؛;]", found["group"])]
    return Group(tuple(_typed(cite) for cite in cites if cite), found[0]) if all(cites) else None


def _typed(cite: re.Match[str]) -> Typed:
    before = f"{cite['before'].strip()} " if cite["before"].strip() else ""
    return Typed(cite["key"], before, *_where(cite["after"]), bare=bool(cite["bare"]))


def _where(text: str) -> tuple[str, str]:
    """Part what follows a key into pages and the rest."""
    text = text.strip()
    found = _PAGES.match(text)
    if not found or text[found.end() : found.end() + 1].isalnum():
        return "", text
    return re.sub(r"\s*([-–—])\s*", r"\1", found[1]), text[found.end() :].strip(" ،,")
