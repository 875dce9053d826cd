"""The command line: arguments in, exit codes out.

0 done, 1 faults in the book, 2 wrong usage, 3 this machine lacks something.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from warraq import __version__
from warraq.cache import Cache, default_folder
from warraq.editions import EDITIONS, PRINTED
from warraq.job import Job, Means, Result

if TYPE_CHECKING:
    from warraq.engine.hands import Hand
    from warraq.report import Reporter

DONE, FAULTS, USAGE, LACKING = 0, 1, 2, 3
COMMANDS = ("build", "schema")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code; `build` is the default command."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or (arguments[0] not in COMMANDS and arguments[0] not in ("-h", "--help", "--version")):
        arguments.insert(0, "build")
    try:
        options = _parser().parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        sys.stderr.write("stopped; finished files are as they were\n")
        return 130
    except BrokenPipeError:
        return FAULTS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="warraq",
        description="From Markdown sources to a finished Arabic publication: PDF to read, PDFs, e-book, HTML.",
    )
    parser.add_argument("--version", action="version", version=f"warraq {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_build(commands.add_parser("build", help="build the editions (the default command)"))
    schema = commands.add_parser("schema", help="print the JSON Schema of publication.toml, for editors")
    schema.set_defaults(run=_schema)
    return parser


def _add_build(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path",
        nargs="?",
        type=Path,
        default=Path("book"),
        metavar="PATH",
        help="a publication's folder, a plain folder of Markdown, or one .md or .txt file (default: book)",
    )
    parser.add_argument("-o", "--output", type=Path, default=Path("dist"), metavar="DIR", help="where (default: dist)")
    parser.add_argument("--only", type=_editions, metavar="EDITIONS", help="some of: screen,print,epub,web")
    parser.add_argument("--jobs", type=_count, metavar="N", help="processes that lay out at once (default: the cores)")
    parser.add_argument("--executor", type=_executor, metavar="dask=ADDRESS", help="a cluster that lays out instead")
    keeping = parser.add_mutually_exclusive_group()
    keeping.add_argument("--cache", type=Path, metavar="DIR", help="keep what did not change there, as for CI")
    keeping.add_argument("--no-cache", action="store_true", help="make everything anew, and keep nothing")
    parser.add_argument("--strict", action="store_true", help="warnings fail the build")
    parser.add_argument("--profile", action="store_true", help="work in one process and tell where time went")
    volume = parser.add_mutually_exclusive_group()
    volume.add_argument("-q", "--quiet", action="store_true", help="say only what is wrong")
    volume.add_argument("-v", "--verbose", action="store_true", help="say also where time goes")
    parser.set_defaults(run=_build)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        msg = f"{text!r} is not a number of processes"
        raise argparse.ArgumentTypeError(msg)
    return int(text)


def _executor(text: str) -> str:
    kind, _, address = text.partition("=")
    if kind != "dask" or not address:
        msg = f"{text!r} is not of the form dask=ADDRESS"
        raise argparse.ArgumentTypeError(msg)
    return text


def _editions(text: str) -> tuple[str, ...]:
    """Read a list of editions, in the order of the build; a wrong name is wrong usage."""
    names = {name.strip() for name in text.split(",")}
    if wrong := names - set(EDITIONS):
        msg = f"no edition {', '.join(sorted(wrong))!r}; there are {', '.join(EDITIONS)}"
        raise argparse.ArgumentTypeError(msg)
    return tuple(name for name in EDITIONS if name in names)


def _build(options: argparse.Namespace) -> int:
    from warraq.native import complaint, missing_libraries  # noqa: PLC0415 - heavy rooms open when needed

    if said := complaint(missing_libraries()):
        sys.stderr.write(f"{said}\n")
        return LACKING
    from warraq import finished  # noqa: PLC0415
    from warraq.profiling import Profile  # noqa: PLC0415
    from warraq.report import Reporter  # noqa: PLC0415

    reporter = Reporter(sys.stderr, level=options.verbose - options.quiet)
    job = Job(options.path, options.output, options.only or EDITIONS, options.strict, _means(options))
    profile = Profile()
    with _uncollected(), profile.watching() if options.profile else contextlib.nullcontext():
        result = finished.build(job, lambda job: _made(job, reporter))
    reporter.faults(result.diagnostics, strict=options.strict and result.failed)
    reporter.summary(result)
    if options.profile:
        reporter.profile(profile.table())
    return FAULTS if result.failed else DONE


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Do without a collector of garbage: what a build loads and reads is none, and is much to look through.

    Layouts leave garbage, and collect it where they are made (`warraq.engine.crew`).
    """
    is_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_collecting:
            gc.enable()


def _made(job: Job, reporter: Reporter) -> Result:
    from warraq import methods, patterns  # noqa: PLC0415 - what was made before needs none of it

    with _hand(job) as hand, patterns.kept(job.means.cache), methods.kept(job.means.cache):
        from warraq.pipeline import build  # noqa: PLC0415 - as above

        return build(replace(job, means=replace(job.means, hand=hand)), reporter)


@contextlib.contextmanager
def _hand(job: Job) -> Iterator[Hand | None]:
    """Call a process that will lay out, if one is wanted."""
    if job.means.executor or not set(PRINTED) & set(job.editions):
        yield None
        return
    from warraq.engine import hands  # noqa: PLC0415 - as above

    with hands.early(job.means.jobs, job.means.cache) as hand:
        yield hand


def _means(options: argparse.Namespace) -> Means:
    """Say by what means to build; as many processes as this one has cores."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    cache = Cache(None if options.no_cache else options.cache or default_folder())
    if options.profile:
        return Means(cache=cache, alone=True)
    return Means(options.jobs or cores, options.executor or "", cache)


def _schema(_options: argparse.Namespace) -> int:
    from warraq.settings import schema  # noqa: PLC0415

    sys.stdout.write(json.dumps(schema(), ensure_ascii=False, indent=2) + "\n")
    return DONE
