"""Where a kashida may lengthen a word: the places a calligrapher would choose, best first.

A kashida joins two letters, and there are orders of preference for the joints. The one
used here is that of Microsoft's typographers (Arabic Typography and OpenType, "Justifying
Text using Kashida"), known from Uniscribe and InDesign, which Elyaakoubi and Lazrek
(Justify Just or Just Justify, Journal of Electronic Publishing 13, 2010) and Benatia,
Elyaakoubi and Lazrek (Arabic Text Justification, TUGboat 27:2, 2006) compare with what
calligraphers write; W3C's Arabic layout requirements (alreq) §"Justification" repeat it.
From them come the prohibitions too. A place is never

* where letters do not join, or form lam-alef or the name الله;
* in a word of fewer than four letters, or three without its article, whose stroke would be
  longer than its letters;
* after a letter that bears a mark, which would hang beside its letter;
* after the article or a letter that is a word of its own before the word (و ف ب ل ك س), which
  would be torn from it, nor after any first letter but seen and sad;
* in a word that the author has lengthened already.

Words are given without what stands around them, in logical order, marks included.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from warraq.arabic.joining import DUAL_JOINING, JOINING, is_transparent

TATWEEL = "\u0640"
#: Letters of a word and the marks on them, without tatweel and signs of recitation.
WORD = re.compile("[\u0620-\u063f\u0641-\u065f\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9]+")
SHORTEST = 4
_SEEN = frozenset("سشصضښڛڜڝڞ")
_ALEF = frozenset("اأإآٱٲٳ")
_TOOTH = frozenset("بتثنيئپٻټٽٿڀیې")
#: Final letters before which a stroke is drawn, by priority.
_FINAL = (
    (2, frozenset("ةهدذۀەہۃ")),
    (3, frozenset("اأإآٱطظلكکگڭ")),
    (5, frozenset("وؤعغقفۋڤ")),
    (6, frozenset("رزيىژیے")),
    (6, frozenset("نمبتثپسشصض")),
)
#: The priority of a place that is no place of honour or stands between the two last letters of a word that
#: the letter before does not join (كم in دركم), and of one that tears the first letter of a stem off (م in فمولود).
LAST, LEAST = 7, 8
#: By how much a place is less good in a word of the fewest letters (فيه, إنهم), unless it is after seen or sad.
BRIEF = 2
_NAME = re.compile("[وفبتأا]{0,2}(?:ا?لله|الل?هم?)")
_PREFIX = re.compile("[وفأ]?(?:[بكل]?ال|لل)(?=..)|[وف]?[بلكس]?(?=...)")
_MARKS = "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]"


class Joint(NamedTuple):
    """A place for a kashida: before the character at `place` of a word; the lower the priority, the better."""

    priority: int
    place: int


@lru_cache(maxsize=65536)
def joints(word: str) -> tuple[Joint, ...]:
    """List the places where a word may be stretched, best first; among equals the later wins."""
    places = [index for index, character in enumerate(word) if character in JOINING or not is_transparent(character)]
    bare = word if len(places) == len(word) else "".join([word[index] for index in places])
    if len(bare) < SHORTEST or TATWEEL in word or _NAME.fullmatch(bare):
        return ()
    prefix = _PREFIX.match(bare)
    head = prefix.end() if prefix else 0
    if len(bare) - head < SHORTEST - 1:
        return ()
    found = sorted(
        (priority, -places[at + 1])
        for at in range(len(bare) - 1)
        if places[at + 1] == places[at] + 1 and (priority := _priority(bare, at, head))
    )
    if len(bare) == SHORTEST:
        found = [(_lesser(priority), place) for priority, place in found]
    return tuple([Joint(priority, -place) for priority, place in found])


def _lesser(priority: int) -> int:
    """Give the priority of a place in a brief word; it stays one that is used."""
    return priority if priority == 1 or priority >= LAST - 1 else min(priority + BRIEF, LAST - 1)


def _priority(bare: str, at: int, head: int) -> int:
    """Give the priority of the joint after a letter, or 0 where there may be none."""
    letter, following = bare[at], bare[at + 1]
    if letter not in DUAL_JOINING or following not in JOINING or (letter == "ل" and following in _ALEF):
        return 0
    if letter in _SEEN and at >= head:
        return 1
    # A stroke after the first letter, or between a prefix and its word, tears them apart.
    is_last = at + 2 == len(bare)
    if at < max(head, 1) or bare[at - 1] not in DUAL_JOINING:
        return LAST if is_last and at > head else 0
    if is_last:
        return next((priority for priority, letters in _FINAL if following in letters), LAST)
    if following in _ALEF:
        return 4
    # Before the middle of a word, not right after the first letter of its stem.
    return LEAST if at <= head else 5 if following in "دذ" else 6 if following == "و" else LAST
