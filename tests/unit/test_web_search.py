"""What a typed word means in the page: run with the script itself on an index that we build."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from warraq.editions.web.search import Index

SCRIPT = Path(__file__).resolve().parents[2] / "templates" / "web" / "search.js"
NODE = shutil.which("node")

TEXTS = [
    "قرأتُ الكِتابَ كلَّه",  # 0
    "وكتابٌ في النحو، وبالكتاب نبدأ",  # 1
    "تابَ الرجل من ذنبه",  # 2
    "مدرسةُ البصرة",  # 3
    "دخل مدرستَه صباحًا",  # 4
    "المسؤولية والقراءة",  # 5
    "فصل ٢٠ من الباب",  # 6
    "سنة ٢٠٠٣",  # 7
    "للغة العرب",  # 8
    "بسم الله",  # 9
    "له ما شاء",  # 10
    "والد وولد",  # 11
    "ألوان الطيف",  # 12
    "وإنّ غدًا لقريب",  # 13
]
#: What is typed, and the texts where it must be found.
CASES = {
    "كتاب": [0, 1],
    "الكتاب": [0, 1],
    "وَالكِتاب": [0, 1],
    "تاب": [2],
    "مدرسة": [3, 4],
    "مدرسه": [3],
    "المسئوليه": [5],
    "قراءه": [5],
    "20": [6],
    "۲۰۰۳": [7],
    "اللغة": [8],
    "لغة": [8],
    "الله": [9],
    "ولد": [11],
    "ألوان": [12],
    "كتاب نحو": [1],
    "كتاب مدرسة": [],
    "زرافة": [],
    "«كتاب في النحو»": [1],
    "«الكتاب كله": [0],
    '"كتاب نحو"': [],
    "«من الباب» فصل": [6],
    "“من ذنبه” «تاب الرجل»": [2],
    "«مدرسة»": [3],
    "«»": [],
}


@pytest.fixture(scope="module")
def found() -> dict[str, list[int]]:
    """Search for all words at once."""
    if NODE is None:
        pytest.skip("node is missing: apt-get install -y nodejs")
    index, tree = Index(), Element("div")
    for text in TEXTS:
        paragraph = Element("p")
        paragraph.text = text
        tree.append(paragraph)
    index.add(tree)
    run = (
        f"require({json.dumps(str(SCRIPT))}); const s = globalThis.warraqSearch; s.open({json.dumps(index.packed())});"
        f"const texts = {json.dumps(TEXTS)};"
        f"console.log(JSON.stringify({json.dumps(list(CASES))}.map(word => s.search(word, n => texts[n]).blocks)))"
    )
    done = subprocess.run([NODE, "-e", run], capture_output=True, encoding="utf-8", check=True)
    return dict(zip(CASES, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("typed", CASES)
def test_a_typed_word_finds_what_it_means(found: dict[str, list[int]], typed: str) -> None:
    assert found[typed] == CASES[typed]
