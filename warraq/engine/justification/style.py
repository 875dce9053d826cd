"""How a paragraph is justified: the custom properties of CSS that say so, read once a style.

A style sheet sets them by class, as it sets a size; they are inherited:

--justification: fine | kashida | spaces | none
    Few kashidas, spaces share the work; as many as it takes; spaces alone; as WeasyPrint does.
--kashida-share: 0 … 1
    The share of what a line lacks beyond its target that kashidas take.
--kashidas-per-line: 0, 1, 2 …
    The most kashidas of a line.
--kashida-length: 0.1 … 2
    The longest stretch, in em.
--least-space: 0.6 … 1
    How narrow a space may get, in terms of its natural width.

What is not set, or set to something else than a number in these bounds, is that of the preset.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from warraq.arabic.kashida import LAST, LEAST

KEY = "__justification"


@dataclass(frozen=True, slots=True)
class Style:
    """The parameters of justification.

    `share`, `most`, `longest` and `least_space` are those of the style sheet. `target` is the
    stretch that spaces keep on a line with kashidas, `tolerance` the one up to which a line
    has none; `stretch` and `shrink` are the bounds of what reads well, 1.0 being a space more.
    A `sparing` style keeps two words without a kashida between two that have one. Places of a
    priority beyond `last` are not used (`warraq.arabic.kashida`).
    """

    share: float = 1.0
    most: int = 4
    longest: float = 0.75
    least_space: float = 0.75
    tolerance: float = 0.12
    target: float = 0.05
    stretch: float = 0.15
    shrink: float = 0.15
    sparing: bool = True
    last: int = LAST - 1


#: The presets. DigitalKhatt's and printed books' lines have one kashida or two, newspapers' many.
PRESETS = {
    "fine": Style(),
    "kashida": Style(most=6, longest=0.9, tolerance=0.05, target=0.0, sparing=False),
    "spaces": Style(most=0, stretch=0.4, shrink=0.2),
}
#: Property, field, bounds.
NUMBERS = (
    ("__kashida_share", "share", 0.0, 1.0),
    ("__kashidas_per_line", "most", 0, 20),
    ("__kashida_length", "longest", 0.1, 2.0),
    ("__least_space", "least_space", 0.6, 1.0),
)


def utmost(style: Style) -> Style:
    """Give the parameters for a line that would stay much too loose: more and longer kashidas, at lesser places."""
    return replace(style, most=style.most + 2, longest=style.longest * 1.6, last=LEAST)


def justification(style: Any) -> Style | None:
    """Give the parameters that a box's style asks for, or None for stock justification; a style keeps them."""
    known = vars(style)
    if "warraq_justification" not in known:
        known["warraq_justification"] = _read(style)
    found: Style | None = known["warraq_justification"]
    return found


def _read(style: Any) -> Style | None:
    preset = PRESETS.get(_word(style[KEY] or ()))
    if preset is None:
        return None
    read = ((name, _number(style[key] or (), *bounds)) for key, name, *bounds in NUMBERS)
    changes: dict[str, Any] = {name: value for name, value in read if value is not None}
    return replace(preset, **changes) if changes else preset


def may_stretch(box: Any) -> bool:
    """Tell whether the words of a box of text may have kashidas.

    Not text that runs from the left, nor letter-spaced text: a stroke there would be one
    letter more.
    """
    style = box.style
    if style["direction"] != "rtl" or style["letter_spacing"] != "normal":
        return False
    asked = justification(style)
    return asked is not None and asked.most > 0


def _word(tokens: Any) -> str:
    return next((token.value for token in tokens if token.type == "ident"), "")


def _number(tokens: Any, least: float, most: float) -> float | None:
    value = next((token.value for token in tokens if token.type == "number"), None)
    return value if value is not None and least <= value <= most else None
