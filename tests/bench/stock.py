"""What Warraq is measured against: its own composed HTML, printed by WeasyPrint or Chromium alone.

python -m tests.bench.stock compose BOOK PAGE.html    not measured
python -m tests.bench.stock print PAGE.html OUT.pdf   WeasyPrint as it comes, one `write_pdf`
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from warraq.theme import FONTS

#: WeasyPrint's own way to the numbers that the press fills in.
NUMBERS = ".page-ref::after { content: target-counter(attr(href), page, warraq-digits) }"
os.environ["FONTCONFIG_FILE"] = str(FONTS / "fonts.conf")


def compose_page(book: Path, page: Path) -> None:
    """Write a book as one HTML file with its style sheets inside."""
    from warraq import composition, manuscript, reading  # noqa: PLC0415 - printing must not load them
    from warraq.publication import open_publication  # noqa: PLC0415
    from warraq.theme import open_theme  # noqa: PLC0415

    publication, _ = open_publication(book)
    pages, _ = manuscript.collect(publication)
    document, _ = reading.read(publication, pages)
    composed = composition.compose(document, open_theme(publication), "screen")
    styles = "".join(f"<style>{css}</style>" for css in (*(sheet.css for sheet in composed.sheets), NUMBERS))
    html = composed.document(*(unit.html for unit in composed.units))
    page.write_text(html.replace("</head>", f"{styles}</head>", 1), encoding="utf-8")


def print_page(page: Path, out: Path) -> None:
    """Print an HTML file as a tagged PDF with WeasyPrint, without a patch of ours."""
    import weasyprint  # noqa: PLC0415 - composing must not load it

    weasyprint.HTML(page).write_pdf(out, pdf_tags=True, presentational_hints=True)


if __name__ == "__main__":
    command, *paths = sys.argv[1:]
    {"compose": compose_page, "print": print_page}[command](*map(Path, paths))
