"""The session: everything that the user chose, as plain data in one place, with a signal for each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from PySide6.QtCore import Signal

from engine.optimizers import OPTIMIZERS
from engine.optimizers.function_optimizer import FunctionOptimizer
from engine.optimizers.own_rule import OWN_RULE
from engine.optimizers.racer_text import parse_racer
from engine.race.randomness import Randomness
from gui.look.racer_colours import name_of
from gui.look.theme import RACER_COLOURS
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS, FIRST_SPEED, Choices, RacerChoice
from gui.session.function_racers import function_racer, together, with_function
from gui.session.landscape_choices import LandscapeChoices
from gui.session.racer_changes import (
    OWN_NAME,
    default_name,
    edited_name,
    free_name,
    with_modifier,
    with_other_modifier,
    with_rule,
    without_modifier,
)
from landscapes import CATALOGUE, Landscape


class Session(LandscapeChoices):
    """The user's choices; those of the racers stand here, all others in the classes that this one extends.

    Each method that changes a choice emits its signal, and `changed` after it.

    `taken` is emitted after all choices were replaced by others, `racer_restored` with the key of a racer of a kept
    session that has joined it.

    Attributes
    ----------
    racers : list of RacerChoice
        Those that race.
    absent : list of RacerChoice
        Those that will race once the Python files of their functions are run.
    """

    changed = Signal()
    taken = Signal()
    racer_restored = Signal(int)
    racers_changed = Signal()
    rule_changed = Signal(int)
    hyperparameter_changed = Signal(int, str, float)

    def __init__(self, landscape: Landscape, racers: Sequence[str | RacerChoice]) -> None:
        super().__init__(landscape)
        self.racers: list[RacerChoice] = []
        self.absent: list[RacerChoice] = []
        self._next_key = 1
        self._values_before: dict[int, Mapping[str, float]] = {}
        self._replacing = False
        self._enter(racers)
        for signal in (
            *self.window_signals, *self.landscape_signals,
            self.racers_changed, self.rule_changed, self.hyperparameter_changed,
        ):  # fmt: skip
            signal.connect(self._follow)

    def choices(self) -> Choices:
        """Return all choices as they are now."""
        chosen = {field.name: getattr(self, field.name) for field in fields(Choices)}
        return Choices(**{**chosen, "racers": together(self.racers, self.absent)})

    def take(self, choices: Choices) -> None:
        """Put `choices` in the place of all choices; its racers are given new keys."""
        self.put_fields({field.name: getattr(choices, field.name) for field in fields(Choices)})
        everyone = [replace(racer, key=self._new_key()) for racer in choices.racers]
        self.racers = [racer for racer in everyone if not racer.is_absent]
        self.absent = [racer for racer in everyone if racer.is_absent]
        self._emit_all()

    def start_afresh(self) -> None:
        """Choose the landscape and the racers of a first start; the window stays as it is."""
        self.choose(CATALOGUE[FIRST_LANDSCAPE])
        self.speed, self.racers, self.absent, self.randomness, self.batch = FIRST_SPEED, [], [], Randomness(), None
        self._enter(FIRST_RACERS)
        self._emit_all()

    def add_racer(self, optimizer: str, as_published: bool = False) -> None:
        """Add a racer with the settings that suit two coordinates, or with the defaults that its source gives."""
        self._append(optimizer, {} if as_published else OPTIMIZERS[optimizer].playground)
        self.racers_changed.emit()

    def add_own_rule(self) -> int:
        """Add a racer for a rule of the person's own, which begins as plain gradient descent; return its key."""
        name = free_name(OWN_NAME, [racer.name for racer in self.racers])
        return self._join(RacerChoice(0, name, OWN_RULE.name, "", OWN_RULE.playground))

    def add_saved(self, *saved: RacerChoice) -> None:
        """Add racers as they were saved, all at once.

        Raises
        ------
        FormulaError
            Where the rule of one can no longer be read; none is added then.
        """
        for racer in [each.fitted() for each in saved]:
            self._add(replace(racer, visible=True))
        self.racers_changed.emit()

    def restore_racer(self, racer: RacerChoice) -> None:
        """Add a racer of a kept session, with the name and colour that it had."""
        restored = replace(racer, key=self._new_key())
        if racer.is_absent:
            self.absent = [*self.absent, restored]
        else:
            self.racers = [*self.racers, restored]
        self.racer_restored.emit(restored.key)
        self.racers_changed.emit()

    def add_function(self, optimizer: FunctionOptimizer) -> None:
        """Add a racer whose step is a Python function."""
        self._join(function_racer(optimizer))

    def take_function(self, optimizer: FunctionOptimizer) -> None:
        """Give a newly loaded function to all racers that run it, also to absent ones; add one where there are none."""
        racing, back = with_function(self.racers, optimizer), with_function(self.absent, optimizer)
        if not racing and not back:
            self.add_function(optimizer)
            return
        for racer in racing:
            self._run(racer.key, racer)
        if back:
            returned = {racer.key for racer in back}
            self.absent = [racer for racer in self.absent if racer.key not in returned]
            self.racers = together(self.racers, back)
            self.racers_changed.emit()

    def duplicate_racer(self, key: int) -> int:
        """Add a racer with the settings of another; return its key."""
        original = self.racer(key)
        return self._join(replace(original, name=original.name + " copy"))

    def edit_beside(self, key: int, text: str) -> int:
        """Add a racer with the settings of another and the rule `text`, as in `set_rule`; return its key.

        Raises
        ------
        FormulaError
            As in `set_rule`.
        """
        original = self.racer(key)
        name = edited_name(original.name, [racer.name for racer in self.racers])
        return self._join(replace(with_rule(original, text, self._earlier(key)), name=name))

    def remove_racer(self, key: int) -> None:
        """Take a racer out."""
        self.racers, self.absent = (
            [racer for racer in among if racer.key != key] for among in (self.racers, self.absent)
        )
        self.racers_changed.emit()

    def set_rule(self, key: int, text: str) -> None:
        """Set the rule of a racer; "" stands for that of the catalogue.

        Hyperparameters whose names stay keep their values, and one that comes back has its former value.

        Raises
        ------
        FormulaError
            Where the text cannot be read as a rule, or the optimizer is a solver; nothing has changed then.
        """
        self._run(key, with_rule(self.racer(key), text, self._earlier(key)))

    def add_modifier(self, key: int, modifier: str) -> None:
        """Add a wrapper or schedule to a racer, applied after those that it has.

        Raises
        ------
        FormulaError
            Where it cannot be applied to this rule; nothing has changed then.
        """
        self._run(key, with_modifier(self.racer(key), modifier, self._earlier(key)))

    def remove_modifier(self, key: int, number: int) -> None:
        """Remove one of the wrappers and schedules of a racer."""
        self._run(key, without_modifier(self.racer(key), number, self._earlier(key)))

    def replace_modifier(self, key: int, number: int, modifier: str) -> None:
        """Replace one of the wrappers and schedules of a racer.

        Raises
        ------
        FormulaError
            Where it cannot be applied to this rule; nothing has changed then.
        """
        self._run(key, with_other_modifier(self.racer(key), number, modifier, self._earlier(key)))

    def take_settings(self, key: int, settings: Mapping[str, float]) -> None:
        """Set several hyperparameters of a racer; the others stay."""
        for name, value in settings.items():
            self.set_hyperparameter(key, name, value)

    def set_hyperparameter(self, key: int, name: str, value: float) -> None:
        """Set a hyperparameter of a racer; do nothing where the racer is gone, whose card may still emit a number."""
        if self._races(key):
            self._replace(key, values={**self.racer(key).values, name: value})
            self.hyperparameter_changed.emit(key, name, value)

    def set_hyperparameter_range(self, key: int, name: str, low: float, high: float) -> None:
        """Set the ends of the slider of a racer's hyperparameter; do nothing where the racer is gone."""
        if self._races(key):
            self._replace(key, ranges={**self.racer(key).ranges, name: (low, high)})
            self.ranges_changed.emit()

    def set_look(self, key: int, **changes: object) -> None:
        """Set a racer's `name`, `colour` or `visible`."""
        self._replace(key, **changes)
        self.looks_changed.emit()

    def racer(self, key: int) -> RacerChoice:
        """Return the racer with this key.

        Raises
        ------
        KeyError
            Where it is gone.
        """
        return {racer.key: racer for racer in self.racers}[key]

    def _races(self, key: int) -> bool:
        return any(racer.key == key for racer in self.racers)

    def _enter(self, racers: Sequence[str | RacerChoice]) -> None:
        for racer in racers:
            if isinstance(racer, RacerChoice):
                self._add(racer)
            else:
                optimizer, values = parse_racer(racer)
                self._append(optimizer.name, values)

    def _append(self, optimizer: str, values: Mapping[str, float]) -> None:
        settings = {**OPTIMIZERS[optimizer].defaults, **values}
        self._add(RacerChoice(0, default_name(optimizer), optimizer, "", settings))

    def _join(self, racer: RacerChoice) -> int:
        """Add a visible racer, and emit that there is one more; return its key."""
        self._add(replace(racer, visible=True))
        self.racers_changed.emit()
        return self.racers[-1].key

    def _add(self, racer: RacerChoice) -> None:
        """Add a racer with a key and a colour of its own."""
        used = {name_of(racer.colour) for racer in (*self.racers, *self.absent)}
        free = [colour for colour in RACER_COLOURS if name_of(colour) not in used]
        colour = free[0] if free else RACER_COLOURS[self._next_key % len(RACER_COLOURS)]
        self.racers = [*self.racers, replace(racer, key=self._new_key(), colour=colour)]

    def _earlier(self, key: int) -> Mapping[str, float]:
        """Return the last value of every hyperparameter that a racer has or had."""
        self._values_before[key] = {**self._values_before.get(key, {}), **self.racer(key).values}
        return self._values_before[key]

    def _run(self, key: int, changed: RacerChoice) -> None:
        """Put `changed` in the place of a racer, and emit that its rule has changed."""
        self.racers = [changed if racer.key == key else racer for racer in self.racers]
        self.rule_changed.emit(key)
        self.looks_changed.emit()

    def _new_key(self) -> int:
        self._next_key += 1
        return self._next_key - 1

    def _emit_all(self) -> None:
        """Emit that everything has changed, and `changed` once, at the end: whoever keeps all choices waits for all."""
        self._replacing = True
        self.racers_changed.emit()
        self._emit_landscape()
        for signal in (*self.window_signals, self.batch_changed):
            signal.emit()
        self._replacing = False
        self.changed.emit()
        self.taken.emit()

    def _follow(self) -> None:
        if not self._replacing:
            self.changed.emit()

    def _replace(self, key: int, **changes: object) -> None:
        self.racers = [replace(racer, **changes) if racer.key == key else racer for racer in self.racers]  # type: ignore[arg-type]
