"""Raw HTML made harmless and plain: only what a book needs is kept.

Scripts, styles, frames, controls and event attributes go; forms leave their words; tags
that are not of HTML were meant as text (`<name>`) and become it again.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from warraq.reading.draft import Draft
from warraq.reading.ids import BIBLIOGRAPHY
from warraq.reading.trees import BLOCKS, add_class, contents, fill, is_empty, replace
from warraq.reading.typed.callouts import kind_of

REMOVED = frozenset({
    "applet", "area", "audio", "base", "button", "canvas", "datalist", "dialog", "embed", "frame", "frameset",
    "head", "iframe", "input", "link", "meta", "meter", "object", "optgroup", "option", "output", "param",
    "progress", "script", "select", "source", "style", "template", "textarea", "title", "track", "video",
})  # fmt: skip
UNWRAPPED = frozenset({
    "body", "center", "fieldset", "font", "form", "html", "label", "legend", "main", "map", "marquee", "nobr",
    "noscript", "picture",
})  # fmt: skip
KEPT = frozenset({
    "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "cite",
    "code", "col", "colgroup", "data", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "i", "img", "ins", "kbd",
    "li", "mark", "math", "nav", "ol", "p", "pre", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "section",
    "small", "span", "strike", "strong", "sub", "summary", "sup", "svg", "table", "tbody", "td", "tfoot", "th",
    "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
})  # fmt: skip
ATTRIBUTES = frozenset({
    "abbr", "alt", "cite", "class", "colspan", "data-at", "data-index", "datetime", "dir", "headers", "height", "href",
    "id", "lang", "reversed", "rowspan", "scope", "src", "start", "style", "title", "type", "value", "width",
})  # fmt: skip
#: Classes by which the program's own sheets know its own elements.
RESERVED = frozenset({
    "bar", "chapter", "colophon", "contents", "cover", "dead", "front", "hidden", "imprint", "missing", "note",
    "note-again", "note-call", "note-window", "notes", "opening", "part", "side", "start", "title-page", "tool", "turn",
})  # fmt: skip
_ALIGN = re.compile(r"text-align:\s*(left|right|center|justify|start|end)")
_EMBED = re.compile(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/")
_SVG = "{http://www.w3.org/2000/svg}"
_MATHML = "{http://www.w3.org/1998/Math/MathML}"


def clean_body(draft: Draft) -> None:
    """Clean the body of a chapter, and put words loose among its blocks into paragraphs."""
    clean(draft, draft.body)
    nodes: list[Element | str] = []
    loose: Element | None = None
    for node in contents(draft.body):
        is_block = isinstance(node, Element) and (node.tag in BLOCKS or node.find(".//p") is not None)
        if is_block or (isinstance(node, str) and not node.strip() and loose is None):
            nodes.append(node)
            loose = None
            continue
        if loose is None:
            loose = Element("p")
            nodes.append(loose)
        fill(loose, [*contents(loose), node])
    fill(draft.body, nodes)


def clean(draft: Draft, root: Element) -> None:
    """Clean a tree in place; W218 is said of tags that are not of HTML."""
    for child in list(root):
        _clean(draft, root, child)
    place = f".//*[@id='{BIBLIOGRAPHY}']"
    empty = (child for child in root if child.tag == "p" and "id" not in child.attrib and is_empty(child))
    for child in [child for child in empty if child.find(place) is None]:
        replace(root, child, [])


def _clean(draft: Draft, parent: Element, child: Element) -> None:
    if not isinstance(child.tag, str) or child.tag in REMOVED:
        replace(parent, child, _film(draft, child) or _task_box(parent, child))
    elif child.tag.startswith((_SVG, _MATHML)):
        _clean_foreign(parent, child)
    else:
        clean(draft, child)
        if child.tag in UNWRAPPED or ":" in child.tag.rstrip(":"):
            replace(parent, child, contents(child))
        elif child.tag in KEPT:
            if child.tag == "details" and child.find("summary") is None:
                child.tag = "div"
            _clean_attributes(child)
        else:
            _as_text(draft, parent, child)


def _film(draft: Draft, child: Element) -> list[Element | str]:
    """Leave of a film, a sound or a frame (W228) a link to it, if it is on the network."""
    if child.tag not in {"iframe", "video", "audio", "embed"}:
        return []
    holder = next((element for element in child.iter() if element.get("src")), child)
    typed = holder.get("src", "").strip()
    address = _EMBED.sub("https://youtu.be/", f"https:{typed}" if typed.startswith("//") else typed)
    is_remote = address.startswith(("https://", "http://"))
    hint = "its address is set as a link" if is_remote else "it was left out; say in the text what it shows"
    place = draft.place(holder, typed or f"<{child.tag}")
    draft.say("W228", f"<{child.tag}> cannot be in a book", place, hint)
    if not is_remote:
        return []
    link = Element("a", {"href": address})
    link.text = child.get("title") or address
    return [link]


def _task_box(parent: Element, child: Element) -> list[Element | str]:
    """Keep of the control of a task list its box, and whether it is ticked, as the class `ticked`."""
    if child.tag != "input" or child.get("type") != "checkbox" or "disabled" not in child.attrib:
        return []
    if "checked" in child.attrib:
        add_class(parent, "ticked")
    return [Element("span", {"class": "task-box ticked" if "checked" in child.attrib else "task-box"})]


def _clean_attributes(element: Element) -> None:
    style = _ALIGN.search(element.get("style", "")) or _ALIGN.match(f"text-align:{element.get('align', '')}")
    if element.tag == "a" and "name" in element.attrib:
        element.attrib.setdefault("id", element.attrib["name"])
    for name in list(element.attrib):
        if name not in ATTRIBUTES:
            del element.attrib[name]
    if "class" in element.attrib:
        _clean_classes(element)
    element.attrib.pop("style", None)
    if style:
        element.set("style", f"text-align: {style[1]}")
    if element.get("dir", "ltr") not in {"ltr", "rtl"}:
        del element.attrib["dir"]


def _clean_classes(element: Element) -> None:
    """Make a call-out of a block of such a class (kramdown's `{: .note}`), and drop classes of ours."""
    names = element.attrib["class"].split()
    kind = next((kind for name in names if (kind := kind_of(name))), None)
    if kind and "callout" not in names and element.tag in {"p", "div", "aside", "blockquote", "section"}:
        names = ["callout", f"callout-{kind}", "untitled"]
    kept = " ".join(name for name in names if name not in RESERVED)
    if kept:
        element.set("class", kept)
    else:
        del element.attrib["class"]


def _as_text(draft: Draft, parent: Element, child: Element) -> None:
    """Turn an element that HTML does not have back into the text that was typed."""
    place = draft.source.place_of(f"<{child.tag}")
    hint = f"write \\<{child.tag}> or `<{child.tag}>` if it is meant as text"
    draft.say("W218", f"<{child.tag}> is not a tag of HTML and was kept as text", place, hint)
    replace(parent, child, [f"<{child.tag}>", *contents(child)])


def _clean_foreign(parent: Element, child: Element) -> None:
    """Take a drawing or formula out of its namespace; an empty one (`<svg/>`) goes."""
    for element in child.iter():
        for inner in [inner for inner in element if str(inner.tag).endswith(("}script", "}style", "}foreignObject"))]:
            element.remove(inner)
        for name in list(element.attrib):
            if name.lower().startswith("on") or (name.endswith("href") and not element.attrib[name].startswith("#")):
                del element.attrib[name]
        element.tag = str(element.tag).rpartition("}")[2]
    if len(child):
        child.set("xmlns", _SVG.strip("{}") if child.tag == "svg" else _MATHML.strip("{}"))
    else:
        replace(parent, child, [])

