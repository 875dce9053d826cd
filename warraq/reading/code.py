"""Code: what the words behind a fence's mark ask for, and the lines of the block.

    ```js{3,5-7} title="app.js" linenums      ~~~ {.python #lst-a .numberLines startFrom="5"}

Markdown sees but one word of it, in which the whole is packed. The block becomes

    <pre class="code" dir="ltr" data-language="js"><code><span class="line">…

within `<figure class="listing">` if it has a title or an id. Code reads from the left;
Arabic comments and strings in it are runs of their own direction.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from warraq.arabic.bidi import ARABIC, LATIN
from warraq.arabic.digits import to_digits
from warraq.reading import highlighting
from warraq.reading.direction import isolate_runs
from warraq.reading.trees import append_text, contents, fill, has_class, replace

_PACKED = re.compile(r"language-x([0-9a-f]+)z")
_WORD = re.compile(
    r"""(?P<key>[\w-]+)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s}"']+))"""
    r"|#(?P<id>[^\s{}#]+)|\{(?P<lines>[\d٠-٩۰-۹,،\s–-]+)\}|\.?(?P<word>[^\s{}=,]+)"
)
_RANGE = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")
_TITLES = frozenset({"title", "header", "filename", "file", "caption", "name"})
_NUMBERED = frozenset({"linenums", "numberlines", "linenos", "line-numbers", "linenumbers", "showlinenumbers"})
_STARTS = frozenset({"startfrom", "linenostart", "start", "linenums"})
_LINES = frozenset({"hl_lines", "hl-lines", "hl", "highlight", "emphasize-lines", "mark"})
#: More lines than any block has; a range beyond it is a slip of the pen.
_LIMIT = 100_000


@dataclass(slots=True)
class Info:
    """What a fence's info string asks for; lines count from 1."""

    language: str = ""
    title: str = ""
    id: str = ""
    marked: frozenset[int] = frozenset()
    numbered: bool | None = None
    start: int = 1


def packed(info: str) -> str:
    """Pack an info string into one word that Markdown hands on as a language."""
    words = info.strip()
    return f"x{binascii.hexlify(words.encode()).decode()}z" if words else ""


def read_info(text: str) -> Info:
    """Understand an info string, in the ways of pandoc, Docusaurus, Hugo, MkDocs and mdBook.

    Words that mean nothing here (`run`, `editable`) are passed over.
    """
    info = Info()
    for found in _WORD.finditer(text.strip().removeprefix("{") if text.strip().startswith("{.") else text):
        if found["key"]:
            _set(info, found["key"].lower(), found["double"] or found["single"] or found["bare"] or "")
        elif found["id"]:
            info.id = found["id"]
        elif found["lines"]:
            info.marked |= _numbers(found["lines"])
        elif (word := found["word"].lower()) in _NUMBERED:
            info.numbered = True
        elif not info.language and found.start() <= 1:
            info.language = word
    return info


def _set(info: Info, key: str, value: str) -> None:
    if key in _TITLES:
        info.title = value.strip()
    elif key in _LINES:
        info.marked |= _numbers(value)
    elif key == "id":
        info.id = value
    if key in _NUMBERED:
        info.numbered = value.lower() not in {"false", "no", "0"}
    if key in _STARTS and value.isdigit():
        info.start = int(value)


def _numbers(text: str) -> frozenset[int]:
    """Read numbers of lines: `3`, `3,5-7`, in any digits."""
    ranges = ((int(first), int(last or first)) for first, last in _RANGE.findall(to_digits(text, "latn")))
    return frozenset(number for first, last in ranges for number in range(first, min(last, _LIMIT) + 1))


def shape(parent: Element, element: Element, direction: str) -> None:
    """Give code its form: a block its lines, and a phrase its own direction."""
    if element.tag == "pre":
        _block(parent, element)
    elif parent.tag != "pre":
        words = "".join(element.itertext())
        script = "rtl" if _is_arabic(words) else "ltr"
        if script == "ltr" or direction == "ltr":
            element.set("dir", script)


def _block(parent: Element, pre: Element) -> None:
    inner = pre.find("code")
    info = info_of(pre if inner is None else inner)
    text = "".join(pre.itertext())
    if has_class(parent, "highlight"):
        parent.attrib.pop("class")
    code, side = Element("code"), "rtl" if not info.language and _is_arabic(text) else "ltr"
    is_markup = any(element.tag not in {"code", "span"} for element in pre.iter() if element is not pre)
    if is_markup:
        fill(code, contents(pre if inner is None else inner))
    else:
        lines = _lines(text, info.language)
        code.extend(_line(*line, info.marked, isolated=side == "ltr") for line in lines)
    identifier = info.id or pre.get("id", "") or (inner.get("id", "") if inner is not None else "")
    pre.attrib = {"class": "code", "dir": side}
    if info.language:
        pre.set("data-language", info.language)
    if info.numbered is not None:
        pre.set("data-numbered", "true" if info.numbered else "false")
    if info.start != 1:
        pre.set("data-start", str(info.start))
    fill(pre, [code])
    if info.title or identifier:
        _listing(parent, pre, info.title, identifier)


def info_of(code: Element) -> Info:
    """Unpack what the fence said; raw HTML and other programs name the language by a class."""
    names = code.get("class", "")
    if found := _PACKED.search(names):
        return read_info(binascii.unhexlify(found[1]).decode())
    named = re.search(r"\blang(?:uage)?-([\w+#.-]+)", names)
    return Info(named[1].lower() if named else "")


def _listing(parent: Element, pre: Element, title: str, identifier: str) -> None:
    figure = Element("figure", {"class": "listing"} | ({"id": identifier} if identifier else {}))
    replace(parent, pre, [figure])
    if title:
        SubElement(figure, "figcaption").text = title
    figure.append(pre)


def _is_arabic(text: str) -> bool:
    return len(ARABIC.findall(text)) > len(LATIN.findall(text))


def _lines(text: str, language: str) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Part a text into numbered lines of pieces: the kind of each and its text."""
    line: list[tuple[str, str]] = []
    number = 1
    for kind, piece in highlighting.pieces(text.removesuffix("\n"), language):
        first, *others = piece.split("\n")
        line.append((kind, first))
        for other in others:
            yield number, line
            number, line = number + 1, [(kind, other)]
    yield number, line


def _line(number: int, pieces: list[tuple[str, str]], marked: frozenset[int], *, isolated: bool) -> Element:
    """Make a line, which holds its line break, so that what is copied is the code."""
    line = Element("span", {"class": "line marked" if number in marked else "line"})
    for kind, text in pieces:
        _put(line, kind, text, isolated=isolated)
    append_text(line, "\n")
    return line


def _put(line: Element, kind: str, text: str, *, isolated: bool) -> None:
    """Add a piece; runs of Arabic in code that reads from the left are each by themselves."""
    nodes: list[Element | str] = []
    for at, part in enumerate(_ARABIC_RUN.split(text) if isolated else [text]):
        if at % 2:
            run = Element("span", {"dir": "rtl"})
            run.text = part
            isolate_runs(run, "rtl", "ar")
            nodes.append(run)
        elif part:
            nodes.append(part)
    if kind and nodes:
        holder = Element("span", {"class": f"hl-{kind}"})
        fill(holder, nodes)
        line.append(holder)
        return
    for node in nodes:
        if isinstance(node, str):
            append_text(line, node)
        else:
            line.append(node)


_LETTER = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
#: Arabic from its first letter to its last, with what stands between.
_ARABIC_RUN = re.compile(rf"([{_LETTER}](?:.*[{_LETTER}])?(?: ?\d[\d.,]*[%٪]?)?[.!…]?)")
