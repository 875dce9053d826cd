"""Codes that stand for the same text in all documents."""

from __future__ import annotations

import re

from warraq.engine.codes import Counts, common_map, runs, to_unicode


def read(text_map: str) -> dict[int, str]:
    pairs = re.findall("<([0-9a-f]{4})> <([0-9a-f]*)>\n", text_map)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs if text != "ffff"}


def test_one_map_tells_the_text_of_two_documents() -> None:
    first, second = Counts(), Counts()
    shown = [(first.next(text), text) for text in "سلام على من اتبع"]
    shown += [(second.next(text), text) for text in "Ink, 12؛ ٣"]
    texts = read(common_map([first.common, second.common]))
    assert "".join(texts[int(code, 16)] for code, _ in shown) == "".join(text for _, text in shown)
    assert len({code for code, text in shown[:16] if text != " "}) == 13


def test_no_code_has_a_byte_that_strings_escape() -> None:
    counts = Counts()
    codes = [counts.next(text) for text in [*"اA%", "\u200e ", "𝒞"] for _ in range(700)]
    assert len(set(codes)) == len(codes)
    assert not any(byte in b"\n\r()\\" for code in codes for byte in bytes.fromhex(code))
    assert "0000" not in codes


def test_rare_characters_and_too_many_cells_need_a_map_of_their_own() -> None:
    counts = Counts()
    given = {int(counts.next("ل"), 16): "ل" for _ in range(250)}
    assert counts.common
    given |= {int(counts.next(text), 16): text for text in ["ل", "ل", "ل", "𝒞"]}
    assert not counts.common
    assert read(to_unicode(given)) == given


def test_codes_come_to_an_end() -> None:
    counts = Counts()
    for _ in range(7000):
        counts.next("𝒞")
    assert not counts.are_spent
    for _ in range(1000):
        counts.next("𝒟")
    assert counts.are_spent


def test_runs_hold_all_codes() -> None:
    codes = [0x109, 0x10B, 0x10C, 0x2FF, 0x300]
    assert list(runs(codes)) == [range(0x109, 0x10A), range(0x10B, 0x10D), range(0x2FF, 0x301)]
    assert list(runs(codes, 2)) == [range(0x109, 0x10D), range(0x2FF, 0x301)]
