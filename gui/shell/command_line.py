"""The command line: what to race on, who races, and whether in a window."""

from __future__ import annotations

import argparse
import csv
import difflib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, NoReturn

from engine import OPTIMIZERS, FormulaError, Race, compile_loss
from engine.compiled import store
from engine.compiled.driver import NoCompilerError, compiler
from engine.data.batches import check_batch
from engine.data.rows import columns_of
from engine.language.codegen.vector_math import SWITCH, vector_library
from engine.loss.function_loss import loss_at
from engine.loss.machine_loss import MachineLoss
from engine.loss.number_text import apart_at_commas, quoted, read_number, read_whole
from engine.own.place import split
from gui.files.saved_lookup import saved_landscapes, saved_optimizers
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS, THEMES, VIEWS, RacerChoice
from gui.session.saved_landscape import TYPED, data_of, transform_of
from gui.shell.command_racers import read_racer
from gui.shell.command_table import TITLES, fitted, table_remarks
from gui.shell.system_check import problem
from gui.window.drivers import compile_all, program_drivers
from landscapes import CATALOGUE, Landscape

VERSION = "0.1.0"
TYPED_DOMAIN = ((-5.0, 5.0), (-5.0, 5.0))
TYPED_START = (-3.0, 2.5)
DEFAULT_STEPS = 500
SMALLEST_PX, LARGEST_PX = 100, 10_000
"""Sizes of a picture that show something and that a painter can hold."""


class OptionError(Exception):
    """A mistake in the options, told in one sentence."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise OptionError(message[:1].upper() + message[1:] + ".")


def main(arguments: Sequence[str]) -> int:
    """Do what `arguments` say; return the exit status: 0, or 2 for a mistake that one sentence on stderr tells."""
    try:
        return _run(arguments)
    except OptionError as mistake:
        print(mistake, file=sys.stderr)
    except (FormulaError, NoCompilerError) as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:
        return 0
    except OSError as error:
        print(f"{error.filename}: {error.strerror}.", file=sys.stderr)
    return 2


def _run(arguments: Sequence[str]) -> int:
    options = _options().parse_args(arguments)
    if options.scalar_math:
        os.environ[SWITCH] = "off"
    if options.compile:
        print(compile_all())
        return 0
    if options.selfcheck or options.list:
        print(_found() if options.selfcheck else _catalogues())
        return 0
    landscape = _landscape(options)
    if options.table is not None:
        for sentence in table_remarks(data_of(landscape)):
            print(sentence, file=sys.stderr)
    texts = options.racer or list(FIRST_RACERS)
    racers = list(map(read_racer, texts))
    columns = columns_of(data_of(landscape))
    function = None if options.loss is None else loss_at(split(options.loss), landscape.parameters)
    loss = function or compile_loss(landscape.formula, columns, **landscape.parameters)
    if not transform_of(landscape).is_identity:
        loss = loss.with_transform(transform_of(landscape)).compile()
    check_batch(options.batch, columns)
    if options.headless:
        return _headless(options, loss, texts, racers, landscape)
    trouble = problem()
    if trouble:
        raise OptionError(trouble)
    from gui.shell.app import picture, run

    if options.picture:
        path = Path(options.picture)
        return picture(landscape, racers, path, options.steps, options.size, options.theme, function, options.views)
    kept = {"keep": not options.fresh, "restore": not _names_a_race(options)}
    return run(landscape, racers, options.theme, **kept, function=function, views=options.views)


def _names_a_race(options: argparse.Namespace) -> bool:
    """Tell whether anything was asked for that a kept session would have to give way to."""
    given = (options.landscape, options.formula, options.loss, options.table, options.racer, options.set, options.start)
    return any(option not in (None, []) for option in given)


def _options() -> argparse.ArgumentParser:
    program = "main.py" if Path(sys.argv[0]).name == "main.py" else "descent-derby"
    parser = _Parser(prog=program, description="Race optimizers down a loss function.", allow_abbrev=False)
    add = parser.add_argument
    add("--landscape", metavar="NAME", help=f"one of {len(CATALOGUE)} by name, such as Beale, or one of yours")
    add("--formula", metavar="TEXT", help="a loss function of x and y, such as x^2 + a*y^2")
    add("--loss", metavar="FILE.py:NAME", help="a function of x and y in a Python file, which is run")
    add("--table", metavar="FILE", help="a file of numbers that a line is fitted to, or that the formula runs over")
    add("--columns", metavar="NAME", nargs="+", default=[], help="which of its columns: to go by, then to predict")
    add(
        "--decimal",
        metavar="SIGN",
        action="append",
        default=[],
        help="comma or point, or v=comma for column v: how its numbers are written where they tell not",
    )
    add("--titles", choices=TITLES, help="whether the first row of the table has titles, where the rows tell not")
    add("--set", metavar="NAME=VALUE", action="append", default=[], help="the value of a parameter of the formula")
    add(
        "--racer",
        metavar="TEXT",
        action="append",
        help='what races, such as "Adam(lr=0.1) | cosine(T=300)", yours, or a step of a Python file, which is run: '
        '"FILE.py:NAME(lr=0.1)"',
    )
    add("--start", metavar="X,Y", help="where the race starts")
    add("--steps", metavar="N", type=_whole("--steps"), default=DEFAULT_STEPS, help="how many steps to race")
    add("--seed", metavar="N", type=_whole("--seed"), default=0, help="for reproducible noise")
    add(
        "--batch",
        metavar="N",
        type=_whole("--batch"),
        help="how many rows of its data a step of --headless learns from",
    )
    add("--headless", action="store_true", help="race without a window, and print or write the trails")
    add("--csv", metavar="FILE", help="where --headless writes: columns step, racer, x, y, loss")
    add("--picture", metavar="FILE", help="write a picture of the window after --steps, and end")
    add(
        "--size",
        metavar="WxH",
        type=_size,
        default="1600x1000",
        help="the size of the window in the picture, in pixels",
    )
    add("--theme", choices=THEMES, help="colours of the window; those of the last session without it")
    add("--views", choices=VIEWS, help="which views of the landscape; those of the last session without it")
    add("--fresh", action="store_true", help="neither restore the last session nor keep this one")
    add("--scalar-math", action="store_true", help="do without vector functions: slower, and a few ulp more exact")
    add("--list", action="store_true", help="name all landscapes and optimizers, each with what to look for")
    add("--compile", action="store_true", help="compile all loops now, once for this computer")
    add("--selfcheck", action="store_true", help="tell what was found on this machine")
    add("--version", action="version", version=f"Descent Derby {VERSION}")
    return parser


def _landscape(options: argparse.Namespace) -> Landscape:
    """Return the landscape that the options describe, with the start and parameters they give."""
    if options.landscape is not None and options.formula is not None:
        raise OptionError("Give either --landscape or --formula.")
    if options.loss is not None and (options.landscape, options.formula, options.table) != (None, None, None):
        raise OptionError("Give --loss without --landscape, --formula and --table.")
    if options.landscape is not None and options.table is not None:
        raise OptionError("Give either --landscape or --table.")
    for option in ("columns", "decimal", "titles"):
        if getattr(options, option) and options.table is None:
            raise OptionError(f"--{option} goes with --table.")
    if options.steps < 0:
        raise OptionError("The number of steps cannot be negative.")
    if options.csv and not options.headless:
        raise OptionError("--csv goes with --headless.")
    if options.picture and options.headless:
        raise OptionError("Give either --picture or --headless.")
    name = FIRST_LANDSCAPE if options.landscape is None else options.landscape
    chosen = CATALOGUE[name] if name in CATALOGUE else _own_landscape(name)
    if options.table is not None:
        reading = options.decimal, TITLES[options.titles] if options.titles else None
        chosen = fitted(options.table, options.columns, options.formula, TYPED_DOMAIN, TYPED_START, *reading)
    elif options.loss is not None:
        # What stands behind the function, shown as it is: its formula is what to go back to.
        chosen = Landscape("", chosen.formula, TYPED_DOMAIN, (), TYPED_START, TYPED)
    elif options.formula is not None:
        chosen = Landscape("", options.formula, TYPED_DOMAIN, (), TYPED_START, TYPED)
    parameters = {**chosen.parameters, **dict(_setting(text) for text in options.set)}
    # A start is typed as a place in the picture, and kept as one of the formula, which may lie turned.
    start = transform_of(chosen).own(_point(options.start)) if options.start is not None else chosen.start
    return replace(chosen, start=start, parameters=parameters)


def _own_landscape(name: str) -> Landscape:
    known = {entry.name.lower(): entry for entry in (*saved_landscapes(), *CATALOGUE.values())}
    if name.lower() not in known:
        close = difflib.get_close_matches(name.lower(), known, n=1)
        hint = f"Did you mean {known[close[0]].name}?" if close else "--list names them all."
        raise OptionError(f"There is no landscape {name}. {hint}")
    return known[name.lower()]


def _catalogues() -> str:
    """Return a line for each landscape and each optimizer, one's own first."""
    lines = {
        "My landscapes": {entry.name: entry.note or entry.formula for entry in saved_landscapes()},
        "Landscapes": {entry.name: entry.note for entry in CATALOGUE.values()},
        "My optimizers": {saved.name: f"made of {saved.optimizer}" for saved in saved_optimizers()},
        "Optimizers": {entry.name: entry.summary for entry in OPTIMIZERS.values()},
    }
    told = {heading: [f"  {name}: {words}" for name, words in entries.items()] for heading, entries in lines.items()}
    return "\n\n".join("\n".join([heading, *entries]) for heading, entries in told.items() if entries)


def _setting(text: str) -> tuple[str, float]:
    name, sign, value = text.partition("=")
    sentence = f"--set wants a name and a number such as a=10, not {quoted(text)}."
    if not (name.strip() and sign):
        raise OptionError(sentence)
    with _told_after(sentence):
        return name.strip(), read_number(value)


def _whole(option: str) -> Callable[[str], int]:
    """Return what reads the whole number of `option`."""

    def read(text: str) -> int:
        with _told_after(f"{option} wants a whole number such as {DEFAULT_STEPS}, not {quoted(text)}."):
            return read_whole(text)

    return read


def _point(text: str) -> tuple[float, float]:
    """Return the two numbers of ``x,y``; commas within brackets are those of functions."""
    with _told_after(f"--start wants two numbers such as 1,1.5, not {quoted(text)}."):
        parts = apart_at_commas(text)
        # One number is read, and refused, as it stands: its comma is a decimal one.
        x, y = parts if len(parts) == 2 else (text, "")
        return read_number(x), read_number(y)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.replace("×", "x").partition("x")
    with _told_after(f"--size wants pixels such as 1600x1000, not {quoted(text)}."):
        size = read_whole(width), read_whole(height)
    if not all(SMALLEST_PX <= side <= LARGEST_PX for side in size):
        raise OptionError(f"--size wants {SMALLEST_PX} to {LARGEST_PX} pixels a side, not {quoted(text)}.")
    return size


@contextmanager
def _told_after(sentence: str) -> Iterator[None]:
    """Tell what is wrong with a number after what its option wants."""
    try:
        yield
    except FormulaError as error:
        raise OptionError(f"{sentence} {error}") from None


def _headless(
    options: argparse.Namespace,
    loss: MachineLoss,
    names: list[str],
    racers: list[str | RacerChoice],
    landscape: Landscape,
) -> int:
    """Race without a window: write every step, or print where each racer came to."""
    entrants = [racer if isinstance(racer, str) else racer.entry.compile(**racer.values) for racer in racers]
    race = Race(
        loss, entrants, start=transform_of(landscape).shown(landscape.start), seed=options.seed, batch=options.batch
    )
    race.advance(options.steps)
    if options.csv == "-":
        _write_trails(race, names, sys.stdout)
        return 0
    if options.csv:
        with Path(options.csv).open("w", newline="") as stream:
            _write_trails(race, names, stream)
        return 0
    for racer, (x, y), value, status in zip(names, race.positions, race.losses, race.status, strict=True):
        print(f"{racer:32} x={x:<12.6g} y={y:<12.6g} loss={value:<12.6g} {status}")
    return 0


def _write_trails(race: Race, names: list[str], stream: IO[str]) -> None:
    writer = csv.writer(stream)
    writer.writerow(("step", "racer", "x", "y", "loss"))
    for number, racer in enumerate(names):
        rows = zip(race.trail_steps(number), race.trail(number), race.trail_losses(number), strict=True)
        writer.writerows((int(step), racer, float(x), float(y), float(loss)) for step, (x, y), loss in rows)


def _found() -> str:
    """Return what this machine offers, a line each."""
    library = vector_library()
    lines = [f"Descent Derby {VERSION}", f"Python {sys.version.split()[0]}"]
    for package in ("numpy", "numba", "llvmlite", "PySide6-Essentials", "pyqtgraph"):
        try:
            lines.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            lines.append(f"{package} is missing")
    lines.append(f"vector functions: {library.name}, {library.width} numbers a call")
    lines.append(f"compiled loops: {_kept()}")
    lines.append(f"compiler: {_compiler()}")
    lines.append(f"window: {problem() or 'Qt finds its libraries'}")
    return "\n".join(lines)


def _compiler() -> str:
    """Return whether Numba can be imported, as a sentence."""
    try:
        compiler()
    except NoCompilerError as error:
        return str(error)
    return "Numba can be imported"


def _kept() -> str:
    """Return how many of the program's loops need not be compiled, and where they are kept."""
    drivers = program_drivers()
    ready = sum(driver.load() for driver in drivers)
    files, size = store.kept_files()
    return f"{ready} of {len(drivers)} are kept in {store.folder()} ({files} files, {size / 1e6:.1f} MB)"
