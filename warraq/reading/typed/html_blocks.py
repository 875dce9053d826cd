"""Raw HTML blocks (CommonMark 0.31 §4.6), put aside behind signs; what stands between is Markdown.

Markdown within HTML is read where a blank line parts it from its tags, where the tag says
`markdown="1"`, and where a line between tags plainly holds some.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from warraq.reading.typed import signs
from warraq.reading.typed.lines import Line
from warraq.reading.typed.rewriting import Construct, Rewriter, Taken

_NAME = (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link "
    "main menu menuitem nav noframes ol optgroup option p param picture search section source summary svg table tbody "
    "td tfoot th thead title tr track ul video audio math"
).replace(" ", "|")
_OPENS = re.compile(rf" {{0,3}}</?(?:{_NAME})(?=[\s/>]|$)", re.IGNORECASE)
_WHOLE = re.compile(r" {0,3}<(?P<tag>script|pre|style|textarea|svg|math)(?=[\s>]|$)", re.IGNORECASE)
_ATTRIBUTE = r"""\s+[\w:.-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
_ALONE = re.compile(rf" {{0,3}}(?:<[a-z][\w-]*(?:{_ATTRIBUTE})*\s*/?>|</[a-z][\w-]*\s*>)\s*")
_TAG = re.compile(r"</?[A-Za-z][\w:-]*(?:\s+[^<>]*)?/?>|<!--.*?-->")
_WITHIN = re.compile(r"""(<\w[^<>]*?)\s+markdown(?:\s*=\s*["']?\w+["']?)?(?=[\s/>])""")
_ADDRESS = re.compile(r"""(?P<key>\s(?:href|src)\s*=\s*["']?)(?=[^\s"'>])""")
_MARKDOWN = re.compile(
    r"<(?:https?|mailto):|\*\*\S|\]\(|(?<!`)`[^`\s]|^\s*(?:#{1,6}[ \t]|[-*+][ \t]|>[ \t]|\d+\.[ \t])|!\[|__\S|\[\^"
)
_UNFINISHED = re.compile(r"<(?=[A-Za-z/])(?:[^<>\"']|\"[^\"]*\"|'[^']*'|[\"'])*\Z")
_CODE = re.compile(r"(?P<mark>`+)[^`]+(?P=mark)")


def _take(rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    text = lines[at].text
    if "<" not in text[:5]:
        return None
    if whole := _WHOLE.match(text):
        return _until(rewriter, lines, at, f"</{whole['tag']}")
    if not _OPENS.match(text):
        return ([_aside(rewriter, lines[at : at + 1])], at + 1) if _ALONE.fullmatch(text) else None
    after = at + 1
    if _WITHIN.search(text):
        return _tagged(rewriter, lines[at]), after
    if not _MARKDOWN.search(_CODE.sub("", text)) or "markdown" in text:
        while after < len(lines) and not lines[after].is_blank and not _is_markdown(lines[after]):
            after += 1
        return [_aside(rewriter, lines[at:after])], after
    return _tagged(rewriter, lines[at]), after


def _is_markdown(line: Line) -> bool:
    return bool(_MARKDOWN.search(line.text) or _WITHIN.search(line.text))


def _until(rewriter: Rewriter, lines: Sequence[Line], at: int, end: str) -> Taken:
    """Take all lines to the one with the end tag, or to the blank line where there is none."""
    for after in range(at, len(lines)):
        if end in lines[after].text.lower() or (after == at and lines[at].text.rstrip().endswith("/>")):
            return [_aside(rewriter, lines[at : after + 1])], after + 1
    after = at + 1
    while after < len(lines) and not lines[after].is_blank:
        after += 1
    return [_aside(rewriter, lines[at:after])], after


def _aside(rewriter: Rewriter, lines: Sequence[Line]) -> str:
    """Put lines aside; a tag that is not finished in them would take in all that follows, and is text."""
    html = "\n".join(_placed(line) for line in lines)
    if found := _UNFINISHED.search(html):
        rewriter.say("W218", "a tag of HTML is not finished and was kept as text", lines[-1].offset, "close it with >")
        html = f"{html[: found.start()]}&lt;{html[found.start() + 1 :]}"
    return rewriter.aside(html)


def _placed(line: Line) -> str:
    """Put the sign of its place before each address in a line of HTML."""
    if "src" not in line.text and "href" not in line.text:
        return line.text
    return _ADDRESS.sub(lambda found: found[0] + signs.sign(signs.PLACE, max(line.offset + found.end(), 0)), line.text)


def _tagged(rewriter: Rewriter, line: Line) -> list[str]:
    """Put only the tags of a line aside, so that what is between them is read as Markdown."""
    written, at = [], 0
    spans = [found.span() for found in _CODE.finditer(line.text)]
    for found in _TAG.finditer(line.text):
        if any(start < found.start() < end for start, end in spans):
            continue
        tag = Line(_WITHIN.sub(r"\1", found[0]), line.offset + found.start())
        written += [_words(rewriter, line, at, found.start()), rewriter.aside(_placed(tag))]
        at = found.end()
    text = "".join([*written, _words(rewriter, line, at, len(line.text))])
    return [text]


def _words(rewriter: Rewriter, line: Line, start: int, end: int) -> str:
    words = Line(line.text[start:end], line.offset + start)
    return rewriter.inline(rewriter, [words])[0] if words.text.strip() else words.text


HTML = Construct(_take, lambda _rewriter, lines, at: bool(_OPENS.match(lines[at].text) or _WHOLE.match(lines[at].text)))
