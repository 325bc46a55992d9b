"""The window of the tuning: its rules, the rows of the racers, and how sharp each optimum is."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from engine.language.errors import FormulaError
from gui.background.incremental_task import IncrementalTask
from gui.look.theme import Theme
from gui.session import study_choices as limits
from gui.session.choices import RacerChoice
from gui.session.session import Session
from gui.session.study_choices import SpaceChoice
from gui.widgets.segments import Segments
from gui.widgets.wheel import ChoiceBox
from gui.window.controller import Controller
from gui.window.studies.fields import Mistake, beneath, count_field, row_of
from gui.window.studies.study_dialog import StudyDialog
from gui.window.studies.study_ground import ground_of_session
from gui.window.studies.study_work import StudyWork
from gui.window.studies.tuning.racer_rows import TIPS, TITLES, RacerRows, columns, rows_of
from gui.window.studies.tuning.search import Found, TuningTask, names_read, spaces_of, with_space
from gui.window.studies.tuning.sharpness_plot import SharpnessPlot
from gui.window.studies.work_bar import WorkBar

SIZE, GAP_PX, PLOT_PX = QSize(860, 760), 10, 210
EVERYONE = "All racers"
SCORE_TIPS = {
    "median": "What is left of the descent, in the middle one of all landscapes, starts and seeds",
    "worst": "What is left of the descent, in the worst of all landscapes, starts and seeds",
}
MEANING = (
    "Every racer tries as many settings, and none of its runs evaluates the loss more often than the budget says. "
    "The score is what is left of the descent to the lowest loss that the racer has reached: no minimum is known."
)
STOPPED = "It was stopped before anybody had a result."
NOBODY = "There is no racer to be tuned."


class TuningDialog(StudyDialog):
    """A window that stays open beside the race."""

    def __init__(self, parent: QWidget, session: Session, controller: Controller, theme: Theme) -> None:
        super().__init__(parent, "Tune racers", SIZE, GAP_PX)
        self._session, self._functions, self._theme = session, controller.functions, theme
        self.work = StudyWork("tuning")
        self.rows: list[RacerRows] = []
        self.found: Found = {}
        self._making = IncrementalTask(self, self._make_next)
        self._make_fields()
        self._make_grid()
        self.bar, self.mistake = WorkBar(self.work, "Tune", "jobs"), Mistake()
        self.use_all = QPushButton("Use all")
        self.use_all.setAutoDefault(False)
        self.use_all.setToolTip("Give every racer the best settings that were found for it")
        self.use_all.clicked.connect(self._use_all)
        self.plot = SharpnessPlot(theme)
        self.plot.setFixedHeight(PLOT_PX)
        self._arrange()
        self._connect()
        self._follow_racers()
        self._follow_choice()

    def _make_fields(self) -> None:
        choose = self._session.set_tuning
        self.whom = ChoiceBox()
        self.whom.setAccessibleName("Whom to tune")
        self.budget = count_field(
            "The budget", limits.MOST_BUDGET, lambda n: choose(budget=n), "Evaluations that one run may make: a "
            "gradient counts as one, and what a solver's line search asks for counts too", "evaluations",
        )  # fmt: skip
        self.trials = count_field(
            "The number of trials", limits.MOST_TRIALS, lambda n: choose(trials=n), "Settings that each racer tries", ""
        )
        self.starts = count_field(
            "The number of starts", limits.MOST_STARTS, lambda n: choose(starts=n),
            "The start of the race, then places spread evenly over what is visible",
        )  # fmt: skip
        self.seeds = count_field(
            "The number of seeds", limits.MOST_SEEDS, lambda n: choose(seeds=n), "Of rules and batches that are random"
        )
        self.score = Segments("Score", SCORE_TIPS, self._session.tuning.score)
        self.score.chosen.connect(lambda score: choose(score=score))
        self.also = QLineEdit()
        self.also.setAccessibleName("Other landscapes that count")
        self.also.setPlaceholderText("Beale, Rosenbrock")
        self.also.setToolTip("Names of landscapes that count beside the one of the race, with commas between them")
        self.also.editingFinished.connect(self._take_also)

    def _make_grid(self) -> None:
        self._page = QWidget()
        titles = columns()
        for column, title in enumerate(TITLES):
            label = QLabel(title)
            label.setObjectName("muted")
            label.setToolTip(TIPS.get(column, ""))
            titles.addWidget(label, 0, column)
        self._sections = QVBoxLayout()
        around = QVBoxLayout(self._page)
        around.setContentsMargins(0, 0, 14, 0)
        around.setSpacing(4)
        self._sections.setSpacing(4)
        around.addLayout(titles)
        around.addLayout(self._sections)
        around.addStretch(1)
        self.area = QScrollArea(widgetResizable=True)
        self.area.setObjectName("page")
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._page)

    def _arrange(self) -> None:
        layout = self.column
        meaning = QLabel(MEANING)
        meaning.setObjectName("muted")
        meaning.setWordWrap(True)
        layout.addWidget(meaning)
        layout.addLayout(
            row_of(beneath("Racers", self.whom), beneath("Budget", self.budget), beneath("Trials", self.trials),
                   beneath("Starts", self.starts), beneath("Seeds", self.seeds), beneath("Score", self.score))
        )  # fmt: skip
        also = QHBoxLayout()
        also.addWidget(QLabel("Also on"))
        also.addWidget(self.also, 1)
        layout.addLayout(also)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.mistake)
        work = QHBoxLayout()
        work.addWidget(self.bar, 1)
        work.addWidget(self.use_all)
        layout.addLayout(work)
        layout.addWidget(self.plot)

    def _connect(self) -> None:
        session = self._session
        self.bar.button.clicked.connect(self._press)
        self.whom.activated.connect(lambda _: self._show_rows())
        self.work.finished.connect(self._take)
        self.work.failed.connect(self.mistake.say)
        for field in (self.budget, self.trials, self.starts, self.seeds):
            field.refused.connect(self.mistake.say)
        session.studies_changed.connect(self._follow_choice)
        session.hyperparameter_changed.connect(self._follow_values)
        session.looks_changed.connect(self._follow_racers)
        session.racers_changed.connect(self._follow_racers)
        session.rule_changed.connect(self._follow_rule)

    def open_for(self, key: int | None) -> None:
        """Show the window for one racer, or for all."""
        self.whom.setCurrentIndex(max(self.whom.findData(key), 0))
        self._show_rows()
        self.appear(self.bar.button)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.plot.set_theme(theme)
        self._show_rows()

    def end(self) -> None:
        """Stop what is under way, and close."""
        self.work.end()
        self._making.end()
        self.close()

    @property
    def up_to_date(self) -> bool:
        """Return whether every racer that is chosen has its rows."""
        return not self._making.under_way

    @property
    def chosen(self) -> list[RacerChoice]:
        """The racers that are to be tuned."""
        key = self.whom.currentData()
        return [racer for racer in self._session.racers if key is None or racer.key == key]

    def _press(self) -> None:
        """Begin, or stop what is under way."""
        if self.work.under_way:
            self.work.stop()
            return
        racers = self.chosen
        try:
            if not racers:
                raise FormulaError(NOBODY)
            task = TuningTask(ground_of_session(self._session, self._functions), racers, self._session.tuning)
        except FormulaError as error:
            self.mistake.say(str(error))
            return
        self.mistake.say("")
        self.bar.show_work()
        self.work.begin(task)

    def _take(self, found: Found) -> None:
        self.found = {**self.found, **found}
        spent = sum(tuned.spent for tuned in found.values())
        self.bar.words.setText(f"{spent:,} evaluations were made" if found else STOPPED)
        for rows in self.rows:
            rows.show_found(self.found.get(rows.key))
        self._show_results()

    def _take_also(self) -> None:
        try:
            also = names_read(self.also.text())
        except FormulaError as error:
            self.mistake.say(str(error))
            return
        self.mistake.say("")
        if also != self._session.tuning.also:
            self._session.set_tuning(also=also)

    def _take_space(self, space: SpaceChoice) -> None:
        self._session.set_tuning(spaces=with_space(self._session.tuning, space))

    def _use(self, key: int, settings: Mapping[str, float]) -> None:
        self._session.take_settings(key, settings)

    def _use_all(self) -> None:
        for racer in self.chosen:
            if racer.key in self.found:
                self._use(racer.key, self.found[racer.key].settings)

    def _follow_choice(self) -> None:
        tuning = self._session.tuning
        for name in ("budget", "trials", "starts", "seeds"):
            getattr(self, name).show_value(getattr(tuning, name))
        self.score.show_choice(tuning.score)
        if not self.also.hasFocus():
            self.also.setText(", ".join(tuning.also))
        racers = {racer.key: racer for racer in self._session.racers}
        for rows in self.rows:
            if rows.key in racers:
                rows.show_spaces(spaces_of(racers[rows.key], tuning))

    def _follow_values(self, *_: object) -> None:
        racers = {racer.key: racer for racer in self._session.racers}
        for rows in self.rows:
            if rows.key in racers:
                rows.show_racer(racers[rows.key])
        self._show_results()

    def _follow_rule(self, key: int) -> None:
        """Forget what was found for another rule."""
        self.found = {other: tuned for other, tuned in self.found.items() if other != key}
        self._follow_racers()

    def _follow_racers(self) -> None:
        racers, now = self._session.racers, self.whom.currentData()
        self.whom.clear()
        self.whom.addItem(EVERYONE, None)
        for racer in racers:
            self.whom.addItem(racer.name, racer.key)
        self.whom.setCurrentIndex(max(self.whom.findData(now), 0))
        self.found = {racer.key: self.found[racer.key] for racer in racers if racer.key in self.found}
        self._show_rows()

    def _show_rows(self) -> None:
        """Show the rows of the racers that are chosen: those that have them keep them, the others get them in turns."""
        racers = {self._identity(racer): racer for racer in self.chosen}
        for rows in self.rows:
            if rows.identity in racers:
                self._fill(rows, racers[rows.identity])
            else:
                rows.leave()
        self.rows = [rows for rows in self.rows if rows.identity in racers]
        self._making.go_on()
        self._show_results()

    def _make_next(self) -> bool:
        """Put the rows of one more racer in their place, and make them if need be; return whether one was left."""
        for place, racer in enumerate(self.chosen):
            if place == len(self.rows) or self.rows[place].key != racer.key:
                rows = next((rows for rows in self.rows if rows.key == racer.key), None) or self._made(racer)
                self.rows = [other for other in self.rows if other is not rows]
                self.rows.insert(place, rows)
                self._sections.insertWidget(place, rows.section)
                return True
        return False

    def _made(self, racer: RacerChoice) -> RacerRows:
        rows = RacerRows(racer, spaces_of(racer, self._session.tuning), self._theme)
        rows.changed.connect(self._take_space)
        rows.used.connect(self._use)
        rows.show_found(self.found.get(racer.key))
        return rows

    def _fill(self, rows: RacerRows, racer: RacerChoice) -> None:
        """Show in the rows of a racer what it is now."""
        rows.show_spaces(spaces_of(racer, self._session.tuning))
        rows.show_racer(racer)
        rows.show_found(self.found.get(racer.key))

    def _identity(self, racer: RacerChoice) -> object:
        return rows_of(racer, spaces_of(racer, self._session.tuning), self._theme)

    def _show_results(self) -> None:
        chosen = self.chosen
        self.use_all.setVisible(len([racer for racer in chosen if racer.key in self.found]) > 1)
        self.plot.show_found(chosen, self.found)
