"""The fonts of the page: only faces that it uses, only characters that it has.

Which face draws what follows `templates/css/web.css`: bold for stressed words and small
headings, the display face for titles, the Latin and the mono face for their runs. A face
that nothing asks for is left out.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from warraq.arabic.digits import SYSTEMS
from warraq.font_files import cut
from warraq.theme import Face, Theme

BOLD_TAGS = {"strong", "b", "th", "dt", "summary", "h3", "h4", "h5", "h6"}
CODE_TAGS = {"code", "pre", "kbd", "samp"}
SLANTED_TAGS = {"em", "i", "cite"}
#: What a reader may type into the search, beside what the page holds.
TYPED = {*map(chr, range(0x20, 0x7F)), *map(chr, range(0x621, 0x63B)), *map(chr, range(0x640, 0x653))} | set(
    "".join(SYSTEMS.values()) + "«»،؛؟…\u200c\u200d\u00a0"
)


@dataclass(slots=True)
class Usage:
    """The characters that each manner of setting needs."""

    plain: set[str] = field(default_factory=set)
    bold: set[str] = field(default_factory=set)
    slanted: set[str] = field(default_factory=set)
    display: set[str] = field(default_factory=set)
    code: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Subset:
    """A face cut down to what is used, as WOFF2; `weight` is the CSS weight it is called by."""

    family: str
    weight: int
    italic: bool
    data: bytes
    name: str

    def rule(self, address: str) -> str:
        """Declare the face for a style sheet."""
        style = "italic" if self.italic else "normal"
        return (
            f'@font-face {{ font-family: "{self.family}"; font-weight: {self.weight}; font-style: {style}; '
            f'font-display: block; src: url("{address}") format("woff2"); }}'
        )

    @property
    def uri(self) -> str:
        """The face as a data URI."""
        return f"data:font/woff2;base64,{base64.b64encode(self.data).decode()}"


def usage(html: str, trees: Iterable[Element], titles: Iterable[str], names: Iterable[str]) -> Usage:
    """Find what characters are set in which manner; `titles` are set in the display face."""
    used = Usage(plain=set(html) | TYPED)
    used.display.update(*titles)
    used.bold.update(*names)
    for tree in trees:
        for element in tree.iter():
            if element.tag in BOLD_TAGS:
                used.bold.update(*element.itertext())
            elif element.tag in SLANTED_TAGS:
                used.slanted.update(*element.itertext())
            elif element.tag == "figure" and "table" in element.get("class", "").split():
                used.bold.update(*(text for caption in element.iter("figcaption") for text in caption.itertext()))
            if element.tag in CODE_TAGS:
                used.code.update("0123456789", *element.itertext())  # its lines may be numbered
            elif element.tag in {"h2", "h3", "h4"}:
                used.display.update(*element.itertext())
    return used


def subsets(theme: Theme, used: Usage) -> list[Subset]:
    """Cut the faces of the theme down to what is used."""
    tokens = theme.publication.settings.theme
    wanted = [
        (tokens.body, 400, False, used.plain),
        (tokens.body, 700, False, used.bold),
        (tokens.display, 400, False, used.display),
        (tokens.latin, 400, False, _latin(used.plain)),
        (tokens.latin, 700, False, _latin(used.bold)),
        (tokens.latin, 400, True, _latin(used.slanted | used.display)),
        (tokens.mono, 400, False, used.code),
    ]
    known = {tokens.body, tokens.display, tokens.latin, tokens.mono}
    wanted += [(f.family, f.weight, f.italic, used.plain) for f in theme.own_faces if f.family not in known]
    found = (_subset(theme, family, weight, italic=italic, chars=chars) for family, weight, italic, chars in wanted)
    return [face for face in found if face]


def _latin(chars: set[str]) -> set[str]:
    """Keep what a run of Latin letters may hold, if there are letters at all."""
    kept = {char for char in chars if not 0x590 <= ord(char) < 0x1000}
    return kept if any(char.isalpha() for char in kept) else set()


def _subset(theme: Theme, family: str, weight: int, *, italic: bool, chars: set[str]) -> Subset | None:
    face = _nearest(theme.faces, family, weight, italic=italic)
    if face is None or not chars:
        return None
    data = cut(face.path, frozenset(map(ord, chars)))
    name = f"{face.path.stem}.woff2"
    return Subset(family, weight, italic, data, name) if data else None


def _nearest(faces: Iterable[Face], family: str, weight: int, *, italic: bool) -> Face | None:
    """Find the face of a weight within 200 of the wanted one."""
    kin = [face for face in faces if face.family == family and face.italic == italic]
    near = min(kin, key=lambda face: abs(face.weight - weight), default=None)
    return near if near and abs(near.weight - weight) <= 200 else None
