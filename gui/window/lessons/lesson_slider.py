"""The one slider of a lesson: what it sets in the session, and the control for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from engine.data.rows import MadeData
from engine.language.number_spec import NumberSpec
from gui.session.lessons.lesson_race import START_X, START_Y
from gui.session.lessons.lesson_scene import names_of
from gui.session.session import Session
from gui.widgets.numbers.value_slider import ValueSlider
from landscapes.lessons import Lesson, Slider

LOG_FROM, LOG_RATIO = 0.0, 30.0
"""A slider of the batch or of a parameter is logarithmic where both ends are positive and so far apart."""


def slider_of(lesson: Lesson, session: Session) -> ValueSlider:
    """Return the control of a lesson's slider, at the value of now; what it is moved to is set in the session."""
    spec, value = _spec(lesson.slider, session)
    control = ValueSlider(spec, value, held=True)
    control.changed.connect(_setter(lesson.slider, session))
    return control


def _spec(slider: Slider, session: Session) -> tuple[NumberSpec, float]:
    """Return the description of the slider, and its value now."""
    low, high = slider.range
    if slider.racer is not None:
        racer = session.racers[slider.racer - 1]
        known = next(spec for spec in racer.entry.hyperparameters if spec.name == slider.name)
        scale = "linear" if known.scale == "log" and low <= LOG_FROM else known.scale
        spec = NumberSpec(
            known.name, known.default, low, high, scale, "", f"{slider.name} of {racer.name}", known.whole
        )
        return spec, racer.values[slider.name]
    scale = "log" if low > LOG_FROM and high / low >= LOG_RATIO else "linear"
    spec = NumberSpec(slider.name, low, low, high, scale, whole=slider.name == "batch")
    value = _value(slider.name, session)
    return spec, min(max(value, low), high)


def _value(name: str, session: Session) -> float:
    """Return the value of what belongs to no racer."""
    x, y = session.formula_start
    data = session.data
    if isinstance(data, MadeData) and name in data.settings:
        return data.settings[name]
    known = {"turn": session.transform.angle, "batch": float(session.batch or 0), START_X: x, START_Y: y}
    return known[name] if name in known else session.parameters[name]


def _setter(slider: Slider, session: Session) -> Callable[[float], None]:
    """Return what sets the value."""
    name, (x, y) = slider.name, session.formula_start
    if slider.racer is not None:
        return partial(_set_of_racer, session, session.racers[slider.racer - 1].key, name)
    if isinstance(session.data, MadeData) and name in session.data.settings:
        return lambda value: session.set_data_setting(name, value)
    lies = session.transform
    setters: dict[str, Callable[[float], None]] = {
        "turn": lambda value: session.set_transform(value, lies.stretch, lies.shift),
        "batch": lambda value: session.set_batch(round(value)),
        START_X: lambda value: session.set_start(*lies.shown((value, y))),
        START_Y: lambda value: session.set_start(*lies.shown((x, value))),
    }
    return setters.get(name, lambda value: session.set_parameter(name, value))


def _set_of_racer(session: Session, key: int, name: str, value: float) -> None:
    """Set a hyperparameter of a racer that may be called after it."""
    session.set_hyperparameter(key, name, value)
    for racer, called in zip(session.racers, names_of(session.racers), strict=True):
        if racer.key == key and racer.name != called:
            session.set_look(key, name=called)
