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
BEFORE_ALEF = 4
#: By how much a place is less good in a word of the fewest letters (فيه, إنهم), unless it is after seen or sad.
BRIEF = 2
#: What stands before the stem of a word that may be stretched; no name of God is matched.
_HEAD = re.compile(
    r"(?![وفبتأا]{0,2}(?:ا?لله|الل?هم?)\Z)(?:[وفأ]?(?:[بكل]?ال|لل)(?=..)|[وف]?[بلكس]?(?=...))",
)


class Joint(NamedTuple):
    """A place for a kashida: before the character at `place` of a word; the lower the priority, the better."""

    priority: int
    place: int


@lru_cache(maxsize=65536)
def joints(word: str) -> tuple[Joint, ...]:
    """List the places where a word may be stretched, best first; among equals the later wins."""
    if len(word) < SHORTEST or TATWEEL in word:
        return ()
    if word.isalpha():
        return tuple([Joint(priority, 1 - at) for priority, at in _ranked(word)])
    places = [index for index, character in enumerate(word) if character in JOINING or not is_transparent(character)]
    ranked = _ranked("".join([word[index] for index in places]))
    found = [(priority, places[-at], places[1 - at]) for priority, at in ranked]
    return tuple([Joint(priority, place) for priority, before, place in found if place == before + 1])


def _ranked(bare: str) -> list[tuple[int, int]]:
    """List the joints of a word without marks, the best first: priority, and the letter before it counted down."""
    prefix = _HEAD.match(bare)
    if prefix is None or len(bare) < SHORTEST:
        return []
    head, end = prefix.end(), len(bare) - 2
    found = []
    for at in range(head, end + 1) if end > head else ():
        priority, last = _between(bare[at : at + 2])
        if priority > 1:
            # A stroke after the first letter, or between a prefix and its word, tears them apart.
            if not at or bare[at - 1] not in DUAL_JOINING:
                priority = LAST if head < at == end else 0
            elif at == end:
                priority = last
            elif at == head and priority > BEFORE_ALEF:
                # Before the middle of a word, not right after the first letter of its stem.
                priority = LEAST
        if priority:
            found.append((priority, -at))
    found.sort()
    return [(_lesser(priority), at) for priority, at in found] if len(bare) == SHORTEST else found


def _lesser(priority: int) -> int:
    """Give the priority of a place in a brief word; it stays one that is used."""
    return priority if priority == 1 or priority >= LAST - 1 else min(priority + BRIEF, LAST - 1)


@lru_cache(maxsize=4096)
def _between(pair: str) -> tuple[int, int]:
    """Give the priority of the joint of two letters within a word and at its end; 0 where there may be none."""
    letter, following = pair[0], pair[1]
    if letter not in DUAL_JOINING or following not in JOINING or (letter == "ل" and following in _ALEF):
        return 0, 0
    if letter in _SEEN:
        return 1, 1
    last = next((priority for priority, letters in _FINAL if following in letters), LAST)
    if following in _ALEF:
        return BEFORE_ALEF, last
    return 5 if following in "دذ" else 6 if following == "و" else LAST, last
