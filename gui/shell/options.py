"""The options of the command line, a row each: from it come the parser, its help and the checks of single values."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import NoReturn

from engine.language.errors import FormulaError
from engine.loss.number_text import apart_at_commas, quoted, read_number, read_whole
from engine.race.randomness import MOST_SEEDS
from gui.session.choices import FIRST_RACERS, THEMES, VIEWS
from gui.session.picture_choice import LARGEST_PX, PICTURE_VIEWS, SCALES, SMALLEST_PX
from gui.session.study_choices import LEAGUE_TRIALS
from gui.shell.command_table import TITLES
from gui.window.help.versions import VERSION
from landscapes import CATALOGUE, TAGS

DEFAULT_STEPS = 500
_SCALES = f"{min(SCALES)} to {max(SCALES)}"
PICTURE_ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".bmp")
"""Of the formats that Qt writes on every system."""


class OptionError(Exception):
    """A mistake in the options, as one sentence."""


@contextmanager
def _explained(sentence: str) -> Iterator[None]:
    """Raise an OptionError that says what an option wants, and what is wrong with its number."""
    try:
        yield
    except FormulaError as error:
        raise OptionError(f"{sentence} {error}") from None


def _whole(option: str) -> Callable[[str], int]:
    """Return a function that reads the whole number of `option`."""

    def read(text: str) -> int:
        with _explained(f"{option} wants a whole number such as {DEFAULT_STEPS}, not {quoted(text)}."):
            return read_whole(text)

    return read


def _seeds(text: str) -> int:
    """Read the number of seeds."""
    with _explained(f"--seeds wants a whole number such as 30, not {quoted(text)}."):
        seeds = read_whole(text)
    if not 1 <= seeds <= MOST_SEEDS:
        raise OptionError(f"--seeds wants 1 to {MOST_SEEDS:,} seeds, not {quoted(text)}.")
    return seeds


def _picture(text: str) -> str:
    """Check the ending of the picture's name before the race, rather than when it is to be written."""
    if Path(text).suffix.lower() not in PICTURE_ENDINGS:
        endings = ", ".join(PICTURE_ENDINGS)
        raise OptionError(f"--picture writes {endings}; give a name such as race.png, not {quoted(text)}.")
    return text


def _size(text: str) -> tuple[int, int]:
    """Read the pixels of ``WxH``."""
    width, _, height = text.replace("×", "x").partition("x")
    with _explained(f"--size wants pixels such as 1600x1000, not {quoted(text)}."):
        size = read_whole(width), read_whole(height)
    if not all(SMALLEST_PX <= side <= LARGEST_PX for side in size):
        raise OptionError(f"--size wants {SMALLEST_PX} to {LARGEST_PX} pixels a side, not {quoted(text)}.")
    return size


def _scale(text: str) -> int:
    """Read one of the scales of a picture."""
    with _explained(f"--scale wants {_SCALES}, not {quoted(text)}."):
        scale = read_whole(text)
    if scale not in SCALES:
        raise OptionError(f"--scale wants {_SCALES}, not {quoted(text)}.")
    return scale


def read_point(text: str) -> tuple[float, float]:
    """Read the two numbers of ``x,y``; commas within brackets are those of functions."""
    with _explained(f"--start wants two numbers such as 1,1.5, not {quoted(text)}."):
        parts = apart_at_commas(text)
        # One number is read, and refused, as it stands: its comma is a decimal one.
        x, y = parts if len(parts) == 2 else (text, "")
        return read_number(x), read_number(y)


def read_setting(text: str) -> tuple[str, float]:
    """Read the name and the number of ``name=value``."""
    name, sign, value = text.partition("=")
    sentence = f"--set wants a name and a number such as a=10, not {quoted(text)}."
    if not (name.strip() and sign):
        raise OptionError(sentence)
    with _explained(sentence):
        return name.strip(), read_number(value)


@dataclass(frozen=True)
class Option:
    """A row: the name of an option, its help, and what else `argparse.ArgumentParser.add_argument` is to know."""

    name: str
    help: str
    metavar: str | None = None
    choices: Sequence[str] | None = None
    type: Callable[[str], object] | None = None
    default: object = None  # of whatever type the option is
    action: str | None = None
    nargs: str | None = None
    version: str | None = None

    def add_to(self, parser: argparse.ArgumentParser) -> None:
        """Let `parser` know the option."""
        settings = {field.name: getattr(self, field.name) for field in fields(self)[1:]}
        parser.add_argument(self.name, **{name: value for name, value in settings.items() if value is not None})


OPTIONS = (
    Option("file", "a session that was saved, to be opened in the window", "FILE", nargs="?"),
    Option("--lesson", "a lesson to be played in the window: its file, or the name of it", "FILE"),
    Option(
        "--landscape",
        f"one of {len(CATALOGUE)} by name, such as Beale, or one of yours; --league may have several",
        "NAME",
        action="append",
    ),
    Option("--formula", "a loss function of x and y, such as x^2 + a*y^2", "TEXT"),
    Option("--loss", "a function of x and y in a Python file, which is run", "FILE.py:NAME"),
    Option("--table", "a file of numbers that a line is fitted to, or that the formula runs over", "FILE"),
    Option("--columns", "which of its columns: to go by, then to predict", "NAME", nargs="+", default=[]),
    Option(
        "--decimal",
        "how numbers are written where the file leaves it open: comma or point, or v=comma for column v",
        "SIGN",
        action="append",
        default=[],
    ),
    Option(
        "--titles", "whether the first row of the table has titles, where the rows leave it open", choices=[*TITLES]
    ),
    Option("--set", "the value of a parameter of the formula", "NAME=VALUE", action="append", default=[]),
    Option(
        "--racer",
        'what races, such as "Adam(lr=0.1) | cosine(T=300)", one of yours, or a step of a Python file, which is run: '
        '"FILE.py:NAME(lr=0.1)"; settings that it leaves out are the catalogue\'s, which are those of the public '
        f"implementations (Adam: lr=0.001); without any --racer: {', '.join(FIRST_RACERS)}",
        "TEXT",
        action="append",
    ),
    Option("--start", "where the race starts", "X,Y"),
    Option(
        "--steps",
        f"how many steps to race; {DEFAULT_STEPS} unless it is given",
        "N",
        type=_whole("--steps"),
        default=DEFAULT_STEPS,
    ),
    Option("--seed", "for reproducible noise", "N", type=_whole("--seed"), default=0),
    Option("--seeds", "how many seeds --headless or --league races with", "N", type=_seeds, default=1),
    Option("--batch", "how many rows of its data a step of --headless learns from", "N", type=_whole("--batch")),
    Option("--headless", "race without a window, and print or write the trails", action="store_true"),
    Option("--csv", "where --headless writes: columns step, racer, x, y, loss", "FILE"),
    Option("--json", "print what came of --headless as JSON", action="store_true"),
    Option(
        "--league",
        "tune every --racer on every --landscape with the same budget, and rank them, without a window; all of the"
        " catalogue where none is given",
        action="store_true",
    ),
    Option("--tag", "all landscapes of --league with this tag", choices=[*TAGS], action="append", default=[]),
    Option(
        "--budget",
        f"how often a run of --league may evaluate the loss or its slopes; {DEFAULT_STEPS} unless it is given",
        "N",
        type=_whole("--budget"),
    ),
    Option(
        "--trials",
        f"how many settings of each racer --league tries: {LEAGUE_TRIALS} unless it is given, 1 for none but its own",
        "N",
        type=_whole("--trials"),
    ),
    Option(
        "--starts", "how many starts on each landscape --league has; 1 unless it is given", "N", type=_whole("--starts")
    ),
    Option(
        "--out", "the table of --league: rows are added as they are done, and a league that was stopped goes on", "FILE"
    ),
    Option("--picture", "write a picture after --steps, and end", "FILE", type=_picture),
    Option("--view", "what the picture shows; the window without it", choices=PICTURE_VIEWS),
    Option("--size", "the size of the picture, in pixels", "WxH", type=_size, default="1600x1000"),
    Option("--scale", f"how large texts and lines of the picture are: {_SCALES}; 1 without it", "N", type=_scale),
    Option("--theme", "colours of the window; those of the last session without it", choices=THEMES),
    Option("--views", "which views of the landscape; those of the last session without it", choices=VIEWS),
    Option("--fresh", "neither restore the last session nor keep this one", action="store_true"),
    Option("--scalar-math", "do without vector functions: slower, and a few ulp more exact", action="store_true"),
    Option("--list", "name all landscapes and optimizers, each with what to look for", action="store_true"),
    Option("--compile", "compile all loops now, once for this computer", action="store_true"),
    Option("--selfcheck", "print what was found on this computer", action="store_true"),
    Option("--version", "print the version", action="version", version=f"Descent Derby {VERSION}"),
)


class Parser(argparse.ArgumentParser):
    """Reads the options; a mistake is an OptionError."""

    def __init__(self) -> None:
        program = "main.py" if Path(sys.argv[0]).name == "main.py" else "descent-derby"
        super().__init__(prog=program, description="Race optimizers down a loss function.", allow_abbrev=False)
        for option in OPTIONS:
            option.add_to(self)

    def read(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Return the options; `landscape` is the last one that is named, `landscapes` are all of them."""
        options = self.parse_args(arguments)
        options.landscapes = options.landscape or []
        options.landscape = options.landscapes[-1] if options.landscapes else None
        return options

    def error(self, message: str) -> NoReturn:
        """Raise the message of argparse as a sentence."""
        raise OptionError(message[:1].upper() + message[1:] + ".")


def check_together(options: argparse.Namespace) -> None:
    """Raise an OptionError where options contradict each other, or one lacks another that it needs."""
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
    for option, other in (("csv", "headless"), ("json", "headless"), ("view", "picture"), ("scale", "picture")):
        if getattr(options, option) and not getattr(options, other):
            raise OptionError(f"--{option} goes with --{other}.")
    if options.csv and options.json:
        raise OptionError("Give either --csv or --json.")
    _check_league(options)
    if options.seeds > 1 and not (options.headless or options.league):
        raise OptionError(
            "--seeds goes with --headless and --league; in the window, Seeds stands beside the noise of the racers."
        )
    if options.file is not None and (options.picture or options.headless):
        raise OptionError("A session is opened in the window: give its file without --headless and --picture.")
    if options.lesson is not None and (options.picture or options.headless or options.league or options.file):
        raise OptionError(
            "A lesson is played in the window: give --lesson without a session, --headless and --picture."
        )
    if options.picture and options.headless:
        raise OptionError("Give either --picture or --headless.")


OF_LEAGUE: Mapping[str, object] = {
    "budget": DEFAULT_STEPS,
    "trials": LEAGUE_TRIALS,
    "starts": 1,
    "out": None,
    "tag": [],
}
"""The options of a league, with their values where they are not given."""
NOT_OF_LEAGUE = ("file", "formula", "loss", "table", "set", "start", "headless", "picture")
"""Options that name one race."""


def _check_league(options: argparse.Namespace) -> None:
    """Fill in the options of a league; raise an OptionError where there is none, or it has those of a single race."""
    for name, default in OF_LEAGUE.items():
        given = getattr(options, name)
        if given not in (None, []) and not options.league:
            raise OptionError(f"--{name} goes with --league.")
        setattr(options, name, default if given is None else given)
    wrong = [name for name in NOT_OF_LEAGUE if options.league and getattr(options, name) not in (None, [], False)]
    if wrong:
        name = wrong[0] if wrong[0] == "file" else f"--{wrong[0]}"
        raise OptionError(f"A league races the landscapes that --landscape and --tag name: leave out {name}.")
