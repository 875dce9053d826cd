"""The title of a chapter: from its front matter, its first H1, or at last its file name."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from warraq.arabic.languages import direction_in, language_of, main_first
from warraq.diagnostics import Place
from warraq.document import Localized
from warraq.reading.draft import Draft
from warraq.reading.headings import outline
from warraq.reading.metadata import localized
from warraq.reading.trees import replace, text_of


def take(draft: Draft, main: str) -> None:
    """Settle the title by language, and take its heading out of the body.

    The heading keeps the markup of the H1, and its language and direction. Where the
    front matter gives the title in one language and the H1 in another, both are titles.
    """
    given = dict(localized(draft, "title", main) or {})
    first = next(((parent, child) for parent, child in outline(draft.body) if child.tag == "h1"), None)
    if first is None or not text_of(first[1]):
        draft.title = given or _from_name(draft, main)
        draft.heading = _heading(draft.title)
        return
    parent, heading = first
    words = text_of(heading)
    language = language_of(words, main)
    if given and language in given and not _same(words, given[language]):
        draft.title, draft.heading = given, _heading(given)
        return
    replace(parent, heading, [])
    draft.title = main_first({language: words} | given, main)
    is_first = next(iter(draft.title)) == language
    draft.heading = heading if is_first else _heading(draft.title)
    _mark_language(draft.heading, next(iter(draft.title)))


def _same(one: str, other: str) -> bool:
    """Compare two titles without regard to blanks, case and vowel signs."""
    first, second = (re.sub(r"[\W_\u064b-\u0652\u0640]+", "", text).casefold() for text in (one, other))
    return first == second


def _from_name(draft: Draft, main: str) -> dict[str, str]:
    if draft.source.titled:
        return {language_of(draft.source.titled, main): draft.source.titled}
    stem = draft.source.path.stem
    words = " ".join(re.split(r"[-_\s]+", stem)).strip() or stem
    if not draft.source.text.strip() or (draft.source.head and not draft.source.front):
        return {language_of(words, main): words}  # an empty chapter or a broken head is told of already
    hint = "begin it with a line `# ` and its title, or write `title:` in its front matter"
    draft.say("W213", f"the chapter has no title; its file name {stem!r} stands for it", Place(draft.source.name), hint)
    return {language_of(words, main): words}


def _heading(title: Localized) -> Element:
    language, words = next(iter(title.items()))
    heading = Element("h1")
    heading.text = words
    _mark_language(heading, language)
    return heading


def _mark_language(heading: Element, language: str) -> None:
    heading.set("lang", language)
    heading.set("dir", direction_in(language))

