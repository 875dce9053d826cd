"""A book of any size, with what a scholar's book holds: the load of a benchmark.

A chapter of about 18 pages at A5 holds headings of two levels, paragraphs, about one note
a page, a table, a picture, a quotation, a list, verse, some emphasis, some English, and
references to headings of its own and of other chapters.
"""

from __future__ import annotations

from pathlib import Path

from tests.bench.words import Writer

#: Of A5, on average; chapters open on a left-hand page.
PAGES_A_CHAPTER = 18
SECTIONS = 5
PUBLICATION = """[publication]
slug = "bench"
modified = 2026-01-01T00:00:00Z

[publication.title]
ar = "{title}"

[contents]
files = [{files}]
"""
PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 180" width="300" height="180">
<rect width="300" height="180" fill="#eee9dc"/>{bars}</svg>
"""


def write_book(folder: Path, pages: int) -> list[Path]:
    """Write a publication of about so many pages; give its chapters. The same every time."""
    chapters = max(1, round(pages / PAGES_A_CHAPTER))
    (folder / "images").mkdir(parents=True, exist_ok=True)
    names = [f"chapter-{number:03}.md" for number in range(1, chapters + 1)]
    files = ", ".join(f'"{name}"' for name in names)
    title = Writer(0).words(3)
    (folder / "publication.toml").write_text(PUBLICATION.format(title=title, files=files), encoding="utf-8")
    for number, name in enumerate(names, start=1):
        (folder / name).write_text(_chapter(number, chapters), encoding="utf-8")
        (folder / "images" / f"picture-{number:03}.svg").write_text(_picture(number), encoding="utf-8")
    return [folder / name for name in names]


def _chapter(number: int, chapters: int) -> str:
    writer = Writer(number)
    blocks, notes = [f"# {writer.words(4)}"], list[str]()
    for section in range(1, SECTIONS + 1):
        blocks.append(f"## {writer.words(4)} {{#c{number}-{section}}}")
        blocks += [_paragraph(writer, notes) for _ in range(3)]
        blocks.append(_reference(writer, number, chapters))
        blocks += _feature(writer, number, section)
        blocks.append(f"### {writer.words(3)}")
        blocks += [_paragraph(writer, notes) for _ in range(2)]
    return "\n\n".join(blocks + notes) + "\n"


def _paragraph(writer: Writer, notes: list[str]) -> str:
    """Make a paragraph; one in four calls a note, which is added to the notes."""
    text = writer.paragraph()
    if writer.chance(0.3):
        text += f" *{writer.words(2)}* **{writer.word()}** {writer.sentence()}"
    if writer.chance(0.25):
        notes.append(f"[^{len(notes) + 1}]: {writer.sentence()}")
        text += f"[^{len(notes)}] {writer.sentence()}"
    return text


def _reference(writer: Writer, number: int, chapters: int) -> str:
    """Refer to a section of this chapter, and to one of another."""
    other, section = writer.random.randrange(1, chapters + 1), writer.random.randrange(1, SECTIONS + 1)
    here = f"[{writer.words(2)}](#c{number}-{section})"
    there = f"[{writer.words(2)}](chapter-{other:03}.md#c{other}-{section})" if other != number else here
    return f"{writer.sentence()} {here} {writer.words(3)} {there}. {writer.sentence()}"


def _feature(writer: Writer, number: int, section: int) -> list[str]:
    """Give what only some sections hold."""
    if section == 1:
        return [f'![{writer.words(3)}](images/picture-{number:03}.svg "{writer.words(5)}")']
    if section == 2:
        rows = [" | ".join(writer.words(2) for _ in range(4)) for _ in range(8)]
        return ["\n".join(f"| {row} |" for row in (rows[0], "--- | --- | --- | ---", *rows[1:]))]
    if section == 3:
        return ["\n".join(f"* {writer.words(8)}" for _ in range(5))]
    if section == 4:
        return [f"> {writer.paragraph()}\n>\n> — {writer.words(2)}"]
    lines = "\n".join(f"{writer.words(4)} *** {writer.words(4)}" for _ in range(6))
    return [f"~~~ verse\n{lines}\n~~~"]


def _picture(number: int) -> str:
    random = Writer(number).random
    heights = [random.randrange(20, 160) for _ in range(9)]
    bars = "".join(
        f'<rect x="{15 + 31 * index}" y="{170 - height}" width="22" height="{height}" fill="#1d4e57"/>'
        for index, height in enumerate(heights)
    )
    return PICTURE.format(bars=bars)
