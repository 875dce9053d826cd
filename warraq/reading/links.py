"""Links: within the publication they lead to ids, and none leads nowhere.

A dead link becomes `<span class="dead">` with its words, so that a draft can be set.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from warraq.diagnostics import isolate
from warraq.publication import Publication
from warraq.reading.draft import Draft
from warraq.reading.ids import reserved, slug
from warraq.reading.paths import file_meant, is_remote, plain
from warraq.reading.trees import has_class, is_note_call

_FOLLOWED = ("http:", "https:", "mailto:", "tel:", "ftp:", "doi:", "urn:", "geo:", "sms:", "xmpp:")


@dataclass(slots=True)
class Directory:
    """Where links can lead: files to chapters, and names to ids in the publication."""

    publication: Publication
    files: dict[Path, Draft] = field(default_factory=dict)
    stems: dict[str, list[Draft]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    known: dict[tuple[Path, str], Draft | None] = field(default_factory=dict)

    def in_chapter(self, draft: Draft, fragment: str) -> str | None:
        """Give the id that a fragment means in a chapter."""
        return draft.aliases.get(fragment) or draft.aliases.get(slug(fragment))

    def chapter(self, article: Path, address: str) -> Draft | None:
        """Give the chapter that the path of a link means, by its place, else by its name."""
        if (article, address) not in self.known:
            self.known[article, address] = self._chapter(article, address)
        return self.known[article, address]

    def _chapter(self, article: Path, address: str) -> Draft | None:
        path = file_meant(self.publication, article, address)
        named = plain(address).rstrip("/").rpartition("/")[2]
        stem = named.removesuffix(".html").removesuffix(".htm").removesuffix(".md").removesuffix(".markdown").lower()
        alike = self.stems.get(stem, [])
        opening = (self.files.get(path / f"{name}.md") for name in ("index", "README", "_index"))
        return self.files.get(path) or next(filter(None, opening), None) or (alike[0] if len(alike) == 1 else None)


def directory(publication: Publication, drafts: Sequence[Draft]) -> Directory:
    """Write down where the links of a publication can lead; ids must have been assigned."""
    own = reserved(drafts)
    found = Directory(publication, names={name: name for name in own})
    repeated = set()
    for draft in drafts:
        found.files[draft.source.path.resolve()] = draft
        found.stems.setdefault(draft.source.path.stem.lower(), []).append(draft)
        found.names[draft.id] = draft.id
    for draft in drafts:
        for alias, identifier in draft.aliases.items():
            if found.names.setdefault(alias, identifier) != identifier and alias != identifier:
                repeated.add(alias)
    for alias in repeated - {draft.id for draft in drafts} - set(own):
        del found.names[alias]
    return found


def resolve(draft: Draft, where: Directory) -> None:
    """Lead every link of a chapter to its place; W207 for dead ones, W219 for a site's."""
    counts: dict[str, int] = {}
    for root in draft.text_roots:
        for link in [link for link in root.iter("a") if "href" in link.attrib and not is_note_call(link)]:
            address = link.attrib["href"]
            counts[address] = counts.get(address, 0) + 1
            _resolve_one(draft, where, link, counts[address])


def _resolve_one(draft: Draft, where: Directory, link: Element, nth: int) -> None:
    address = link.attrib["href"].strip()
    if is_wiki := has_class(link, "wiki"):
        del link.attrib["class"]
    if is_remote(address) and not is_wiki:
        if address.startswith("//"):
            link.set("href", f"https:{address}")
        elif not address.lower().startswith(_FOLLOWED):
            _report_dead(draft, where, link, None, nth)
            _kill(link)
        return
    path, _, fragment = address.partition("#")
    path = path.partition("?")[0]
    target = draft if not path else where.chapter(draft.source.path, path)
    identifier = _identifier(where, target, path, plain(fragment)) if target else None
    if identifier:
        link.set("href", f"#{identifier}")
    elif is_wiki:
        _report_dead(draft, where, link, target, nth, "W226")
        _kill(link)
        del link.attrib["class"]
    elif path.startswith("/"):
        _report_site(draft, link)
        link.set("href", f"#{target.id}") if target else _kill(link)
    else:
        _report_dead(draft, where, link, target, nth)
        _kill(link)


def _identifier(where: Directory, target: Draft, path: str, fragment: str) -> str | None:
    if not fragment:
        return target.id if path else None
    inside = where.in_chapter(target, fragment)
    return inside if inside or path else where.names.get(fragment) or where.names.get(slug(fragment))


def _kill(link: Element) -> None:
    """Leave the words of a link, without the link."""
    if not len(link) and not (link.text or "").strip():
        link.text = plain(link.get("href", ""))
    link.tag = "span"
    link.attrib = {key: value for key, value in link.attrib.items() if key in {"id", "lang", "dir"}} | {"class": "dead"}


def _report_site(draft: Draft, link: Element) -> None:
    address = link.attrib["href"]
    if any(fault.code == "W219" for fault in draft.faults):
        return
    hint = "write the whole address, https://…, or link to a file of the publication"
    message = f"links such as {isolate(address)} lead to places of a site"
    draft.say("W219", message, draft.place(link, address), hint)


def _report_dead(  # noqa: PLR0913, PLR0917 - all that a message needs
    draft: Draft, where: Directory, link: Element, target: Draft | None, nth: int, code: str = "W207"
) -> None:
    address = link.attrib["href"].strip()
    path, _, fragment = plain(address).partition("#")
    if target and fragment:
        known = [*target.aliases, *([] if path else where.names)]
        near = [f"{path}#{name}" for name in difflib.get_close_matches(fragment, known, 1)]
    else:
        names = [file.relative_to(where.publication.root).as_posix() for file in where.files]
        near = difflib.get_close_matches(path, names, 1)
    hint = f"did you mean {isolate(near[0])}?" if near else "link to a file or a heading of the publication"
    place = draft.place(link, address or "]()", nth)
    draft.say(code, f"the link {isolate(address)} leads nowhere" if address else "the link is empty", place, hint)
