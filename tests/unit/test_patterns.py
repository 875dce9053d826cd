"""Patterns that were compiled before: they find the same, and are not compiled again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from warraq import patterns
from warraq.cache import Cache

TEXT = "كتاب ١٢ و Book 12\nسطر ثانٍ"
PATTERNS: tuple[tuple[str, int], ...] = (
    (r"(?P<word>\w+)\s(?P<number>\d+)", 0),
    (r"(?<=و )book", re.IGNORECASE),
    (r"^س(?:ط|ب)ر$|^سطر", re.MULTILINE),
    (r"[\u0620-\u064a]+(?!\S)", re.ASCII),
    (r"(a|b)*?\1?", re.VERBOSE),
    *((f"{letter}+", 0) for letter in "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"),
)
compiler: Any = re._compiler  # type: ignore[attr-defined]


def _compiled() -> list[re.Pattern[str]]:
    return [compiler.compile(pattern, int(flags)) for pattern, flags in PATTERNS]


def _seen(compiled: re.Pattern[str]) -> object:
    found = [(match.span(), match.groups(), match.groupdict()) for match in compiled.finditer(TEXT)]
    return found, compiled.pattern, compiled.flags, compiled.groups, dict(compiled.groupindex)


def test_the_second_time_nothing_is_compiled_and_the_same_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = [_seen(pattern) for pattern in _compiled()]
    with patterns.kept(Cache(tmp_path)):
        assert [_seen(pattern) for pattern in _compiled()] == plain
    monkeypatch.setattr(compiler, "_code", None)  # the compiler itself is out of order
    with patterns.kept(Cache(tmp_path)):
        assert [_seen(pattern) for pattern in _compiled()] == plain
        with pytest.raises(TypeError):
            compiler.compile("never seen", 0)
    with pytest.raises(TypeError):
        _compiled()


def test_a_wrong_pattern_stays_wrong_and_nothing_stays_changed(tmp_path: Path) -> None:
    before = compiler.compile, compiler._sre
    for _ in range(2):
        with patterns.kept(Cache(tmp_path)), pytest.raises(re.error, match="unterminated"):
            compiler.compile("(", 0)
    assert (compiler.compile, compiler._sre) == before


def test_without_a_cache_the_compiler_is_left_alone() -> None:
    before = compiler.compile
    with patterns.kept(Cache(None)):
        assert compiler.compile is before
