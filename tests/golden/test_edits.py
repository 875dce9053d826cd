"""Reading again after an edit: what is kept of the last reading shows nowhere in the next."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from tests.golden.test_reading import CASES
from warraq.cache import Cache
from warraq.manuscript import collect
from warraq.publication import open_publication
from warraq.reading import read

#: Cases whose chapters look at each other.
USED = (
    *("cross-references", "index", "notes", "repeated-ids", "links", "poems"),
    *("figures-and-tables", "html-of-all-kinds", "single-english"),
)
SETTINGS = """
[publication]
title = "كتاب"
[notes]
numbering = "book"
[verse]
numbers = 2
[figures]
list = true
[[index]]
name = "names"
"""
LISTS = "# قوائم\n\n::: first-lines\n:::\n\n::: rhymes\n:::\n\n::: abbreviations\n:::\n\n::: contributors\n:::\n"
#: What other chapters can see: ids, notes, pictures, links, terms, verse, short forms.
PARAGRAPHS = (
    "## عنوان جديد",
    "## عنوان جديد {#made}",
    "# عنوان آخر للفصل",
    "نص[^جديدة] وحاشية.\n\n[^جديدة]: نص الحاشية.",
    "نص[^ed:1] وحاشية المحقق.\n\n[^ed:1]: نص الحاشية.",
    "![صورة](a.svg){#made}",
    "![صورة أخرى](a.svg)",
    "انظر [](#made) و[](#fig-board){.page} و[[one]] و[غيره](links-a.md#جديد).",
    '[الورق]{.index} و[البردي]{.index in=names} و[]{.index term="الرق" see="الورق"}',
    "```verse\nقفا نبك من ذكرى حبيب ومنزل *** بسقط اللوى بين الدخول فحومل\n```",
    "كتب ق.م.\n\n*[ق.م.]: قبل الميلاد",
    "$$ x^2 $$ {#eq-made}",
)
Edit = Callable[[random.Random, list[str]], None]


def _added(chance: random.Random, paragraphs: list[str]) -> None:
    paragraphs.insert(chance.randrange(1, len(paragraphs) + 1), chance.choice(PARAGRAPHS))


def _taken_out(chance: random.Random, paragraphs: list[str]) -> None:
    paragraphs.pop(chance.randrange(len(paragraphs)))


def _swapped(chance: random.Random, paragraphs: list[str]) -> None:
    paragraphs.append(paragraphs.pop(chance.randrange(len(paragraphs))))


def _reworded(chance: random.Random, paragraphs: list[str]) -> None:
    at = chance.randrange(len(paragraphs))
    paragraphs[at] = paragraphs[at].replace(" ", " كلمة ", 1)


def _named(chance: random.Random, paragraphs: list[str]) -> None:
    paragraphs[0] = f"---\nid: made-{chance.randrange(3)}\n---\n\n# العنوان"


EDITS: tuple[Edit, ...] = (_added, _added, _named, _taken_out, _swapped, _reworded)


def _book(root: Path) -> Path:
    root.mkdir()
    (root / "publication.toml").write_text(SETTINGS, "utf-8")
    (root / "a.svg").write_bytes((CASES / "cross-references" / "in" / "a.svg").read_bytes())
    (root / "zz.md").write_text(LISTS, "utf-8")
    for case in USED:
        for path in (CASES / case / "in").glob("*.md"):
            (root / f"{case}-{path.name}").write_text(path.read_text("utf-8"), "utf-8")
    return root


def _read(root: Path, cache: Cache | None) -> Any:
    publication, _ = open_publication(root)
    manuscript, collected = collect(publication)
    document, found = read(publication, manuscript, cache)
    return _plain(document), [*map(str, (*collected, *found))]


def _plain(value: Any) -> Any:
    """Write a value in full, with trees as HTML, but for the keys by which it is kept."""
    if isinstance(value, ET.Element):
        return ET.tostring(value, encoding="unicode")
    if dataclasses.is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in dataclasses.fields(value) if field.name != "key"]
    return [*map(_plain, value)] if isinstance(value, (list, tuple)) else repr(value)


def test_random_edits_read_as_if_nothing_had_been_read_before(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311 - no secret
    root = _book(tmp_path / "book")
    chapters = sorted(root.glob("*.md"))
    _read(root, Cache(tmp_path / "kept"))
    for _ in range(20):
        path = chance.choice(chapters)
        paragraphs = path.read_text("utf-8").split("\n\n")
        for _ in range(2):
            chance.choice(EDITS)(chance, paragraphs)
        path.write_text("\n\n".join(paragraphs), "utf-8")
        assert _read(root, Cache(tmp_path / "kept")) == _read(root, None)


def test_what_an_edit_does_not_touch_is_not_made_again(tmp_path: Path) -> None:
    root = _book(tmp_path / "book")
    _read(root, Cache(tmp_path / "kept"))
    path = root / "notes-article.md"
    path.write_text(f"{path.read_text('utf-8')}\nسطر آخر.\n", "utf-8")
    cache = Cache(tmp_path / "kept")
    _read(root, cache)
    assert cache.missed == 2  # the chapter's source, and the chapter


def test_a_name_alone_is_a_change(tmp_path: Path) -> None:
    root = _book(tmp_path / "book")
    for name in ("first", "second"):
        (root / "bare.md").write_text(f"---\nid: {name}\n---\n\n# عنوان\n\nسطر.\n", "utf-8")
        assert _read(root, Cache(tmp_path / "kept")) == _read(root, None)
