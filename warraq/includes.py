"""Files that a source takes into itself, by the marks that programs have for it.

    {{#include path.md}}  {{#include code.rs:2:10}}  {{#include code.rs:name}}      mdBook
    --8<-- "path.md"                                                              MkDocs
    {% include_relative path.md %}                                                Jekyll
    {{< include path.md >}}                                                       Quarto
    ![[note]]                                                                     Obsidian

Paths are relative to the file that includes, else to the publication (Obsidian: any folder).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from warraq import front_matter
from warraq.blanking import prose
from warraq.diagnostics import Diagnostic, Place, isolate
from warraq.publication import Publication
from warraq.source import Source, Span

_MARK = re.compile(
    r"(?<!\\)\{\{\s*#(?:include|rustdoc_include|playground)\s+(?P<mdbook>[^\s:{}]+)(?P<part>:[^\s{}]*)?[^{}]*\}\}"
    r"|^(?P<indent>[ \t]*)-+8<-+[ \t]+[\"'](?P<mkdocs>[^\"'\n]+)[\"'][ \t]*$"
    r"|\{%-?[ \t]*include_relative[ \t]+(?P<jekyll>\S+)[^%\n]*%\}"
    r"|\{\{<[ \t]*include[ \t]+(?P<quarto>[^\s<>]+)[ \t]*>\}\}"
    r"|^!\[\[(?P<obsidian>[^\[\]|#\n]+)(?:#[^\[\]|\n]*)?(?:\|[^\[\]\n]*)?\]\][ \t]*$",
    re.MULTILINE,
)
#: One of these is in each mark; to look for them takes a hundredth of the time.
_SIGNS = ("{{", "8<", "{%", "![[")
_ANCHOR = re.compile(r"\bANCHOR(?:_END)?:\s*(?P<name>[\w-]+)")
#: How deep files may include each other.
DEEPEST = 8


@dataclass(slots=True)
class _Assembly:
    """A text put together: its pieces, where they are from, and what was wrong."""

    publication: Publication
    find: Callable[[str], Path | None]
    pieces: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, name: str, line: int, column: int = 1) -> None:
        if text:
            self.spans.append(Span(self.length, name, line, column))
            self.pieces.append(text)
            self.length += len(text)


def expanded(
    source: Source, publication: Publication, find: Callable[[str], Path | None]
) -> tuple[Source, list[Diagnostic]]:
    """Put the files that a source includes in their places.

    `find` gives the file of a note by its name alone. A file that is missing is W227, and its
    mark is left to the reader; none may lead outside the publication, or include itself.
    """
    if not any(sign in source.text for sign in _SIGNS) or not _MARK.search(source.text):
        return source, []
    assembly = _Assembly(publication, find)
    _put(assembly, source.text, source.name, source.first_line, (source.path,))
    return replace(source, text="".join(assembly.pieces), spans=tuple(assembly.spans)), assembly.faults


def _put(assembly: _Assembly, text: str, name: str, line: int, stack: tuple[Path, ...]) -> None:
    """Add a text that begins at a line of a file, with all that it includes."""
    seen = prose(text)
    at = 0
    for found in _MARK.finditer(text):
        is_code = not seen[found.start() : found.end()].strip()
        path = _path(assembly, found, stack[-1], is_code=is_code)
        if path is None or path in stack or len(stack) > DEEPEST:
            if not is_code and path is None and not found["obsidian"]:
                _report(assembly, found, text, name, line)
            continue
        _add(assembly, text[: found.start()], at, name, line)
        _put_file(assembly, path, found["part"] or "", stack, is_code=is_code)
        at = found.end()
    _add(assembly, text, at, name, line)


def _add(assembly: _Assembly, text: str, at: int, name: str, line: int) -> None:
    """Add a text from an offset on."""
    column = at - text.rfind("\n", 0, at) if at else 1
    assembly.add(text[at:], name, line + text.count("\n", 0, at), column)


def _path(assembly: _Assembly, found: re.Match[str], includer: Path, *, is_code: bool) -> Path | None:
    """Find the file that a mark means; within code only mdBook's marks and MkDocs' mean any."""
    name = next(found[key] for key in ("mdbook", "mkdocs", "jekyll", "quarto", "obsidian") if found[key])
    if is_code and not (found["mdbook"] or found["mkdocs"]):
        return None
    if found["obsidian"]:
        return assembly.find(name.strip()) if not is_code else None
    for folder in (includer.parent, assembly.publication.root):
        path = (folder / name.lstrip("/")).resolve()
        if path.is_file() and path.is_relative_to(assembly.publication.root):
            return path
    return None


def _put_file(assembly: _Assembly, path: Path, part: str, stack: tuple[Path, ...], *, is_code: bool) -> None:
    text = path.read_bytes().decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    shown = assembly.publication.shown(path)
    head = front_matter.split(text, shown) if not is_code else front_matter.FrontMatter()
    body, line = _part(text[head.length :].removesuffix("\n"), part)
    if is_code:
        assembly.add(body, shown, line + head.lines)
    else:
        _put(assembly, body, shown, line + head.lines, (*stack, path))


def _part(text: str, part: str) -> tuple[str, int]:
    """Give the lines `:2:10`, or those of the anchor `:name`, and the number of the first one."""
    lines = text.split("\n")
    wanted = part.strip(":")
    start, end = 1, len(lines)
    if re.fullmatch(r":\d*(?::\d*)?", part) and wanted:
        first, _, last = part[1:].partition(":")
        start = int(first or 1)
        end = int(last or (len(lines) if part.count(":") > 1 else start))
    elif wanted:
        marked = [at for at, line in enumerate(lines, 1) if (mark := _ANCHOR.search(line)) and mark["name"] == wanted]
        start, end = (marked[0] + 1, marked[1] - 1) if len(marked) > 1 else (1, len(lines))
    kept = [line for line in lines[start - 1 : end] if not _ANCHOR.search(line)]
    return "\n".join(kept), start


def _report(assembly: _Assembly, found: re.Match[str], text: str, name: str, line: int) -> None:
    at = found.start()
    place = Place(name, line + text.count("\n", 0, at), at - text.rfind("\n", 0, at))
    hint = "paths are relative to the file that includes, or to the publication"
    message = f"the file of {isolate(found[0].strip())} is missing"
    assembly.faults.append(Diagnostic("W227", message, place, hint))
