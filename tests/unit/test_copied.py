"""The proof that what is copied out of a PDF is what was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from warraq.checks.copied import Sheet, check
from warraq.diagnostics import Diagnostic
from warraq.editions import Artifact, PageStart
from warraq.manuscript import collect
from warraq.publication import open_publication
from warraq.reading import read

Proof = Callable[..., list[Diagnostic]]
TEXT = """# عنوان

كلمة أولى هنا وكلمة UTF-8 ثم ﷺ[^1].

كلمة أخرى `code_word` بعدها.

[^1]: نصّ الحاشية.
"""


@pytest.fixture
def proof(tmp_path: Path) -> Proof:
    (tmp_path / "one.md").write_text(TEXT, "utf-8")

    def proof(*texts: str) -> list[Diagnostic]:
        publication, _ = open_publication(tmp_path / "one.md")
        manuscript, _ = collect(publication)
        document, _ = read(publication, manuscript)
        (chapter,) = document.chapters
        numbers = {element.tag: number for number, element in enumerate(chapter.body.iter())}
        starts = (
            PageStart("i1", "أ", chapter.id, None, 0),
            PageStart("1", "١", chapter.id, numbers["p"], len("كلمة")),
        )
        artifact = Artifact("screen", "one.pdf", starts=starts)
        return check(manuscript, document, artifact, [Sheet(*page) for page in zip("أ1", texts, strict=True)])

    return proof


def test_nothing_is_said_where_all_words_come_back(proof: Proof) -> None:
    first = "عنوان\nكلمة أولى هنا وكلمة -8UTF ثم صلى الله عليه وسلم(١).\nكلمة"
    assert proof(first, "أخرى بعدها.\n١ نصّ الحاشية.") == []


def test_a_word_that_is_copied_as_another_is_told_with_its_line_and_page(proof: Proof) -> None:
    first = "عنوان\nكلمة أولى ها وكلمة -8UTF ثم صلى الله عليه وسلم(١).\nكلمة"
    (fault,) = proof(first, "أخرى بعدها.\n١ نصّ الحاشية.")
    assert "one.md:3:11: warning[W406]: \u2068هنا\u2069 is copied from page أ of one.pdf" in str(fault)


def test_a_word_on_the_page_beside_its_own_is_found_and_one_further_away_is_not(proof: Proof) -> None:
    first = "عنوان\nكلمة أولى هنا وكلمة -8UTF ثم صلى الله عليه وسلم(١).\nكلمة أخرى"
    assert proof(first, "بعدها.\n١ نصّ الحاشية.") == []
    assert [fault.code for fault in proof(first.replace("أخرى", ""), "بعدها.\n١ نصّ الحاشية.")] == ["W406"]


def test_a_note_may_stand_on_any_page_but_must_stand_somewhere(proof: Proof) -> None:
    first = "عنوان\nكلمة أولى هنا وكلمة -8UTF ثم صلى الله عليه وسلم(١).\nكلمة\nنصّ الحاشية"
    assert proof(first, "أخرى بعدها.") == []
    (fault,) = proof(first.replace("الحاشية", ""), "أخرى بعدها.")
    assert "الحاشية" in str(fault)
