"""Colours for pages that a reader may turn dark."""

from __future__ import annotations

import colorsys
import re

_HEX = re.compile(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")
#: The relative luminance whose contrast is 4.5:1 or more on white and on black (WCAG 2.2 §1.4.3).
MIDDLE = 0.179


def both_ways(colour: str) -> str:
    """Give the tone of a colour that can be read on white and on black paper alike.

    A colour that is not written as #rrggbb becomes `inherit`.
    """
    found = _HEX.fullmatch(colour)
    if not found:
        return "inherit"
    hue, _, saturation = colorsys.rgb_to_hls(*(int(part, 16) / 255 for part in found.groups()))
    low, high = 0.0, 1.0
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if _luminance(_rgb(hue, middle, saturation)) < MIDDLE else (low, middle)
    return "#" + "".join(f"{part:02x}" for part in _rgb(hue, low, saturation))


def _rgb(hue: float, lightness: float, saturation: float) -> tuple[int, ...]:
    return tuple(round(part * 255) for part in colorsys.hls_to_rgb(hue, lightness, saturation))


def _luminance(colour: tuple[int, ...]) -> float:
    red, green, blue = (part / 255 for part in colour)
    return relative_luminance(red, green, blue)


def relative_luminance(red: float, green: float, blue: float) -> float:
    """Work out how light a colour is, its parts from 0 to 1 (WCAG 2.2, "relative luminance")."""
    parts = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue))
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
