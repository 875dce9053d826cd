"""Inline patterns that are looked for only where their signs are."""

from __future__ import annotations

import markdown
import pytest

from warraq.reading import markup
from warraq.reading.sought import SIGNS, Sought

#: Each construct of a line once.
SAMPLE = (
    "`شيفرة` \\(a^2\\) ++ctrl+c++ \\* نص[^1] [مرجع][م] [رابط](a) ![صورة](b) ![صورة][م] [م] ![م] [كلام]{.c}"
    " <https://example.org/> <a@example.org>  \n<b>غليظ</b> &amp; :smile: ++ctrl++"
)


@pytest.fixture(scope="module")
def parser() -> markdown.Markdown:
    return markup._Markdown(extensions=[*markup.EXTENSIONS, markup._Ours()], extension_configs=markup.OPTIONS)


def test_all_patterns_but_that_of_marks_have_signs(parser: markdown.Markdown) -> None:
    assert len(parser.inlinePatterns) == len(SIGNS) + 1
    assert "delimiter" in parser.inlinePatterns


@pytest.mark.parametrize("name", SIGNS)
def test_a_pattern_matches_nothing_without_its_sign(name: str, parser: markdown.Markdown) -> None:
    pattern = parser.inlinePatterns[name].compiled_re
    assert isinstance(pattern, Sought)
    assert [found[0] for found in pattern.finditer(SAMPLE)] == [found[0] for found in pattern._pattern.finditer(SAMPLE)]
    assert any(pattern.finditer(SAMPLE))
    bare = SAMPLE
    while SIGNS[name] in bare:
        bare = bare.replace(SIGNS[name], "")
    assert not any(pattern._pattern.finditer(bare))
