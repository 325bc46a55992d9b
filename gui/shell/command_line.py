"""The command line: races what the options name, in a window or without one."""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from engine.compiled import object_cache
from engine.compiled.driver import NoCompilerError, compiler
from engine.data.batches import check_batch
from engine.data.rows import TableData, columns_of
from engine.language.codegen.vector_math import SWITCH
from engine.language.errors import FormulaError
from engine.loss.function_loss import loss_at
from engine.loss.loss import compile_loss
from engine.machine.garbage_collector import collector_paused
from engine.optimizers import OPTIMIZERS
from engine.own.function_location import parse_location
from gui.files.record_file import RecordError
from gui.files.saved_lookup import saved_landscapes, saved_optimizers
from gui.files.session_file import read_session
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS
from gui.session.picture_choice import PICTURE_VIEWS, SCALES
from gui.session.saved_landscape import TYPED, data_of, transform_of
from gui.shell.command_lesson import lesson_file
from gui.shell.command_racers import read_racer
from gui.shell.command_table import TITLES, fitted, table_remarks
from gui.shell.options import OptionError, Parser, check_together, read_point, read_setting
from gui.shell.system_check import problem
from gui.window.help.versions import version_lines
from landscapes import CATALOGUE, Landscape

TYPED_DOMAIN = ((-5.0, 5.0), (-5.0, 5.0))
TYPED_START = (-3.0, 2.5)


def main(arguments: Sequence[str]) -> int:
    """Do what `arguments` ask for; return the exit status: 0, or 2 after a mistake, with one sentence on stderr."""
    try:
        return _run(arguments)
    except (OptionError, FormulaError, NoCompilerError) as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:
        return 0
    except OSError as error:
        print(f"{error.filename}: {error.strerror}.", file=sys.stderr)
    return 2


def _run(arguments: Sequence[str]) -> int:
    options = Parser().read(arguments)
    if options.scalar_math:
        os.environ[SWITCH] = "off"
    if options.compile or options.selfcheck or options.list:
        print(_compiled() if options.compile else _found() if options.selfcheck else _catalogues())
        return 0
    check_together(options)
    if options.league:
        return _league(options)
    landscape = _landscape(options)
    data = data_of(landscape)
    for sentence in table_remarks(data) if options.table is not None and isinstance(data, TableData) else ():
        print(sentence, file=sys.stderr)
    texts = options.racer or list(FIRST_RACERS)
    racers = list(map(read_racer, texts))
    columns = columns_of(data)
    function = None if options.loss is None else loss_at(parse_location(options.loss), landscape.parameters)
    loss = function or compile_loss(landscape.formula, columns, **landscape.parameters)
    if not transform_of(landscape).is_identity:
        loss = loss.with_transform(transform_of(landscape)).compile()
    check_batch(options.batch, columns)
    if options.headless:
        from gui.shell.headless import race_headless

        return race_headless(options, loss, texts, racers, landscape)
    trouble = problem()
    if trouble:
        raise OptionError(trouble)
    with collector_paused():
        from gui.shell.app import OpeningChoices, picture, run

    choices = OpeningChoices(landscape, racers, function, options.theme, options.views)
    if options.picture:
        view, scale = options.view or PICTURE_VIEWS[-1], options.scale or SCALES[0]
        return picture(choices, Path(options.picture), options.steps, options.size, view, scale)
    file, lesson = _session_file(options), lesson_file(options.lesson)
    return run(choices, keep=not options.fresh, restore=not _names_a_race(options), file=file, lesson=lesson)


def _league(options: argparse.Namespace) -> int:
    """Race a league; return the exit status."""
    from engine.tuning.league_file import LeagueFileError
    from gui.shell.league_command import run_league

    try:
        return run_league(options, [_named_landscape(name) for name in options.landscapes])
    except LeagueFileError as error:
        raise OptionError(str(error)) from None


def _session_file(options: argparse.Namespace) -> Path | None:
    """Return the session to be opened, if there is one.

    Raises
    ------
    OptionError
        Where it cannot be read, or other options name another race.
    """
    if options.file is None:
        return None
    if _names_a_race(options):
        raise OptionError("Give either a session's file or options that name a race.")
    path = Path(options.file).absolute()
    try:
        found = read_session(path, 0.0)
    except RecordError as error:
        raise OptionError(f"{path.name} cannot be opened. {error}") from None
    if found is None:
        raise OptionError(f"{path.name} cannot be opened. There is no such file.")
    return path


def _names_a_race(options: argparse.Namespace) -> bool:
    """Return whether an option names a race, which then takes the place of the kept session."""
    given = (options.landscape, options.formula, options.loss, options.table, options.racer, options.set, options.start)
    return any(option not in (None, []) for option in given)


def _landscape(options: argparse.Namespace) -> Landscape:
    """Return the landscape that the options describe, with the start and parameters they give."""
    name = FIRST_LANDSCAPE if options.landscape is None else options.landscape
    chosen = _named_landscape(name)
    if options.table is not None:
        reading = options.decimal, TITLES[options.titles] if options.titles else None
        chosen = fitted(options.table, options.columns, options.formula, TYPED_DOMAIN, TYPED_START, *reading)
    elif options.loss is not None:
        # The formula of a named or the first landscape is what the window goes back to from the function.
        chosen = Landscape("", chosen.formula, TYPED_DOMAIN, (), TYPED_START, TYPED)
    elif options.formula is not None:
        chosen = Landscape("", options.formula, TYPED_DOMAIN, (), TYPED_START, TYPED)
    parameters = {**chosen.parameters, **dict(read_setting(text) for text in options.set)}
    # A start is typed as a place in the picture, and kept as one of the formula, which may lie turned.
    start = transform_of(chosen).own(read_point(options.start)) if options.start is not None else chosen.start
    return replace(chosen, start=start, parameters=parameters)


def _named_landscape(name: str) -> Landscape:
    return CATALOGUE[name] if name in CATALOGUE else _own_landscape(name)


def _own_landscape(name: str) -> Landscape:
    known = {entry.name.lower(): entry for entry in (*saved_landscapes(), *CATALOGUE.values())}
    if name.lower() not in known:
        close = difflib.get_close_matches(name.lower(), known, n=1)
        hint = f'Did you mean "{known[close[0]].name}"?' if close else "--list names them all."
        raise OptionError(f'There is no landscape "{name}". {hint}')
    return known[name.lower()]


def _catalogues() -> str:
    """Return a line for each landscape and each optimizer, one's own first."""
    lines = {
        "My landscapes": {entry.name: entry.note or entry.formula for entry in saved_landscapes()},
        "Landscapes": {entry.name: entry.note for entry in CATALOGUE.values()},
        "My optimizers": {saved.name: f"made of {saved.optimizer}" for saved in saved_optimizers()},
        "Optimizers": {entry.name: entry.summary for entry in OPTIMIZERS.values()},
    }
    blocks = {heading: [f"  {name}: {words}" for name, words in entries.items()] for heading, entries in lines.items()}
    return "\n\n".join("\n".join([heading, *entries]) for heading, entries in blocks.items() if entries)


def _found() -> str:
    """Return what this machine offers, a line each."""
    lines = version_lines()
    lines.append(f"compiled loops: {_kept()}")
    lines.append(f"compiler: {_compiler()}")
    lines.append(f"window: {problem() or 'Qt finds its libraries'}")
    return "\n".join(lines)


def _compiled() -> str:
    """Compile what is not compiled yet; return what was done, as a sentence."""
    from gui.window.driver_compilation import compile_all

    return compile_all()


def _compiler() -> str:
    """Return whether Numba can be imported, as a sentence."""
    try:
        compiler()
    except NoCompilerError as error:
        return str(error)
    return "Numba can be imported"


def _kept() -> str:
    """Return how many of the program's loops need not be compiled, and where they are kept."""
    from gui.window.driver_compilation import program_drivers

    drivers = program_drivers()
    ready = sum(driver.load() for driver in drivers)
    files, size = object_cache.count_and_bytes()
    return f"{ready} of {len(drivers)} are kept in {object_cache.folder()} ({files} files, {size / 1e6:.1f} MB)"
