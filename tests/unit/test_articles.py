"""Chapters set before: the cache gives what the templates would."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.golden.test_reading import CASES
from warraq.cache import Cache
from warraq.composition import Composition, compose
from warraq.manuscript import collect
from warraq.publication import open_publication
from warraq.reading import read
from warraq.theme import open_theme

TITLE = '[publication]\ntitle = "كتاب"\n'


def _book(root: Path) -> Path:
    root.mkdir()
    for case in ("mathematics", "figures-and-tables", "notes"):
        shutil.copytree(CASES / case / "in", root, dirs_exist_ok=True)
        (root / "article.md").rename(root / f"{case}.md")
    return root


def _composed(root: Path, cache: Cache | None, edition: str = "screen") -> tuple[Composition, int]:
    publication, _ = open_publication(root, cache)
    manuscript, _ = collect(publication)
    document, _ = read(publication, manuscript, cache)
    theme = open_theme(publication, cache)
    before = cache.missed if cache else 0
    return compose(document, theme, edition), (cache.missed if cache else 0) - before


def test_what_the_cache_gives_is_what_the_templates_make(tmp_path: Path) -> None:
    root = _book(tmp_path / "book")
    settings = (
        '[contents]\nfiles = ["notes.md", "mathematics.md", "figures-and-tables.md"]',
        '[contents]\nfiles = ["mathematics.md", "notes.md", "figures-and-tables.md"]',
        '[notes]\nplace = "chapter"\n[output.screen]\npage = "A6"',
        '[notes]\nplace = "book"\n[theme]\nink = "#000000"',
    )
    for said in settings:
        (root / "publication.toml").write_text(f"{TITLE}{said}\n", "utf-8")
        for edition in ("screen", "print"):
            plain, _ = _composed(root, None, edition)
            assert _composed(root, Cache(tmp_path / "kept"), edition)[0] == plain
            assert _composed(root, Cache(tmp_path / "kept"), edition) == (plain, 0)


def test_templates_of_the_publication_are_asked_each_time(tmp_path: Path) -> None:
    root = _book(tmp_path / "book")
    (root / "theme").mkdir()
    template = '<section id="{{ chapter.id }}">{{ document.chapters[-1].title.values() | join }}</section>'
    (root / "theme" / "article.html").write_text(template, "utf-8")
    (root / "publication.toml").write_text(TITLE, "utf-8")
    _composed(root, Cache(tmp_path / "kept"))
    (root / "zz.md").write_text("# آخر الكتاب\n\nسطر.\n", "utf-8")
    composition, _ = _composed(root, Cache(tmp_path / "kept"))
    assert sum("آخر الكتاب" in unit.html for unit in composition.units if "<section id=" in unit.html) >= 3


def test_what_a_template_writes_of_its_own_follows_the_settings(tmp_path: Path) -> None:
    root = _book(tmp_path / "book")
    (root / "theme").mkdir()
    (root / "theme" / "article.html").write_text('<section id="{{ chapter.id }}">{{ 3 | number }}</section>', "utf-8")
    for numerals, three in (("arab", "٣"), ("latn", "3")):
        (root / "publication.toml").write_text(f'{TITLE}numerals = "{numerals}"\n', "utf-8")
        for cache in (Cache(tmp_path / "kept"), None):
            composition, _ = _composed(root, cache)
            assert f">{three}</section>" in composition.units[-2].html, (numerals, cache)
