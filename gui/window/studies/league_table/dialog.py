"""The window of the league."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableView,
    QWidget,
)

from engine.language.errors import FormulaError
from engine.tuning.league import RULESETS, League
from engine.tuning.row import LeagueRow
from gui.look.theme import Theme
from gui.session import study_choices as limits
from gui.session.session import Session
from gui.views.studies.setting_axis import SettingAxis
from gui.views.studies.setting_curves import SettingCurve, SettingCurves
from gui.widgets.chips import Chips
from gui.widgets.segments import Segments
from gui.window.controller import Controller
from gui.window.studies.fields import Mistake, beneath, count_field, row_of
from gui.window.studies.league_table.model import MEAN, LeagueModel
from gui.window.studies.league_table.opening import cell_words, open_cell
from gui.window.studies.league_table.playing import (
    EVERYONE,
    MISTAKES,
    OF_RACE,
    LeagueTask,
    file_of,
    landscapes_for,
    racers_for,
)
from gui.window.studies.study_dialog import StudyDialog
from gui.window.studies.study_work import StudyWork
from gui.window.studies.work_bar import WorkBar
from landscapes import TAGS

SIZE, GAP_PX, PLOT_PX, ROW_PX, CELL_PX = QSize(920, 800), 10, 230, 24, 40
FIELD_TIPS = {
    OF_RACE: "The racers of this race that can be written as a text",
    EVERYONE: "Every optimizer of the catalogue",
}
DRAWN = 8
"""The best racers have a line among the performance profiles; more could not be told apart."""
NOTHING = "Performance profiles are drawn here: who solves how many landscapes within how many times the fastest."
HINT = "A click on a title orders the rows; a click on a rank tells of that race, which can be opened then."
STOPPED = "Stopped: the same league goes on from here."


class LeagueDialog(StudyDialog):
    """A window that stays open beside the race."""

    def __init__(self, parent: QWidget, session: Session, _: Controller, theme: Theme) -> None:
        super().__init__(parent, "League", SIZE, GAP_PX)
        self._session, self._theme = session, theme
        self.work, self.model = StudyWork("league", MISTAKES), LeagueModel(theme)
        self.row: LeagueRow | None = None
        self._make_fields()
        self._make_table()
        self.bar, self.mistake, self.count = WorkBar(self.work, "Race", "races"), Mistake(), QLabel()
        self.cell, self.open_race = QLabel(HINT), QPushButton("Open this race")
        self.plot = SettingCurves(theme, NOTHING)
        self._arrange()
        self._connect()
        self._follow()

    def _make_fields(self) -> None:
        choose, choice = self._session.set_league, self._session.league
        self.field = Segments("Racers", FIELD_TIPS, choice.field)
        self.field.chosen.connect(lambda field: choose(field=field))
        self.budget = count_field(
            "The budget", limits.MOST_BUDGET, lambda n: choose(budget=n), "Evaluations that one run may make"
        )
        rules = ", ".join(f"{trials}: {name}" for name, trials in RULESETS.items())
        self.trials = count_field(
            "The number of trials", limits.MOST_TRIALS, lambda n: choose(trials=n),
            f"Settings that each racer tries on each landscape. The rulesets of AlgoPerf are {rules}",
        )  # fmt: skip
        self.starts = count_field("The number of starts", limits.MOST_STARTS, lambda n: choose(starts=n))
        self.tags = Chips(TAGS)
        self.tags.changed.connect(self._take_tags)

    def _make_table(self) -> None:
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setObjectName("standings")
        self.table.setAccessibleName("Table of the league")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().setDefaultSectionSize(ROW_PX)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.setSortingEnabled(True)
        self.table.horizontalHeader().setSortIndicator(MEAN, Qt.SortOrder.AscendingOrder)

    def _arrange(self) -> None:
        layout = self.column
        layout.addLayout(
            row_of(beneath("Racers", self.field), beneath("Budget", self.budget), beneath("Trials", self.trials),
                   beneath("Starts", self.starts))
        )  # fmt: skip
        layout.addWidget(beneath("Landscapes with one of these, or all", self.tags))
        for label in (self.count, self.cell):
            label.setObjectName("muted")
            label.setWordWrap(True)
        for part in (self.count, self.mistake, self.bar):
            layout.addWidget(part)
        layout.addWidget(self.table, 1)
        below = QHBoxLayout()
        below.addWidget(self.cell, 1)
        below.addWidget(self.open_race)
        self.open_race.setAutoDefault(False)
        self.open_race.setEnabled(False)
        layout.addLayout(below)
        self.plot.setFixedHeight(PLOT_PX)
        layout.addWidget(self.plot)

    def _connect(self) -> None:
        self.bar.button.clicked.connect(self._press)
        self.work.finished.connect(self._take)
        self.work.failed.connect(self.mistake.say)
        self.table.clicked.connect(lambda _: self._show_cell())
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_cell())
        self.open_race.clicked.connect(self._open)
        for field in (self.budget, self.trials, self.starts):
            field.refused.connect(self.mistake.say)
        self._session.studies_changed.connect(self._follow)
        self._session.racers_changed.connect(self._follow)
        self._session.rule_changed.connect(self._follow)

    def open_league(self) -> None:
        """Show the window."""
        self.appear(self.bar.button)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.model.set_theme(theme)
        self.plot.set_theme(theme)
        self._draw_profiles()

    def end(self) -> None:
        """Stop what is under way, and close."""
        self.work.end()
        self.close()

    def _take_tags(self) -> None:
        tags = tuple(self.tags.on)
        if tags != self._session.league.tags:
            self._session.set_league(tags=tags)

    def _follow(self, *_: object) -> None:
        choice = self._session.league
        self.field.show_choice(choice.field)
        for name in ("budget", "trials", "starts"):
            getattr(self, name).show_value(getattr(choice, name))
        self.tags.blockSignals(True)
        for name, switch in self.tags.switches.items():
            switch.setChecked(name in choice.tags)
        self.tags.blockSignals(False)
        try:
            racers, places = len(racers_for(choice, self._session.racers)), len(landscapes_for(choice))
            self.count.setText(f"{racers:,} racers on {places:,} landscapes: {racers * places:,} races to be tuned.")
        except FormulaError as error:
            self.count.setText(str(error))

    def _press(self) -> None:
        """Begin, go on, or stop."""
        if self.work.under_way:
            self.work.stop()
            return
        choice, seed = self._session.league, self._session.randomness.seed
        try:
            racers = racers_for(choice, self._session.racers)
        except FormulaError as error:
            self.mistake.say(str(error))
            return
        self.mistake.say("")
        self.bar.show_work()
        self.work.begin(LeagueTask(racers, landscapes_for(choice), choice, seed, file_of(racers, choice, seed)))

    def _take(self, played: League) -> None:
        wanted = len(racers_for(self._session.league, self._session.racers)) * len(landscapes_for(self._session.league))
        self.bar.words.setText(STOPPED if len(played.rows) < wanted else "")
        if not played.rows:
            return
        self.model.show_league(played)
        self._show_cell()
        header = self.table.horizontalHeader()
        header.setSortIndicator(MEAN, Qt.SortOrder.AscendingOrder)
        measured = header.fontMetrics().horizontalAdvance
        for column in range(self.model.columnCount()):
            title = str(self.model.headerData(column, Qt.Orientation.Horizontal))
            header.resizeSection(column, measured(title) + CELL_PX)
        names = max((measured(name) for name in self.model.racers), default=0)
        header.resizeSection(0, min(names + CELL_PX, self.width() // 3))
        self._draw_profiles()

    def _draw_profiles(self) -> None:
        """Draw the performance profiles of the racers with the best mean ranks."""
        profiles = self.model.profiles
        if profiles is None or not profiles.landscapes:
            return
        shades = list(self._theme.racers.values())
        best = self.model.order[:DRAWN]
        # Steps: a share stays until the next ratio that was looked at.
        xs = np.repeat(profiles.ratios, 2)[1:]
        curves = [
            SettingCurve(
                profiles.racers[row], shades[number % len(shades)], xs, np.repeat(profiles.shares[row], 2)[:-1]
            )
            for number, row in enumerate(best)
        ]
        across = SettingAxis(
            "times the evaluations of the fastest", 1.0, max(float(profiles.ratios[-1]), 2.0), log=True
        )
        self.plot.show_curves(curves, (across, SettingAxis("share of the landscapes solved", 0.0, 1.02, log=False)))

    def _show_cell(self) -> None:
        """Tell of the race whose rank is chosen."""
        self.row = self.model.row_at(self.table.currentIndex())
        self.open_race.setEnabled(self.row is not None and not self.row.remark)
        self.cell.setText(HINT if self.row is None else cell_words(self.row))

    def _open(self) -> None:
        if self.row is not None:
            open_cell(self._session, self.row)
