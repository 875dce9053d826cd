"""Methods of dataclasses that were compiled before: classes are as they would be."""

from __future__ import annotations

import builtins
import dataclasses
import inspect
from pathlib import Path
from typing import Any

import pytest

from warraq import methods
from warraq.cache import Cache


def _made() -> list[Any]:
    """Make classes of all kinds, under the same names each time."""
    options: tuple[dict[str, Any], ...] = ({}, {"frozen": True}, {"order": True, "slots": True})
    return [
        dataclasses.make_dataclass(f"Made{number}", [("place", int), (f"name_{number}", str, "x")], **wish)
        for number in range(12)
        for wish in options
    ]


def _seen(one: Any) -> object:
    value = one(3)
    parameters = [(name, item.annotation, item.default) for name, item in inspect.signature(one).parameters.items()]
    return repr(value), value == one(3), value == one(4), parameters, [name for name in vars(one) if "__" in name]


def test_classes_are_the_same_and_their_methods_are_not_compiled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = [_seen(one) for one in _made()]
    with methods.kept(Cache(tmp_path)):
        assert [_seen(one) for one in _made()] == plain
    monkeypatch.setattr(builtins, "compile", None)
    with methods.kept(Cache(tmp_path)):
        assert [_seen(one) for one in _made()] == plain
        with pytest.raises(TypeError):
            dataclasses.make_dataclass("Other", ["never_seen"])


def test_nothing_stays_changed(tmp_path: Path) -> None:
    with methods.kept(Cache(tmp_path)), methods.kept(Cache(tmp_path)):
        assert "exec" in vars(dataclasses)
    assert "exec" not in vars(dataclasses)
