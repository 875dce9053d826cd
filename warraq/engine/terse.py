"""The content of pages in fewer bytes, with the same marks on the paper and the same text.

WeasyPrint 70 draws each box of text by itself: marked content, a text object, a matrix and a
font for every line of a paragraph, codes in hexadecimal, and places to a millionth of a px
(`pdf.stream.Stream`; no upstream issue is known). Here boxes that are drawn one after another
share a text object (ISO 32000-1 §9.4.1); the lines of an element whose text is told in the
structure tree, if nothing stands between them, share marked content (§14.6), so that the
tree and its index are shorter too; each line tells how far it is from the last one (`Td`),
which is the same for most, in thousandths of a px; codes stand in literal strings (§7.3.4.2).
"""

from __future__ import annotations

import re
from binascii import unhexlify
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from warraq.engine.folios import operand
from warraq.engine.strings import RIGHT_TO_LEFT
from warraq.engine.structure import Content, Node

#: How a box of text begins as WeasyPrint draws it: its number, and what sets colours; how its text, and how it ends.
_BOX = re.compile(rb"/Span\n<</MCID (\d+)>>\nBDC\n((?:[^\n]* (?:gs|rg)\n)*)BT\n")
_TEXT_END, _BOX_END = b"\nET\n", b"\nET\nEMC\n"
#: A number with more digits than are seen, among those of a path.
_LONG = re.compile(rb"-?\d+\.\d{4,}(?=[-\d. ]* (?:re|m|l|c)\n)")
_ESCAPED = re.compile(rb"[\\()\r\n]")
#: How the content of a page begins: what turns its space, and never restores it.
_SPACE = re.compile(rb"1 0 0 -1 0 ([\d.]+) cm\nq\n0.75 0 0 0.75 0 0 cm\n")
_PIECE = re.compile(rb"<</MCID (\d+)>>(?=\n?BDC\n)")
_UPRIGHT = [b"1", b"0", b"0", b"-1"]
_SHOWN = re.compile(rb"\[<[^\n]*TJ(?=\n)")
#: Changes of the matrix on a page without pictures or turned boxes.
_PLAIN = 1


def shorten(root: Node, streams: Sequence[Any]) -> None:
    """Shorten the content of pages, and take out of the tree what is one with what is before it."""
    nodes = [node for node in root.walk() if node.kids]
    follows, found = [dict[int, int]() for _ in streams], [set[int]() for _ in streams]
    for node in nodes:
        for kid in node.kids:
            if isinstance(kid, Content):
                found[kid.page].add(kid.mcid)
        for before, after in pairwise(node.kids if RIGHT_TO_LEFT.search(node.text) else ()):
            if isinstance(before, Content) and isinstance(after, Content) and before.page == after.page:
                follows[after.page][after.mcid] = before.mcid
    numbers = [_numbered(stream, found[page] - _shorten(stream, follows[page])) for page, stream in enumerate(streams)]
    for node in nodes:
        node.kids = [
            Content(kid.page, numbers[kid.page][kid.mcid]) if isinstance(kid, Content) else kid
            for kid in node.kids
            if not isinstance(kid, Content) or kid.mcid in numbers[kid.page]
        ]


def _numbered(stream: Any, pieces: set[int]) -> dict[int, int]:
    """Give the pieces of a page's content numbers without gaps, if all stand in it; tell them by the old ones."""
    [data] = stream.stream
    written = map(int, _PIECE.findall(data))
    numbers = {mcid: number for number, mcid in enumerate(written)}
    if not pieces <= numbers.keys():
        return {mcid: mcid for mcid in pieces}
    stream.stream = [_PIECE.sub(lambda piece: b"<</MCID %d>>" % numbers[int(piece[1])], data)]
    return {mcid: numbers[mcid] for mcid in pieces}


def _shorten(stream: Any, follows: Mapping[int, int]) -> set[int]:
    """Shorten the content of a page; give those pieces that are one with the piece before them."""
    data = b"\n".join([item if type(item) is bytes else operand(item) for item in stream.stream]) + b"\n"
    space = _SPACE.match(data)
    data = b"q\n0.75 0 0 -0.75 0 %.3f cm\n%b" % (float(space[1]), data[space.end() :]) if space else b"q\n%bQ\n" % data
    stream.has_places, is_plain = b"\0" in data, data.count(b" cm\n") <= _PLAIN
    parts, at, joined = list[bytes](), 0, set[int]()
    text: _Text | None = None
    for box in _BOX.finditer(data):
        end = data.find(_TEXT_END, box.end() - 1)
        if not data.startswith(_BOX_END, end):
            continue
        if text is None or box.start() != at:
            parts += [*(text.lines() if text else ()), _between(data[at : box.start()], stream, is_plain=is_plain)]
            text = _Text(follows, is_literal=not stream.has_places)
        if text.add(int(box[1]), box[2], data[box.end() : end].split(b"\n")):
            joined.add(int(box[1]))
        at = end + len(_BOX_END)
    parts += [*(text.lines() if text else ()), _between(data[at:], stream, is_plain=is_plain)]
    stream.stream = [b"\n".join(part for part in parts if part)]
    return joined


class _Text:
    """A text object in the making."""

    def __init__(self, follows: Mapping[int, int], *, is_literal: bool) -> None:
        """Begin; `follows` leads from pieces to those that are right before them in their element."""
        self._follows, self._is_literal = follows, is_literal
        self._lines: list[bytes] = [b"BT"]
        self._mcid: int | None = None
        self._font = b""
        #: Where the line begins, in 1/1000 px.
        self._place: tuple[int, int] | None = None

    def add(self, mcid: int, state: bytes, body: Sequence[bytes]) -> bool:
        """Add a box of text; tell whether it is of one piece with that before it."""
        is_joined = self._mcid is not None and self._follows.get(mcid) == self._mcid
        if not is_joined:
            self._lines += [b"EMC"] * (self._mcid is not None) + [b"/Span<</MCID %d>>BDC" % mcid]
        if state:
            self._lines.append(state[:-1])
        for line in body:
            self._add(line)
        self._mcid = mcid
        return is_joined

    def lines(self) -> list[bytes]:
        """Give the whole text object."""
        return [*self._lines, b"EMC\nET"]

    def _add(self, line: bytes) -> None:
        if line.endswith(b"TJ"):
            self._lines.append(_literal(line) if self._is_literal else line)
        elif line.endswith(b"Tm"):
            self._lines.append(self._moved(line))
        elif not line.endswith(b"Tf"):
            self._lines.append(line)
        elif line != self._font:
            self._font = line
            self._lines.append(line)

    def _moved(self, line: bytes) -> bytes:
        """Go to the place of a matrix."""
        *shape, x, y, _operator = line.split()
        if shape != _UPRIGHT:
            self._place = None
            return line
        last, self._place = self._place, (round(float(x) * 1000), round(float(y) * 1000))
        if last is None:
            return b"1 0 0 -1 %b %b Tm" % (_number(self._place[0]), _number(self._place[1]))
        return b"%b %b Td" % (_number(self._place[0] - last[0]), _number(last[1] - self._place[1]))


def _number(thousandths: int) -> bytes:
    whole = b"%.3f" % (thousandths / 1000)
    return whole.rstrip(b"0").rstrip(b".")


def _literal(line: bytes) -> bytes:
    """Write the hexadecimal strings of an operand of `TJ` as literal ones; our codes need no escapes (`codes`)."""
    first, *strings = line.split(b"<")
    for string in strings:
        codes, _, rest = string.partition(b">")
        written = unhexlify(codes)
        first += b"<%b>%b" % (codes, rest) if _ESCAPED.search(written) else b"(%b)%b" % (written, rest)
    return first


def _between(part: bytes, stream: Any, *, is_plain: bool) -> bytes:
    """Shorten what stands between boxes of text; numbers are rounded where nothing is scaled but the whole page."""
    if is_plain:
        part = _LONG.sub(lambda number: _number(round(float(number[0]) * 1000)), part)
    if not stream.has_places:
        part = _SHOWN.sub(lambda shown: _literal(shown[0]), part)
    return part.rstrip(b"\n")
