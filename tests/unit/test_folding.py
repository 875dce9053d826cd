"""All spellings of a word fold to one; the search in the page folds in the same way."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from warraq.arabic.folding import fold, forms, words

SCRIPT = Path(__file__).resolve().parents[2] / "templates" / "web" / "search.js"
NODE = shutil.which("node")

#: Words that are one to a reader who searches.
SAME = [
    ("كِتَابٌ", "كتاب", "كتـــاب", "كِتٰب"),
    ("أحمد", "احمد", "إحمد", "آحمد", "ٱحمد"),
    ("مسؤول", "مسئول"),
    ("شؤون", "شئون"),
    ("على", "علي", "علی"),
    ("مكتبة", "مكتبه", "مکتبه"),
    ("٢٠٢٦", "2026", "۲۰۲۶", "２０２６", "२०२६"),
    ("ﻻ", "لا"),
    ("م\u200dح\u200dمد", "محمد"),
    ("Baghdad", "BAGHDAD", "bāghdād"),
    ("ٱلرَّحۡمَـٰنِ", "الرحمن"),
]
DIFFERENT = [("كتاب", "كتب"), ("سال", "صال"), ("ماء", "مال"), ("12", "21")]
LIST = [word for group in SAME for word in group] + [
    "ﷺ", "ﷲ", "يٰسۤ", "صِرَٰط", "لِلَّهِ", "هٰذا", "گفت", "می‌خواهم", "½", "①", "İstanbul", "straße", "x²", "𝟙𝟚", "پژوهش",
    "قُرۡءَانٌ", "جُزۡءࣱ", "لَّهُۥ", "بِهِۦ", "ۀ", "ؤلاء", "﴾", "", "مائة", "۝١", "𞤀", "ټول",
]  # fmt: skip


@pytest.mark.parametrize("spellings", SAME, ids=lambda group: group[0])
def test_spellings_of_a_word_are_one(spellings: tuple[str, ...]) -> None:
    found = [set(forms(word)) for word in spellings]
    assert set.intersection(*found), found


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_folding_twice_changes_nothing() -> None:
    assert [fold(fold(word)) for word in LIST] == [fold(word) for word in LIST]


def test_a_dagger_alef_may_be_typed_or_not() -> None:
    assert forms("الرَّحْمٰن") == ["الرحمن", "الرحمان"]


def test_a_sign_is_found_by_its_words() -> None:
    assert forms("ﷺ") == ["صلي", "الله", "عليه", "وسلم"]


def test_words_are_taken_without_signs() -> None:
    text = "قال: «العِلْمُ نورٌ» (ص. ٤٥)، end-note_1 ۝٣"
    assert words(text) == ["قال", "العِلْمُ", "نورٌ", "ص", "٤٥", "end", "note", "1", "٣"]


@pytest.mark.skipif(NODE is None, reason="node is missing: apt-get install -y nodejs")
def test_the_script_in_the_page_folds_as_we_do() -> None:
    text = " ".join(LIST)
    run = (
        f"require({json.dumps(str(SCRIPT))}); const s = globalThis.warraqSearch; const given = {json.dumps(LIST)};"
        f"console.log(JSON.stringify([given.map(s.fold), given.map(s.forms), s.words({json.dumps(text)})]))"
    )
    assert NODE is not None
    done = subprocess.run([NODE, "-e", run], capture_output=True, encoding="utf-8", check=True)
    folded, found, taken = json.loads(done.stdout)
    assert folded == [fold(word) for word in LIST]
    assert found == [forms(word) for word in LIST]
    assert taken == words(text)
