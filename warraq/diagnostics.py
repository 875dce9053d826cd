"""What can be wrong with a publication, and where: values, never log lines."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Severity(enum.Enum):
    """How much a fault matters: an error fails the build, a note is only said."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE

#: The one table of codes. W1xx: the publication and its settings; W2xx: the
#: manuscript; W3xx: theme and fonts; W4xx: layout and output.
CODES: dict[str, tuple[Severity, str]] = {
    "W101": (E, "there is nothing at the path given"),
    "W102": (E, "publication.toml or words.toml is not valid TOML"),
    "W103": (E, "a key is unknown"),
    "W104": (E, "a value is not what its key takes"),
    "W105": (E, "a key that must be there is missing"),
    "W106": (E, "a path leads outside the publication"),
    "W107": (E, "a file named in publication.toml is missing"),
    "W108": (W, "a file is named more than once"),
    "W109": (E, "there is no article to build"),
    "W110": (N, "no publication.toml: defaults are used"),
    "W201": (E, "a file is not valid UTF-8"),
    "W202": (E, "the front matter cannot be read"),
    "W203": (E, "a value of the front matter is not what its key takes"),
    "W204": (E, "an image is missing"),
    "W205": (E, "an image is remote, and the publication does not allow that"),
    "W206": (E, "an image cannot be read"),
    "W207": (E, "a link leads nowhere"),
    "W208": (E, "an id is used more than once"),
    "W209": (E, "a chapter is empty"),
    "W210": (E, "a footnote is called but not written"),
    "W211": (W, "a footnote is written but not called"),
    "W212": (W, "a heading skips a level"),
    "W213": (W, "a chapter has no title"),
    "W214": (N, "a navigation mark was dropped"),
    "W215": (W, "an image has no alternative text"),
    "W216": (W, "an empty file was left out"),
    "W217": (N, "a mark of a site generator was dropped"),
    "W218": (W, "markup could not be understood and was kept as text"),
    "W219": (W, "a link to a place of a site cannot be followed in a book"),
    "W226": (W, "a wiki link leads to no note of the publication"),
    "W227": (W, "an included file is missing"),
    "W228": (W, "a film or sound cannot be in a book; its address is set as a link"),
    "W229": (W, "a date of the front matter was not understood and left out"),
    "W231": (W, "a link has no words, and neither has what it leads to"),
    "W232": (W, "a picture has too few pixels for the press"),
    "W233": (E, "a formula cannot be understood"),
    "W234": (W, "a mark for an index has no term, or sends to an entry that is not there"),
    "W240": (W, "a work that is cited is in no source"),
    "W241": (W, "a file of sources cannot be understood"),
    "W242": (W, "a style of citations cannot be used"),
    "W301": (E, "a character is in no font of the theme"),
    "W302": (E, "a template cannot be used"),
    "W303": (E, "a font family is unknown"),
    "W304": (E, "a font file cannot be read"),
    "W401": (W, "a style sheet rule was not understood"),
    "W402": (W, "the layout engine reported something"),
    "W403": (E, "the output cannot be written"),
    "W404": (E, "a piece of the publication could not be laid out"),
    "W405": (E, "the machines that were to lay out cannot be used"),
    "W406": (W, "a word is copied from a PDF as something else"),
    "W407": (W, "page numbers in the text did not settle"),
    "W410": (W, "a remote image was left out of the e-book"),
    "W411": (W, "an entry of the cache was damaged"),
    "W412": (W, "the cache cannot be used"),
}


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A place in a source file; line and column count from 1, and 0 is "not known"."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Write the place as `file:line:column`, without what is not known."""
        known = [str(number) for number in (self.line, self.column) if number]
        return ":".join([self.file, *known])


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault: its code, its place, a sentence about it and a hint how to mend it."""

    code: str
    message: str
    place: Place | None = None
    help: str = ""

    @property
    def severity(self) -> Severity:
        """The severity that the table of codes gives to this fault."""
        return CODES[self.code][0]

    def __str__(self) -> str:
        """Write `file:line:column: error[CODE]: sentence` and the hint below it."""
        where = f"{self.place}: " if self.place else ""
        head = f"{where}{self.severity.value}[{self.code}]: {self.message}"
        return f"{head}\n  help: {self.help}" if self.help else head


class BookError(Exception):
    """Faults after which the build cannot go on; it carries them all."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        """Keep the diagnostics, at least one of which is an error."""
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = diagnostics

    def __reduce__(self) -> tuple[type[BookError], tuple[Diagnostic, ...]]:
        """Travel between processes with the diagnostics, not with their text."""
        return BookError, self.diagnostics


def isolate(excerpt: str) -> str:
    """Wrap an excerpt in FSI…PDI, so that a terminal cannot reorder its surroundings.

    UAX #9 §2.4: first strong isolate U+2068, pop directional isolate U+2069.
    """
    return f"\u2068{excerpt}\u2069"


def has_errors(diagnostics: list[Diagnostic], *, strict: bool = False) -> bool:
    """Tell whether the diagnostics fail a build; with `strict`, warnings do too."""
    fatal = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(diagnostic.severity in fatal for diagnostic in diagnostics)
