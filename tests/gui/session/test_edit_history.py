"""Whatever is changed in a session can be undone and made again, in edits that say what they are."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from engine import FormulaError
from engine.data.rows import MadeData
from engine.rules.modifiers.schedule import typed_schedule
from gui.look.theme import RACER_COLOURS
from gui.session.choices import ARROWS, HEIGHT_KINDS, LAYOUTS, LOSS_AXES, THEMES, VIEWS, CameraPose, Choices
from gui.session.edit_history import MOST_EDITS, EditHistory
from gui.session.session import Session
from gui.session.state import unlisted
from landscapes import CATALOGUE

FORMULAS = ("x^2 + y^2", "a*x^2 + b*y^2", "x^2 +", "sinn(x)", "|x| + |y|", "")
RULES = ("w = w - lr*sign(g)", "v = mu*v + g\nw = w - lr*v", "w = w - lr*g/norm(g)", "")
MODIFIERS = ("clip_norm", "cosine", "ema", typed_schedule("0.5^t").name)
OTHER = typed_schedule("0.7^t").name
TYPED = f"Adam | {MODIFIERS[-1]}"
NAMES = ("Beale", "Himmelblau", "Rosenbrock", "LinearRegression", "Ackley")
ADDED = ("SGD", "Adam", "Momentum", "BFGS")
MOST_RACERS = 6
pytestmark = pytest.mark.usefixtures("qapp")
WALKS, STEPS = 12, 60


def recorded(*racers: str, landscape: str = "Himmelblau") -> tuple[Session, EditHistory]:
    session = Session(CATALOGUE[landscape], list(racers))
    return session, EditHistory(session)


def everything(session: Session) -> tuple[Choices, list[int], list[int]]:
    """Return all that was chosen, but which text was drawn last: that the race says, and nobody chooses it."""
    choices = replace(session.choices(), good_formula="")
    return choices, [racer.key for racer in session.racers], [racer.key for racer in session.absent]


class Walk:
    """Random changes of a session; the same seed makes the same."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session, self.draw = session, random.Random(seed)

    def change(self) -> None:
        """Make one change; one that is refused changes nothing."""
        changes: list[Callable[[], object]] = [
            self.change_landscape, self.change_formula, self.change_place, self.change_data, self.change_window,
            self.change_racer, self.change_racer, self.change_parts, self.change_racers,
        ]  # fmt: skip
        with suppress(FormulaError):
            self.draw.choice(changes)()

    def change_landscape(self) -> None:
        self.session.choose(CATALOGUE[self.draw.choice(NAMES)])

    def change_formula(self) -> None:
        name = self.draw.choice("ab")
        self.draw.choice([
            lambda: self.session.set_formula(self.draw.choice(FORMULAS)),
            lambda: self.session.set_parameter(name, self.draw.uniform(-3, 3)),
            lambda: self.session.set_parameter_range(name, -1.0, self.draw.uniform(1, 9)),
        ])()  # fmt: skip

    def change_place(self) -> None:
        a, b = self.draw.uniform(-3, 3), self.draw.uniform(0.5, 2)
        self.draw.choice([
            lambda: self.session.set_start(a, b), lambda: self.session.set_bounds(((a - b, a + b), (-b, b))),
            lambda: self.session.set_transform(30.0 * a, b, (a, 0.0)), lambda: self.session.set_transform(0, 1, (0, 0)),
        ])()  # fmt: skip

    def change_data(self) -> None:
        session, data = self.session, self.session.data
        if isinstance(data, MadeData):
            self.draw.choice([
                lambda: session.set_data_setting("noise", self.draw.uniform(0, 1)),
                lambda: session.set_data(data.with_point(self.draw.randrange(9), 1.0, self.draw.uniform(-2, 2))),
                lambda: session.set_data(data.without_point(self.draw.randrange(9))),
                lambda: session.set_batch(self.draw.choice([None, 5, 10])),
            ])()  # fmt: skip

    def change_window(self) -> None:
        session, draw = self.session, self.draw
        draw.choice([
            lambda: session.set_theme(draw.choice(THEMES)), lambda: session.set_layout(draw.choice(LAYOUTS)),
            lambda: session.set_views(draw.choice(VIEWS)), lambda: session.set_height(draw.choice(HEIGHT_KINDS)),
            lambda: session.set_speed(draw.uniform(1, 900)), lambda: session.set_dashes(draw.random() < 0.5),
            lambda: session.set_loss_axis(draw.choice(LOSS_AXES)),
            lambda: session.show_arrows(draw.choice(ARROWS), draw.random() < 0.5),
            lambda: session.show_pane("chart", draw.random() < 0.5),
            lambda: session.set_pane_sizes({"chart": draw.uniform(0, 1)}), lambda: session.set_finish(tolerance=0.01),
            lambda: session.set_favourite(draw.choice(NAMES), draw.random() < 0.5),
            lambda: session.set_randomness(seed=draw.randrange(9), noise=draw.choice(["", "gaussian"])),
            lambda: session.set_camera(CameraPose("", False, draw.uniform(0, 90), 0.0, draw.uniform(0.5, 2))),
        ])()  # fmt: skip

    def change_racer(self) -> None:
        session, draw = self.session, self.draw
        if session.racers:
            racer = draw.choice(session.racers)
            name = draw.choice(list(racer.values) or ["lr"])
            draw.choice([
                lambda: session.set_hyperparameter(racer.key, name, draw.uniform(0, 1)),
                lambda: session.set_hyperparameter_range(racer.key, name, 0.1, draw.uniform(1, 2)),
                lambda: session.take_settings(racer.key, racer.published),
                lambda: session.set_look(racer.key, name=draw.choice(["one", "two"])),
                lambda: session.set_look(racer.key, colour=draw.choice(RACER_COLOURS)),
                lambda: session.set_look(racer.key, visible=not racer.visible),
                lambda: session.set_rule(racer.key, draw.choice(RULES)),
            ])()  # fmt: skip

    def change_parts(self) -> None:
        session, draw = self.session, self.draw
        if session.racers:
            key, number = draw.choice(session.racers).key, session.racers[0].optimizer.count("|")
            draw.choice([
                lambda: session.add_modifier(key, draw.choice(MODIFIERS)),
                lambda: session.remove_modifier(session.racers[0].key, draw.randrange(number)) if number else None,
            ])()  # fmt: skip

    def change_racers(self) -> None:
        session, draw = self.session, self.draw
        keys = [racer.key for racer in session.racers]
        if not keys or (len(keys) < MOST_RACERS and draw.random() < 0.5):
            session.add_racer(draw.choice(ADDED))
        else:
            draw.choice([
                lambda: session.remove_racer(draw.choice(keys)), lambda: session.duplicate_racer(draw.choice(keys)),
                lambda: session.edit_beside(draw.choice(keys), draw.choice(RULES)),
            ])()  # fmt: skip


@pytest.mark.parametrize("seed", range(WALKS))
def test_as_many_undos_as_edits_bring_everything_back_and_as_many_redos_make_it_again(seed: int) -> None:
    session, history = recorded("Adam", "SGD")
    walk, seen = Walk(session, seed), [everything(session)]
    for _ in range(STEPS):
        walk.change()
        history.note()
        if history.stack.count() == len(seen):
            seen.append(everything(session))
        else:
            # The change belongs to the last edit, or nothing has changed.
            seen[history.stack.count() :] = [everything(session)]
    for back in reversed(range(len(seen) - 1)):
        assert history.stack.undoText()
        history.undo()
        assert everything(session) == seen[back], history.stack.redoText()
    assert not history.stack.canUndo()
    for state in seen[1:]:
        history.redo()
        assert everything(session) == state, history.stack.undoText()
    assert not history.stack.canRedo()


def test_whatever_a_session_holds_can_be_undone() -> None:
    assert unlisted() == set(), "a new field needs a row in gui/session/state.py: its words, and its signal"


def words(change: Callable[[Session], object], *racers: str, landscape: str = "Himmelblau") -> str:
    """Return what the menu calls a change, after it was undone and everything is as before."""
    session, history = recorded(*racers, landscape=landscape)
    before = everything(session)
    change(session)
    history.undo()
    assert everything(session) == before
    return history.stack.redoText()


def test_an_edit_says_what_was_changed() -> None:
    def key(session: Session) -> int:
        return session.racers[0].key

    assert words(lambda s: s.set_hyperparameter(key(s), "lr", 0.7), "Adam") == "lr of Adam"
    assert words(lambda s: s.take_settings(key(s), {"lr": 0.7, "beta1": 0.3}), "Adam") == "the settings of Adam"
    assert words(lambda s: s.set_hyperparameter_range(key(s), "lr", 0.1, 0.7), "Adam") == "the range of lr of Adam"
    assert words(lambda s: s.set_rule(key(s), "w = w - lr*sign(g)"), "SGD") == "the rule of SGD"
    assert words(lambda s: s.add_modifier(key(s), "cosine"), "SGD") == "adding cosine to SGD"
    assert words(lambda s: s.remove_modifier(key(s), 0), "SGD | cosine") == "removing cosine from SGD"
    assert words(lambda s: s.replace_modifier(key(s), 0, OTHER), TYPED) == "the schedule of Adam | schedule"
    assert words(lambda s: s.set_look(key(s), name="Eve"), "Adam") == "the name of Eve"
    assert words(lambda s: s.set_look(key(s), visible=False), "Adam") == "hiding Adam"
    assert words(lambda s: s.add_racer("SGD"), "Adam") == "adding SGD"
    assert words(lambda s: s.duplicate_racer(key(s)), "Adam") == "adding Adam copy"
    assert words(lambda s: s.remove_racer(key(s)), "Adam") == "removing Adam"
    assert words(lambda s: s.choose(CATALOGUE["Beale"])) == "the landscape Beale"
    assert words(lambda s: s.set_formula("x^2 +")) == "the formula"
    assert words(lambda s: s.set_parameter("a", 3.0), landscape="Rosenbrock") == "the parameter a"
    assert words(lambda s: s.set_data_setting("noise", 0.7), landscape="LinearRegression") == "noise of the data"
    assert words(lambda s: s.set_start(1.0, 2.0)) == "the start"
    assert words(lambda s: s.set_camera(CameraPose("top"))) == "the camera"
    assert words(lambda s: s.set_favourite("Beale", True)) == "the favourites"


def test_gradual_changes_of_one_thing_are_one_edit_and_those_of_another_are_the_next() -> None:
    session, history = recorded("Adam", "Adam")
    first, second = session.racers
    for key in (first.key, second.key):
        for value in (0.1, 0.2, 0.3):
            session.set_hyperparameter(key, "lr", value)
            history.note()
    for text in ("x^2", "x^2 +", "x^2 + y", "x^2 + y^2"):
        session.set_formula(text)
        history.note()
    assert history.stack.count() == 3
    history.undo()
    assert session.landscape == "Himmelblau"
    history.undo()
    assert session.racer(second.key) == second and session.racer(first.key).values["lr"] == 0.3


def test_what_is_typed_and_taken_away_again_is_no_edit() -> None:
    session, history = recorded()
    session.set_formula("x^2")
    history.note()
    history.undo()
    history.redo()
    for text in ("x^2 + y", "x^2"):
        session.set_formula(text)
        history.note()
    assert history.stack.count() == 1 and history.stack.canUndo()


def test_a_removal_is_taken_back_later_and_what_came_after_it_stays() -> None:
    session, history = recorded("Adam", "SGD", "RMSProp")
    offers: list[tuple[str, object]] = []
    history.removed.connect(lambda *offer: offers.append(offer))
    key = session.racers[1].key
    session.set_rule(key, "w = w - lr*sign(g)")
    history.note()
    session.remove_racer(key)
    history.note()
    session.set_start(1.0, 2.0)
    (sentence, differing), = offers  # fmt: skip
    assert sentence == "SGD was removed." and history.stands(differing)
    history.take_back(differing)
    assert [racer.name for racer in session.racers] == ["Adam", "SGD", "RMSProp"]
    assert session.racer(key).rule == "w = w - lr*sign(g)" and session.start == (1.0, 2.0)
    assert not history.stands(differing) and history.stack.undoText() == "adding SGD"


def test_the_oldest_edits_are_forgotten() -> None:
    session, history = recorded("Adam")
    for number in range(MOST_EDITS + 10):
        session.set_theme(THEMES[1 + number % 2])
        history.note()
    assert history.stack.count() == MOST_EDITS


def test_another_session_begins_a_history_of_its_own() -> None:
    session, history = recorded("Adam")
    other = Session(CATALOGUE["Beale"], ["SGD"]).choices()
    session.set_start(1.0, 1.0)
    session.take(other)
    QApplication.processEvents()
    assert not history.stack.canUndo()
    session.set_start(2.0, 1.0)
    history.note()
    # A racer of the session that joins late is there before and after each edit.
    session.restore_racer(Session(CATALOGUE["Beale"], ["Momentum"]).racers[0])
    history.undo()
    assert [racer.name for racer in session.racers] == ["SGD", "Momentum"] and session.start == other.start
    assert not history.stack.canUndo() and history.stack.canRedo()


def test_only_what_differs_is_told() -> None:
    session, history = recorded("Adam", "SGD")
    told: list[str] = []
    for name in ("racers_changed", "rule_changed", "formula_changed", "start_changed", "landscape_chosen"):
        getattr(session, name).connect(lambda *_, name=name: told.append(name))
    values: list[tuple[object, ...]] = []
    session.hyperparameter_changed.connect(lambda *what: values.append(what))
    key = session.racers[1].key
    session.set_hyperparameter(key, "lr", 0.5)
    values.clear()
    history.undo()
    assert values == [(key, "lr", session.racer(key).values["lr"])] and told == []
    history.redo()
    session.set_look(key, colour=RACER_COLOURS[-1])
    history.undo()
    assert told == []
