"""The two PDF editions: `screen`, to read, and `print`, for the press.

Both come from one Document and one theme; they differ in geometry and in one style sheet.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from warraq.composition import Composition, compose, compose_sample
from warraq.diagnostics import BookError, Diagnostic
from warraq.document import Document
from warraq.editions import Artifact
from warraq.job import Means
from warraq.publication import Publication
from warraq.theme import Theme

if TYPE_CHECKING:
    from warraq.engine.hands import Hand

SUFFIX = {"screen": "", "print": "-print"}


class Compositions:
    """The compositions of a Document for the PDF editions that are to be made.

    `modified` is the ISO 8601 moment that the files bear, or nothing.
    """

    def __init__(self, document: Document, theme: Theme, modified: str, editions: Sequence[str]) -> None:
        """Begin; each is composed when it is first asked for."""
        self._compose = functools.partial(compose, document, theme, modified=modified)
        self._waiting = [edition for edition in editions if edition in SUFFIX]
        self._made: dict[str, Composition] = {}

    def take(self, edition: str) -> Composition:
        """Give the composition of an edition, and forget it."""
        self._waiting.remove(edition)
        return self._made.pop(edition, None) or self._compose(edition=edition)

    def next(self) -> Composition:
        """Give the composition of the edition that will be made next."""
        edition = self._waiting[0]
        if edition not in self._made:
            self._made[edition] = self._compose(edition=edition)
        return self._made[edition]

    @property
    def are_done(self) -> bool:
        """Tell whether no other edition will be made."""
        return not self._waiting


def rehearse(publication: Publication, theme: Theme, editions: Sequence[str], hand: Hand) -> None:
    """Let a process that waits for the publication set a line of our own meanwhile, with its style sheets and fonts."""
    from warraq.engine import press, tasks, workbench  # noqa: PLC0415 - the engine is loaded only where it is needed

    edition = next(edition for edition in editions if edition in SUFFIX)
    with suppress(BookError):  # a theme with faults: they are told when it is used
        sample = press.sample(compose_sample(publication, theme, edition), publication)
        hand.submit(tasks.rehearse, workbench.lay_out, sample)


def _load_late() -> None:
    """Load what binding and reading back may need, while others lay out."""
    for name in ("warraq.font_files", "warraq.engine.readback"):
        importlib.import_module(name)


def render(
    document: Document, edition: str, progress: Callable[[int], None], means: Means, compositions: Compositions
) -> tuple[Artifact, list[Diagnostic]]:
    """Render a Document as the PDF edition `screen` or `print`.

    `progress` hears the number of pages laid out so far. What is laid out for this edition
    is drawn for the next one too, where both have the same layout.
    """
    from warraq.engine import press  # noqa: PLC0415 - the engine is loaded only where it is needed
    from warraq.engine.crew import Crew, Pairs  # noqa: PLC0415
    from warraq.engine.kinship import Kinship  # noqa: PLC0415
    from warraq.engine.workbench import lay_out, lay_out_both  # noqa: PLC0415

    composition = compositions.take(edition)
    pairs = None if compositions.are_done else Pairs(Kinship(composition, compositions.next).twin, lay_out_both)
    with Crew(means, lay_out, pairs, _load_late) as crew:
        printed = press.run(composition, document.publication, progress, crew, means.cache)
    name = f"{document.publication.slug}{SUFFIX[edition]}.pdf"
    units = tuple(replace(unit, key=crew.keys.get(unit.id, "")) for unit in printed.units)
    artifact = Artifact(edition, name, printed.data, printed.pages, printed.starts, units=units)
    return artifact, printed.diagnostics
