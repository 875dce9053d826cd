"""What is typed, rewritten for Markdown: what golden cases cannot show as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from warraq.blanking import fences, prose, without_comments
from warraq.diagnostics import Place
from warraq.manuscript import Source
from warraq.reading import marks
from warraq.reading.typed import emphasis, signs
from warraq.reading.typed.lines import split
from warraq.reading.typed.markers import begins_list
from warraq.source import Span


def rewritten(text: str) -> str:
    return signs.without(marks.prepare(Source(Path("a.md"), "a.md", text=text)).text)


@pytest.mark.parametrize(
    "line", ["- x", "٧٨. x", "١- x", "1) x", "(١) x\n(٢) y", "أ. x\nب. y", "• x", "1.نص\n2.نص", "#. x", "۱۔ x", "☐ x"]
)
def test_a_mark_of_any_form_begins_a_list(line: str) -> None:
    assert begins_list(split(line), 0, after_words=False)


@pytest.mark.parametrize("line", ["-x", "1.5 كغ", "د. أحمد", "١٩٤٨ - سنة", "(١) وحدها", "أ. أحمد\nد. سالم", "#x"])
def test_what_is_no_list_to_its_author_is_none(line: str) -> None:
    assert not begins_list(split(line), 0, after_words=False)


def test_a_number_in_a_broken_line_is_no_list_unless_the_next_one_follows() -> None:
    assert rewritten("وُلد سنة\n1990. هكذا") == "وُلد سنة\n1990\\. هكذا"
    assert rewritten("هي:\n3. ثلاثة\n4. أربعة") == "هي:\n\n3. ثلاثة\n4. أربعة"


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("**نص **بعده", "**نص** بعده"),
        ("** نص** بعده", " **نص** بعده"),
        ("`**كود **` و**نص **ثم", "`**كود **` و**نص** ثم"),
        ("\\*\\*نص", "\\*\\*نص"),
        ("**أ** و**ب", "**أ** وب"),
        ("2 ** 3", "2 \\*\\* 3"),
    ],
)
def test_strong_marks_are_put_right(typed: str, mended: str) -> None:
    assert emphasis.mended(typed)[0] == mended


def test_underscores_behind_a_particle_are_stars_but_not_in_code_or_names() -> None:
    assert emphasis.underlined("و_مائل_ و`و_كود_` واسم_طويل_جدا") == "و*مائل* و`و_كود_` واسم_طويل_جدا"


def test_comments_and_code_are_blanked_without_moving_anything() -> None:
    text = "a <!-- x\ny --> b `c <!-- d -->`\n```\n%% e %%\n```\n%% f %%\n"
    bare, told = without_comments(text)
    assert len(bare) == len(prose(text)) == len(text)
    assert "x" not in bare
    assert "d -->" in bare
    assert "%% e %%" in bare
    assert told == [("%% … %%", text.index("%% f"))]
    assert "e" not in prose(text)
    assert list(fences("```\nopen")) == [(0, 8)]


def test_a_place_is_looked_for_in_the_file_that_a_text_came_from() -> None:
    spans = (Span(0, "a.md", 3), Span(4, "b.md", 10, 5), Span(9, "a.md", 4, 2))
    source = Source(Path("a.md"), "a.md", text="one\ntwo\nx end", first_line=3, spans=spans)
    assert source.place_at(1) == Place("a.md", 3, 2)
    assert source.place_at(5) == Place("b.md", 10, 6)
    assert source.place_at(8) == Place("b.md", 11, 1)
    assert source.place_at(10) == Place("a.md", 4, 3)


def test_a_sign_comes_through_and_is_taken_out() -> None:
    text = f"أ{signs.sign(signs.PLACE, 120)}ب"
    found = signs.SIGN.search(text)
    assert found
    assert (signs.kind_of(found), signs.number_of(found["number"])) == (signs.PLACE, 120)
    assert signs.without(text) == "أب"
