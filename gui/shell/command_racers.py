"""The racers of the command line: from the catalogue, the saved ones, or functions of a Python file, which is run."""

from __future__ import annotations

import re

from engine.language.errors import FormulaError
from engine.optimizers.function_optimizer import optimizer_at
from engine.optimizers.racer_syntax import BAR, did_you_mean
from engine.optimizers.racer_text import parse_racer, parse_settings
from engine.optimizers.suggestions import nearest_names
from engine.own.function_location import parse_location
from gui.files.saved_lookup import saved_optimizers, saved_racer
from gui.session.choices import RacerChoice
from gui.session.function_racers import function_racer

SETTINGS_BEGIN = re.compile(r"[(|]")
FUNCTION = re.compile(r"(?P<place>.+:[^\W\d]\w*|.+\.py:)(?P<settings>.*)", re.DOTALL)
"""A file, the name of a function, and its settings: ``rules.py:momentum(lr=0.1)``."""


def read_racer(text: str) -> str | RacerChoice:
    """Return the racer that a text names: of the catalogue, a saved optimizer, or a function of a Python file.

    Raises
    ------
    FormulaError
        Where the text names none, or its settings do not fit.
    """
    try:
        parse_racer(text)
    except FormulaError as error:
        own = saved_racer(text)
        if own is not None:
            return own
        function = FUNCTION.fullmatch(text.strip())
        if function is None:
            raise _with_saved(error, text) from None
        return _function_racer(function["place"], function["settings"])
    return text


def _function_racer(place: str, settings: str) -> RacerChoice:
    """Run a file, and return the racer of one of its functions."""
    optimizer = optimizer_at(parse_location(place))
    if BAR in settings:
        raise FormulaError(optimizer.bare)
    return function_racer(optimizer, parse_settings(settings, optimizer))


def _with_saved(error: FormulaError, text: str) -> FormulaError:
    """Return an error about a racer's name with the question whether a saved optimizer of a near name was meant."""
    near = nearest_names(SETTINGS_BEGIN.split(text)[0], (saved.name for saved in saved_optimizers()))
    if not near:
        return error
    return FormulaError(error.message, error.start, error.end, did_you_mean(near))
