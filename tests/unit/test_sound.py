"""HTML parsed as XML where both are the same."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest

from warraq.reading.markup import from_html, mended, to_tree
from warraq.reading.sound import sound

TEXT = """# عنوان

فقرة فيها *حاشية*[^1] و`شيفرة` و[رابط](https://example.org/?a=1&b=2 "عنوان") & علامة، H~2~O ==بارزة==.
سطر آخر  \nثم آخر

| أ | ب |
|:--|--:|
| ١ | ٢ |

- بند
    1. بند

مصطلح
:   شرح

```python
a < b
```

![صورة](a.png){.wide}

[^1]: نصّ الحاشية.
"""
ALIKE = [
    "",
    " ",
    "نص",
    "<p>أ &amp; ب &lt; &#160;&#8617; &quot;</p>\n<p>ج</p>",
    '<p>س<br />ص <img alt="" src="a" /></p>',
    "<ul>\n<li>أ</li>\n<li>ب<ol><li>ج</li></ol></li>\n</ul>",
    "<dl><dt>أ</dt><dd><p>ب</p></dd></dl>",
    "<hr />",
    "<table>\n<thead>\n<tr>\n<th>أ</th>\n</tr>\n</thead><tbody><tr><td><p>ب</p></td></tr></tbody></table>",
    "<b>أ<b>ب<b>ج<b>د</b></b></b></b>",
    "<b><div>أ</div>ب</b>ج",
    "<h2>أ</h2><h3>ب</h3>",
    "<pre><code>\n أ\n</code></pre>",
    "<figure><figcaption>أ</figcaption></figure>",
    '<p class="a b" id="c">أ</p>',
    "<div><p>أ</p></div><blockquote>ب</blockquote>",
]
OTHER = [
    "<p>أ<p>ب",
    "<p>أ<br>ب</p>",
    "<p>أ<div>ب</div></p>",
    "<p><span><div>أ</div></span></p>",
    "<a>أ<a>ب</a></a>",
    "<a>أ<b><a>ب</a></b></a>",
    "<li>أ</li>",
    "<ul><li>أ<div><li>ب</li></div></li></ul>",
    "<dt>أ</dt>",
    "<h1><h2>أ</h2></h1>",
    "<table><tr><td>أ</td></tr></table>",
    "<table>أ<tbody></tbody></table>",
    "<table><tbody><tr>أ</tr></tbody></table>",
    "<table><tbody><p>أ</p></tbody></table>",
    "<td>أ</td>",
    "<div/>أ",
    '<span title=">"/>أ',
    "<br></br>أ/>",
    "<pre>\nأ</pre>",
    "<!-- أ -->ب",
    "<?أ?>ب",
    "<svg><path/></svg>",
    "<select><option>أ</option></select>",
    "<button>أ<button>ب</button></button>",
    "<nobr>أ<nobr>ب</nobr></nobr>",
    "<P>أ</P>",
    '<p Class="a">أ</p>',
    '<p xml:lang="ar">أ</p>',
    '<p title="أ\nب">ج</p>',
    '<p title="أ" title="ب">ج</p>',
    "<p hidden>أ</p>",
    "<p title=ا>أ</p>",
    "&nbsp;",
    "&#128;",
    "&#0150;",
    "&#x80;",
    "&#10;",
    "أ\rب",
    "أ\x0cب",
    "أ</div>ب",
    "أ</div><div>ب",
    "<html>أ</html>",
    "<body>أ</body>",
    "<p>أ</p",
    "<center><p>أ</p></center>",
]


def flat(tree: Element) -> object:
    """Give all that a tree holds."""
    return tree.tag, list(tree.attrib.items()), tree.text, tree.tail, [flat(child) for child in tree]


@pytest.mark.parametrize("html", ALIKE)
def test_sound_html_is_the_same_to_both_parsers(html: str) -> None:
    tree = sound(html)
    assert tree is not None
    assert flat(tree) == flat(mended(html))


@pytest.mark.parametrize("html", OTHER)
def test_what_browsers_mend_or_read_otherwise_is_left_to_them(html: str) -> None:
    assert sound(html) is None
    assert flat(from_html(html)) == flat(mended(html))


def test_what_markdown_makes_is_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    read, understood = to_tree(TEXT)
    assert understood
    seen: list[str] = []
    monkeypatch.setattr("warraq.reading.markup.sound", seen.append)
    assert flat(to_tree(TEXT)[0]) == flat(read)
    assert sound(seen[0]) is not None
