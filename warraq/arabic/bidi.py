"""Runs of text that read against their paragraph, by UAX #9, and tokens that must not turn.

Only what a paragraph of two directions needs is worked out: where the runs of the other
direction begin and end. Within such a run every character is of its direction or resolves
to it (rules W1 to W7, N0, N1), so that a run can be isolated whole and reads the same.
A character of an isolate or of an object in the text is given as U+FFFC, as the rules do.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

#: Strong right-to-left letters (R and AL): Hebrew to Arabic Extended-A, and their forms.
_RTL = (
    "\u0590\u05be\u05c0\u05c3\u05c6\u05c8-\u05ff\u0608\u060b\u060d\u061b-\u064a\u066d-\u066f\u0671-\u06d5"
    "\u06e5-\u06e6\u06ee-\u06ef\u06fa-\u0710\u0712-\u072f\u074d-\u07a5\u07b1-\u07ea\u07f4-\u07f5\u07fa-\u0815"
    "\u081a\u0824\u0828\u082e-\u0858\u085e-\u088f\u0892-\u0897\u08a0-\u08c9\u200f\ufb1d\ufb1f-\ufb28\ufb2a-\ufd3d"
    "\ufd50-\ufdce\ufdf0-\ufdfc\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff"
)
#: Arabic numbers (AN), and signs that count as them.
_AN = "\u0600-\u0605\u0660-\u0669\u066b-\u066c\u06dd\u0890-\u0891\u08e2"
#: European numbers (EN), the extended Arabic digits of Persian and Urdu among them.
_EN = "0-9\u06f0-\u06f9"
#: Strong left-to-right letters: all other letters of the scripts a book may hold, and LRM.
_LTR = (
    "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02b8\u02bb-\u02c1\u0370-\u0373\u0376-\u037d"
    "\u037f-\u0383\u0386-\u0482\u048a-\u0589\u0903-\u1fbc\u1fbe\u1fc2-\u1fcc\u1fd0-\u1fdb\u1fe0-\u1fec\u1ff2-\u1ffc"
    "\u200e\u2071\u207f\u2090-\u209c\u2102\u2107\u210a-\u2113\u2115\u2119-\u211d\u2124\u2126\u2128\u212a-\u212d"
    "\u212f-\u2139\u213c-\u213f\u2145-\u2149\u214e\u2160-\u2188\u2336-\u237a\u249c-\u24e9\u2800-\u28ff\u2c00-\u2ce4\u3005-\u3007"
    "\u3021-\u3029\u3031-\u3035\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\ua4cf\ua500-\ufb17\uff21-\uff3a"
    "\uff41-\uff5a\uff66-\uffdc\U0001d400-\U0001d6da\U00020000-\U0003fffd"
)
#: European separators, common separators and terminators next to a number (ES, CS, ET).
_SEPARATOR = "+\u207a\u207b\u2212\\-,./:\u00a0\u202f\u060c"
_TERMINATOR = "#$%\u00a2-\u00a5\u00b0\u00b1\u066a\u20a0-\u20cf\u2030-\u2034"

BRACKETS = {")": "(", "]": "[", "}": "{", "\u2046": "\u2045", "\u232a": "\u2329", "\u3009": "\u3008"}
_BRACKET = re.compile(r"[()\[\]{}\u2045\u2046\u2329\u232a\u3008\u3009]")

LATIN = re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]")
ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\u0870-\u08c9\ufb50-\ufdfc\ufe70-\ufefc]")
_WORDS = {letters: re.compile(f"{letters.pattern}+") for letters in (ARABIC, LATIN)}
#: Letters that make a run.
STRONG = {"ltr": re.compile(f"[{_LTR}]"), "rtl": re.compile(f"[{_RTL}]")}

#: What is strong for the one direction and what is for the other; AN counts as R (N0, N1).
_SIDE = {"ltr": re.compile(f"[{_LTR}]"), "rtl": re.compile(f"[{_RTL}{_AN}]")}
_NUMBER = re.compile(f"[{_EN}]")
_NUMBER_BEFORE = f"[{_EN}]+(?:[{_SEPARATOR}][{_EN}]+)*[{_TERMINATOR}]*-?"

#: From the first character of a run to before the first that cannot stand in it.
_SEGMENT = {
    "ltr": re.compile(f"(?:{_NUMBER_BEFORE})?[{_LTR}][^{_RTL}{_AN}]*"),
    "rtl": re.compile(f"[{_RTL}{_AN}][^{_LTR}]*"),
}
#: From the first character of the direction to the last that resolves to it.
_CORE = {
    "ltr": re.compile(f"[{_LTR}{_EN}](?:.*(?:[{_LTR}]|[{_EN}][{_TERMINATOR}]*))?", re.DOTALL),
    "rtl": re.compile(f"[{_RTL}{_AN}](?:.*[{_RTL}{_AN}{_EN}])?", re.DOTALL),
}
#: Letters that stand in for a bracket which N0 gives to the direction.
_STAND_IN = {"ltr": "x", "rtl": "\u0627"}
_TRAILING_MARKS = re.compile(r"[\u0300-\u036f\u064b-\u065f\u0670\u20d0-\u20ff\u200b-\u200d\ufe00-\ufe0f]+")
LINE_BREAK = "\u2029"

_OPEN = r"""(?<![^\s\u00a0\ufffc(\[{«“"'،؛:/])"""
#: Units that follow a number after a space and read with it.
_UNITS = "pt|px|em|rem|mm|cm|m|km|in|ft|dpi|ppi|kg|g|mg|[KMGT]i?B|[kMG]?Hz|bits?|bytes?|USD|EUR|BC|AD|BCE|CE"
#: Technical tokens, which read left to right in an Arabic paragraph whatever UAX #9 says.
TOKEN = re.compile(
    rf"""
    (?=[A-Za-z0-9._%+@\#~/-])(?:                                                # what any of them begins with
      (?<![\w@])(?:https?|ftp)://[^\s<>«»"]*[^\s<>«»".,;:!?،؛؟)\]\u200e\u200f]  # URLs
    | (?<![\w.])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+             # e-mail
    | (?<![\w.])\+[0-9][0-9\u00a0\ ().-]{{5,}}[0-9]                             # +964 770 123 4567
    | (?<![\w.-])0[0-9]{{1,3}}[ -][0-9]{{3,4}}[ -][0-9]{{3,4}}(?![\w-])         # 0770 123 4567
    | (?<![\w-])(?:ISBN[: ]*)?97[89](?:[- ]?[0-9]){{10}}(?![\w-])               # ISBN, 13 digits
    | (?<![\w-])(?:ISBN[: ]*)?[0-9]{{1,5}}-[0-9]{{1,7}}-[0-9]{{1,7}}-[0-9Xx](?![\w-])  # ISBN, 10 digits
    | (?<![\w-])[0-9]{{4}}-[01][0-9]-[0-3][0-9](?![\w-])                        # 2026-11-23
    | (?<![\w.])v?[0-9]+(?:\.[0-9]+){{2,}}(?:[-+][A-Za-z0-9.]+)?(?![\w.]*\w)    # 1.2.3
    | (?<![\w.])[0-9]+(?:[.,][0-9]+)*[\u00a0\ ](?:{_UNITS})(?![A-Za-z0-9])       # 12 pt
    | (?<![A-Za-z])(?:[Cg]\+\+|[CFJ]\#)(?:[0-9]{{2}})?                          # C++, C#
    | (?<![\w.])[A-Za-z_][\w.]*\(\)                                             # print()
    | {_OPEN}[.@\#][A-Za-z][\w.-]*(?<![.-])                                     # .NET, .gitignore, @name
    | {_OPEN}(?:\.{{1,2}}|~)?/(?:[A-Za-z0-9._-]+/?)+(?<!\.)                       # /etc/hosts, ./build.py
    | {_OPEN}--?[A-Za-z][A-Za-z0-9-]*                                           # --strict, -v
    )""",
    re.VERBOSE | re.ASCII,
)
#: Every token has one of these; most lines have none, and are done quickly.
MARKED = re.compile(r"[A-Za-z0-9_/]")


@dataclass(frozen=True, order=True, slots=True)
class Run:
    """A stretch `text[start:end]` of the direction opposite to its paragraph's."""

    start: int
    end: int


def opposite(direction: str) -> str:
    """Give the other of `ltr` and `rtl`."""
    return "ltr" if direction == "rtl" else "rtl"


def count(letters: re.Pattern[str], text: str) -> int:
    """Count the letters of a text that are `ARABIC` or `LATIN`."""
    return sum(map(len, _WORDS[letters].findall(text)))


def has(letters: re.Pattern[str], text: str, number: int) -> bool:
    """Tell whether a text has so many of these letters, without counting more."""
    counts = accumulate((len(found[0]) for found in _WORDS[letters].finditer(text)), initial=0)
    return any(found >= number for found in counts)


def direction_of(text: str) -> str:
    """Judge a text by its letters: `rtl` if Arabic ones prevail over Latin ones."""
    return "rtl" if count(ARABIC, text) >= count(LATIN, text) else "ltr"


def opposite_runs(text: str, base: str) -> list[Run]:
    """Find the maximal runs of a paragraph that read against its direction `base`.

    In a right-to-left paragraph technical tokens are runs too, and a line of several
    words without one right-to-left letter is one run as a whole, its full stop included:
    that is what the writer of a reference in a foreign language means. Lines of the
    paragraph are parted by U+2029.
    """
    runs: list[Run] = []
    start = 0
    for line in text.split(LINE_BREAK):
        found = _rtl_line(line) if base == "rtl" else _resolved(line, "rtl")
        runs += [Run(start + run.start, start + run.end) for run in found]
        start += len(line) + 1
    return runs


def _rtl_line(line: str) -> list[Run]:
    """Find the left-to-right runs of a line of a right-to-left paragraph."""
    if line.isascii() and not line.strip():
        return []
    if whole := _whole(line):
        return [whole]
    tokens = [Run(*found.span()) for found in TOKEN.finditer(line)] if MARKED.search(line) else []
    return _united(_resolved(line, "ltr") + tokens)


def _whole(line: str) -> Run | None:
    """Take a line of several foreign words as one run, if nothing in it reads leftwards."""
    if _SIDE["rtl"].search(line) or len([word for word in line.split() if _SIDE["ltr"].search(word)]) < 2:
        return None
    return Run(len(line) - len(line.lstrip()), len(line.rstrip()))


def _resolved(line: str, side: str) -> list[Run]:
    """Find the runs that the rules resolve to the direction `side`."""
    if not STRONG[side].search(line):
        return []
    brackets = _bracket_types(line, side)
    places = sorted(brackets)
    runs = []
    for segment in _SEGMENT[side].finditer(line):
        start = segment.start()
        inner = places[bisect_left(places, start) : bisect_left(places, segment.end())]
        for stop in [*(at for at in inner if not brackets[at]), segment.end()]:
            same = [at for at in inner if brackets[at] and start <= at < stop]
            runs += _core(line, Run(start, stop), side, same)
            start = stop + 1
    return runs


def _core(line: str, stretch: Run, side: str, brackets: list[int]) -> list[Run]:
    """Trim a stretch to what is of the direction: from its first to its last such character.

    Brackets that N0 resolves to the direction count as letters of it.
    """
    start, end = stretch.start, stretch.end
    piece = line[start:end]
    if not STRONG[side].search(piece):
        return []
    for at in brackets:
        piece = piece[: at - start] + _STAND_IN[side] + piece[at - start + 1 :]
    if not (found := _CORE[side].search(piece)):
        return []
    last = start + found.end()
    marks = _TRAILING_MARKS.match(line, last, end)
    return [Run(start + found.start(), marks.end() if marks else last)]


def _bracket_types(line: str, side: str) -> dict[int, bool]:
    """Resolve paired brackets by N0: True where they take the direction `side`.

    A pair that holds a strong character of the paragraph's own direction takes that one;
    a pair that holds only the other takes it if the text before it is of the other too.
    A pair without strong characters stays neutral and is not in the answer.
    """
    types: dict[int, bool] = {}
    for opening, closing in _pairs(line):
        if _SIDE[opposite(side)].search(line, opening + 1, closing):
            types[opening] = types[closing] = False
        elif _SIDE[side].search(line, opening + 1, closing) or _NUMBER.search(line, opening + 1, closing):
            types[opening] = types[closing] = _before(line, opening, types, side)
    return types


def _before(line: str, index: int, types: dict[int, bool], side: str) -> bool:
    """Tell whether the strong context before a place is of the direction `side`."""
    for at in range(index - 1, -1, -1):
        if at in types:
            return types[at]
        if _SIDE["ltr"].match(line, at):
            return side == "ltr"
        if _SIDE["rtl"].match(line, at):
            return side == "rtl"
    return False


def _pairs(line: str) -> list[tuple[int, int]]:
    """Pair brackets by BD16, in the order of the opening ones."""
    stack: list[tuple[str, int]] = []
    pairs = []
    for found in _BRACKET.finditer(line):
        opening = BRACKETS.get(found[0])
        if opening is None:
            stack.append((found[0], found.start()))
            continue
        depth = next((i for i in range(len(stack) - 1, -1, -1) if stack[i][0] == opening), -1)
        if depth >= 0:
            pairs.append((stack[depth][1], found.start()))
            del stack[depth:]
    return sorted(pairs)


def _united(runs: list[Run]) -> list[Run]:
    """Unite runs that overlap."""
    united: list[Run] = []
    for run in sorted(runs):
        if united and run.start < united[-1].end:
            united[-1] = Run(united[-1].start, max(run.end, united[-1].end))
        else:
            united.append(run)
    return united
