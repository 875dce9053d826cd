"""Whoever lays a book out, and whatever was kept of it: the same bytes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support import BOOKS, warraq
from warraq.engine import layout
from warraq.engine.jobs import Job


@pytest.fixture(autouse=True)
def _processes_for_little_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warraq.engine.crew.LITTLE", 0)


def built(folder: Path, *options: str | Path) -> dict[str, bytes]:
    outcome = warraq(BOOKS / "essay", "-o", folder, "--only", "screen,print", *options)
    assert outcome.code == 0, outcome.err
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_one_process_two_and_what_was_kept_give_what_this_process_gives(
    essay: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = {name: (essay / name).read_bytes() for name in ("essay.pdf", "essay-print.pdf")}
    assert built(tmp_path / "one", "--jobs", "1", "--no-cache") == expected
    assert built(tmp_path / "two", "--jobs", "2", "--cache", tmp_path / "cache") == expected
    # At another moment, which this book does not bear, its units alone are taken from the cache.
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    monkeypatch.setattr("warraq.engine.layout.lay_out", None)
    assert built(tmp_path / "kept", "--cache", tmp_path / "cache") == expected


@pytest.mark.filterwarnings("ignore")  # of Dask
def test_a_cluster_gives_what_this_process_gives(essay: Path, tmp_path: Path, cluster: str) -> None:
    outcome = warraq(BOOKS / "essay", "-o", tmp_path, "--only", "screen", "--no-cache", "--executor", f"dask={cluster}")
    assert outcome.code == 0, outcome.err
    assert (tmp_path / "essay.pdf").read_bytes() == (essay / "essay.pdf").read_bytes()


@pytest.mark.parametrize("jobs", ["0", "-1", "many"])
def test_a_number_of_processes_is_a_number(jobs: str) -> None:
    assert warraq("--jobs", jobs).code == 2


@pytest.mark.parametrize("executor", ["", "dask", "dask=", "spark=tcp://127.0.0.1:1"])
def test_an_executor_is_named_with_its_address(executor: str) -> None:
    assert warraq("--executor", executor).code == 2


def test_a_cluster_that_does_not_answer_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="Dask is not installed: pip install 'warraq[dask]'")
    monkeypatch.setattr("warraq.engine.cluster.PATIENCE", 0.5)
    outcome = warraq(BOOKS / "letter.txt", "-o", tmp_path, "--only", "screen", "--executor", "dask=tcp://127.0.0.1:1")
    assert outcome.code == 1
    assert "error[W405]: no scheduler answers at tcp://127.0.0.1:1" in outcome.err


def alike(folder: Path) -> Path:
    """Copy a book with a print edition that differs from the other in bleed, marks and paint alone."""
    shutil.copytree(BOOKS / "essay", folder)
    settings = folder / "publication.toml"
    settings.write_text(settings.read_text("utf-8").replace('page = ["140mm", "210mm"]', 'page = "A5"'), "utf-8")
    with (folder / "reed.md").open("a", encoding="utf-8") as file:
        file.write("\n[رابط](https://example.org) و*غيره*، [كذلك](#one)\n\n## واحد {#one}\n")
    return folder


@pytest.mark.parametrize("options", [("--no-cache",), ("--cache", "cache")])
def test_what_is_laid_out_once_is_what_each_edition_lays_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("warraq.engine.crew.LITTLE", 10**9)
    book, laid_out, stock = alike(tmp_path / "book"), list[str](), layout._rendered

    def counted(job: Job, styles: Any) -> Any:
        laid_out.append(job.unit)
        return stock(job, styles)

    for edition in ("screen", "print"):
        assert warraq(book, "-o", "alone", "--only", edition, "--no-cache", "--jobs", "1").code == 0
    monkeypatch.setattr(layout, "_rendered", counted)
    assert warraq(book, "-o", "both", "--only", "screen,print", "--jobs", "1", *options).code == 0
    for path in (tmp_path / "alone").iterdir():
        assert (tmp_path / "both" / path.name).read_bytes() == path.read_bytes()
    # The cover is not shared: its paper reaches over the bleed.
    again = {unit for unit in laid_out if laid_out.count(unit) > 1}
    assert "cover" in again
    assert len(again) < len(set(laid_out)) / 2
