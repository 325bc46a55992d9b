"""The popover from which a modifier is added: wrappers and schedules, a search, and details of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QListWidgetItem, QPushButton, QWidget

from engine.language.errors import FormulaError
from engine.optimizers.racer_syntax import MODIFIERS
from engine.optimizers.suggestions import nearest_names
from engine.rules.modifiers.schedule import SCHEDULES, TYPED, Schedule, typed_schedule
from engine.rules.modifiers.schedule_curve import curve_of
from engine.rules.modifiers.wrappers import WRAPPERS, Wrapper
from gui.racers.modifiers.schedule_line import ScheduleLine
from gui.racers.optimizer_words import page
from gui.widgets.choice_list import ChoiceList
from gui.widgets.popover import Popover
from gui.widgets.search_field import SearchField, fits

LIST_WIDTH_PX, TEXT_WIDTH_PX, HEIGHT_PX, CURVE_HEIGHT_PX = 180, 270, 300, 56
CURVE_POINTS = 200
MARGIN_PX, GAP_PX = 12, 8
NEAR_HEADING = "Did you mean"
NAME = Qt.ItemDataRole.UserRole
BREAKS = ".&#8203;"
"""A dot with a zero-width space, so that a long dotted name can be wrapped."""
TYPED_SCHEDULE = typed_schedule("(1 + cos(pi*t/T))/2")
"""The formula with which a typed schedule begins."""
TYPED_SUMMARY = "A formula of the step t that you type; its other names become sliders."
GROUPS = {"Wrappers": tuple(WRAPPERS), "Schedules": (*SCHEDULES, TYPED)}


class ModifierPicker(Popover):
    """Wrappers and schedules.

    Parameters
    ----------
    add : callable
        Called with the name of the chosen modifier; the message of its `FormulaError` is shown beneath the details.
    colour : str
        The racer's.
    refusal : callable
        Returns why the racer does not take a wrapper or schedule, or ""; the names of those are muted.
    """

    def __init__(
        self, owner: QWidget, add: Callable[[str], None], colour: str, refusal: Callable[[Schedule | Wrapper], str]
    ) -> None:
        super().__init__(owner)
        self._add, self._refusal = add, refusal
        self.rows = ChoiceList("Wrappers and schedules", LIST_WIDTH_PX, HEIGHT_PX)
        hint = "Search a name, an author, what it does"
        self.search = SearchField("Search the wrappers and schedules", hint, self.rows)
        self.details, self.message = QLabel(), QLabel()
        self.details.setAccessibleName("About this wrapper or schedule")
        self.details.setOpenExternalLinks(True)
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.message.setObjectName("error")
        for label in (self.details, self.message):
            label.setWordWrap(True)
            label.setFixedWidth(TEXT_WIDTH_PX)
        self.message.hide()
        self.line = ScheduleLine(colour)
        self.line.setFixedHeight(CURVE_HEIGHT_PX)
        self.add = QPushButton("Add")
        self.add.setAutoDefault(False)
        self._arrange()
        self._fill("")
        self.rows.currentItemChanged.connect(self._describe)
        self.rows.itemActivated.connect(self._choose)
        self.add.clicked.connect(self._choose)
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._choose)
        self.setFocusProxy(self.search)

    def _arrange(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        layout.setSpacing(GAP_PX)
        layout.addWidget(self.search, 0, 0, 1, 2)
        layout.addWidget(self.rows, 1, 0, 4, 1)
        for row, widget in enumerate((self.line, self.details, self.message), start=1):
            layout.addWidget(widget, row, 1)
        layout.addWidget(self.add, 4, 1, Qt.AlignmentFlag.AlignRight)
        layout.setRowStretch(2, 1)

    def _fill(self, sought: str) -> None:
        """Show what fits, or those whose names are near, and select the best one that the racer takes."""
        fitting = {
            group: [name for name in names if fits(known_text(name, group), sought)] for group, names in GROUPS.items()
        }
        if not any(fitting.values()):
            fitting = {NEAR_HEADING: nearest_names(sought, MODIFIERS)}
        with QSignalBlocker(self.rows):
            self.rows.clear()
            for group, names in fitting.items():
                self._fill_group(group, names)
        shown = [name for names in fitting.values() for name in names]
        ranks = {name: (not name.startswith(sought.strip().lower()), bool(self._why_not(name))) for name in shown}
        if shown:
            self.select(min(shown, key=ranks.__getitem__))
        self._describe()

    def _fill_group(self, group: str, names: Sequence[str]) -> None:
        """Add the rows of a group beneath its heading, where there are any."""
        if names:
            self.rows.add_heading(group)
        for name in names:
            item = QListWidgetItem(f"   {name}")
            item.setData(NAME, name)
            if why := self._why_not(name):
                item.setToolTip(why)
                item.setForeground(self.palette().placeholderText())
            self.rows.addItem(item)

    def _why_not(self, name: str) -> str:
        return self._refusal(entry_of(name))

    @property
    def shown(self) -> list[str]:
        """The names in the list."""
        return self.rows.texts(NAME)

    @property
    def selected(self) -> str:
        """The name of the selected modifier; "" where none fits the search."""
        item = self.rows.currentItem()
        return str(item.data(NAME)) if item is not None else ""

    def select(self, name: str) -> None:
        """Select a name."""
        for row in range(self.rows.count()):
            if self.rows.item(row).data(NAME) == name:
                self.rows.setCurrentRow(row)

    def _describe(self) -> None:
        if not self.selected:
            for widget in (self.line, self.message):
                widget.hide()
            self.add.setEnabled(False)
            self.details.setText("No wrapper or schedule fits.")
            return
        entry = entry_of(self.selected)
        why = self._refusal(entry)
        self.message.setText(why)
        self.message.setVisible(bool(why))
        self.add.setEnabled(not why)
        self.line.setVisible(isinstance(entry, Schedule))
        if isinstance(entry, Schedule):
            self.line.show_curve(curve_of(entry, {}, 0.0, 0, CURVE_POINTS))
        # For a racer that does not take it, the summary is enough.
        self.details.setText(page(*summary(self.selected, entry)) if why else description(self.selected, entry))

    def _choose(self) -> None:
        if not self.add.isEnabled():
            return
        try:
            self._add(entry_of(self.selected).name)
        except FormulaError as error:
            self.message.setText(str(error))
            self.message.show()
        else:
            self.close()


def entry_of(name: str) -> Schedule | Wrapper:
    """Return the wrapper or schedule of this name; for the typed schedule, an example."""
    return WRAPPERS.get(name) or SCHEDULES.get(name) or TYPED_SCHEDULE


def known_text(name: str, group: str) -> str:
    """Return the text in which a search looks for a wrapper or schedule."""
    entry = entry_of(name)
    source = entry.source if isinstance(entry, Wrapper) else ""
    return " ".join((name, name.replace("_", " "), group, *summary(name, entry)[1:], source))


def summary(name: str, entry: Schedule | Wrapper) -> list[str]:
    """Return the name of a wrapper or schedule and what it does, as rich text."""
    return [f"<b>{escape(name)}</b>", escape(TYPED_SUMMARY if name == TYPED else entry.summary)]


def description(name: str, entry: Schedule | Wrapper) -> str:
    """Return what is known of a wrapper or schedule, as rich text."""
    paragraphs = summary(name, entry)
    if isinstance(entry, Wrapper):
        source = escape(entry.source)
        paragraphs.append(f'<a href="{escape(entry.link)}">{source}</a>' if entry.link else source)
    if entry.follows:
        paragraphs.append(f"Follows {escape(entry.follows).replace('.', BREAKS)}.")
    if entry.differs:
        paragraphs.append(f"Differs: {escape(entry.differs)}.")
    return page(*paragraphs)
