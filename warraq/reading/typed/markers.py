"""The marks that items of lists begin with, in every digit set and form.

Bullets `-`, `*`, `+` and those of word processors; numbers `1.`, `١-`, `1)`, `(٣)`, `٧٨.`;
letters `أ.`, `a)`. What is no list to its author (a year, `د. أحمد`, `1.5`) is none here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from warraq.arabic.digits import to_int
from warraq.reading.typed.lines import Line

_DIGITS = "[0-9]{1,9}|[٠-٩]{1,9}|[۰-۹]{1,9}"
#: What may follow a number without a blank: Arabic letters, and what opens words.
_WORD = '[\u0621-\u064a\u066e-\u06d3«"(*]'
_GAP = r"(?P<gap>[ \t\u00a0]+"
_BULLET = re.compile(r"(?P<lead> *)(?P<mark>[-*+•●◦▪‣○■□➢✓☐☑☒])" + _GAP + "|$)")
#: What word processors leave of a hollow bullet.
_WORD_BULLET = re.compile(r"(?P<lead> *)(?P<mark>o)(?P<gap>\t+)")
_NUMBER = re.compile(rf"(?P<lead> *)(?P<open>\()?(?P<number>{_DIGITS})(?P<form>[ ]?[-–ـ]|[.)۔]){_GAP}|$|(?={_WORD}))")
_LETTER = re.compile(
    r"(?P<lead> *)\(?(?P<letter>هـ|الف|[ا-يأپچژگکیa-zA-Z]|[ivxIVX]{1,5})(?P<form>[ ]?[-–]|[.)])" + _GAP + ")"
)
#: Boxes of tasks that are typed as characters; the first one is empty.
BOXES = "☐☑☒"
ABJAD = tuple("ابجدهوزحطيكلمنسعفصقرشتثخذضظغ")
ALPHABET = tuple("ابتثجحخدذرزسشصضطظعغفقكلمنهوي")
PERSIAN = tuple("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی")
LATIN = tuple("abcdefghijklmnopqrstuvwxyz")
ROMAN = tuple(re.split(" ", "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"))
_ORDERS = (ABJAD, ALPHABET, PERSIAN, ROMAN, LATIN)
#: The signs after numbers, the Urdu full stop among them.
FORMS = ".)-–ـ۔"
#: How far on the next item is looked for where only it makes a list of a line.
REACH = 60


@dataclass(frozen=True, slots=True)
class Marker:
    """The mark of an item: where it stands, where its words begin, and what it says.

    `form` is `bullet`, `box`, `letter` or the sign after the number; `value` counts from 0, and
    -1 follows on the one before (`#.`). `shown` is a mark that stays as typed: a letter, or a
    number in parentheses. `is_sure` is false where only a next item proves a list.
    """

    indent: int
    content: int
    form: str
    value: int = 0
    shown: str = ""
    is_sure: bool = True


def marker(line: Line) -> Marker | None:
    """Read the mark that a line begins with, if it may be one."""
    text = line.text
    if text.startswith("#. "):
        return Marker(0, 3, ".", -1)
    if found := _BULLET.match(text) or _WORD_BULLET.match(text):
        return _bulleted(found, text)
    if found := _NUMBER.match(text):
        return _numbered(found, text)
    if found := _LETTER.match(text):
        return Marker(
            len(found["lead"]), _content(found, text), f"letter{found['form'].strip()}",
            shown=text[len(found["lead"]) : found.start("gap")].strip(), is_sure=False,
        )  # fmt: skip
    return None


def _bulleted(found: re.Match[str], text: str) -> Marker:
    mark = found["mark"]
    if mark in BOXES:
        return Marker(len(found["lead"]), _content(found, text), "box", int(mark != BOXES[0]))
    return Marker(len(found["lead"]), _content(found, text), "bullet" if mark in "-*+" else mark)


def _numbered(found: re.Match[str], text: str) -> Marker | None:
    form = found["form"].strip()
    if found["open"] and form != ")":
        return None
    number = to_int(found["number"])
    if found["open"]:
        shown = f"({found['number']})"
        return Marker(len(found["lead"]), _content(found, text), "(", number, shown, is_sure=False)
    joined = not found["gap"] and found.end() < len(text)
    is_year = len(found["number"]) > 3
    return Marker(len(found["lead"]), _content(found, text), form, number, is_sure=not (joined or is_year))


def _content(found: re.Match[str], text: str) -> int:
    """Give the column of an item's words (CommonMark 0.31 §5.2: five blanks or more are code)."""
    gap = len(found["gap"])
    if found.end() >= len(text) or gap > 4:
        return found.start("gap") + 1
    return found.end()


def begins_list(lines: Sequence[Line], at: int, *, after_words: bool) -> Marker | None:
    """Read the mark of a line that begins a list; after words it must be plain that it does.

    There a number other than 1 needs the next one below it (CommonMark 0.31 §5.3 takes 1 only).
    """
    found = marker(lines[at])
    if not found or (after_words and found.content >= len(lines[at].text)):
        return None
    if found.form.startswith("letter"):
        return found if follows(lines, at, found) and is_first(found.shown) else None
    sure = found.is_sure and (not after_words or found.form not in FORMS or found.value in {0, 1})
    return found if sure or follows(lines, at, found) else None


def is_first(shown: str) -> bool:
    """Tell whether a letter is the first of its order."""
    return _plain(shown) in {"ا", "a", "i"}


def follows(lines: Sequence[Line], at: int, found: Marker) -> bool:
    """Tell whether the item that comes after this one stands below it."""
    for line in lines[at + 1 : at + 1 + REACH]:
        if line.is_blank or line.indent > found.indent + 3:
            continue
        other = marker(line)
        if other and other.form == found.form and abs(other.indent - found.indent) < 2:
            return is_next(found, other)
    return False


def is_next(one: Marker, other: Marker) -> bool:
    """Tell whether the mark of one item comes right after that of another."""
    if one.value or not one.shown:
        return other.value == one.value + 1 or (one.value in {0, 1} and other.value == one.value)
    first, second = _plain(one.shown), _plain(other.shown)
    return any(
        first in order and order.index(first) + 1 < len(order) and order[order.index(first) + 1] == second
        for order in _ORDERS
    )


def _plain(shown: str) -> str:
    return shown.strip("().-– ").replace("الف", "ا").replace("أ", "ا").replace("هـ", "ه").lower()
