"""From a Publication to its Manuscript: which files, in which order, and their text.

Files are read here and nowhere later. Every Source can tell the line and column of what
stands in it, so that whatever is found wrong afterwards points to what the author typed.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from warraq import front_matter, includes, summary
from warraq.blanking import without_comments
from warraq.diagnostics import BookError, Diagnostic, Place
from warraq.document import Localized
from warraq.folders import FIRST, groups, natural_files, title_of_folder, titled_by
from warraq.localized import by_language
from warraq.publication import Publication, encoding_fault
from warraq.source import Source

__all__ = ["Manuscript", "ManuscriptPart", "Source", "collect", "natural_files"]

COLOPHON = ("colophon", "about")
#: Files that tell about a folder, not to its readers.
ASIDE = ("readme", "changelog", "contributing", "license", "code_of_conduct", "security", "summary")


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
        self.notes: dict[str, Path] | None = None

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
        """Take the one file, or follow `SUMMARY.md`, or take all Markdown files in natural order."""
        if single := self.publication.single:
            return Manuscript((), (ManuscriptPart(None, (self._read(single),)),))
        if listed := summary.find(self.publication.root):
            return self._summarized(listed, front, back, colophon)
        paths = [path for path in natural_files(self.publication.root) if path.resolve() not in self.taken]
        sources = [source for path in paths if (source := self._found(path))]
        if self.publication.declared:
            sources = [source for source in sources if source.path.stem.lower() not in ASIDE] or sources
        if not colophon and (colophon := self._colophon(sources)):
            sources.remove(colophon)
        return Manuscript(front, self._parts(sources), back, colophon)

    def _parts(self, sources: Sequence[Source]) -> tuple[ManuscriptPart, ...]:
        """Make parts of sub-folders, if there are several: titled by their index, else their name."""
        by_path = {source.path: source for source in sources}
        found = groups(self.publication.root, list(by_path))
        if len({folder for folder, _ in found if folder}) < 2:
            kept = tuple(filter(_says_something, sources)) or tuple(sources)
            return (ManuscriptPart(None, kept),) if kept else ()
        return tuple(self._part(folder, [by_path[path] for path in files]) for folder, files in found)

    def _part(self, folder: Path | None, sources: list[Source]) -> ManuscriptPart:
        """Title a part; an index that says nothing but the title is no chapter."""
        if folder is None:
            return ManuscriptPart(None, tuple(sources))
        index = sources[0] if sources[0].path.parent == folder and sources[0].path.stem.lower() in FIRST else None
        title, is_bare = titled_by(index.front, index.text) if index else ("", False)
        kept = sources[1:] if is_bare and len(sources) > 1 else sources
        return ManuscriptPart(by_language(title or title_of_folder(folder)), tuple(kept))

    def _summarized(
        self, listed: summary.Summary, front: Sources, back: Sources, colophon: Source | None
    ) -> Manuscript:
        """Follow the order and the parts of a `SUMMARY.md`."""
        parts = [(title, self._entries(listed, entries)) for title, entries in listed.parts]
        front = (*front, *self._entries(listed, listed.front))
        back = (*self._entries(listed, listed.back), *back)
        kept = (ManuscriptPart(by_language(title) if title else None, sources) for title, sources in parts if sources)
        return Manuscript(front, tuple(kept), back, colophon)

    def _entries(self, listed: summary.Summary, entries: Sequence[summary.Entry]) -> Sources:
        shown = self.publication.shown(listed.path)
        named = ((entry, self._named(entry.path, Place(shown, entry.line, 1), entry.path.name)) for entry in entries)
        return tuple(replace(source, titled=entry.title) for entry, source in named if source)

    def _colophon(self, sources: Sequence[Source]) -> Source | None:
        """Pick `colophon.md` or `about.md` beside the articles, if there are others."""
        named = {source.path.stem.lower(): source for source in sources if source.path.parent == self.publication.root}
        return next((named[stem] for stem in COLOPHON if stem in named), None) if len(sources) > 1 else None

    def _listed(self, names: Sequence[str], *keys: str | int) -> Sources:
        place = self.publication.config_place("contents", *keys) if names else Place("")
        root = self.publication.root
        return tuple(source for name in names if (source := self._named((root / name).resolve(), place, name)))

    def _named(self, path: Path, place: Place, name: str) -> Source | None:
        """Read a file that `publication.toml` or a summary names, unless something forbids it."""
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
        if _says_something(source) or (path.stem.lower() in FIRST and "title" in source.front):
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
        source = Source(path, shown, front.values, text[front.length :], front.lines + 1, text[: front.length])
        source, faults = includes.expanded(source, self.publication, self._note)
        self.faults += faults
        return source

    def _note(self, name: str) -> Path | None:
        """Find a note by its name alone, as Obsidian does, wherever it stands."""
        if self.notes is None:
            self.notes = {}
            for path in natural_files(self.publication.root):
                self.notes.setdefault(path.stem, path)
        return self.notes.get(name.removesuffix(".md").rpartition("/")[2])

    def _near(self, name: str) -> str:
        """Suggest the file that was meant."""
        root = self.publication.root
        names = [path.relative_to(root).as_posix() for path in natural_files(root)]
        near = difflib.get_close_matches(name, names, 1)
        return f"did you mean {near[0]!r}?" if near else "paths are relative to publication.toml"

    def _say(self, code: str, message: str, place: Place, hint: str) -> None:
        self.faults.append(Diagnostic(code, message, place, hint))


def _says_something(source: Source) -> bool:
    """Tell whether a source has any text but comments."""
    return bool(without_comments(source.text)[0].strip())
