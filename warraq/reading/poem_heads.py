"""What a poem says of itself in the info string of its fence: title, poet, metre, numbers."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from warraq.arabic.digits import to_int
from warraq.reading.trees import add_class

_KEYS = {
    "title": "title", "العنوان": "title", "عنوان": "title",
    "poet": "poet", "author": "poet", "الشاعر": "poet", "شاعر": "poet",
    "metre": "metre", "meter": "metre", "البحر": "metre", "بحر": "metre",
    "numbers": "every", "الترقيم": "every", "ترقيم": "every",
    "from": "from", "من": "from",
}  # fmt: skip
_PAIR = re.compile(
    r"""(?P<key>\w+)\s*=\s*"""
    r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|«(?P<arabic>[^»]*)»|(?P<word>[^\s{}]+))"""
)
_CLASS = re.compile(r"\.(?P<name>[\w-]+)")
_ID = re.compile(r"(?<![\w=\"])#(?P<id>[^\s{}\"]+)")
_FREE = frozenset({"free", "حر", "free-verse", "شعر-حر", "شعر-التفعيلة", "تفعيلة"})


def head_of(info: str, verse: Element) -> bool:
    """Put a poem's head into its `div.verse`, and tell whether it is free verse.

    Bare words after the name of the fence are the metre: `~~~ شعر الطويل`. `numbers` and
    `from` become `data-every` and `data-from`, until lines are counted.
    """
    said = {_KEYS.get(found["key"], ""): _value(found) for found in _PAIR.finditer(info)}
    rest = _PAIR.sub(" ", info)
    classes = [found["name"] for found in _CLASS.finditer(rest)]
    if identifier := _ID.search(rest):
        verse.set("id", identifier["id"])
    name, *words = _ID.sub(" ", _CLASS.sub(" ", rest)).replace("{", " ").replace("}", " ").split() or [""]
    said.setdefault("metre", " ".join(words))
    for key in ("every", "from"):
        if (value := _count(said.get(key, ""))) is not None:
            verse.set(f"data-{key}", str(value))
    _put(said, verse)
    free = name in _FREE or not _FREE.isdisjoint(classes)
    if free:
        add_class(verse, "free")
    return free


def _value(found: re.Match[str]) -> str:
    return next((found[name] for name in ("double", "single", "arabic", "word") if found[name] is not None), "").strip()


def _count(text: str) -> int | None:
    try:
        return max(0, to_int(text))
    except ValueError:
        return None


def _put(said: dict[str, str], verse: Element) -> None:
    """Set the title on a line, and the poet and the metre on the one below it."""
    if title := said.get("title"):
        SubElement(verse, "p", {"class": "poem-title"}).text = title
    about = [(name, said[name]) for name in ("poet", "metre") if said.get(name)]
    if not about:
        return
    line = SubElement(verse, "p", {"class": "poem-about"})
    for name, text in about:
        piece = SubElement(line, "span", {"class": f"poem-{name}"})
        piece.text, piece.tail = text, " "
    line[-1].tail = None
