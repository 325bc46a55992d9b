"""The options of the command line, a row each: from it come the parser, its help and the checks of single values."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import NoReturn

from engine import FormulaError
from engine.loss.number_text import apart_at_commas, quoted, read_number, read_whole
from gui.session.choices import THEMES, VIEWS
from gui.shell.command_table import TITLES
from landscapes import CATALOGUE

VERSION = "0.1.0"
DEFAULT_STEPS = 500
SMALLEST_PX, LARGEST_PX = 100, 10_000
"""Sizes of a picture that show something and that a painter can hold."""


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


def _size(text: str) -> tuple[int, int]:
    """Read the pixels of ``WxH``."""
    width, _, height = text.replace("×", "x").partition("x")
    with _explained(f"--size wants pixels such as 1600x1000, not {quoted(text)}."):
        size = read_whole(width), read_whole(height)
    if not all(SMALLEST_PX <= side <= LARGEST_PX for side in size):
        raise OptionError(f"--size wants {SMALLEST_PX} to {LARGEST_PX} pixels a side, not {quoted(text)}.")
    return size


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
    Option("--landscape", f"one of {len(CATALOGUE)} by name, such as Beale, or one of yours", "NAME"),
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
        '"FILE.py:NAME(lr=0.1)"',
        "TEXT",
        action="append",
    ),
    Option("--start", "where the race starts", "X,Y"),
    Option("--steps", "how many steps to race", "N", type=_whole("--steps"), default=DEFAULT_STEPS),
    Option("--seed", "for reproducible noise", "N", type=_whole("--seed"), default=0),
    Option("--batch", "how many rows of its data a step of --headless learns from", "N", type=_whole("--batch")),
    Option("--headless", "race without a window, and print or write the trails", action="store_true"),
    Option("--csv", "where --headless writes: columns step, racer, x, y, loss", "FILE"),
    Option("--picture", "write a picture of the window after --steps, and end", "FILE"),
    Option("--size", "the size of the window in the picture, in pixels", "WxH", type=_size, default="1600x1000"),
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
    if options.csv and not options.headless:
        raise OptionError("--csv goes with --headless.")
    if options.picture and options.headless:
        raise OptionError("Give either --picture or --headless.")
