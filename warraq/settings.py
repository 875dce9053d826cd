"""The keys of `publication.toml`: their names, kinds, defaults and meaning.

The only importer of pydantic. Every class is one table of the file; the JSON Schema that
editors use is made from them (`warraq schema`), so a key's doc is written once, here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as Date  # noqa: N812 - `date` is a key of the file
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from warraq.localized import by_language
from warraq.values import UnusableError

LANGUAGE = "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"
LENGTH = re.compile(r"\d+(\.\d+)?(mm|cm|in|pt|px|em)")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-z]+|(rgb|hsl|device-cmyk)a?\([^()]*\)")
PAGES: dict[str, tuple[str, str]] = {
    "A4": ("210mm", "297mm"),
    "A5": ("148mm", "210mm"),
    "A6": ("105mm", "148mm"),
    "B5": ("176mm", "250mm"),
    "14x21": ("140mm", "210mm"),
    "17x24": ("170mm", "240mm"),
}


def _length(value: str) -> str:
    if not LENGTH.fullmatch(value):
        msg = "a length such as 3mm, 12pt or 1.3em"
        raise ValueError(msg)
    return value


def _colour(value: str) -> str:
    if not COLOUR.fullmatch(value):
        msg = "a colour such as #1d4e57 or black"
        raise ValueError(msg)
    return value


def _page(value: Any) -> Any:  # noqa: ANN401 - whatever the file holds
    if isinstance(value, str):
        if value not in PAGES:
            msg = f"one of {', '.join(PAGES)}, or [width, height]"
            raise ValueError(msg)
        return PAGES[value]
    return value


Text = Annotated[dict[str, str], BeforeValidator(by_language, json_schema_input_type=str | dict[str, str])]
Length = Annotated[str, AfterValidator(_length), Field(json_schema_extra={"pattern": LENGTH.pattern})]
Colour = Annotated[str, AfterValidator(_colour)]
Page = Annotated[tuple[Length, Length], BeforeValidator(_page, json_schema_input_type=str | tuple[str, str])]
Mark = Literal["crop", "cross"]


class Table(BaseModel):
    """A table of the file: kebab-case keys, unknown ones refused, never changed."""

    model_config = ConfigDict(
        alias_generator=lambda name: name.replace("_", "-"),
        extra="forbid",
        frozen=True,
        populate_by_name=True,
    )


class About(Table):
    """The publication itself: what its title page and metadata say."""

    title: Text = Field(description="The title, by language.")
    subtitle: Text | None = Field(None, description="What stands under the title.")
    issue: Text | None = Field(None, description="The number or season of a periodical's issue.")
    series: Text | None = Field(None, description="The series that it belongs to; a periodical is one by itself.")
    number: int | None = Field(None, ge=0, description="The number of the book or issue in its series.")
    language: str = Field("ar", description="BCP 47 tag of the main language.", pattern=LANGUAGE)
    numerals: Literal["arab", "arabext", "latn"] = Field(
        "arab", description="Digits that the program writes: arab ٠١٢, arabext ۰۱۲, latn 012."
    )
    identifier: str | None = Field(None, description="A URN, ISBN or URL that names this edition.")
    slug: str | None = Field(None, description="The name of the output files.", pattern=r"^[^\s/\\:]+$")
    date: Date | None = Field(None, description="The day of publication.")
    modified: datetime | None = Field(None, description="The moment of the last change; it dates the files.")
    description: Text | None = Field(None, description="One or two sentences about the publication.")
    publisher: Text | None = Field(None, description="Who publishes it.")
    rights: Text | None = Field(None, description="Copyright and licence, as printed in the imprint.")
    keywords: list[str] = Field(default_factory=list, description="Subjects, for the metadata.")
    cover: str | None = Field(None, description="A picture that fills the cover instead of the drawn one.")


class Contributor(Table):
    """A person or body that made the publication."""

    role: str = Field("aut", description="MARC relator code: aut, edt, ill, trl, bkd …", pattern="^[a-z]{3}$")
    name: Text = Field(description="The name, by language.")
    sort: Text | None = Field(None, description="The name as lists sort it, by language: Doe, Jane.")


class ContentsPart(Table):
    """Chapters under one title."""

    title: Text | None = Field(None, description="The title of the part.")
    files: list[str] = Field(description="Its chapters, in order.")


class Contents(Table):
    """The order of the files; without it, the natural order of their names."""

    front: list[str] = Field(default_factory=list, description="Chapters before the body, numbered in abjad letters.")
    files: list[str] = Field(default_factory=list, description="Chapters that belong to no part.")
    part: list[ContentsPart] = Field(default_factory=list, description="The parts of the body.")
    back: list[str] = Field(default_factory=list, description="Chapters after the body.")
    colophon: str | None = Field(None, description="The text of the page about this publication.")
    place: Literal["front", "back", "none"] = Field("front", description="Where the table of contents stands.")
    depth: int = Field(2, ge=1, le=4, description="Levels of headings that the contents show: 1 is chapters only.")


class Dates(Table):
    """How dates are written, from the one date that a file gives."""

    calendar: Literal["gregorian", "hijri", "hijri-gregorian", "gregorian-hijri"] = Field(
        "gregorian", description="One calendar or both, in this order; Hijri is Umm al-Qura, from 1343 to 1500 AH."
    )
    months: Literal["egyptian", "levantine", "levantine-egyptian", "tunisian", "moroccan"] = Field(
        "egyptian", description="Arabic names of Gregorian months: يناير, كانون الثاني, both, جانفي, or يناير … دجنبر."
    )


NoteMarks = Literal["digits", "symbols", "abjad"]


class NoteSeries(Table):
    """Notes that are counted apart from the author's, by how their labels begin: `[^ed:1]`."""

    labels: list[str] = Field(description="What stands before the colon of their labels.", min_length=1)
    marks: NoteMarks = Field("symbols", description="How they are marked: digits, symbols (* ** ***) or abjad letters.")
    signature: Text | None = Field(None, description="What each of them ends with, such as the translator's title.")


class Notes(Table):
    """Footnotes."""

    # Not by page: WeasyPrint has no counter that a page sets back, and a call is part of a line already
    # broken when its page is known.
    numbering: Literal["chapter", "book"] = Field("chapter", description="Where counting begins again.")
    marks: NoteMarks = Field("digits", description="How the author's notes are marked.")
    place: Literal["foot", "chapter", "book"] = Field(
        "foot", description="Where they stand in the PDFs: foot of the page, end of the chapter or of the book."
    )
    series: list[NoteSeries] = Field(
        [NoteSeries(labels=["ed", "محقق", "محرر"], marks="abjad"), NoteSeries(labels=["tr", "مترجم"])],
        description="Notes of others: by default the editor's in abjad letters, the translator's in symbols.",
    )


class Verse(Table):
    """Poems."""

    numbers: int = Field(0, ge=0, description="Lines are numbered by so many: 5 numbers every fifth, 1 all, 0 none.")


class Theme(Table):
    """Design tokens. What is not set here follows the page size."""

    body: str = Field("Amiri", description="Font family of the text.")
    display: str = Field("Reem Kufi", description="Font family of titles.")
    latin: str = Field("Crimson Text", description="Font family of text in Latin letters.")
    mono: str = Field("IBM Plex Mono", description="Font family of code.")
    latin_scale: float = Field(0.93, gt=0.5, lt=1.5, description="Size of Latin letters against Arabic ones.")
    size: Length | None = Field(None, description="Size of the text.")
    leading: Length | None = Field(None, description="Distance of its base lines.")
    indent: Length = Field("1.3em", description="First-line indent of paragraphs.")
    justification: Literal["fine", "kashida", "spaces", "none"] = Field(
        "fine", description="How lines are filled: few kashidas, as many as it takes, none, or line by line."
    )
    ink: Colour = Field("#1f1a17", description="Colour of the text.")
    accent: Colour = Field("#1d4e57", description="Colour of titles, rules and the cover.")
    second: Colour = Field("#96651c", description="Second colour, for small ornaments.")
    paper: Colour = Field("#f3ead9", description="Pale tone of panels and the cover's letters.")


class Margins(Table):
    """The four margins of a page; the inner one is at the spine."""

    head: Length
    foot: Length
    inner: Length
    outer: Length


class Output(Table):
    """The geometry of one PDF edition."""

    page: Page = Field(PAGES["A5"], description="Trim size: a name (A5, 17x24 …) or [width, height].")
    margins: Margins | None = Field(None, description="Margins; by default in proportion to the page.")
    size: Length | None = Field(None, description="Size of the text in this edition.")
    leading: Length | None = Field(None, description="Distance of base lines in this edition.")
    bleed: Length = Field("0mm", description="What is printed beyond the trim.")
    marks: list[Mark] = Field(default_factory=list, description="Marks outside the trim: crop, cross.")
    binding: Literal["right", "left"] | None = Field(None, description="Side of the spine; by default the language's.")


class PrintOutput(Output):
    """The geometry of the PDF for the press."""

    page: Page | None = Field(None, description="Trim size; by default that of the screen edition.")  # type: ignore[assignment]
    bleed: Length = Field("3mm", description="What is printed beyond the trim.")
    marks: list[Mark] = Field(["crop", "cross"], description="Marks outside the trim.")


class EpubOutput(Table):
    """The e-book. What is claimed of it here is the publisher's word: the program checks none of it."""

    accessibility_conforms_to: str | None = Field(
        None, description="The standard that somebody checked: EPUB Accessibility 1.1 - WCAG 2.2 Level AA."
    )
    accessibility_certifier: str | None = Field(None, description="Who checked it.")
    largest_picture: int | None = Field(
        None, ge=100, description="Pixels of the longer side, to which larger pictures are brought down."
    )


class WebOutput(Table):
    """The offline HTML edition, or a folder for a web server."""

    single_file: bool = Field(default=True, description="One file with everything in it; false: a page a chapter.")
    largest_picture: int | None = Field(
        None, ge=100, description="Pixels of the longer side, to which larger pictures are brought down."
    )
    base_url: str | None = Field(
        None, description="Where the folder will stand, for sitemap.xml and links of pages.", pattern="^https?://.+$"
    )


class Outputs(Table):
    """The editions."""

    screen: Output = Field(Output(), description="The PDF to read.")
    print: PrintOutput = Field(PrintOutput(), description="The PDF to print.")
    epub: EpubOutput = Field(EpubOutput(), description="The e-book.")
    web: WebOutput = Field(WebOutput(), description="The HTML to read offline or on a server.")


Numbering = Literal["auto", "book", "chapter", "none"]


class Figures(Table):
    """Pictures with captions."""

    numbering: Numbering = Field(
        "auto", description="Numbers: through the book, by chapter, none; auto: where something refers to one."
    )
    captions: Literal["above", "below"] = Field("below", description="Where captions stand.")
    list: bool = Field(default=False, description="Whether a list of figures follows the contents.")


class Tables(Table):
    """Tables."""

    numbering: Numbering = Field("auto", description="Numbers, as those of figures.")
    captions: Literal["above", "below"] = Field("above", description="Where captions stand.")
    list: bool = Field(default=False, description="Whether a list of tables follows the contents.")


class Code(Table):
    """Blocks of code."""

    numbering: Numbering = Field("auto", description="Numbers of blocks with titles, as those of figures.")
    line_numbers: bool = Field(default=False, description="Whether lines are numbered where the block does not say.")
    colours: Literal["auto", "colour", "black"] = Field(
        "auto", description="Highlighting: in colour, or by weight alone; auto: black in the print edition."
    )


class Equations(Table):
    """Displayed formulas."""

    numbering: Numbering = Field("auto", description="Numbers; auto: those of formulas that something refers to.")


class Citations(Table):
    """Works that are cited: `[@key، ص 12]`."""

    sources: list[str] = Field(default_factory=list, description="Files of works: BibTeX (.bib) or CSL-JSON (.json).")
    style: str = Field("author-date", description="The style: author-date, or a .csl file of the publication.")


class IndexTable(Table):
    """An index of the terms that articles mark with `[…]{.index}`."""

    name: str = Field("terms", description="What marks call it, `in=names`; terms is the index of marks without one.")
    title: Text | None = Field(None, description="Its title; terms, names, places, titles and verses have theirs.")
    ignore: list[str] = Field(
        default_factory=list, description="Words before a name that sorting passes over, as the article is: ابن, أبو."
    )


class Images(Table):
    """Pictures."""

    remote: bool = Field(default=False, description="Whether pictures may be fetched from the network.")


class Settings(Table):
    """The whole of `publication.toml`."""

    publication: About
    contributor: list[Contributor] = Field(default_factory=list, description="Who made the publication.")
    contents: Contents = Contents()
    dates: Dates = Dates()
    notes: Notes = Notes()
    verse: Verse = Verse()
    theme: Theme = Theme()
    output: Outputs = Outputs()
    images: Images = Images()
    citations: Citations = Citations()
    figures: Figures = Figures()
    tables: Tables = Tables()
    code: Code = Code()
    equations: Equations = Equations()
    index: list[IndexTable] = Field(default_factory=list, description="Indexes, in the order in which they stand.")


def validated(data: Mapping[str, Any]) -> Settings:
    """Check the content of a `publication.toml`; raises UnusableError with all that is wrong in it."""
    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        raise UnusableError([dict(item) for item in error.errors()]) from None


def schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of `publication.toml`."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "publication.toml of Warraq",
    }
    return head | Settings.model_json_schema(by_alias=True)
