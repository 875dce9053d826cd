"""Two small grey pictures compared as an eye would, and a page that shows how they differ."""

from __future__ import annotations

import base64
import html
import io
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat

#: A blur of this radius (px) takes away what rasterisers do differently at edges.
BLUR = 0.8
#: A difference from this grey on (of 255) is strong: a stroke where none should be.
STRONG = 72
#: What is let pass: mean and strong differences, as shares of the expected picture's ink.
#: Text moved by 0.3 px (another Pango) gives 0.2 and 0; by 1 px, 0.5 and 0.2.
MEAN_LIMIT, STRONG_LIMIT = 0.3, 0.01

STYLE = """body { font: 15px/1.5 system-ui, sans-serif; margin: 2em; background: #eee; color: #222 }
section { background: white; padding: 1em 1.5em; margin-bottom: 1.5em }
h2 { margin: 0; font-size: 1.1em } div { display: flex; flex-wrap: wrap; gap: 1em }
figure { margin: 0 } img { border: 1px solid #bbb; max-width: 100% } figcaption { color: #666 }"""
HEAD = """<h1>Visual differences</h1>
<p>Blue is ink that is new, red is ink that is gone. If the new pages are right: <code>WARRAQ_BLESS=1</code>.</p>"""


@dataclass(frozen=True, slots=True)
class Difference:
    """How far two pictures are from each other; `why` is empty if they count as the same."""

    mean: float
    strong: float
    why: str = ""


@dataclass(slots=True)
class Report:
    """A page of HTML with every difference found so far in a run."""

    path: Path
    sections: list[str] = field(default_factory=list)

    def add(self, name: str, expected: Image.Image, got: Image.Image, found: Difference) -> None:
        """Show a difference on the page, and write the page anew."""
        columns = {"expected": expected, "got": got, "difference": overlay(expected, got)}
        figures = "".join(_figure(image, word) for word, image in columns.items())
        words = f"<h2>{html.escape(name)}</h2><p>{html.escape(found.why)}</p>"
        self.sections.append(f"<section>{words}<div>{figures}</div></section>")
        page = f"<!DOCTYPE html><meta charset=utf-8><title>Visual differences</title><style>{STYLE}</style>"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text("\n".join([page, HEAD, *self.sections]), "utf-8")


def compare(expected: Image.Image, got: Image.Image) -> Difference:
    """Compare two grey pictures, dark on light."""
    if expected.size != got.size:
        return Difference(1, 1, f"the size is {got.size}, not {expected.size}")
    one, other = (image.filter(ImageFilter.GaussianBlur(BLUR)) for image in (expected, got))
    apart = ImageChops.difference(one, other)
    ink = max(1.0, ImageStat.Stat(ImageOps.invert(one)).sum[0])
    mean = ImageStat.Stat(apart).sum[0] / ink
    strong = 255 * sum(apart.histogram()[STRONG:]) / ink
    if mean <= MEAN_LIMIT and strong <= STRONG_LIMIT:
        return Difference(mean, strong)
    limits = f"limits {MEAN_LIMIT:.0%} and {STRONG_LIMIT:.0%}"
    return Difference(mean, strong, f"{mean:.1%} of the ink differs, {strong:.1%} strongly ({limits})")


def overlay(expected: Image.Image, got: Image.Image) -> Image.Image:
    """Draw two pictures over each other: new ink blue, gone ink red, the same ink grey."""
    if expected.size != got.size:
        size = (max(expected.width, got.width), max(expected.height, got.height))
        expected, got = (ImageOps.pad(image, size, color=255, centering=(0, 0)) for image in (expected, got))
    return Image.merge("RGB", (got, ImageChops.darker(expected, got), expected))


def _figure(image: Image.Image, caption: str) -> str:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    data = base64.b64encode(buffer.getvalue()).decode()
    return f'<figure><img src="data:image/png;base64,{data}"><figcaption>{caption}</figcaption></figure>'
