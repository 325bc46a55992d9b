"""The popover from which a modifier is added: a list of wrappers and schedules, and details of the selected one."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QListWidgetItem, QPushButton, QWidget

from engine.language.errors import FormulaError
from engine.rules.modifiers.schedule import SCHEDULES, TYPED, Schedule, typed_schedule
from engine.rules.modifiers.schedule_curve import curve_of
from engine.rules.modifiers.wrappers import WRAPPERS, Wrapper
from gui.racers.modifiers.schedule_line import ScheduleLine
from gui.racers.optimizer_words import page
from gui.widgets.choice_list import ChoiceList
from gui.widgets.popover import Popover

LIST_WIDTH_PX, TEXT_WIDTH_PX, HEIGHT_PX, CURVE_HEIGHT_PX = 180, 270, 300, 56
CURVE_POINTS = 200
MARGIN_PX, GAP_PX = 12, 8
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
        self._fill()
        self.rows.currentItemChanged.connect(self._describe)
        self.rows.itemActivated.connect(self._choose)
        self.add.clicked.connect(self._choose)
        self.select(next(name for names in GROUPS.values() for name in names if not refusal(entry_of(name))))
        self.setFocusProxy(self.rows)

    def _arrange(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        layout.setSpacing(GAP_PX)
        layout.addWidget(self.rows, 0, 0, 4, 1)
        for row, widget in enumerate((self.line, self.details, self.message)):
            layout.addWidget(widget, row, 1)
        layout.addWidget(self.add, 3, 1, Qt.AlignmentFlag.AlignRight)
        layout.setRowStretch(1, 1)

    def _fill(self) -> None:
        for group, names in GROUPS.items():
            heading = QListWidgetItem(group)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            heading.setForeground(self.palette().placeholderText())
            self.rows.addItem(heading)
            for name in names:
                item = QListWidgetItem(f"   {name}")
                item.setData(NAME, name)
                if why := self._refusal(entry_of(name)):
                    item.setToolTip(why)
                    item.setForeground(self.palette().placeholderText())
                self.rows.addItem(item)

    @property
    def selected(self) -> str:
        """The name of the selected modifier."""
        return str(self.rows.currentItem().data(NAME))

    def select(self, name: str) -> None:
        """Select a name."""
        for row in range(self.rows.count()):
            if self.rows.item(row).data(NAME) == name:
                self.rows.setCurrentRow(row)

    def _describe(self) -> None:
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
