"""The runs of a paragraph that read against it."""

from __future__ import annotations

import unicodedata

import pytest

from warraq.arabic.bidi import LINE_BREAK, STRONG, direction_of, opposite_runs


def runs(text: str, base: str = "rtl") -> list[str]:
    return [text[run.start : run.end] for run in opposite_runs(text, base)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قرأت كتاب The Big Book أمس", ["The Big Book"]),
        ("لا شيء هنا ٢٠٢٦ و2003–2011", []),
        ("شرب H2O ثم", ["H2O"]),
        ("عام HTML 5.1 نشر", ["HTML 5.1"]),
        ("طابعة 3D جديدة", ["3D"]),
        ("صورة 16-bit هنا", ["16-bit"]),
        ("قال «hello, world»، ثم", ["hello, world"]),
        ("كلمة The ثم كلمة End.", ["The", "End"]),
        ("نص Café\u0301 ثم", ["Café\u0301"]),
        ("عند \ufffc ثم The \ufffc Book \ufffc ثم", ["The \ufffc Book"]),
    ],
)
def test_left_to_right_runs(text: str, expected: list[str]) -> None:
    assert runs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال hello (world) ثم", ["hello (world)"]),  # N0: only L inside, L before
        ("قال (hello) ثم", ["hello"]),  # L inside, R before: the brackets are R
        ("قال (hello) world ثم", ["hello", "world"]),
        ("قال hello (عالم) world", ["hello", "world"]),  # R inside
        ("قال hello (big عالم) world", ["hello", "big", "world"]),
        ("قال f(g(x)) ثم", ["f(g(x))"]),
        ("قال item (2) ثم", ["item (2)"]),  # W7: the number is L
        ("قال a) b ثم", ["a) b"]),  # an unpaired bracket is neutral
        ("قال a [b] (c) {d} ثم", ["a [b] (c) {d}"]),
        ("قال a (!) ثم", ["a"]),
    ],
)
def test_brackets_follow_n0(text: str, expected: list[str]) -> None:
    assert runs(text) == expected


@pytest.mark.parametrize(
    "token",
    [
        "+964 770 123 4567", "0770 123 4567", "978-3-16-148410-0", "3-16-148410-0", "1.2.3", "v2.0.1-beta.1",
        "2026-11-23", "C++", "C#", ".NET", ".gitignore", "@warraq", "#ink", "/etc/hosts", "./build.py", "~/.config",
        "--strict", "-v", "pen@example.org", "https://example.org/a?b=c", "https://ar.example.org/حبر",
    ],
)  # fmt: skip
def test_technical_tokens_are_runs(token: str) -> None:
    assert runs(f"انظر {token}، ثم ({token}).") == [token, token]


@pytest.mark.parametrize("text", ["عام 2003-2011 وما", "نسبة 50% و5/12", "الساعة 10:30", "صفحة 12-15 منه", "1,000 ثم"])
def test_ranges_and_plain_numbers_are_not_runs(text: str) -> None:
    assert runs(text) == []


def test_a_line_of_foreign_words_is_one_run_with_its_full_stop() -> None:
    assert runs("Knuth, D. (1984). The TeXbook.") == ["Knuth, D. (1984). The TeXbook."]
    assert runs("HTML:") == ["HTML"]


def test_a_line_break_ends_a_run() -> None:
    assert runs(f"سطر ends{LINE_BREAK}Starts here ثم") == ["ends", "Starts here"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The word حبر means ink.", ["حبر"]),
        ("He said مرحبا بكم (٥) twice", ["مرحبا بكم (٥)"]),
        ("It is ١٢ كتاب there", ["١٢ كتاب"]),
        ("See (كتاب) there", ["كتاب"]),
        ("In كتاب 12 and", ["كتاب 12"]),
        ("Only ١٢ here", []),
        ("C++ and 1.2.3", []),
    ],
)
def test_right_to_left_runs(text: str, expected: list[str]) -> None:
    assert runs(text, "ltr") == expected


def test_letters_are_classed_as_in_the_unicode_data() -> None:
    blocks = [*range(0x20, 0x530), *range(0x590, 0x780), *range(0x8A0, 0x900), *range(0xFB50, 0xFF00)]
    known = [chr(code) for code in blocks if unicodedata.bidirectional(chr(code))]
    right = {char for char in known if unicodedata.bidirectional(char) in {"R", "AL"}}
    assert {char for char in known if STRONG["rtl"].match(char)} == right
    left = {char for char in known if unicodedata.bidirectional(char) == "L" and unicodedata.category(char)[0] == "L"}
    modifiers = {chr(code) for code in range(0x2B0, 0x300)}
    assert left - {char for char in known if STRONG["ltr"].match(char)} <= modifiers


def test_a_long_paragraph_takes_no_time_beyond_its_length() -> None:
    assert len(runs("كلمة ( Word ) [x] " * 20_000)) == 40_000


def test_the_direction_of_a_text_is_that_of_most_letters() -> None:
    assert [direction_of(text) for text in ("حبر Ink", "ink و", "", "١٢")] == ["rtl", "ltr", "rtl", "rtl"]
