"""The theme: which file wins, which fonts there are, and what they cannot draw."""

from __future__ import annotations

import shutil
from pathlib import Path

import jinja2
import pytest

from warraq.composition.environment import environment
from warraq.diagnostics import BookError
from warraq.publication import Publication
from warraq.settings import Settings
from warraq.theme import FONTS, TEMPLATES, Theme, open_theme
from warraq.words import words


def publication(root: Path, **theme: str) -> Publication:
    settings = Settings.model_validate({"publication": {"title": "كتاب"}, "theme": theme})
    return Publication(root.resolve(), "book", "book", settings, declared=False)


def with_files(root: Path, **files: str) -> Theme:
    for name, text in files.items():
        path = root / "theme" / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return open_theme(publication(root))


def test_our_families_are_known(tmp_path: Path) -> None:
    theme = open_theme(publication(tmp_path))
    assert theme.own is None
    assert {face.family for face in theme.faces} == {
        "Amiri", "Reem Kufi", "Crimson Text", "IBM Plex Mono", "Noto Emoji", "Noto Sans Symbols", "Noto Sans Symbols 2",
    }  # fmt: skip
    assert {(face.weight, face.italic) for face in theme.faces if face.family == "Amiri"} == {
        (400, False),
        (400, True),
        (700, False),
        (700, True),
    }
    assert theme.own_faces == ()


def test_every_family_that_is_no_font_is_reported_at_once(tmp_path: Path) -> None:
    with pytest.raises(BookError) as caught:
        open_theme(publication(tmp_path, body="Amirri", latin="Times"))
    assert [fault.code for fault in caught.value.diagnostics] == ["W303", "W303"]
    assert caught.value.diagnostics[0].help == "did you mean 'Amiri'?"
    assert "theme/fonts/" in caught.value.diagnostics[1].help


def test_a_font_of_the_publication_stands_beside_ours(tmp_path: Path) -> None:
    (tmp_path / "theme" / "fonts").mkdir(parents=True)
    shutil.copy(FONTS / "amiri" / "Amiri-Bold.ttf", tmp_path / "theme" / "fonts" / "own.TTF")
    own = open_theme(publication(tmp_path)).own_faces
    assert [(face.path.name, face.family, face.weight) for face in own] == [("own.TTF", "Amiri", 700)]


def test_a_broken_font_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "theme" / "fonts").mkdir(parents=True)
    (tmp_path / "theme" / "fonts" / "broken.otf").write_bytes(b"no font")
    with pytest.raises(BookError) as caught:
        open_theme(publication(tmp_path))
    fault = caught.value.diagnostics[0]
    assert (fault.code, str(fault.place)) == ("W304", "book/theme/fonts/broken.otf")


def test_what_no_font_draws_is_found_and_what_is_not_seen_is_not_missed(tmp_path: Path) -> None:
    theme = open_theme(publication(tmp_path))
    assert theme.undrawable("قلم pen ٣ 漢 \u200c\u2067\u00a0\ufe0f\n") == {"漢"}


def test_a_file_of_the_publication_wins_over_ours(tmp_path: Path) -> None:
    theme = with_files(tmp_path, css__custom_dot_css="p { color: red }")
    templates = environment(theme)
    assert templates.get_template("css/custom.css").render() == "p { color: red }"
    assert templates.get_template("warraq/css/custom.css").filename == str(TEMPLATES / "css" / "custom.css")


def test_text_is_escaped_in_pages_and_not_in_style_sheets(tmp_path: Path) -> None:
    theme = with_files(tmp_path, part_dot_html="{{ '<' }}", css__custom_dot_css="{{ '<' }}")
    templates = environment(theme)
    assert templates.get_template("part.html").render() == "&lt;"
    assert templates.get_template("css/custom.css").render() == "<"


def test_a_name_that_is_not_defined_is_an_error(tmp_path: Path) -> None:
    template = environment(with_files(tmp_path, part_dot_html="{{ nothing }}")).get_template("part.html")
    with pytest.raises(jinja2.UndefinedError):
        template.render()


def test_words_of_the_publication_replace_ours_one_by_one(tmp_path: Path) -> None:
    theme = with_files(tmp_path, words_dot_toml='[ar]\ncontents = "الدليل"\n')
    found = words(theme, "ar-EG")
    assert found["contents"] == "الدليل"
    assert found["part"] == "القسم"


def test_a_language_without_words_speaks_english(tmp_path: Path) -> None:
    assert words(open_theme(publication(tmp_path)), "tr")["contents"] == "Contents"
