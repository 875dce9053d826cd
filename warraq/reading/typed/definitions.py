"""What stands behind a label: notes, link addresses, abbreviations, and terms with meanings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from warraq.reading.typed import signs
from warraq.reading.typed.callouts import indented
from warraq.reading.typed.lines import Line, next_seen, spread, trimmed
from warraq.reading.typed.rewriting import Construct, Rewriter, Taken

_NOTE = re.compile(r"(?P<label> {0,3}\[\^[^\]]+\]:)[ \t]*")
_REFERENCE = re.compile(r" {0,3}\[(?!\^)[^\]]+\]:[ \t]*(?:<(?P<within>[^<>]*)>|(?P<address>[^\s<]\S*))(?P<rest>.*)")
#: What is an address for certain, so that its line ends a paragraph.
_CERTAIN = re.compile(r" {0,3}\[(?!\^)[^\]]+\]:[ \t]*<?(?:[a-z]+:/|/|\.{1,2}/|#|[^\s\]]+\.\w{2,4}(?:[\s#>]|$))")
_ABBREVIATION = re.compile(r"\*\[[^\]]+\][ ]?:.*")
_MEANING = re.compile(r" {0,3}[:~](?P<gap>[ \t]+)(?=\S)")
#: Lines that the first terms may take.
MOST = 4


def _note(rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    """Read a note, whose further blocks are set in by two columns or more."""
    found = _NOTE.match(lines[at].text) if "[^" in lines[at].text else None
    if not found:
        return None
    first = spread(lines[at].cut(found.end()))
    after = at + 1
    lazy = []
    while after < len(lines) and not lines[after].is_blank and not rewriter.opens(lines, after):
        lazy.append(lines[after].cut(lines[after].indent) if lines[after].indent < 4 else lines[after].dedented(4))
        after += 1
    more, end = indented(lines, after, 2)
    body = trimmed([first, *lazy, *(line.dedented(2) for line in more)])
    written = rewriter.blocks(body)
    head = written[0] if written and not re.match(r"[#>|`~-]|\d+\.", written[0]) else ""
    rest = written[1:] if head else ["", *written]
    label = found["label"].strip()
    return [f"{label} {head or signs.sign(signs.NOTHING)}", *(f"    {line}" if line else "" for line in rest)], end


def _reference(rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    """Read the address of a link (CommonMark 0.31 §4.7), with the sign of its place.

    `[المحقق]: صحيح` is a remark: what is called for nowhere and looks like no address is text.
    """
    found = _REFERENCE.fullmatch(lines[at].text) if "]:" in lines[at].text else None
    if not found or not (_CERTAIN.match(lines[at].text) or _is_called(rewriter, lines[at].text)):
        return None
    kind = "address" if found["address"] else "within"
    start, text = found.start(kind), lines[at].text
    place = signs.sign(signs.PLACE, max(lines[at].offset + start, 0))
    label = text[: text.index("]:") + 2].lstrip()
    return [f"{label} {place}{(found[kind] or '').strip().replace(' ', '%20')}{found['rest']}"], at + 1


def _is_called(rewriter: Rewriter, text: str) -> bool:
    label = text[: text.index("]:") + 1].strip().casefold()
    return rewriter.source.text.casefold().count(label) > 1


def _abbreviation(_rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    return ([lines[at].text], at + 1) if _ABBREVIATION.fullmatch(lines[at].text) else None


def _terms(rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    """Read terms, each followed by meanings that begin with a colon (or Pandoc's tilde)."""
    if not any(_MEANING.match(line.text) for line in lines[at + 1 : at + MOST + 1]):
        return None
    written: list[str] = []
    end = at
    while at < len(lines):
        meaning = next_seen(lines, _end_of_terms(rewriter, lines, at))
        if meaning == at or meaning >= len(lines) or not _MEANING.match(lines[meaning].text):
            break
        if not written and meaning - at > MOST:
            break
        terms = [line for line in lines[at:meaning] if not line.is_blank]
        written += [*([""] if written else []), *rewriter.text(terms)]
        while meaning < len(lines) and _MEANING.match(lines[meaning].text):
            block, end = _meaning(rewriter, lines, meaning)
            written += block
            meaning = next_seen(lines, end)
        at = meaning
    return (written, end) if written else None


def _end_of_terms(rewriter: Rewriter, lines: Sequence[Line], at: int) -> int:
    start = at
    while at < len(lines) and not lines[at].is_blank and not _MEANING.match(lines[at].text):
        if rewriter.opens(lines, at) or lines[at].indent > 3:
            return start
        at += 1
    return at


def _meaning(rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken:
    found = _MEANING.match(lines[at].text)
    first = spread(lines[at].cut(found.end() if found else 0))
    body, after = [], at + 1
    while after < len(lines) and not lines[after].is_blank and not _MEANING.match(lines[after].text):
        if rewriter.opens(lines, after) and lines[after].indent < 2:
            break
        body.append(lines[after].dedented(4))
        after += 1
    more, end = indented(lines, after, 2)
    block = rewriter.blocks(trimmed([first, *body, *(line.dedented(2) for line in more)]))
    head = block[0] if block and not re.match(r"[#>|`~-]|\d+\.", block[0]) else ""
    rest = block[1:] if head else ["", *block]
    head = head or signs.sign(signs.NOTHING)
    return [f":   {head}", *(f"    {line}" if line else "" for line in rest)], end


NOTE = Construct(_note, lambda _rewriter, lines, at: bool(_NOTE.match(lines[at].text)))
REFERENCE = Construct(_reference, lambda _rewriter, lines, at: bool(_CERTAIN.match(lines[at].text)))
ABBREVIATION = Construct(_abbreviation, lambda _rewriter, lines, at: bool(_ABBREVIATION.fullmatch(lines[at].text)))
TERMS = Construct(_terms)
