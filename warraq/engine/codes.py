"""The codes by which pages name cells: two bytes, the first of which tells what is copied.

A code (ISO 32000-1 §9.7.6.2, `Identity-H`) means something in its own document only: which
glyph it draws. Which text it stands for is the same everywhere: the first byte is the
character's, the second counts the cells of that character as they are drawn. So one map from
codes to text (§9.10.3) serves a font in all chapters, where each would else have its own. Cells
of other characters, and those of one with too many, have codes with a first byte for any
text; a chapter that draws such has a map of its own.

The first cells of the commonest characters have codes below 256 instead, which tell their text
too: nine of ten cells that are drawn. PDFium measures those once, and others at each place. No
byte is one that would be escaped in a string, nor is any code 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

_PLAIN = [byte for byte in range(256) if byte not in b"\n\r()\\"]
#: First bytes for any text.
_ANY = _PLAIN[-32:]
#: What has a first byte of its own: the commonest first, which makes for bytes that pack well.
_TEXTS = (
    *" اليمونرتبةعدسفهكقأحجىشصطخإذضثزغئءظؤآ،.َُِّْ:ًٌٍ()«»؛؟-٠١٢٣٤٥٦٧٨٩",
    *("\u200f", "\u200e ", "\u200e", "\u00a0", "\u200c"),
    *"etaoinsrhldcumpgfybvwkxjzq,0123456789",
    *"EATSIPCRMDLNBFHOGUWVYKJXZQ/_\"'*=;[]{}<>#&+!?@$%^|~`–—…“”‘’•·×",
    *"ٰٕٓٔٱپچژکگیےۀھ٪٫٬۰۱۲۳۴۵۶۷۸۹ـﷺ۞۩۝",
    *"\u06d6\u06d7\u06d8\u06d9\u06da\u06db\u06dc\u06df\u06e0\u06e1\u06e2\u06e3\u06e4\u06e5\u06e6\u06e7\u06e8\u06ea",
)
_BYTES = dict(zip(_TEXTS, _PLAIN[1:-32], strict=False))
_TEXT = {byte: text for text, byte in _BYTES.items()}
#: How many codes below 256 characters have, by what share of three books their cells are.
_LOW = {
    23: "م", 22: "ل", 20: "ي", 14: "ت", 13: "ب", 11: "ن", 10: " ه", 9: "ر", 7: "اكج", 6: "ع", 5: "فحخش",
    4: "ودسذصثض", 3: "ةأقطإغز", 2: "ىظ", 1: ".،:؛-etainors",
}  # fmt: skip


def _dealt() -> dict[int, list[int]]:
    """Deal codes below 256 out to characters, by the bytes of these."""
    left = iter(_PLAIN[1:])
    return {_BYTES[text]: list(islice(left, count)) for count, texts in _LOW.items() for text in texts}


_SINGLE = _dealt()
#: Codes for any text, and how many of them are left for a line.
_MOST, _LINE = len(_PLAIN) * len(_ANY), 1000
_TO_UNICODE = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
#: The widest step between two codes of a character that are given out one after the other.
WIDEST = 3
#: Most lines of a section of a CMap (Adobe Technical Note 5014).
_SECTION = 100


class Counts:
    """How many codes were given out for each character, by its byte; for any text, by 0."""

    def __init__(self) -> None:
        """Begin without any."""
        self._given = [0] * 256

    def next(self, text: str) -> str:
        """Give the next code for a text, in hexadecimal."""
        byte = _BYTES.get(text, 0)
        if self._given[byte] == len(_PLAIN):
            byte = 0
        count = self._given[byte]
        self._given[byte] += 1
        if byte:
            return f"{_code(byte, count):04x}"
        return f"{_ANY[count // len(_PLAIN)]:02x}{_PLAIN[count % len(_PLAIN)]:02x}"

    @property
    def are_spent(self) -> bool:
        """Tell whether no code may be left for one more line."""
        return self._given[0] > _MOST - _LINE

    @property
    def common(self) -> bytes:
        """Give the counts, if all codes stand for the same text in all documents; else nothing."""
        return b"" if self._given[0] else bytes(self._given)


def _code(byte: int, count: int) -> int:
    """Give the code of a character's cell, by the character's byte and by how many of its cells came before."""
    single = _SINGLE.get(byte, ())
    return single[count] if count < len(single) else byte << 8 | _PLAIN[count - len(single)]


def common_map(counts: Iterable[bytes]) -> str:
    """Write which text codes stand for in all documents; of each it takes the counts of its characters."""
    given = [max(of_one) for of_one in zip(*counts, strict=True)]
    return to_unicode({_code(byte, at): text for byte, text in _TEXT.items() for at in range(given[byte])})


def to_unicode(texts: Mapping[int, str]) -> str:
    """Write which text each code stands for (§9.10.3)."""
    lines = [f"<{code:04x}> <{text.encode('utf-16-be').hex()}>" for code, text in sorted(texts.items())]
    sections = (lines[at : at + _SECTION] for at in range(0, len(lines), _SECTION))
    return _TO_UNICODE.format(
        "\n".join(f"{len(section)} beginbfchar\n" + "\n".join(section) + "\nendbfchar" for section in sections)
    )


def runs(codes: Iterable[int], widest: int = 1) -> Iterator[range]:
    """Part ascending codes where one is farther from that before it than the widest step."""
    first = last = -widest
    for code in codes:
        if code - last > widest:
            if last > 0:
                yield range(first, last + 1)
            first = code
        last = code
    yield range(first, last + 1)
