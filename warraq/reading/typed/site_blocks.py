"""Marks of site generators that stand on lines of their own, and what they hold.

`{% hint %}…{% endhint %}`, `{{< notice tip >}}…{{< /notice >}}`, `<Admonition type="tip">…` are
call-outs; `{% highlight js %}` is code; tabs and folds keep their titles. Others are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from warraq.reading.typed import callouts, sites
from warraq.reading.typed.lines import Line
from warraq.reading.typed.rewriting import Construct, Rewriter, Taken
from warraq.reading.typed.simple import fenced

_OPENS = re.compile(
    r"\s*(?:\{%-?\s*(?P<liquid>[\w-]+)\s*(?P<a>.*?)\s*-?%\}|\{\{(?P<kind>[<%])\s*(?P<hugo>[\w./-]+)\s*(?P<b>.*?)\s*[>%]\}\}"
    r"|<(?P<mdx>[A-Z][\w.]*)(?P<c>(?:\s[^<>]*)?)>)\s*"
)
_CALLOUTS = frozenset({
    "admonition", "alert", "aside", "box", "callout", "caution", "danger", "hint", "important", "info", "note",
    "notice", "success", "tip", "warning",
})  # fmt: skip
_FOLDS = frozenset(["details", "expand", "collapse", "spoiler", "accordion", "expandable"])
_TABS = frozenset({"tab", "tabitem"})
_CODE = frozenset({"highlight", "code-block", "codeblock"})
_DROPPED = re.compile(
    r"\s*(?:\[TOC\]|\[\[_?TOC_?\]\]|\$\{toc\}|\{\{\s*toc\s*\}\}|-+8<-+.*|"
    r"\\(?:newpage|pagebreak|clearpage|tableofcontents|maketitle|(?:big|med|small)skip)(?:\{\})?)\s*",
    re.IGNORECASE,
)
_MODULE = re.compile(
    r"(?:import\s+(?:[\w*{}\s,$]+\s+from\s+)?['\"][^'\"]+['\"]|export\s+(?:const|default|function|let)\b.*);?\s*"
)
_ATTRIBUTES = re.compile(r"\s*\{:(?P<inner>[^{}]*)\}\s*")


def _take(rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    text = lines[at].text
    if text[:1] in {"i", "e"} and _MODULE.fullmatch(text):
        rewriter.say_once("import … from", lines[at].offset)
        return [], _end_of_module(lines, at)
    if _DROPPED.fullmatch(text):
        rewriter.say_once(text.split()[0], lines[at].offset + lines[at].indent)
        return [], at + 1
    found = _OPENS.fullmatch(text) if "{%" in text or "{{" in text or "<" in text else None
    name = (found["liquid"] or found["hugo"] or found["mdx"]).lower() if found else ""
    if not found or name not in _CALLOUTS | _FOLDS | _TABS | _CODE:
        return _before(rewriter, lines, at)
    end = _end(lines, at, found)
    if end is None:
        return None
    rest = found["a"] or found["b"] or found["c"] or ""
    return _written(rewriter, name, rest, lines[at], lines[at + 1 : end]), end + 1


def _end_of_module(lines: Sequence[Line], at: int) -> int:
    """Find the end of a statement: the line with its last bracket, or the next blank line."""
    depth = 0
    while at < len(lines) and not lines[at].is_blank:
        depth += sum({"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}.get(char, 0) for char in lines[at].text)
        at += 1
        if depth <= 0:
            break
    return at


def _before(rewriter: Rewriter, lines: Sequence[Line], at: int) -> Taken | None:
    """Read kramdown's attributes before their block: a call-out, or nothing that a book needs."""
    found = _ATTRIBUTES.fullmatch(lines[at].text) if "{:" in lines[at].text else None
    if not found:
        return None
    classes = [name for name in re.findall(r"\.([\w-]+)", found["inner"]) if callouts.kind_of(name)]
    if not classes or at + 1 >= len(lines) or lines[at + 1].is_blank:
        rewriter.say_once("{: …}", lines[at].offset)
        return [], at + 1
    end = at + 1
    while end < len(lines) and not lines[end].is_blank:
        end += 1
    return callouts.written(rewriter, callouts.Box(callouts.kind_of(classes[0]) or "note"), lines[at + 1 : end]), end


def _end(lines: Sequence[Line], at: int, found: re.Match[str]) -> int | None:
    """Find the line with the tag that closes one, past those of the same name within."""
    if name := found["liquid"]:
        opens, closes = rf"\{{%-?\s*{name}\b", rf"\{{%-?\s*end{name}\s*-?%\}}"
    elif name := found["hugo"]:
        opens, closes = rf"\{{\{{[<%]\s*{re.escape(name)}\b", rf"\{{\{{[<%]\s*/\s*{re.escape(name)}\s*[>%]\}}\}}"
    else:
        opens, closes = rf"<{found['mdx']}[\s>]", rf"</{found['mdx']}>"
    depth = 1
    for end in range(at + 1, len(lines)):
        text = lines[end].text
        depth += len(re.findall(opens, text)) - len(re.findall(closes, text))
        if depth <= 0 and re.fullmatch(rf"\s*{closes}\s*", text):
            return end
    return None


def _written(rewriter: Rewriter, name: str, rest: str, line: Line, inner: Sequence[Line]) -> list[str]:
    given = sites.values(rest)
    told = sites.argument(rest)
    if name in _CODE:
        return fenced([code.text for code in inner], told or given.get("lang", ""))
    title = given.get("title") or given.get("label") or given.get("summary") or ""
    if name in _TABS:
        title = title or told or given.get("value", "")
        return callouts.tab(rewriter, Line(title, line.offset) if title else None, _dedented(inner))
    named = (given.get("style"), given.get("type"), given.get("kind"), given.get("color"), *rest.split(), name)
    kind = next((kind for word in named if word and (kind := callouts.kind_of(word.strip("\"'")))), "note")
    if not title and told and (name in _FOLDS or not callouts.kind_of(told)):
        title = told
    elif not title and (quoted := re.findall(r'"([^"=]+)"', re.sub(r'[\w-]+="[^"]*"', "", rest))):
        title = quoted[-1] if not callouts.kind_of(quoted[-1]) else ""
    box = callouts.Box(kind, Line(title, line.offset) if title else None, name in _FOLDS)
    return callouts.written(rewriter, box, _dedented(inner))


def _dedented(lines: Sequence[Line]) -> list[Line]:
    """Take off the blanks that all lines of an element are set in by."""
    common = min((line.indent for line in lines if not line.is_blank), default=0)
    return [line.dedented(common) for line in lines]


def _opens(_rewriter: Rewriter, lines: Sequence[Line], at: int) -> bool:
    text = lines[at].text
    if "{%" not in text and "{{" not in text and "<" not in text:
        return bool(_DROPPED.fullmatch(text))
    found = _OPENS.fullmatch(text)
    name = (found["liquid"] or found["hugo"] or found["mdx"]).lower() if found else ""
    return name in _CALLOUTS | _FOLDS | _TABS | _CODE


SITE = Construct(_take, _opens)
