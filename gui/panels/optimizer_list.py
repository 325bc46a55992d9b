"""The list of optimizers to add from: searched while one types, by family, each with what is known of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QWidget,
)

from engine.optimizers import FAMILIES, OPTIMIZERS, Optimizer
from gui.panels.marked_rows import MARK, MarkedRows
from gui.panels.optimizer_words import description, mark_of, page, proof_of
from gui.panels.popover import Popover
from gui.panels.search_field import SearchField, fits

LIST_WIDTH_PX, TEXT_WIDTH_PX, HEIGHT_PX = 256, 330, 400
BAR_PX = 14
"""Room beside the text for the bar of one that is long."""
MARGIN_PX, GAP_PX = 12, 8
NAME = Qt.ItemDataRole.UserRole


class OptimizerList(Popover):
    """Every optimizer.  `chosen` tells the name of the one to add, and whether with the defaults of its source."""

    chosen = Signal(str, bool)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.rows = QListWidget()
        self.rows.setObjectName("suggestions")
        self.rows.setAccessibleName("Optimizers")
        self.rows.setFixedSize(LIST_WIDTH_PX, HEIGHT_PX)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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
        for button in (self.add, self.as_published):
            button.setAutoDefault(False)
        self._arrange()
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._choose)
        self.rows.currentItemChanged.connect(self._describe)
        self.rows.itemActivated.connect(self._choose)
        self.add.clicked.connect(self._choose)
        self.as_published.clicked.connect(lambda: self._choose(as_published=True))
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
        buttons.addStretch(1)
        buttons.addWidget(self.as_published)
        buttons.addWidget(self.add)
        layout.addLayout(buttons, 2, 1)
        layout.setRowStretch(1, 1)

    @property
    def shown(self) -> list[str]:
        """The names in the list."""
        names = [self.rows.item(row).data(NAME) for row in range(self.rows.count())]
        return [name for name in names if name is not None]

    @property
    def selected(self) -> str | None:
        """The name that would be added."""
        item = self.rows.currentItem()
        return item.data(NAME) if item is not None else None

    def _fill(self, sought: str) -> None:
        """Show what fits, and select what fits best."""
        self.rows.clear()
        for family, entries in FAMILIES.items():
            fitting = [entry for entry in entries if fits(known_text(entry, family), sought)]
            if fitting:
                self.rows.addItem(self._heading(family))
            for entry in fitting:
                item = QListWidgetItem(f"   {entry.name}")
                item.setData(NAME, entry.name)
                item.setData(MARK, mark_of(entry))
                item.setToolTip(" ".join(filter(None, [entry.summary, entry.warning])))
                self.rows.addItem(item)
        best = sorted(self.shown, key=lambda name: not name.lower().startswith(sought.strip().lower()))
        self._select(best[0] if best else None)

    def _heading(self, family: str) -> QListWidgetItem:
        heading = QListWidgetItem(family)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        heading.setForeground(self.palette().placeholderText())
        return heading

    def _select(self, name: str | None) -> None:
        for row in range(self.rows.count()):
            if name is not None and self.rows.item(row).data(NAME) == name:
                self.rows.setCurrentRow(row)
        self._describe()

    def _describe(self) -> None:
        name = self.selected
        entry = OPTIMIZERS[name] if name is not None else None
        self.add.setEnabled(entry is not None)
        self.as_published.setVisible(entry is not None and entry.playground != entry.defaults)
        self.details.setText(page(*description(entry), proof_of(entry)) if entry is not None else "No optimizer fits.")

    def _choose(self, *_: object, as_published: bool = False) -> None:
        if self.selected is not None:
            self.chosen.emit(self.selected, as_published)
            self.close()


def known_text(optimizer: Optimizer, family: str) -> str:
    """Return all that an optimizer can be found by."""
    return " ".join((optimizer.name, family, optimizer.summary, optimizer.source))
