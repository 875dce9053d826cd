"""No word is lost between a manuscript and its Document."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import accounting
from tests.support import BOOKS
from warraq.manuscript import collect
from warraq.publication import open_publication
from warraq.reading import read

ROOT = BOOKS.parent.parent
#: The word that makes a caption of a paragraph, and is printed by the theme.
CAPTION = {"جدول"}


#: Manuscripts in the forms of many programs, which the tests of reading keep.
FORMS = ("folders", "form-classic", "form-openiti", "form-persian", "lists", "site-docusaurus", "summary")
PATHS = [
    ROOT / "book",
    *(BOOKS / name for name in ("essay", "plain", "raw", "themed")),
    *(ROOT / "tests/golden/reading" / name / "in" for name in FORMS),
]


@pytest.mark.parametrize("path", PATHS)
def test_every_word_of_a_book_is_in_its_document(path: Path) -> None:
    publication, _ = open_publication(path)
    manuscript, _ = collect(publication)
    document, _ = read(publication, manuscript)
    assert sum(accounting.typed(source).total() for source in manuscript.sources) > 10
    assert set(accounting.lost(manuscript, document)) <= CAPTION


def test_a_word_that_is_lost_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# عنوان\n\nنص قصير.\n", "utf-8")
    publication, _ = open_publication(path)
    manuscript, _ = collect(publication)
    document, _ = read(publication, manuscript)
    document.chapters[0].body[0].text = "نص."
    assert accounting.lost(manuscript, document) == {"قصير": 1}
