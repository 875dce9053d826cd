"""From a Publication to its Manuscript: which files, in which order, and their text.

Files are read here and nowhere later. Every Source can tell the line and column of what
stands in it, so that whatever is found wrong afterwards points to what the author typed.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warraq import front_matter
from warraq.arabic.digits import to_int
from warraq.blanking import prose
from warraq.diagnostics import BookError, Diagnostic, Place
from warraq.document import Localized
from warraq.publication import Publication, encoding_fault

SUFFIXES = (".md", ".markdown")
COLOPHON = ("colophon", "about")
FIRST = ("index", "readme")
#: Files that tell about a folder, not to its readers.
ASIDE = ("readme", "changelog", "contributing", "license", "code_of_conduct")


@dataclass(frozen=True, slots=True)
class Source:
    r"""One file: where it is, how it is called in messages, its front matter and its text.

    `text`, with `\n` line ends, begins at line `first_line`, after the front matter `head`.
    """

    path: Path
    name: str
    front: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    first_line: int = 1
    head: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether the file is plain text rather than Markdown."""
        return self.path.suffix.lower() == ".txt"

    def place_at(self, offset: int) -> Place:
        """Give the place of the character `text[offset]`."""
        line = self.text.count("\n", 0, offset)
        return Place(self.name, self.first_line + line, offset - self.text.rfind("\n", 0, offset))

    def find(self, needle: str, nth: int = 1) -> Place | None:
        """Find the nth occurrence of a needle: in the prose, else in code, else in the front matter."""
        offset = _nth(prose(self.text), needle, nth)
        offset = offset if offset >= 0 else _nth(self.text, needle, nth)
        if offset >= 0:
            return self.place_at(offset)
        lines = self.head.split("\n")
        found = ((at, line.find(needle) + 1) for at, line in enumerate(lines, 1))
        return next((Place(self.name, at, column) for at, column in found if needle and column), None)

    def place_of(self, needle: str, nth: int = 1) -> Place:
        """Give the place of the nth occurrence of a needle, or the file alone."""
        return self.find(needle, nth) or Place(self.name)

    def place_matching(self, pattern: str, nth: int = 1) -> Place:
        """Find the nth match of a regular expression whose `^` is the start of a line."""
        for count, found in enumerate(re.finditer(pattern, self.text, re.MULTILINE), 1):
            if count == nth:
                return self.place_at(found.start("at") if "at" in found.groupdict() else found.start())
        return Place(self.name)

    def place_of_key(self, key: str) -> Place:
        """Find a key of the front matter."""
        for number, line in enumerate(self.head.split("\n"), 1):
            if found := re.match(rf"""\s*["']?{re.escape(key)}["']?\s*[:=]""", line):
                return Place(self.name, number, found.start() + 1)
        return Place(self.name)


def _nth(text: str, needle: str, nth: int) -> int:
    """Give the offset of the nth occurrence of a needle, or -1."""
    offset = -1
    for _ in range(nth if needle else 0):
        if (offset := text.find(needle, offset + 1)) < 0:
            break
    return offset


Sources = tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ManuscriptPart:
    """Sources under one title, or under none."""

    title: Localized | None
    sources: Sources


@dataclass(frozen=True, slots=True)
class Manuscript:
    """All sources of a publication in reading order."""

    front: Sources = ()
    parts: tuple[ManuscriptPart, ...] = ()
    back: Sources = ()
    colophon: Source | None = None

    @property
    def sources(self) -> Sources:
        """All sources in reading order, the colophon last."""
        body = [source for part in self.parts for source in part.sources]
        return (*self.front, *body, *self.back, *([self.colophon] if self.colophon else []))


def collect(publication: Publication) -> tuple[Manuscript, list[Diagnostic]]:
    """Read the files of a publication in the order that it declares, else in natural order.

    Faults of single files do not end the run: a missing file is left out, a file that is
    not UTF-8 is read with U+FFFD in it, so that reading can report what else is wrong.
    Raises BookError with all faults if no article is left.
    """
    collector = _Collector(publication)
    manuscript = collector.declared() if publication.declared else collector.found()
    faults = collector.faults
    if not any((manuscript.front, manuscript.parts, manuscript.back)):
        hint = "write a first article, for example hello.md, beginning with `# ` and its title"
        if not any(fault.code == "W107" for fault in faults):
            faults.append(Diagnostic("W109", "there is no article here", Place(publication.name or "."), hint))
        raise BookError(*faults)
    return manuscript, faults


class _Collector:
    """One run of `collect`: the faults so far, and the files already taken."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.faults: list[Diagnostic] = []
        self.taken: dict[Path, Place] = {}

    def declared(self) -> Manuscript:
        """Follow `[contents]`; a body that it does not list is what else is found."""
        contents = self.publication.settings.contents
        front = self._listed(contents.front, "front")
        loose = self._listed(contents.files, "files")
        titled = ((part.title, self._listed(part.files, "part", i, "files")) for i, part in enumerate(contents.part))
        parts = [ManuscriptPart(title, sources) for title, sources in titled if sources]
        back = self._listed(contents.back, "back")
        colophon = self._listed([contents.colophon], "colophon") if contents.colophon else ()
        if not contents.files and not contents.part:
            return self.found(front, back, *colophon)
        parts = [ManuscriptPart(None, loose), *parts] if loose else parts
        return Manuscript(front, tuple(parts), back, colophon[0] if colophon else None)

    def found(self, front: Sources = (), back: Sources = (), colophon: Source | None = None) -> Manuscript:
        """Take the one file, or all Markdown files of the folder in natural order."""
        if single := self.publication.single:
            return Manuscript((), (ManuscriptPart(None, (self._read(single),)),))
        paths = [path for path in natural_files(self.publication.root) if path.resolve() not in self.taken]
        sources = [source for path in paths if (source := self._found(path))]
        if self.publication.declared:
            sources = [source for source in sources if source.path.stem.lower() not in ASIDE] or sources
        if not colophon and (colophon := self._colophon(sources)):
            sources.remove(colophon)
        parts = (ManuscriptPart(None, tuple(sources)),) if sources else ()
        return Manuscript(front, parts, back, colophon)

    def _colophon(self, sources: Sequence[Source]) -> Source | None:
        """Pick `colophon.md` or `about.md` beside the articles, if there are others."""
        named = {source.path.stem.lower(): source for source in sources if source.path.parent == self.publication.root}
        return next((named[stem] for stem in COLOPHON if stem in named), None) if len(sources) > 1 else None

    def _listed(self, names: Sequence[str], *keys: str | int) -> Sources:
        place = self.publication.config_place("contents", *keys) if names else Place("")
        return tuple(source for name in names if (source := self._named(name, place)))

    def _named(self, name: str, place: Place) -> Source | None:
        """Read a file that `publication.toml` names, unless something forbids it."""
        path = (self.publication.root / name).resolve()
        if not path.is_relative_to(self.publication.root):
            self._say("W106", f"{name} leads outside the publication", place, "move the file into the folder")
        elif not path.is_file():
            self._say("W107", f"{name} is missing", place, self._near(name))
        elif path in self.taken:
            self._say("W108", f"{name} is named more than once", place, "it stands where it is named first")
        else:
            self.taken[path] = place
            return self._read(path)
        return None

    def _found(self, path: Path) -> Source | None:
        """Read a file of the folder, unless it is empty or a link that leads out."""
        shown = Place(self.publication.shown(path))
        if not path.resolve().is_relative_to(self.publication.root):
            self._say("W106", "this link leads outside the publication", shown, "put a copy of the file here")
            return None
        source = self._read(path)
        if source.text.strip():
            return source
        self._say("W216", "the file is empty and was left out", shown, "write it or delete it")
        return None

    def _read(self, path: Path) -> Source:
        shown = self.publication.shown(path)
        data = path.read_bytes()
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            self.faults.append(encoding_fault(data, error, shown))
            text = data.decode(errors="replace")
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        front = front_matter.split(text, shown)
        self.faults += [front.fault] if front.fault else []
        return Source(path, shown, front.values, text[front.length :], front.lines + 1, text[: front.length])

    def _near(self, name: str) -> str:
        """Suggest the file that was meant."""
        root = self.publication.root
        names = [path.relative_to(root).as_posix() for path in natural_files(root)]
        near = difflib.get_close_matches(name, names, 1)
        return f"did you mean {near[0]!r}?" if near else "paths are relative to publication.toml"

    def _say(self, code: str, message: str, place: Place, hint: str) -> None:
        self.faults.append(Diagnostic(code, message, place, hint))


def natural_files(root: Path) -> list[Path]:
    """List the Markdown files below a folder, as a reader would order them.

    Hidden folders, the theme and `node_modules` are passed over. Numbers in names count
    as numbers in any digits, and `index.md` or a README opens its folder.
    """
    return sorted(_markdown_below(root, root), key=lambda path: _natural(path.relative_to(root)))


def _markdown_below(folder: Path, root: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name.startswith(".") or path.name == "node_modules" or path == root / "theme":
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _markdown_below(path, root)
        elif path.suffix.lower() in SUFFIXES and path.is_file():
            yield path


def _natural(path: Path) -> list[tuple[int, list[tuple[int, int, str]]]]:
    """Make the sorting key of a path: for each name, its rank and its words and numbers."""
    return [(0 if Path(name).stem.lower() in FIRST else 1, _words(name.casefold())) for name in path.parts]


def _words(name: str) -> list[tuple[int, int, str]]:
    """Cut a name into numbers and texts, numbers first in the order."""
    pieces = re.split(r"([0-9٠-٩۰-۹]+)", name)
    return [(0, to_int(piece), "") if at % 2 else (1, 0, piece) for at, piece in enumerate(pieces) if piece]
