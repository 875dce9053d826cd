"""Call-outs: notes, tips and warnings set in a box, in the ways that programs have for them.

    > [!NOTE] title       !!! note "title"        :::note[title]       ```admonish note
    > text                    text                text                 text
                          ??? note "title"        :::                  ```

becomes `<aside class="callout callout-note"><p class="callout-title"><b>title</b></p>…`, with
the class `untitled` and no title where the author gave none. Other `:::` containers are a `div` with
their classes, id, language and direction.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from warraq.reading.typed import passages
from warraq.reading.typed.lines import Line
from warraq.reading.typed.rewriting import Construct, Rewriter, Taken

#: Names of kinds, as programs and writers have them, by the kinds that themes know.
KINDS = {
    "note": "note info notice seealso see-also todo memo ملاحظة معلومة",
    "tip": "tip hint success check smart idea فائدة نصيحة إضاءة",
    "important": "important attention مهم هام",
    "warning": "warning warn caution تنبيه تحذير",
    "danger": "danger error failure fail missing bug alert خطر",
    "example": "example مثال",
    "question": "question help faq سؤال",
    "summary": "summary abstract tldr خلاصة",
    "quote": "callout-quote",
}
_KIND = {name: kind for kind, names in KINDS.items() for name in names.split()}
_GITHUB = re.compile(r"\[!(?P<name>[\w-]+)(?:\|[^\]]*)?\](?P<fold>[-+]?)[ \t]*(?P<title>.*)")
_MKDOCS = re.compile(
    r"(?P<indent> *)(?P<mark>!!!|\?\?\?\+?)[ \t]*(?P<names>[\w-]+(?:[ \t]+[\w-]+)*)(?:[ \t]+\"(?P<title>.*)\")?[ \t]*"
)
_TAB = re.compile(r"(?P<indent> *)===[!+]?[ \t]+\"(?P<title>.*)\"[ \t]*")
_COLONS = re.compile(r"(?P<indent> {0,3})(?P<mark>:{3,})[ \t]*(?P<info>[^\s:].*?)[ \t]*:*[ \t]*")
_CLOSED = re.compile(r" {0,3}(?P<mark>:{3,})[ \t]*")
_INFO = re.compile(
    r"\{?(?P<name>[\w-]+)\}?[ \t]*(?:\[(?P<title>.*)\])?[ \t]*(?:\{(?P<attributes>[^{}]*)\})?(?P<rest>.*)"
)
_ATTRIBUTE = re.compile(r"""[.](?P<class>[\w-]+)|#(?P<id>[^\s}]+)|(?P<key>lang|dir)=["']?(?P<value>[\w-]+)["']?""")
_FENCED = re.compile(r"(?:admonish[ \t]+)?(?:ad-)?\{?(?P<name>[\w-]+)\}?(?P<rest>.*)")
_TITLE = re.compile(r"""\b(?:title|header)=["'](?P<title>[^"']*)["']""")


@dataclass(frozen=True, slots=True)
class Box:
    """A call-out or another container: its element, and its title as typed.

    It is plain if its author wants no title, rather than one by default.
    """

    kind: str
    title: Line | None = None
    is_folded: bool = False
    is_plain: bool = False
    attributes: dict[str, str] = field(default_factory=dict)


def kind_of(name: str) -> str | None:
    """Give the kind of call-out that a name means, if any."""
    return _KIND.get(name.lower())


def written(rewriter: Rewriter, box: Box, lines: Sequence[Line]) -> list[str]:
    """Write a container: its element put aside, its title, its blocks."""
    title = rewriter.inline(rewriter, [box.title])[0].strip() if box.title and box.title.text.strip() else ""
    tag = "details" if box.is_folded and title else ("aside" if box.kind in KINDS else "div")
    named = box.kind if tag == "div" else f"callout callout-{box.kind}{'' if title or box.is_plain else ' untitled'}"
    own = {"class": named} | box.attributes
    said = "".join(f' {key}="{html.escape(value)}"' for key, value in own.items() if value)
    inner = ["", *_titled(rewriter, box, title), *rewriter.blocks(lines), ""]
    return [rewriter.aside(f"<{tag}{said}>"), *inner, rewriter.aside(f"</{tag}>")]


def _titled(rewriter: Rewriter, box: Box, title: str) -> list[str]:
    if not title:
        return []
    tag = "summary" if box.is_folded else "p"
    start, end = f'<{tag} class="callout-title"><b>', f"</b></{tag}>"
    return [rewriter.aside(start) + title + rewriter.aside(end), ""]


def of_fence(info: str) -> Box | None:
    """Read the info string of a fence that is a call-out: `admonish tip`, `ad-note`, `{warning}`."""
    found = _FENCED.fullmatch(info)
    if not found:
        return None
    kind = kind_of(found["name"])
    is_meant = info.startswith(("admonish", "ad-", "{")) or "=" in found["rest"] or not found["rest"].strip()
    if not kind or not is_meant or (info.startswith("{") and "}" not in info):
        return None
    named = _TITLE.search(found["rest"])
    words = named["title"] if named else (found["rest"].strip() if info.startswith("{") else "")
    return Box(kind, Line(words, 0) if words else None)


def of_quote(line: Line) -> Box | None:
    """Read the first line of a quotation that is a call-out (`[!NOTE] title`)."""
    found = _GITHUB.fullmatch(line.text.strip()) if "[!" in line.text else None
    if not found:
        return None
    kind = kind_of(found["name"]) or ("quote" if found["name"].lower() in {"quote", "cite"} else "note")
    start = line.indent + found.start("title")
    return Box(kind, line.cut(start) if found["title"] else None)


def _mkdocs(rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    found = _MKDOCS.fullmatch(lines[at].text) or _TAB.fullmatch(lines[at].text)
    if not found:
        return None
    inner, after = indented(lines, at + 1, len(found["indent"]) + 4)
    title = lines[at].cut(found.start("title")) if found["title"] else None
    title = Line(found["title"], title.offset) if title else None
    if "names" not in found.groupdict():
        return tab(rewriter, title, inner), after
    names = found["names"].split()
    kind = next((kind for name in names if (kind := kind_of(name))), "quote" if "quote" in names else "note")
    box = Box(kind, title, is_folded=found["mark"].startswith("?"), is_plain=found["title"] == "")
    return written(rewriter, box, inner), after


def tab(rewriter: Rewriter, title: Line | None, lines: Sequence[Line]) -> list[str]:
    """Write one of several tabs, which a book shows below each other, under its title."""
    words = [Line(f"**{title.text}**", title.offset), Line("", title.offset)] if title else []
    return written(rewriter, Box("tab"), [*words, *lines])


def indented(lines: Sequence[Line], at: int, columns: int) -> tuple[list[Line], int]:
    """Take the lines that are set in by so many columns, blank ones between them too."""
    after = end = at
    while after < len(lines) and (lines[after].is_blank or lines[after].indent >= columns):
        after += 1
        end = end if lines[after - 1].is_blank else after
    return [line.dedented(columns) for line in lines[at:end]], end


def _container(rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    if lines[at].text.lstrip().startswith(":::") and _CLOSED.fullmatch(lines[at].text):
        rewriter.say("W218", "nothing is open that ::: closes", lines[at].offset, "take the line out")
        return [], at + 1
    found = _COLONS.fullmatch(lines[at].text) if ":::" in lines[at].text else None
    if not found:
        return None
    end = _end(lines, at, found["mark"])
    if end == len(lines):
        hint = f"close it with a line {found['mark']}"
        rewriter.say("W218", "the container ::: is not closed", lines[at].offset, hint)
    return written(rewriter, _box(found, lines[at]), lines[at + 1 : end]), end + 1


def _end(lines: Sequence[Line], at: int, mark: str) -> int:
    """Find the line that closes a container; one that is opened within closes first."""
    depth = 0
    for end in range(at + 1, len(lines)):
        text = lines[end].text
        if ":::" not in text:
            continue
        if closed := _CLOSED.fullmatch(text):
            if depth == 0 or (len(closed["mark"]) == len(mark) and len(mark) > 3):
                return end
            depth -= 1
        elif _COLONS.fullmatch(text):
            depth += 1
    return len(lines)


def of_passage(info: str) -> Box | None:
    """Read the words after a mark that name a passage; its reference is the element's title."""
    found = passages.of_info(info)
    return Box(found[0], attributes={"title": found[1]} if found[1] else {}) if found else None


def _box(found: re.Match[str], line: Line) -> Box:
    if passage := of_passage(found["info"]):
        return passage
    info = _INFO.fullmatch(found["info"])
    start = found.start("info")
    if not info or found["info"].startswith(("{.", "{#", "{ ")):
        return _with(found["info"], Box(""))
    kind = kind_of(info["name"])
    is_folded = info["name"].lower() == "details"
    typed = ("title", "rest")
    group = next((name for name in typed if (info[name] or "").strip()), None)
    is_titled = group and (kind or is_folded)
    title = Line(info[group].strip(), line.offset + start + info.start(group)) if group and is_titled else None
    return _with(info["attributes"] or "", Box("note" if is_folded else kind or info["name"], title, is_folded))


def _with(attributes: str, box: Box) -> Box:
    """Add the classes, id, language and direction between braces (Pandoc's attributes)."""
    classes, own = [], {}
    for found in _ATTRIBUTE.finditer(attributes):
        if found["class"]:
            classes.append(found["class"])
        else:
            own["id" if found["id"] else found["key"]] = found["id"] or found["value"]
    named = next((kind for name in classes if (kind := kind_of(name))), None)
    if named and not box.kind:
        return replace(box, kind=named, attributes=own)
    return replace(box, kind=box.kind or " ".join(classes), attributes=own)


MKDOCS = Construct(_mkdocs, lambda _rewriter, lines, at: bool(_MKDOCS.fullmatch(lines[at].text)))
CONTAINER = Construct(
    _container,
    lambda _rewriter, lines, at: (
        ":::" in lines[at].text and bool(_COLONS.fullmatch(lines[at].text) or _CLOSED.fullmatch(lines[at].text))
    ),
)
