"""Puts a state into a session: only what differs is set, and only its signals are emitted.

So nothing is compiled again that stays as it is, and racers that do not change keep their trails.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.data.rows import MadeData
from engine.loss.loss import DEFAULT_PARAMETER
from engine.optimizers.function_optimizer import FunctionOptimizer
from gui.session.choices import RacerChoice
from gui.session.session import Session
from gui.session.state import FIELDS, GOOD_FORMULA, RACER_FIELDS, State, is_same, racers_in, state_of

ANEW = ("landscape_chosen", "formula_changed", "start_changed")
"""The signals after which a landscape is raced on anew, with all that is known of it."""
OF_LANDSCAPE = {"landscape_named", "parameter_changed", "ranges_changed", "transform_changed", "data_changed",
                "bounds_changed", *ANEW}  # fmt: skip
"""The signals of what is sent along with a formula."""


def put(session: Session, wanted: State) -> None:
    """Put `wanted` in the place of the state of a session."""
    before = state_of(session)
    fields = {name: wanted[(name,)] for name in FIELDS if not is_same(before[(name,)], wanted[(name,)])}
    anew = "formula" in fields or "function" in fields or not _has_same_columns(before[("data",)], wanted[("data",)])
    racers = session.racers, session.absent
    _set_racers(session, wanted)
    session.put_fields({**fields, **({"good_formula": wanted[GOOD_FORMULA]} if "formula" in fields else {})})
    if anew:
        _emit(session, ANEW)
    _emit_racers(session, [*racers[0], *racers[1]], [racer.key for racer in racers[0]])
    parameters = before[("parameters",)]
    if "parameters" in fields and not anew and isinstance(parameters, Mapping):
        _emit_parameters(session, parameters)
    _emit_fields(session, fields, OF_LANDSCAPE if anew else {"parameter_changed"})


def _has_same_columns(one: object, other: object) -> bool:
    """Return whether only the rows of two data sets differ."""
    return is_same(one, other) or (isinstance(one, MadeData) and isinstance(other, MadeData) and one.name == other.name)


def _emit(session: Session, names: tuple[str, ...]) -> None:
    for name in names:
        getattr(session, name).emit()


def _emit_fields(session: Session, fields: Mapping[str, object], done: set[str]) -> None:
    """Emit the signal of each of `fields`, each once, but for those that are `done`."""
    # A turned landscape is sent with its start.
    done = {"", *done, *(["start_changed"] if "transform" in fields else [])}
    for name in fields:
        signal = FIELDS[name].signal
        if signal not in done:
            getattr(session, signal).emit()
            done.add(signal)


def _emit_parameters(session: Session, before: Mapping[str, float]) -> None:
    """Emit each parameter that differs; one that has no chosen value any more has that of a new formula."""
    for name in {**before, **session.parameters}:
        value = session.parameters.get(name, DEFAULT_PARAMETER)
        if value != before.get(name, DEFAULT_PARAMETER):
            session.parameter_changed.emit(name, value)


def _set_racers(session: Session, wanted: State) -> None:
    """Set the racers; a function has its newest version, whatever it had when the state was taken."""
    known = {racer.place: racer.function for racer in session.racers}
    racers = [_with_function(racer, known.get(racer.place)) for racer in racers_in(wanted)]
    session.racers = [racer for racer in racers if not racer.is_absent]
    session.absent = [racer for racer in racers if racer.is_absent]


def _with_function(racer: RacerChoice, newest: object) -> RacerChoice:
    if racer.place is None or not isinstance(newest, FunctionOptimizer) or newest is racer.function:
        return racer
    return replace(racer, function=newest).fitted()


def _emit_racers(session: Session, before: list[RacerChoice], order: list[int]) -> None:
    """Emit what differs between the racers before, of which those in `order` raced, and those of now."""
    known = {racer.key: racer for racer in before}
    signals: set[str] = set()
    keys = [racer.key for racer in session.racers]
    if known.keys() != {*keys, *(racer.key for racer in session.absent)} or order != keys:
        session.racers_changed.emit()
    for racer in session.racers:
        signals |= _emit_racer(session, known.get(racer.key, racer), racer)
    for signal in {"looks_changed", "ranges_changed"} & signals:
        getattr(session, signal).emit()


def _emit_racer(session: Session, old: RacerChoice, racer: RacerChoice) -> set[str]:
    """Emit what differs of the rule and the values of one racer; return the signals of all that differs."""
    differing = {name for name in RACER_FIELDS if not is_same(getattr(old, name), getattr(racer, name))}
    if {"optimizer", "rule"} & differing:
        session.rule_changed.emit(racer.key)
    elif "values" in differing:
        for name, value in racer.values.items():
            if value != old.values.get(name):
                session.hyperparameter_changed.emit(racer.key, name, value)
    return {RACER_FIELDS[name].signal for name in differing}
