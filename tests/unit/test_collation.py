"""The order of an index, and the letters that its terms stand under."""

from __future__ import annotations

from warraq.arabic.collation import key, letter


def ordered(*terms: str, language: str = "ar", ignored: tuple[str, ...] = ()) -> list[str]:
    return sorted(terms, key=lambda term: key(term, language, ignored))


def test_article_does_not_count() -> None:
    assert ordered("القاهرة", "قانون", "قلم", "القرطاس") == ["قانون", "القاهرة", "القرطاس", "قلم"]
    assert letter("القاهرة") == "ق"


def test_what_looks_like_an_article_is_kept() -> None:
    assert [letter(term) for term in ("الله", "ألف", "إلياس", "آل", "ال")] == ["أ"] * 5
    assert letter("الألف") == "أ"
    assert letter("أَلْبوم") == "أ"


def test_tashkeel_and_hamza_do_not_part_words() -> None:
    assert ordered("كِتابة", "كتاب", "كُتّاب") == ["كتاب", "كُتّاب", "كِتابة"]
    assert ordered("أحمد", "ابن", "إبراهيم", "آدم") == ["إبراهيم", "ابن", "أحمد", "آدم"]
    assert key("مسؤول")[0] == key("مسئول")[0]


def test_words_come_before_letters() -> None:
    assert ordered("خطّاط", "خطّ الكوفة", "خطّ") == ["خطّ", "خطّ الكوفة", "خطّاط"]


def test_ignored_words_before_names() -> None:
    names = ("ابن مقلة", "أبو حيّان", "نازك", "أبي نواس")
    assert ordered(*names, ignored=("ابن", "أبو", "أبي")) == ["أبو حيّان", "ابن مقلة", "نازك", "أبي نواس"]
    assert letter("ابن الهيثم", ("ابن",)) == "هـ"
    assert letter("ابن", ("ابن",)) == "أ"
    assert ordered(*names) == ["ابن مقلة", "أبو حيّان", "أبي نواس", "نازك"]


def test_digits_come_first_and_latin_last() -> None:
    assert ordered("Unicode", "ياقوت", "١٤٤٨", "é", "Zapf") == ["١٤٤٨", "ياقوت", "é", "Unicode", "Zapf"]
    assert (letter("١٤٤٨"), letter("éa"), letter("«ورق»")) == ("", "E", "و")


def test_persian_letters() -> None:
    assert ordered("پا", "تا", "با") == ["با", "پا", "تا"]
    assert ordered("هند", "ورق", language="fa") == ["ورق", "هند"]
    assert ordered("هند", "ورق") == ["هند", "ورق"]
