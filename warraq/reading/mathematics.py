r"""Formulas: TeX between `\(` and `\)`, or displayed between `$$` or `\[` and `\]`, to MathML.

    $$ E = mc^2 $$ {#eq-energy}         \(x_1\)         ```math

The only importer of latex2mathml. A lone `$` is money. A label, by `{#id}` or `\label{id}`,
makes an equation that can be referred to.
"""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from warraq.arabic.bidi import ARABIC
from warraq.diagnostics import isolate
from warraq.reading import code
from warraq.reading.draft import Draft
from warraq.reading.trees import BLOCKS, contents, fill, has_class, replace, with_parents

#: The class that Markdown gives to what it takes for a formula.
CLASS = "arithmatex"
_NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_LABEL = re.compile(r"\s*\\label\s*\{([^{}]+)\}")
_TYPED_LABEL = re.compile(r"(?P<close>\$\$|\\\])[ \t]*\{#(?P<id>[^\s{}]+)\}[ \t]*$")
_TEXT = re.compile(r"\\(?:text|mbox|textrm|textbf|textit|mathrm|operatorname)\s*\{[^{}]*\}")
#: Environments that latex2mathml does not know, or numbers by itself, and the one like them.
_LIKE = r"aligned|split|align|eqnarray\*?|flalign\*?|gathered|gather|multline|equation\*?"
_ALIGNED = re.compile(rf"\\(begin|end)\{{(?:{_LIKE})\}}")
_ESCAPED = re.compile(r"\\[\\{}]")
_SIGNS = frozenset("٫٬")
#: What latex2mathml says by the kind of its exceptions.
_SAID = {
    "NumeratorNotFoundError": r"a fraction lacks its numerator",
    "DenominatorNotFoundError": r"a fraction lacks its denominator",
    "ExtraLeftOrMissingRightError": r"\left and \right do not match",
    "MissingSuperScriptOrSubscriptError": "nothing stands after ^ or _",
    "DoubleSubscriptsError": "two subscripts stand after one another",
    "DoubleSuperscriptsError": "two superscripts stand after one another",
    "NoAvailableTokensError": "a command lacks what it is about",
    "MissingEndError": r"\begin has no \end",
    "LimitsMustFollowMathOperatorError": r"\limits must follow an operator",
}


class _FaultyError(ValueError):
    """TeX that cannot be understood; the message says why."""


def protected_label(line: str) -> str:
    """Move a label behind a displayed formula into it, where Markdown leaves it alone."""
    return _TYPED_LABEL.sub(lambda found: f"\\label{{{found['id']}}} {found['close']}", line) if "{#" in line else line


def shape(draft: Draft) -> None:
    """Turn the formulas of a chapter into MathML; W233 for one that cannot be understood."""
    counts = Counter[str]()
    for root in draft.text_roots:
        for parent, element in with_parents(root):
            if has_class(element, CLASS):
                _formula(draft, parent, element, counts)
            elif _is_fence(element):
                fill(element, [f"\\[{''.join(element.itertext()).strip()}\\]"])
                _formula(draft, parent, element, counts)


def _is_fence(element: Element) -> bool:
    inner = element.find("code")
    return element.tag == "pre" and inner is not None and code.info_of(inner).language == "math"


def _formula(draft: Draft, parent: Element, element: Element, counts: Counter[str]) -> None:
    typed = element.text or ""
    tex, shown = typed[2:-2].strip(), element.tag in BLOCKS or typed.startswith("\\[")
    if _is_prose(tex):
        replace(parent, element, _as_typed(element, typed, shown=shown))
        return
    counts[tex] += 1
    label = _LABEL.search(tex)
    bare = _LABEL.sub("", tex).strip()
    try:
        math = mathml(bare, shown=shown)
    except _FaultyError as error:
        first = tex.split("\n")[0]
        place = draft.source.place_of(_LABEL.sub("", first).strip() or first, counts[tex])
        draft.say("W233", f"the formula {isolate(first[:60])} cannot be understood: {error}", place, "mend its TeX")
        math = Element("span", {"class": "missing", "dir": "ltr"})
        math.text = bare
    if not shown:
        replace(parent, element, [math])
        return
    equation = Element("div" if element.tag in BLOCKS else "span", {"class": "equation"})
    if label:
        equation.set("id", label[1].strip())
    equation.append(math)
    replace(parent, element, [equation])


def _is_prose(tex: str) -> bool:
    """Tell brackets that an author escaped from a formula: Arabic words, or a bare number."""
    words = _TEXT.sub("", tex)
    return not tex or tex.isdigit() or (bool(ARABIC.search(words)) and not re.search(r"[\\^_=+<>{}×÷]", words))


def _as_typed(element: Element, typed: str, *, shown: bool) -> list[Element | str]:
    words = f"{typed[1]}{typed[2:-2].strip()}{typed[-1]}"
    if not shown:
        return [words]
    paragraph = Element("p")
    paragraph.text = words
    return [paragraph, *contents(element)[1:]]


def mathml(tex: str, *, shown: bool) -> Element:
    """Turn TeX into a `math` element without a namespace.

    Raises _FaultyError where braces do not match, or a command is unknown.
    """
    _check_braces(tex)
    display = "block" if shown else "inline"
    math = _converted(_ALIGNED.sub(r"\\\1{align*}", tex), display)
    for element in math.iter():
        element.tag = element.tag.rpartition("}")[2]
        if element.tag == "mi" and (element.text or "").startswith("\\"):
            message = f"{isolate(element.text or '')} is not a command that we know"
            raise _FaultyError(message)
    _join_numbers(math)
    math.attrib = {"xmlns": _NAMESPACE, "dir": "ltr", "display": display, "alttext": " ".join(tex.split())}
    math.tail = None
    return math


def _converted(tex: str, display: str) -> Element:
    from latex2mathml import converter  # noqa: PLC0415 - it reads its table of signs, which few books need

    try:
        return ET.fromstring(converter.convert(tex, display=display))
    except Exception as error:  # noqa: BLE001 - its exceptions have no common class, and bad TeX meets many others
        said = _SAID.get(type(error).__name__, "it is not TeX that we know")
        raise _FaultyError(said) from None


def _join_numbers(math: Element) -> None:
    """Make one number of what latex2mathml parts at an Arabic decimal or thousands sign."""
    for row in math.iter():
        for sign in [child for child in row if child.text in _SIGNS]:
            at = list(row).index(sign)
            before, after = row[at - 1 : at] or [sign], row[at + 1 : at + 2] or [sign]
            if before[0].tag == after[0].tag == "mn":
                before[0].text = f"{before[0].text}{sign.text}{after[0].text}"
                row.remove(sign)
                row.remove(after[0])


def _check_braces(tex: str) -> None:
    depth = 0
    for char in _ESCAPED.sub("", tex):
        depth += (char == "{") - (char == "}")
        if depth < 0:
            message = "a } has no {"
            raise _FaultyError(message)
    if depth:
        message = "a { has no }"
        raise _FaultyError(message)
