"""The popover from which an optimizer is added: a list by family, a search, and details of the selected one."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QWidget,
)

from engine.language.errors import FormulaError
from engine.optimizers import FAMILIES, OPTIMIZERS, Optimizer
from engine.optimizers.function_optimizer import FunctionOptimizer
from engine.optimizers.own_rule import OWN_RULE
from engine.optimizers.suggestions import nearest_optimizers
from gui.files.optimizer_library import OptimizerLibrary
from gui.racers.optimizer_words import (
    description,
    function_description,
    mark_of,
    page,
    proof_of,
    saved_description,
)
from gui.racers.rule.own_rule_words import OWN_ROW, SEARCHED, own_rule_page
from gui.session.choices import RacerChoice
from gui.widgets.choice_list import ChoiceList
from gui.widgets.marked_rows import MARK, MarkedRows
from gui.widgets.popover import Popover
from gui.widgets.search_field import SearchField, fits

LIST_WIDTH_PX, TEXT_WIDTH_PX, HEIGHT_PX = 256, 330, 400
BAR_PX = 14
"""Room beside the text for its scroll bar."""
MARGIN_PX, GAP_PX = 12, 8
NAME, SAVED, FUNCTION, OWN = (Qt.ItemDataRole.UserRole + number for number in (0, 2, 3, 4))
"""The roles under which an item holds its optimizer's name, whether that is a saved one, an optimizer that is a
function, and whether it is the row of a rule that is still to be typed."""
SAVED_HEADING = "My optimizers"
FUNCTIONS = "My functions"
NEAR_HEADING = "Did you mean"
NOTHING_FITS = f"No optimizer fits. Clear the search for all of them, and for “{OWN_ROW.removesuffix(' ...')}”."
INDENT = "   "


class OptimizerList(Popover):
    """A rule to be typed, a person's saved optimizers and functions, and those of the catalogue.

    `own_chosen` is emitted for a rule that is to be typed; `chosen` with the name of the one to add, and whether to
    take the defaults of its source; `saved_chosen` with a saved optimizer, `function_chosen` with one whose step is a
    function.
    """

    own_chosen = Signal()
    chosen = Signal(str, bool)
    saved_chosen = Signal(object)
    function_chosen = Signal(object)

    def __init__(
        self, owner: QWidget, optimizer_library: OptimizerLibrary, functions: Sequence[FunctionOptimizer] = ()
    ) -> None:
        super().__init__(owner)
        self._optimizer_library, self._functions = optimizer_library, functions
        self.rows = ChoiceList("Optimizers", LIST_WIDTH_PX, HEIGHT_PX)
        hint = "Search a name, an author, a year, a trait"
        self.search = SearchField("Search the optimizers", hint, self.rows)
        self.rows.setItemDelegate(MarkedRows(self.rows))
        self.details = QLabel()
        self.details.setAccessibleName("About this optimizer")
        self.details.setWordWrap(True)
        self.details.setOpenExternalLinks(True)
        self.details.setFixedWidth(TEXT_WIDTH_PX)
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add = QPushButton("Add to the race")
        self.add.setToolTip("With settings that suit two coordinates")
        self.as_published = QPushButton("Add as published")
        self.as_published.setToolTip("With the defaults that its source gives, made for many coordinates")
        self.rename, self.remove = QPushButton("Rename"), QPushButton("Remove")
        self.remove.setToolTip("Delete it from my optimizers; racers that were made of it stay")
        for button in (self.add, self.as_published, self.rename, self.remove):
            button.setAutoDefault(False)
        self._arrange()
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._choose)
        self.rows.currentItemChanged.connect(self._describe)
        self.rows.itemActivated.connect(self._choose)
        self.add.clicked.connect(self._choose)
        self.as_published.clicked.connect(lambda: self._choose(as_published=True))
        self.rename.clicked.connect(lambda: self.rows.editItem(self.rows.currentItem()))
        self.remove.clicked.connect(self._remove)
        self.rows.itemChanged.connect(self._rename)
        self._fill("")

    def _arrange(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        layout.setSpacing(GAP_PX)
        layout.addWidget(self.search, 0, 0, 1, 2)
        layout.addWidget(self.rows, 1, 0, 2, 1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setObjectName("page")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedWidth(TEXT_WIDTH_PX + BAR_PX)
        scroll.setWidget(self.details)
        layout.addWidget(scroll, 1, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.rename)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        buttons.addWidget(self.as_published)
        buttons.addWidget(self.add)
        layout.addLayout(buttons, 2, 1)
        layout.setRowStretch(1, 1)

    @property
    def shown(self) -> list[str]:
        """The names in the list."""
        return self.rows.texts(NAME)

    @property
    def selected(self) -> str | None:
        """The name that would be added."""
        item = self.rows.currentItem()
        name: str | None = item.data(NAME) if item is not None else None
        return name

    def _fill(self, sought: str) -> None:
        """Show the optimizers that fit, or those whose names are near, and select the one that fits best."""
        with QSignalBlocker(self.rows):
            self.rows.clear()
            self._fill_own(sought)
            self._fill_saved(sought)
            self._fill_functions(sought)
            for family, entries in FAMILIES.items():
                self._fill_entries(family, [entry for entry in entries if fits(known_text(entry, family), sought)])
            if self.rows.count() == 0:
                self._fill_near(sought)
        # Unless it is searched for, the row of a rule of one's own is not selected: Return adds an optimizer as it is.
        word = sought.strip().lower()
        best = sorted(self.shown, key=lambda name: (not name.lower().startswith(word), name == OWN_ROW and not word))
        self._select(best[0] if best else None)

    def _fill_own(self, sought: str) -> None:
        if fits(SEARCHED, sought):
            self._item(OWN_ROW).setData(OWN, True)
            self.rows.item(0).setText(OWN_ROW)

    def _fill_entries(self, heading: str, entries: Sequence[Optimizer]) -> None:
        """Add rows of the catalogue beneath a heading, where there are any."""
        if entries:
            self.rows.add_heading(heading)
        for entry in entries:
            item = self._item(entry.name)
            item.setData(MARK, mark_of(entry))
            item.setToolTip(" ".join(filter(None, [entry.summary, entry.warning])))

    def _fill_near(self, sought: str) -> None:
        """Add the optimizers that the sought name may stand for: saved ones too."""
        saved = {saved.name for saved in self._optimizer_library.saved}
        near = nearest_optimizers(sought, [*saved, *OPTIMIZERS])
        if near:
            self.rows.add_heading(NEAR_HEADING)
        for name in near:
            if name in saved:
                self._saved_item(name)
            else:
                self._item(name).setData(MARK, mark_of(OPTIMIZERS[name]))

    def _fill_saved(self, sought: str) -> None:
        fitting = [
            one for one in self._optimizer_library.saved if fits(f"{one.name} {SAVED_HEADING} {one.optimizer}", sought)
        ]
        if fitting:
            self.rows.add_heading(SAVED_HEADING)
        for saved in fitting:
            self._saved_item(saved.name)

    def _saved_item(self, name: str) -> None:
        item = self._item(name)
        item.setData(SAVED, True)
        item.setToolTip(name)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)

    def _fill_functions(self, sought: str) -> None:
        fitting = [function for function in self._functions if fits(known_text(function, FUNCTIONS), sought)]
        if fitting:
            self.rows.add_heading(FUNCTIONS)
        for function in fitting:
            item = self._item(function.name)
            item.setData(FUNCTION, function)
            item.setToolTip(" ".join(filter(None, [function.summary, function.source])))

    def _item(self, name: str) -> QListWidgetItem:
        item = QListWidgetItem(f"{INDENT}{name}")
        item.setData(NAME, name)
        self.rows.addItem(item)
        return item

    def _select(self, name: str | None) -> None:
        for row in range(self.rows.count()):
            if name is not None and self.rows.item(row).data(NAME) == name:
                self.rows.setCurrentRow(row)
        self._describe()

    def _describe(self) -> None:
        name, saved, function, own = self.selected, self._selected_saved, self._selected_function, self._selected_own
        entry = OPTIMIZERS[name] if name is not None and not own and saved is None and function is None else None
        for button in (self.rename, self.remove):
            button.setVisible(saved is not None)
        self.add.setEnabled(own or (entry or function) is not None or (saved is not None and can_race(saved)))
        self.as_published.setVisible(entry is not None and entry.playground != entry.defaults)
        if own:
            self.details.setText(page(*own_rule_page(OWN_RULE.rule)))
        elif saved is not None:
            self.details.setText(page(*saved_description(saved)))
        elif function is not None:
            self.details.setText(page(*function_description(function)))
        else:
            text = page(*description(entry), proof_of(entry)) if entry is not None else NOTHING_FITS
            self.details.setText(text)

    @property
    def _selected_own(self) -> bool:
        """Whether the row of a rule of one's own is selected."""
        item = self.rows.currentItem()
        return item is not None and bool(item.data(OWN))

    @property
    def _selected_saved(self) -> RacerChoice | None:
        """The selected optimizer, if it is a saved one."""
        item = self.rows.currentItem()
        return self._optimizer_library.find(item.data(NAME)) if item is not None and item.data(SAVED) else None

    @property
    def _selected_function(self) -> FunctionOptimizer | None:
        """The selected optimizer, if it is a function."""
        item = self.rows.currentItem()
        function: FunctionOptimizer | None = item.data(FUNCTION) if item is not None else None
        return function

    def _choose(self, *_: object, as_published: bool = False) -> None:
        """Add the selected optimizer; the signals that lead here carry different things, none of which is used."""
        saved, function = self._selected_saved, self._selected_function
        if self.selected is None or not self.add.isEnabled():
            return
        if self._selected_own:
            self.own_chosen.emit()
        elif saved is not None:
            self.saved_chosen.emit(saved)
        elif function is not None:
            self.function_chosen.emit(function)
        else:
            self.chosen.emit(self.selected, as_published)
        self.close()

    def _remove(self) -> None:
        saved = self._selected_saved
        if saved is not None:
            self._optimizer_library.remove(saved.name)
            self._fill(self.search.text())

    def _rename(self, item: QListWidgetItem) -> None:
        """Take the name that was typed in a row, or say why it is refused."""
        before, name = item.data(NAME), item.text().strip()
        mistake = self._optimizer_library.rename(before, name)
        with QSignalBlocker(self.rows):
            item.setData(NAME, before if mistake else name)
            item.setText(f"{INDENT}{item.data(NAME)}")
        self._describe()
        if mistake:
            self.details.setText(page(escape(mistake)))


def can_race(saved: RacerChoice) -> bool:
    """Return whether the rule of a saved optimizer is still a rule."""
    try:
        return bool(saved.entry)
    except FormulaError:
        return False


def known_text(optimizer: Optimizer, family: str) -> str:
    """Return the text in which a search looks for an optimizer."""
    return " ".join((optimizer.name, family, optimizer.summary, optimizer.source))
