"""The state of a session as one flat mapping, so that two states can be compared, and a part of one put into another.

A place is the name of a field, or ("racer", key) for one racer, or ("racer", key, field) for a field of a racer that is
in both states.  `FIELDS` has a row for each field: what it is called, which signal follows it, and whether changes that
come in fast succession are one edit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import NamedTuple

from engine.data.rows import TableData
from engine.optimizers.function_optimizer import FunctionOptimizer
from gui.session.choices import Choices, RacerChoice
from gui.session.session import Session

Place = tuple[str | int, ...]
State = Mapping[Place, object]
Differences = Mapping[Place, tuple[object, object]]
"""What is at each place that differs: before, and after; None for a racer that is not there."""


class Field(NamedTuple):
    """A field of `Choices` or of `RacerChoice`; those without a signal follow other fields."""

    words: str
    signal: str = ""
    joins: bool = False
    """Whether it is changed gradually, by dragging or typing."""


FIELDS = {
    "formula": Field("the formula", "formula_changed", joins=True),
    "function": Field("the function", "formula_changed"),
    "landscape": Field("the name of the landscape", "landscape_named"),
    "domain": Field("the domain", "bounds_changed"),
    "transform": Field("the turned landscape", "transform_changed", joins=True),
    "data": Field("the data", "data_changed", joins=True),
    "batch": Field("the batch", "batch_changed", joins=True),
    "parameters": Field("the parameter", "parameter_changed", joins=True),
    "parameter_ranges": Field("the range of", "ranges_changed"),
    "start": Field("the start", "start_changed", joins=True),
    "bounds": Field("the domain", "bounds_changed"),
    "minima": Field("the minima"),
    "randomness": Field("the noise", "randomness_changed", joins=True),
    "speed": Field("the speed", "speed_changed", joins=True),
    "height": Field("the height", "height_changed"),
    "camera": Field("the camera", "camera_changed", joins=True),
    "views": Field("the views", "views_changed"),
    "layout": Field("the layout", "layout_changed"),
    "pane_sizes": Field("the sizes of the panes", "panes_changed", joins=True),
    "hidden_panes": Field("the hidden panes", "panes_changed"),
    "loss_axis": Field("the axis of losses", "chart_changed"),
    "curve_axis": Field("the axis of the curves", "chart_changed"),
    "quantity": Field("the curves beneath the losses", "chart_changed"),
    "finish": Field("the finish", "finish_changed", joins=True),
    "basin_steps": Field("the steps of basin maps", "basins_changed", joins=True),
    "respawn": Field("the respawning of swarms", "swarms_changed"),
    "tuning": Field("the search", "studies_changed", joins=True),
    "settings_map": Field("the map of settings", "studies_changed", joins=True),
    "league": Field("the league", "studies_changed", joins=True),
    "theme": Field("the theme", "theme_changed"),
    "dashes": Field("the dash patterns", "looks_changed"),
    "arrows": Field("the arrows", "arrows_changed"),
    "favourites": Field("the favourites", "favourites_changed"),
}
RACER_FIELDS = {
    "optimizer": Field("the schedule of", "rule_changed", joins=True),
    "rule": Field("the rule of", "rule_changed", joins=True),
    "values": Field("the settings of", "hyperparameter_changed", joins=True),
    "ranges": Field("the ranges of", "ranges_changed"),
    "function": Field("the function of", "racers_changed"),
    "name": Field("the name of", "looks_changed"),
    "colour": Field("the colour of", "looks_changed"),
    "visible": Field("the visibility of", "looks_changed"),
    "mapped": Field("the basin maps of", "looks_changed"),
    "swarm": Field("the swarm of", "looks_changed"),
}
NOT_CHANGED_BY_HAND = ("racers", "geometry", "good_formula", "picture")
"""Fields of `Choices` without a row: racers have places of their own, the window writes where it stands, the race says
which text could be drawn, and a picture that was saved cannot be taken back."""
RACER, ORDER, GOOD_FORMULA = "racer", ("order",), ("good_formula",)


def state_of(session: Session) -> State:
    """Return the state of a session; its values are shared with the session, which replaces and never changes them."""
    state: dict[Place, object] = {(name,): getattr(session, name) for name in FIELDS}
    state[GOOD_FORMULA] = session.good_formula
    state[ORDER] = tuple(racer.key for racer in session.racers)
    state.update({(RACER, racer.key): racer for racer in (*session.racers, *session.absent)})
    return state


def differences(before: State, after: State) -> Differences:
    """Return what a person has changed from one state to another."""
    found: dict[Place, tuple[object, object]] = {}
    for place in {**before, **after}:
        old, new = before.get(place), after.get(place)
        # Mostly the same object: this is gone through for every racer while a slider is dragged.
        if old is new or place in (ORDER, GOOD_FORMULA) or is_same(old, new):
            continue
        if isinstance(old, RacerChoice) and isinstance(new, RacerChoice):
            pairs = {name: (getattr(old, name), getattr(new, name)) for name in RACER_FIELDS}
            found.update({(*place, name): pair for name, pair in pairs.items() if not is_same(*pair)})
        else:
            found[place] = old, new
    if ("formula",) in found:
        found[GOOD_FORMULA] = before[GOOD_FORMULA], after[GOOD_FORMULA]
    orders = order_of(before), order_of(after)
    # A racer whose function was run meanwhile takes its place among the others by itself.
    if _are_moved(*orders) or any(place[0] == RACER and len(place) == 2 for place in found):
        found[ORDER] = orders
    return found


def _are_moved(old: tuple[int, ...], new: tuple[int, ...]) -> bool:
    """Return whether racers that stay are in another order."""
    if old == new:
        return False
    stay = set(old) & set(new)
    return [key for key in old if key in stay] != [key for key in new if key in stay]


def applied(state: State, values: Mapping[Place, object]) -> State:
    """Return `state` with other values at some places; a racer that is gone meanwhile stays gone."""
    changed = dict(state)
    for place, value in values.items():
        if len(place) == 3:
            racer = changed.get(place[:2])
            if isinstance(racer, RacerChoice):
                changed[place[:2]] = replace(racer, **{str(place[2]): value})  # type: ignore[arg-type]
        elif place[0] == RACER and value is None:
            changed.pop(place, None)
        else:
            changed[place] = value
    return changed


def with_keys(differing: Differences, now: Mapping[int, int]) -> Differences:
    """Return differences of racers that have other keys `now`; those of before are given to nobody else."""

    def renamed(place: Place, value: object) -> object:
        if isinstance(value, RacerChoice):
            return replace(value, key=now.get(value.key, value.key))
        return tuple(now.get(key, key) for key in value) if place == ORDER and isinstance(value, tuple) else value

    def moved(place: Place) -> Place:
        return (RACER, now.get(int(place[1]), place[1]), *place[2:]) if place[0] == RACER else place

    return {moved(place): (renamed(place, old), renamed(place, new)) for place, (old, new) in differing.items()}


def order_of(state: State) -> tuple[int, ...]:
    """Return the keys of the racers that race, in their order."""
    order = state[ORDER]
    assert isinstance(order, tuple)
    return order


def racers_in(state: State) -> list[RacerChoice]:
    """Return the racers of a state in their order; those that the order does not know come last."""
    known = {racer.key: racer for racer in state.values() if isinstance(racer, RacerChoice)}
    order = [key for key in order_of(state) if key in known]
    return [known[key] for key in (*order, *sorted(known.keys() - set(order)))]


def is_same(one: object, other: object) -> bool:
    """Return whether two values are the same choice: of a table or a function, its place counts, not what is in it."""
    if one is other:
        return True
    if isinstance(one, RacerChoice) and isinstance(other, RacerChoice):
        return all(is_same(getattr(one, name), getattr(other, name)) for name in RACER_FIELDS)
    return bool(_reference(one) == _reference(other))


def _reference(value: object) -> object:
    if isinstance(value, TableData):
        return value.path, value.names, value.reading
    if isinstance(value, FunctionOptimizer):
        return value.place or value
    return value


def unlisted() -> set[str]:
    """Return the names of fields that have no row, though a person may change them."""
    racers = {field.name for field in fields(RacerChoice)} - {"key"} - RACER_FIELDS.keys()
    return {field.name for field in fields(Choices)} - {*FIELDS, *NOT_CHANGED_BY_HAND} | racers
