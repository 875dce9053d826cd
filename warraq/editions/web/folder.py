"""The folder for a web server: a page a chapter, with what they share beside them.

index.html  ID.html …  colophon.html     the cover and the chapters
style.css  search.js  notes.js  reader.js  fonts/  pictures/
search.json                               the index, with the text of every block
sitemap.xml  cards/                       where the publication says its address
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from markupsafe import Markup

from warraq.composition import Card
from warraq.composition.names import asset_path, first_text
from warraq.composition.templates import Templates
from warraq.diagnostics import Diagnostic
from warraq.document import Document
from warraq.editions import Artifact
from warraq.editions.raster import size
from warraq.editions.web.book import Book, Progress, Unit, make_ready, turns
from warraq.editions.web.pictures import kind
from warraq.editions.web.search import as_json
from warraq.editions.web.setting import SCRIPTS, faces, reader_data, set_unit, style
from warraq.editions.web.trees import ids, own_words
from warraq.theme import Theme

HOME = "index.html"
#: Pixels of the shorter side of a picture that sites show on a card (Open Graph).
SMALLEST = 315


@dataclass(slots=True)
class Site:
    """A folder in the making: its files, and where every id of the publication stands."""

    document: Document
    book: Book
    files: dict[str, bytes]
    places: Mapping[str, str]

    @property
    def base(self) -> str:
        """The address of the folder with a slash at its end, or nothing."""
        base = self.document.publication.settings.output.web.base_url
        return base.rstrip("/") + "/" if base else ""

    def href(self, identity: str) -> str:
        """Give the link to an id: its page, and the place in it."""
        name = quote(self.places.get(identity, HOME))
        return name if _file_name(identity) == self.places.get(identity) else f"{name}#{identity}"

    def address(self, name: str) -> str:
        """Give the whole address of a file, or nothing where that of the folder is not known."""
        return urljoin(self.base, "" if name == HOME else quote(name)) if self.base else ""

    def add(self, name: str, text: str) -> None:
        """Put a text among the files."""
        self.files[name] = text.encode()


def render(
    document: Document, theme: Theme, edition: str, modified: str, progress: Progress
) -> tuple[Artifact, list[Diagnostic]]:
    """Render a Document as a folder of pages."""
    book = make_ready(document, theme, progress, single=False)
    site = Site(document, book, book.gallery.store(book.trees, "pictures"), _places(book))
    _link_pages(site)
    templates = Templates(
        document,
        theme,
        edition,
        modified=modified,
        href=site.href,
        home=HOME,
        cover_image=_store_cover(site),
        asset=lambda name: _store_asset(site, theme, name),
    )
    _draw_cards(site, theme)
    _add_pages(site, theme, templates)
    for name in SCRIPTS:
        site.add(name, templates.verbatim(f"web/{name}"))
    site.add("search.json", as_json(book.index.packed() | {"texts": book.index.texts, "pages": _index_pages(site)}))
    if site.base:
        names = [HOME, *(site.places[unit.id] for unit in book.readable)]
        site.add("sitemap.xml", templates.text("web/sitemap.xml", addresses=[site.address(name) for name in names]))
    files = dict(sorted(site.files.items()))
    return Artifact(edition, f"{document.publication.slug}-web", files=files), book.gallery.faults


def _add_pages(site: Site, theme: Theme, templates: Templates) -> None:
    """Set the cover and all chapters, each under the title of the part that it opens."""
    cover = Unit("cover", site.document.publication.settings.publication.title)
    href: Callable[[str], str] = site.href
    turn = turns([cover, *site.book.readable], lambda identity: HOME if identity == "cover" else href(identity))
    contents = templates.text("web/contents.html")
    data = Markup(as_json(reader_data(site.document, templates) | {"index": "search.json"}))  # noqa: S704 - escaped
    pages, before = {HOME: (cover, Markup())}, Markup()
    for unit in site.book.units:
        html = before + set_unit(unit, templates, turn.get(unit.id), top=1)
        before = html if unit.part else Markup()
        if not unit.part:
            pages[site.places[unit.id]] = (unit, html)
    for name, (unit, html) in pages.items():
        values = {"unit": html, "turn": turn[unit.id], "contents_list": contents, "data": data}
        site.add(name, templates.text("web/page.html", **values, **_card(site, unit, name)).lstrip())
    subsets = faces(site.document, theme, site.book, templates, [html for _, html in pages.values()])
    site.files |= {f"fonts/{face.name}": face.data for face in subsets}
    site.add("style.css", style(site.document, templates, [face.rule(f"fonts/{face.name}") for face in subsets]))


def _card(site: Site, unit: Unit, name: str) -> dict[str, object]:
    """Give what search engines and cards of a link show of a page."""
    about = site.document.publication.settings.publication
    description = first_text(about.description) if about.description else ""
    page = unit.page
    if page:
        tree = page.abstract[0][1] if page.abstract else page.body
        description = own_words(tree, 200) or description
    picture, width, height = _card_picture(site, unit)
    return {
        "chapter": unit.title if name != HOME else None,
        "description": description,
        "address": site.address(name),
        "picture": site.address(picture) if picture else "",
        "picture_size": (width, height),
    }


def _card_picture(site: Site, unit: Unit) -> tuple[str, int, int]:
    """Give the picture of a page's card with its size: its first that is large enough, or the drawn one."""
    images = [image.get("src", "") for image in unit.page.body.iter("img")] if unit.page else []
    for name in (*images, _card_name(unit)):
        shape = size(site.files.get(name, b""))
        if shape and min(shape) >= SMALLEST:
            return name, *shape
    return "", 0, 0


def _card_name(unit: Unit) -> str:
    return f"cards/{unit.id.replace('/', '-')}.png"


def _draw_cards(site: Site, theme: Theme) -> None:
    """Draw cards for the pages that have no picture for theirs; only whole addresses can lead to one."""
    cover = Unit("cover", site.document.publication.settings.publication.title)
    bare = [unit for unit in (cover, *site.book.readable) if not _card_picture(site, unit)[0]] if site.base else []
    if not bare:
        return
    from warraq.engine import picture  # noqa: PLC0415 - WeasyPrint is loaded only where it is needed

    wanted = [Card(unit.title, unit.page.chapter.authors if unit.page else ()) for unit in bare]
    drawn = picture.cards(site.document, theme, wanted)
    site.files |= dict(zip(map(_card_name, bare), drawn, strict=True))


def _file_name(identity: str) -> str:
    """Name the file of a chapter; the name of the cover's page is taken."""
    name = identity.replace("/", "-")
    return f"chapter-{name}.html" if name.lower() == "index" else f"{name}.html"


def _places(book: Book) -> dict[str, str]:
    """Tell for every id on which page it stands; a part's is that of its first chapter."""
    places: dict[str, str] = {"cover": HOME}
    waiting: list[str] = []
    for unit in book.units:
        if unit.part:
            waiting.append(unit.id)
            continue
        name = _file_name(unit.id)
        found = ids(unit.page) if unit.page else ()
        places |= dict.fromkeys([unit.id, *found, *waiting], name)
        waiting = []
    return places


def _link_pages(site: Site) -> None:
    """Point the links of each chapter at the pages of their goals."""
    for unit in site.book.readable:
        if not unit.page:
            continue
        for tree in unit.page.trees:
            for link in tree.iter("a"):
                goal = link.get("href", "")
                if goal.startswith("#") and site.places.get(goal[1:]) != site.places[unit.id]:
                    link.set("href", site.href(goal[1:]))


def _index_pages(site: Site) -> list[dict[str, object]]:
    """List the pages by the first of their blocks, for the hits of a search."""
    pages = [(unit, unit.page.block) for unit in site.book.readable if unit.page]
    return [
        {"from": block, "href": quote(site.places[unit.id]), "title": first_text(unit.title)} for unit, block in pages
    ]


def _store_cover(site: Site) -> str:
    """Put the picture of the cover among the files, if the publication has one."""
    name = site.document.publication.settings.publication.cover
    if not name:
        return ""
    data = site.book.gallery.read(site.document.publication.root / name)
    stored = f"pictures/cover.{kind(data).partition('+')[0]}"
    site.files[stored] = data
    return stored


def _store_asset(site: Site, theme: Theme, name: str) -> str:
    """Put a file of the theme among the files."""
    site.files[f"assets/{name}"] = asset_path(theme, name).read_bytes()
    return quote(f"assets/{name}")
