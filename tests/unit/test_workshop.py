"""The set-up: what counts as installed, when an environment is made, what a machine is told that it lacks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from warraq import native, workshop
from warraq.requirements import Project, satisfied

if TYPE_CHECKING:
    from collections.abc import Callable

PYPROJECT = """
[project]
name = "small"
version = "1"
dependencies = ["ink>=1.2,<3", "paper==70.*"]
[project.optional-dependencies]
test = ["light"]
"""
SYSTEMS = {
    "debian": {"ID": "debian"},
    "mint": {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"},
    "fedora": {"ID": "fedora"},
    "rocky": {"ID": "rocky", "ID_LIKE": "rhel centos fedora"},
    "arch": {"ID": "arch"},
    "alpine": {"ID": "alpine"},
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    folder = tmp_path / "كتاب one"
    folder.mkdir()
    (folder / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    return Project(folder)


def install(folder: Path, name: str, version: str) -> None:
    info = folder / f"{name}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")


def furnish(environment: workshop.Environment, extra: str = "") -> None:
    """Stand in for `Environment.make`: what pip leaves when it succeeds."""
    environment.python.parent.mkdir(parents=True, exist_ok=True)
    environment.python.touch()
    install(environment.packages, "ink", "1.2")
    install(environment.packages, "paper", "70.1")
    if extra:
        install(environment.packages, "light", "5")
    environment.seal.write_text(environment.project.stamp(), encoding="ascii")


# What is missing, and what helps


@pytest.mark.parametrize(
    ("system", "command"),
    [
        ("debian", "sudo apt update && sudo apt install libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0"),
        ("mint", "sudo apt update && sudo apt install libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0"),
        ("fedora", "sudo dnf install harfbuzz pango"),
        ("rocky", "sudo dnf install harfbuzz pango"),
        ("arch", "sudo pacman -S harfbuzz pango"),
        ("alpine", "doas apk add harfbuzz-subset pango"),
    ],
)
def test_remedy_is_the_command_of_the_system(system: str, command: str) -> None:
    missing = ("harfbuzz-subset", "pango", "pangoft2")
    assert native.remedy(missing, SYSTEMS[system], "linux", root=False) == command


def test_remedy_for_root_needs_no_sudo() -> None:
    command = native.remedy(["harfbuzz-subset"], SYSTEMS["debian"], "linux", root=True)
    assert command == "apt update && apt install libharfbuzz-subset0"


@pytest.mark.parametrize("root", [True, False])
def test_remedy_on_macos_is_homebrew(*, root: bool) -> None:
    assert native.remedy(native.LIBRARIES, {}, "darwin", root=root) == "brew install pango"


def test_remedy_on_windows() -> None:
    assert "pacman -S mingw-w64-ucrt-x86_64-pango" in native.remedy(["pango"], {}, "win32", root=False)


@pytest.mark.parametrize("os_release", [{}, {"ID": "plan9"}])
def test_remedy_on_an_unknown_system_names_the_libraries(os_release: dict[str, str]) -> None:
    assert native.remedy(["pango", "gobject"], os_release, "linux", root=False).endswith("pango, gobject")


@pytest.mark.parametrize("family", [*native.FAMILIES.values(), native.MACOS, native.WINDOWS])
def test_every_family_has_a_package_for_every_library(family: native.Family) -> None:
    assert family.line([*native.LIBRARIES, native.VENV])


def test_python_without_venv_is_told_the_package_of_its_own_version() -> None:
    command = native.remedy([native.VENV], SYSTEMS["debian"], "linux", root=True)
    assert command.endswith(f"apt install python3.{sys.version_info.minor}-venv")


def test_this_machine_lacks_nothing() -> None:
    assert native.missing_libraries() == ()
    assert native.complaint(()) == ""


def test_a_library_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(native.LIBRARIES, "harfbuzz-subset", ("libnowhere-warraq.so.0", "nowhere-warraq"))
    assert native.missing_libraries() == ("harfbuzz-subset",)
    first, help_line, *_ = native.complaint(native.missing_libraries()).splitlines()
    assert first == "error: this machine lacks harfbuzz-subset"
    assert help_line.startswith("  help: ")


def test_a_library_may_be_found_by_the_linker_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(native.LIBRARIES, "pango", ("libnowhere-warraq.so.0", "c"))
    assert native.missing_libraries() == ()


# What is installed


@pytest.mark.parametrize(
    ("requirement", "holds"),
    [
        ("ink", True),
        ("ink>=3.10", True),
        ("ink>=3.9,<4", True),
        ("ink==3.*", True),
        ("Ink >= 3.10.2", True),
        ("ink>=3.11", False),
        ("ink>=2,<3", False),
        ("ink==3.1.*", False),
        ("paper", False),
    ],
)
def test_satisfied(tmp_path: Path, requirement: str, *, holds: bool) -> None:
    install(tmp_path, "ink", "3.10.2")
    assert satisfied(requirement, [str(tmp_path)]) is holds


def test_a_name_may_be_spelt_in_other_ways_and_what_comes_first_counts(tmp_path: Path) -> None:
    (tmp_path / "one" / "Old_Ink-2.1-py3.11.egg-info").mkdir(parents=True)
    install(tmp_path / "two", "old_ink", "1.0")
    search = [str(tmp_path / "none"), str(tmp_path / "one"), str(tmp_path / "two")]
    assert satisfied("old.ink>=2", search)


def test_our_own_requirements_are_understood_and_met_here() -> None:
    assert Project(workshop.ROOT).lacking(sys.path, "test") == []


def test_lacking_names_what_is_not_installed(project: Project, tmp_path: Path) -> None:
    assert project.lacking([], "test") == ["ink>=1.2,<3", "paper==70.*", "light"]
    install(tmp_path, "ink", "1.10")
    install(tmp_path, "paper", "71.0")
    assert project.lacking([str(tmp_path)]) == ["paper==70.*"]


# The private environment


def test_an_environment_is_ready_only_with_its_stamp(project: Project) -> None:
    environment = workshop.Environment(project)
    assert not environment.ready("")
    furnish(environment)
    assert environment.ready("")
    environment.seal.unlink()
    assert not environment.ready("")


def test_an_environment_for_building_is_not_ready_for_tests(project: Project) -> None:
    environment = workshop.Environment(project)
    furnish(environment)
    assert environment.whole()
    assert not environment.ready("test")


def remove_python(environment: workshop.Environment) -> None:
    environment.python.unlink()


def ask_for_more(environment: workshop.Environment) -> None:
    pyproject = environment.project.root / "pyproject.toml"
    pyproject.write_text(PYPROJECT.replace("paper==70.*", "paper==71.*"), encoding="utf-8")


def move_the_tree(environment: workshop.Environment) -> None:
    stamp = Project(environment.project.root).stamp()
    environment.project.root.rename(environment.project.root.with_name("elsewhere"))
    moved = Project(environment.project.root.with_name("elsewhere"))
    assert moved.stamp() != stamp


@pytest.mark.parametrize("change", [remove_python, ask_for_more, move_the_tree])
def test_an_environment_is_whole_no_more(project: Project, change: Callable[[workshop.Environment], None]) -> None:
    environment = workshop.Environment(project)
    furnish(environment)
    change(environment)
    assert not environment.whole()


def test_settings_of_tools_leave_the_stamp_alone(project: Project) -> None:
    stamp = project.stamp()
    (project.root / "pyproject.toml").write_text(PYPROJECT + "[tool.ruff]\nline-length = 80\n", encoding="utf-8")
    assert project.stamp() == stamp


def test_a_half_made_environment_is_emptied_first(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = workshop.Environment(project)
    furnish(environment)
    environment.seal.write_text("another", encoding="ascii")
    (environment.folder / "lock").touch()
    commands: list[list[str]] = []
    monkeypatch.setattr(workshop, "_run", commands.append)
    environment.make("test")
    assert [command[2] for command in commands] == ["venv", "pip"]
    assert commands[-1][-1] == f"{project.root}[test]"
    assert sorted(path.name for path in environment.folder.iterdir()) == ["lock", "warraq.stamp"]


def test_a_whole_environment_is_only_added_to(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = workshop.Environment(project)
    furnish(environment)
    commands: list[list[str]] = []
    monkeypatch.setattr(workshop, "_run", commands.append)
    environment.make("test")
    assert [command[2] for command in commands] == ["pip"]
    assert environment.ready("")


def test_the_link_to_an_arabic_folder_is_written_in_ascii(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = workshop.Environment(project)
    furnish(environment)
    link = environment.packages / "_small.pth"
    link.write_text(str(project.root), encoding="utf-8")
    monkeypatch.setattr(workshop, "_run", lambda _command: None)
    environment.make("test")
    target = link.read_text(encoding="ascii").strip()
    assert (environment.packages / target).resolve() == project.root.resolve()


def machine_without(monkeypatch: pytest.MonkeyPatch, project: Project, capsys: pytest.CaptureFixture[str]) -> str:
    """Run the set-up where it cannot go on, and give what it says."""
    monkeypatch.setattr(workshop, "ROOT", project.root)
    assert workshop.main(["build"]) == workshop.MACHINE_LACKS_SOMETHING
    return capsys.readouterr().err


def test_missing_library_stops_the_set_up(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(native, "missing_libraries", lambda: ("pango",))
    said = machine_without(monkeypatch, project, capsys)
    assert said.startswith("error: this machine lacks pango\n  help: ")


def test_python_without_venv_and_pip_stops_the_set_up(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(workshop, "_has", lambda _module: False)
    said = machine_without(monkeypatch, project, capsys)
    assert said.startswith("error: this machine lacks python-venv\n  help: ")


def test_failed_step_is_told_in_its_own_last_words(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(workshop, "PYTHON", sys.executable)
    monkeypatch.setattr(workshop.Environment, "_found", lambda _self: workshop._run([sys.executable, "-m", "nothing"]))
    said = machine_without(monkeypatch, project, capsys)
    assert "nothing says:" in said
    assert "No module named nothing" in said


def test_a_broken_environment_does_not_start_itself_for_ever(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "prefix", str(project.root / ".venv"))
    assert "delete it" in machine_without(monkeypatch, project, capsys)


def test_the_ready_environment_runs_build_py_with_the_same_arguments(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = workshop.Environment(project)
    furnish(environment)
    monkeypatch.setattr(workshop, "ROOT", project.root)
    started: list[object] = []
    monkeypatch.setattr(workshop, "_start_again", lambda *command: started.extend(command))
    workshop.main(["-q", "كتابي"])
    assert started == [environment.python, ["-q", "كتابي"]]


def test_a_python_that_has_everything_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    monkeypatch.setattr(workshop, "_call", called.extend)
    workshop.main(["test", "-k", "ink"])
    assert called == [sys.executable, str(Path(workshop.ROOT, "tests", "run.py")), "-k", "ink"]


@pytest.mark.parametrize("with_processes", [False, True])
def test_the_program_ends_with_its_code_and_with_all_that_it_said(*, with_processes: bool) -> None:
    start = "multiprocessing.get_context('spawn').Process(target=print).start();" if with_processes else ""
    script = f"import multiprocessing, sys; from warraq.workshop import leave; {start} print('said', end=''); leave(3)"
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=workshop.ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (3, "said", "")
