"""A PDF read back by several processes."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest
import weasyprint

from warraq.engine import readback
from warraq.engine.hands import Hand


@pytest.fixture(scope="module")
def data() -> bytes:
    pages = "".join(f"<section style='break-before: page'>page {number}</section>" for number in range(12))
    made: bytes = weasyprint.HTML(string=pages).write_pdf()
    return made


def _dying(_data: bytes, _share: Sequence[range]) -> None:
    os._exit(1)


@pytest.mark.parametrize("work", [readback._read, _dying], ids=["read", "die"])
@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_texts_are_those_of_the_pages_whoever_reads_them(
    data: bytes, jobs: int, work: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readback, "FEW", 2)
    monkeypatch.setattr(readback, "_read", work)
    wanted = [range(1), range(2, 3), range(3, 8), range(8, 8), range(9, 12)]
    hand = Hand() if jobs == 5 else None
    begun = readback.begun(data, wanted, hand) if hand else None
    found = list(readback.texts(data, wanted, jobs, hand))
    assert found == [[f"page {number}" for number in pages] for pages in wanted]
    if hand and begun:
        assert list(begun) == found
        assert hand.submit(os.getpid).result() != os.getpid(), "whose it is decides when it rests"
        hand.rest()


def test_pages_are_dealt_out_evenly() -> None:
    wanted = [range(10), range(10, 12), range(12, 20), range(30, 40)]
    assert readback._dealt(wanted, 2) == [wanted[:2], wanted[2:]]
    assert readback._dealt(wanted, 1) == [wanted]
    assert readback._dealt([], 1) == [[]]
