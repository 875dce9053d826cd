"""Where a build's time goes, for developers: `warraq build --profile`.

A clock of CPU time (ITIMER_PROF) interrupts the process and looks at which of the functions
at work belongs to a room of the house, or to a library at work for one. Counting calls
(cProfile) would make small functions look dear. All is done in one process, for no other is seen.
"""

from __future__ import annotations

import functools
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

HOUSE = str(Path(__file__).resolve().parent.parent)
#: Seconds between two looks.
BEAT = 0.002
#: What a file is busy with, by how its name begins; the first that fits.
ROOMS = (
    ("warraq/reading/", "reading Markdown"),
    ("markdown/", "reading Markdown"),
    ("pymdownx/", "reading Markdown"),
    ("pygments/", "reading Markdown"),
    ("warraq/composition/", "setting HTML in templates"),
    ("jinja2/", "setting HTML in templates"),
    ("tinyhtml5/", "parsing HTML"),
    ("tinycss2/", "parsing style sheets"),
    ("weasyprint/css/", "cascade and computed styles"),
    ("cssselect2/", "cascade and computed styles"),
    ("warraq/engine/styles", "cascade and computed styles"),
    ("warraq/engine/page_kinds", "cascade and computed styles"),
    ("weasyprint/formatting_structure/", "building boxes"),
    ("warraq/engine/justification/", "justification"),
    ("weasyprint/text/", "shaping and breaking lines"),
    ("warraq/engine/shaped", "shaping and breaking lines"),
    ("warraq/engine/line_search", "shaping and breaking lines"),
    ("weasyprint/layout/", "laying boxes out"),
    ("warraq/engine/walks", "laying boxes out"),
    ("weasyprint/svg/", "pictures"),
    ("weasyprint/images", "pictures"),
    ("PIL/", "pictures"),
    ("weasyprint/draw/", "drawing"),
    ("weasyprint/stacking", "drawing"),
    ("weasyprint/pdf/fonts", "fonts"),
    ("fontTools/", "fonts"),
    ("pydyf/", "writing the PDF"),
    ("weasyprint/pdf/", "writing the PDF"),
    ("weasyprint/", "WeasyPrint, the rest"),
    ("warraq/editions/", "editions"),
    ("warraq/engine/", "engine, the rest"),
    ("warraq/", "warraq, the rest"),
)
REST = "all else"
#: Functions named in the table.
FUNCTIONS = 12


class Profile:
    """Seconds of CPU time by room and by function."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.rooms, self.functions = Counter[str](), Counter[str]()
        self._last = time.process_time()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Look at what goes on within a block; on a system without the clock nothing is seen."""
        if not hasattr(signal, "setitimer"):
            yield
            return
        before = signal.signal(signal.SIGPROF, self._look)
        self._last = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, BEAT, BEAT)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)

    def _look(self, _number: int, frame: FrameType | None) -> None:
        """Give the time since the last look, which a long call of C may have put off, to who is at work."""
        now = time.process_time()
        room, function = _place(frame)
        self.rooms[room] += now - self._last  # type: ignore[assignment] # a Counter counts fractions as well
        self.functions[function] += now - self._last  # type: ignore[assignment] # as above
        self._last = now

    def table(self) -> str:
        """Write the table: seconds, share, room; then the dearest functions."""
        total = sum(self.rooms.values()) or 1
        rows = [*self.rooms.most_common(), ("all", total)]
        lines = [f"{seconds:8.2f} s {seconds / total:6.1%}  {name}" for name, seconds in rows]
        lines += [
            f"{seconds:8.2f} s {seconds / total:6.1%}    {name}"
            for name, seconds in self.functions.most_common(FUNCTIONS)
        ]
        return "\n".join(lines)


def _place(frame: FrameType | None) -> tuple[str, str]:
    """Find the innermost function that belongs to a room, and name both."""
    while frame is not None:
        file = _file(frame.f_code.co_filename)
        for part, room in ROOMS:
            if file.startswith(part):
                return room, f"{frame.f_code.co_qualname} ({file})"
        frame = frame.f_back
    return REST, REST


@functools.cache
def _file(path: str) -> str:
    """Name a file from its package on; files of Python itself by their whole path."""
    _before, found, name = path.rpartition("site-packages/")
    return name if found else path.removeprefix(f"{HOUSE}/")
