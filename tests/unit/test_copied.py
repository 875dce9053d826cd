"""The proof that what is copied out of a PDF is what was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from warraq.cache import Cache
from warraq.checks.copied import begin
from warraq.diagnostics import Diagnostic
from warraq.editions import Artifact, PageStart, UnitPages
from warraq.job import Means
from warraq.manuscript import collect
from warraq.publication import open_publication
from warraq.reading import read

FIRST = "عنوان\nكلمة أولى هنا وكلمة -8UTF ثم صلى الله عليه وسلم(١).\nكلمة"
SECOND = "أخرى بعدها ٧.\n١ نصّ الحاشية."
TEXT = """# عنوان

كلمة أولى هنا وكلمة UTF-8 ثم ﷺ[^1].

كلمة أخرى `code_word` بعدها ٧.

[^1]: نصّ الحاشية.
"""


@dataclass
class Proof:
    """A chapter of two pages, the second of which begins amid its second paragraph."""

    path: Path
    reads: list[list[int]] = field(default_factory=list)

    def __call__(
        self, *texts: str, first: int = 0, key: str = "", cache: Path | None = None, numbers: tuple[str, ...] = ()
    ) -> list[Diagnostic]:
        """Compare the pages of a file, of which the chapter has two from `first` on."""
        publication, _ = open_publication(self.path)
        manuscript, _ = collect(publication)
        document, _ = read(publication, manuscript)
        (chapter,) = document.chapters
        second = [element.tag for element in chapter.body.iter()].index("p", 2)
        starts = (
            PageStart("i1", "أ", chapter.id, None, 0, first),
            PageStart(f"{first + 1}", "١", chapter.id, second, len("كلمة"), first + 1),
        )
        units = (UnitPages(chapter.id, first, ((), numbers), key),)
        artifact = Artifact("screen", "one.pdf", starts=starts, units=units)

        def copy(wanted: Sequence[range]) -> Iterator[Sequence[str]]:
            self.reads += map(list, wanted)
            return iter([[texts[page] for page in pages] for pages in wanted])

        return begin(document, artifact, Means(cache=Cache(cache)), copy).faults(manuscript)


@pytest.fixture
def proof(tmp_path: Path) -> Proof:
    (tmp_path / "one.md").write_text(TEXT, "utf-8")
    return Proof(tmp_path / "one.md")


def test_nothing_is_said_where_all_words_come_back(proof: Proof) -> None:
    assert proof(FIRST, SECOND) == []


def test_a_word_that_is_copied_as_another_is_told_with_its_line_and_page(proof: Proof) -> None:
    (fault,) = proof(FIRST.replace("هنا", "ها"), SECOND)
    assert "one.md:3:11: warning[W406]: \u2068هنا\u2069 is copied from page أ of one.pdf" in str(fault)


def test_a_word_on_the_page_beside_its_own_is_found_and_one_further_away_is_not(proof: Proof) -> None:
    assert proof(f"{FIRST} أخرى", SECOND.replace("أخرى", "")) == []
    assert [fault.code for fault in proof(FIRST, SECOND.replace("أخرى", ""))] == ["W406"]


def test_what_is_on_pages_of_other_units_is_not_there(proof: Proof) -> None:
    faults = proof("أخرى الحاشية", FIRST, "بعدها ٧.\n١ نصّ.", "أخرى الحاشية", first=1)
    assert ["أخرى" in fault.message for fault in faults] == [True, False]
    assert proof.reads == [[1, 2]]


def test_a_note_may_stand_on_any_page_but_must_stand_somewhere(proof: Proof) -> None:
    assert proof(f"{FIRST}\nنصّ الحاشية", "أخرى بعدها ٧.") == []
    (fault,) = proof(f"{FIRST}\nنصّ", "أخرى بعدها ٧.")
    assert "الحاشية" in str(fault)


def test_a_page_number_is_not_taken_for_a_number_of_the_text(proof: Proof) -> None:
    lost = SECOND.replace("٧", "")
    for numbers, end in ((("٧",), "٧"), (("٧٧", "٧"), "(ص٧)\n٧٧")):
        assert proof(FIRST, f"{SECOND}\n{end}", numbers=numbers) == []
        assert [fault.message[:3] for fault in proof(FIRST, f"{lost}\n{end}", numbers=numbers)] == ["\u2068٧\u2069"]
    assert proof(FIRST, f"{lost}\n٧") == []


def test_a_verdict_is_kept_for_as_long_as_layout_and_text_are_the_same(proof: Proof, tmp_path: Path) -> None:
    cache, lost = tmp_path / "cache", SECOND.replace("أخرى", "")
    faults = proof(FIRST, lost, key="a", cache=cache)
    assert len(faults) == 1
    assert proof(key="a", cache=cache) == faults
    assert len(proof.reads) == 1
    assert proof(FIRST, SECOND, key="b", cache=cache) == []
    proof.path.write_text(TEXT.replace("هنا", "هناك"), "utf-8")
    assert len(proof(FIRST, lost, key="a", cache=cache)) == 2
    assert len(proof.reads) == 3


def test_a_kept_verdict_follows_its_pages_and_its_lines(proof: Proof, tmp_path: Path) -> None:
    cache, lost = tmp_path / "cache", SECOND.replace("أخرى", "")
    (fault,) = proof(FIRST, lost, key="a", cache=cache)
    proof.path.write_text(f"---\nseries: x\n---\n\n{TEXT}", "utf-8")
    (moved,) = proof(key="a", cache=cache, first=4)
    assert "one.md:5:6: warning[W406]: \u2068أخرى\u2069 is copied from page 1 of" in str(fault)
    assert str(moved) == str(fault).replace(":5:6:", ":9:6:").replace("page 1 ", "page 5 ")


def test_a_unit_without_a_kept_verdict_is_read(proof: Proof, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    proof(FIRST, SECOND, key="a", cache=cache)
    for path in [path for path in cache.rglob("*") if path.is_file()]:
        path.unlink()
    assert proof(FIRST, "", key="a", cache=cache) != []
    assert proof(FIRST, "", cache=cache) != []
    assert len(proof.reads) == 3
