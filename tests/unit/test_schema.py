"""The JSON Schema that editors use is the one that the code makes."""

from __future__ import annotations

import json
from pathlib import Path

from warraq import settings

FILE = Path(settings.__file__).parent / "publication.schema.json"


def test_the_committed_schema_is_up_to_date() -> None:
    hint = "run: warraq schema > warraq/publication.schema.json"
    assert json.loads(FILE.read_text("utf-8")) == settings.schema(), hint


def test_every_key_is_kebab_case_and_explained() -> None:
    tables = settings.schema()["$defs"].values()
    keys = {key: entry for table in tables for key, entry in table.get("properties", {}).items()}
    assert "latin-scale" in keys
    assert not [key for key in keys if key != key.lower() or "_" in key]
    unexplained = {key for key, entry in keys.items() if "description" not in entry}
    assert unexplained <= {"head", "foot", "inner", "outer"}
