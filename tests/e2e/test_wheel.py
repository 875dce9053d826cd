"""The wheel: what it holds, and that it works from an empty folder, far from the tree."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOT_SOURCE = shutil.ignore_patterns(".*", "dist", "out", "__pycache__", "*.egg-info")
ARTICLE = "# الحبر\n\nكان الورّاقون ينسخون الكتب بأيديهم، ويصنعون أحبارهم بأنفسهم.\n"


def run(*command: str | Path, folder: Path) -> str:
    """Run a program away from the tree, and give its output."""
    surroundings = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    done = subprocess.run(
        list(map(str, command)), cwd=folder, env=surroundings, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy, so that nothing is written into the tree."""
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(ROOT, folder / "tree", ignore=NOT_SOURCE)
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    run(*pip, folder / "tree", "--wheel-dir", folder, folder=folder)
    return next(folder.glob("warraq-*.whl"))


@pytest.fixture(scope="module")
def binaries(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel in an environment that borrows the dependencies of this one."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    base = {"base": str(home), "platbase": str(home)}
    packages, binaries = (Path(sysconfig.get_path(name, "venv", base)) for name in ("purelib", "scripts"))
    pip = [sys.executable, "-m", "pip", "--python", str(binaries / "python"), "install", "--quiet"]
    run(*pip, "--disable-pip-version-check", "--no-deps", "--no-index", wheel, folder=home)
    # A line of code in ASCII, because .pth files are not read as UTF-8 everywhere.
    borrow = f"import sys; sys.path.append({sysconfig.get_path('purelib')!a})\n"
    (packages / "borrowed.pth").write_text(borrow, encoding="ascii")
    return binaries


def test_wheel_holds_the_theme_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    families = [folder.name for folder in (ROOT / "fonts").iterdir() if folder.is_dir()]
    for family in families:
        assert f"warraq/_theme/fonts/{family}/OFL.txt" in names
        assert any(name.startswith(f"warraq/_theme/fonts/{family}/") and name.endswith(".ttf") for name in names)
    assert any(name.startswith("warraq/_theme/templates/") for name in names)
    assert {"warraq/py.typed", "warraq/cli.py", "warraq/_theme/fonts/fonts.conf"} <= set(names)
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"warraq"}


def test_wheel_holds_all_of_the_theme(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for room in ("templates", "fonts"):
        files = (path.relative_to(ROOT).as_posix() for path in (ROOT / room).rglob("*") if path.is_file())
        assert not {f"warraq/_theme/{file}" for file in files} - names


def test_installed_command_tells_its_version(binaries: Path, tmp_path: Path) -> None:
    pyproject_version = run(binaries / "python", "-c", "import warraq; print(warraq.__version__)", folder=tmp_path)
    assert pyproject_version.strip() in run(binaries / "warraq", "--version", folder=tmp_path)


def test_installed_code_is_not_that_of_the_tree(binaries: Path, tmp_path: Path) -> None:
    where = run(binaries / "python", "-c", "import warraq; print(ascii(warraq.__file__))", folder=tmp_path)
    assert Path(where.strip().strip("'")).is_relative_to(binaries.parent)


def test_installed_command_builds_an_article_in_an_empty_folder(binaries: Path, tmp_path: Path) -> None:
    (tmp_path / "ink.md").write_text(ARTICLE, encoding="utf-8")
    run(binaries / "warraq", "build", "ink.md", "-o", "out", "--only", "screen,print", folder=tmp_path)
    finished = sorted((tmp_path / "out").glob("*.pdf"))
    assert len(finished) == 2
    assert all(pdf.read_bytes().startswith(b"%PDF-") for pdf in finished)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ink.md", "out"]
