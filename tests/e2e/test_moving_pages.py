"""Page numbers in the text that move: the bytes of a cold build, without laying out anew what only cites."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pikepdf
import pytest

from tests.support import warraq
from warraq import manuscript, reading
from warraq.arabic.digits import to_digits
from warraq.composition import compose
from warraq.engine import layout, press, readback, references
from warraq.engine.jobs import Job
from warraq.engine.record import Record
from warraq.publication import open_publication
from warraq.theme import open_theme

PROPORTIONAL = ".page-ref { font-family: 'Crimson Text' }"


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give a list of the units that are laid out, as they are."""
    units: list[str] = []
    lay_out = layout.lay_out

    def noted(job: Job) -> object:
        units.append(job.unit)
        return lay_out(job)

    monkeypatch.setattr(layout, "lay_out", noted)
    return units


@pytest.fixture(params=["arab", "latn"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Give a publication whose first chapter cites the last one, and whose paragraphs are a page each.

    Numbers in bold type are hidden, so that they are not copied (W406).
    """
    root = tmp_path / "book"
    (root / "theme" / "css").mkdir(parents=True)
    style = "strong { display: none } .chapter-body p { break-after: page }"
    style += PROPORTIONAL if request.param == "latn" else ""
    (root / "theme" / "css" / "custom.css").write_text(style, "utf-8")
    settings = f'[publication]\nnumerals = "{request.param}"\n[publication.title]\nar = "كتاب"\n'
    (root / "publication.toml").write_text(settings, "utf-8")
    first = "# الأول\n\nانظر [](#last){.page} و[آخر الكتاب](#last){.page} **١١ ١٣ 11 13**.\n"
    (root / "1.md").write_text(first, "utf-8")
    (root / "3.md").write_text("# الآخر {#last}\n\nنص.\n", "utf-8")
    grow(root, 5)
    return root


def grow(book: Path, pages: int) -> None:
    """Let the second chapter have so many pages."""
    (book / "2.md").write_text("# الثاني\n" + "\nفقرة.\n" * pages, "utf-8")


def texts(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Give the texts of the elements of the structure tree."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/ActualText" in thing:
            yield str(thing.ActualText)


def lost(said: str) -> list[str]:
    """Give the words that are said not to be copied."""
    return sorted(re.findall("W406\\]: \u2068(.*)\u2069", said))


def page_of_last(pdf: pikepdf.Pdf) -> int:
    """Give the number of the page that the last chapter begins on."""
    names = list(pdf.Root.Names.Dests.Names)
    places = {str(name): place for name, place in zip(names[::2], names[1::2], strict=True)}
    index = next(at for at, page in enumerate(pdf.pages) if page.objgen == places["last"][0].objgen)
    return references.page_number(index, int(pdf.Root.PageLabels.Nums[-2]))


def test_what_cites_a_page_that_moves_is_as_in_a_cold_build(book: Path, tmp_path: Path, laid_out: list[str]) -> None:
    numerals = "latn" if "latn" in (book / "publication.toml").read_text("utf-8") else "arab"
    again: list[tuple[int, list[str]]] = []
    for pages in (5, 7, 9, 91, 93, 99):
        grow(book, pages)
        laid_out.clear()
        kept = warraq(book, "-o", tmp_path / "kept", "--cache", tmp_path / "cache", "--only", "screen", "--jobs", "1")
        units = list(laid_out)
        cold = warraq(book, "-o", tmp_path / "cold", "--no-cache", "--only", "screen", "--jobs", "1")
        assert (kept.code, cold.code) == (0, 0), kept.err
        assert lost(kept.err) == lost(cold.err)
        assert lost(kept.err) == ["11", "13", "١١", "١٣"] or numerals == "latn"
        data = (tmp_path / "kept" / "book.pdf").read_bytes()
        assert data == (tmp_path / "cold" / "book.pdf").read_bytes()
        with pikepdf.open(io.BytesIO(data)) as pdf:
            last = page_of_last(pdf)
            number = to_digits(last, numerals)
            assert sum(number in text for text in texts(pdf)) >= 2 or numerals == "latn"
        assert sum(number in page for page in readback.pages(data)) >= 2
        again.append((last, units))
    assert [last for last, _ in again] == [9, 11, 13, 95, 97, 103]
    moved = {last: set(units) for last, units in again}
    if numerals == "arab":
        assert again[0][1].count("contents") == 1, "their own page number is known before"
        assert moved[13] == moved[97] == {"2"}
    assert moved[11] >= {"1", "contents"}
    assert "contents" in moved[103]


@pytest.mark.parametrize("known", [1, 3])
def test_contents_set_with_numbers_that_were_guessed_are_as_if_they_had_waited(
    book: Path, laid_out: list[str], known: int
) -> None:
    grow(book, 93)
    publication, _ = open_publication(book)
    pages, _ = manuscript.collect(publication)
    document, _ = reading.read(publication, pages)
    composition = compose(document, open_theme(publication), "screen")

    def impatient(jobs: Sequence[Job], more: Callable[[], Sequence[Job]]) -> Iterator[tuple[int, Record]]:
        """Do the shortest jobs first, and ask for more when so many are known."""
        order = sorted(range(len(jobs)), key=lambda index: len(jobs[index].html))
        for done, index in enumerate(order):
            yield index, layout.lay_out(jobs[index])
            if done == known:
                yield from ((len(jobs) + at, layout.lay_out(job)) for at, job in enumerate(more()))

    guessed = press.run(composition, publication, lambda _pages: None, impatient)
    times = laid_out.count("contents")
    laid_out.clear()
    waited = press.run(composition, publication, lambda _pages: None)
    assert guessed.data == waited.data
    assert times > laid_out.count("contents") > 0
