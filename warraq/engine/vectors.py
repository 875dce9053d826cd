"""Vector pictures that a document draws again and again: the rule above notes, signs of wrapped lines.

WeasyPrint 70 reads a picture's tree anew each time that it is drawn (`images.SVGImage.draw`; no
upstream issue is known). Here what it drew is kept with the picture, and repeated where the
stream is in the same state and the picture is of the same size. Only plain paths are: whatever
asks for resources of its page, but for opacities, or for fonts, is drawn as ever.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from weasyprint import images

from warraq.engine.cited import STATE
from warraq.engine.folios import operand
from warraq.engine.guard import wrap

DRAW = "bf38036046fc040b"
#: Operators of paths, with an opacity where one is set, in a state of its own (ISO 32000-1 §8.4.4, §8.5).
_PLAIN = re.compile(
    rb"q\n(?:(?:/[aA][\d.]+ gs|[][\d. -]*(?:q|Q|cm|w|J|j|M|d|m|l|c|v|y|h|re|S|s|f\*?|B\*?|b\*?|n|W\*?|rg|RG))\n)*Q"
)
_OPACITY = re.compile(rb"/([aA][\d.]+) gs")


class _Drawn(NamedTuple):
    """What was drawn, the opacities that it names, and the state after it."""

    content: tuple[Any, ...]
    opacities: dict[str, Any]
    state: tuple[Any, ...]


def mend() -> list[str]:
    """Wrap the function, once; give its name if it is not the one we know."""
    return wrap(images.SVGImage, "draw", DRAW, _repeated)


def _repeated(stock: Any) -> Any:
    def draw(self: Any, stream: Any, concrete_width: float, concrete_height: float, style: Any) -> None:
        kept: dict[Any, _Drawn | None] = vars(self).setdefault("warraq_drawn", {})
        key = concrete_width, concrete_height, _state(stream)
        if drawn := kept.get(key):
            stream.stream += drawn.content
            stream._resources["ExtGState"].update(drawn.opacities)  # noqa: SLF001 - there is no public way to them
            vars(stream).update(zip(STATE, drawn.state, strict=True))
            return
        start, depth = len(stream.stream), len(stream._ctm_stack)  # noqa: SLF001
        stock(self, stream, concrete_width, concrete_height, style)
        if key not in kept:
            is_whole = len(stream._ctm_stack) == depth  # noqa: SLF001
            kept[key] = _drawn(stream, stream.stream[start:]) if is_whole else None

    return draw


def _state(stream: Any) -> tuple[Any, ...]:
    return tuple([getattr(stream, name) for name in STATE])


def _drawn(stream: Any, content: list[Any]) -> _Drawn | None:
    """Take down what was drawn, if it can be repeated."""
    data = b"\n".join(map(operand, content))
    if not _PLAIN.fullmatch(data):
        return None
    known = stream._resources["ExtGState"]  # noqa: SLF001 - there is no public way to them
    opacities = {name: known[name] for name in (found.decode() for found in _OPACITY.findall(data))}
    return _Drawn(tuple(content), opacities, _state(stream))
