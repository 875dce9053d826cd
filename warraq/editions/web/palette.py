"""Colours for reading on a light page, on sepia and in the dark.

The publication's own colours are kept as far as they can be read: each is moved towards
black or white until its contrast on the page is enough (WCAG 2.2, 1.4.3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warraq.editions.colours import relative_luminance

if TYPE_CHECKING:
    from warraq.settings import Theme

Colour = tuple[float, float, float]

#: Contrast of small text at AA, with a little to spare.
TEXT = 4.7
LIGHT, DARK = "#fffdf9", "#17191c"
DARK_INK = "#e6dfd3"


def palettes(tokens: Theme) -> dict[str, dict[str, str]]:
    """Give the colours of the three themes and of the cover, by their names in the style sheet."""
    return {
        "light": _palette(tokens, LIGHT, tokens.ink),
        "sepia": _palette(tokens, mixed(tokens.paper, LIGHT, 0.1), tokens.ink),
        "dark": _palette(tokens, DARK, DARK_INK),
        "cover": {"second": readable(tokens.second, tokens.paper, TEXT)},
    }


def _palette(tokens: Theme, page: str, ink: str) -> dict[str, str]:
    panel = mixed(page, ink, 0.05)
    ink = readable(ink, panel, 9)
    accent = readable(tokens.accent, panel, TEXT + 1)
    return {
        "page": page,
        "panel": panel,
        "line": mixed(page, ink, 0.18),
        "ink": ink,
        "quiet": readable(mixed(ink, page, 0.35), panel, TEXT),
        "accent": accent,
        "second": readable(tokens.second, panel, TEXT),
        "hit": mixed(page, "#f5b800", 0.45 if luminance(page) > 0.5 else 0.32),
    }


def readable(colour: str, page: str, ratio: float) -> str:
    """Move a colour away from the page's until their contrast is at least `ratio`."""
    goal = "#000000" if luminance(page) > 0.18 else "#ffffff"
    for step in range(21):
        moved = mixed(colour, goal, step / 20)
        if contrast(moved, page) >= ratio:
            return moved
    return goal


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours as WCAG 2 counts it: 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour (WCAG 2.2, definitions)."""
    return relative_luminance(*_rgb(colour))


def mixed(colour: str, other: str, share: float) -> str:
    """Mix a share of another colour into one."""
    pairs = zip(_rgb(colour), _rgb(other), strict=True)
    return "#" + "".join(f"{round(255 * (a * (1 - share) + b * share)):02x}" for a, b in pairs)


def _rgb(colour: str) -> Colour:
    """Read a colour of any form that `publication.toml` takes."""
    from PIL import ImageColor  # noqa: PLC0415 - comes with WeasyPrint, loaded where needed

    try:
        red, green, blue = ImageColor.getrgb(colour)[:3]
    except ValueError:
        red = green = blue = 0  # device-cmyk(): black, which is made readable
    return red / 255, green / 255, blue / 255
