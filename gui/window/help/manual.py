"""The manual: a list of pages, the page that is read, and a search through all of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QKeyEvent,
    QTextCursor,
    QTextDocument,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QListWidget, QTextBrowser, QVBoxLayout, QWidget

from gui.background.busy_sign import busy
from gui.look.theme import SPACING_PX
from gui.widgets.screen_room import within_screen
from gui.window.help.manual_pages import MANUAL, ManualPage

WIDTH_PX, HEIGHT_PX, LIST_PX = 980, 720, 200
MARGIN_PX, CELL_PX = 16, 5
LINE_OPACITY = 0.2


class Manual(QDialog):
    """The pages of the manual; it stays open beside the window while one works."""

    def __init__(self, parent: QWidget, pages: Sequence[ManualPage] = MANUAL) -> None:
        super().__init__(parent)
        self.setWindowTitle("Manual")
        self._pages = pages
        self._document: QTextDocument | None = None
        self.list = QListWidget()
        self.list.setAccessibleName("Pages")
        self.list.setFixedWidth(LIST_PX)
        self.list.setSpacing(3)
        for page in pages:
            self.list.addItem(page.title)
            self.list.item(self.list.count() - 1).setToolTip(page.answers)
        self.search = QLineEdit(placeholderText="Search all pages", clearButtonEnabled=True)
        self.search.setAccessibleName("Search all pages")
        self.search.setToolTip("Enter shows the next place")
        self.search.installEventFilter(self)
        self.found = QLabel()
        self.found.setObjectName("muted")
        self.found.hide()
        self.text = QTextBrowser()
        self.text.setAccessibleName("Page")
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        side = QVBoxLayout()
        for widget in (self.search, self.found, self.list):
            side.addWidget(widget)
        layout = QHBoxLayout(self)
        layout.setSpacing(SPACING_PX)
        layout.addLayout(side)
        layout.addWidget(self.text, 1)
        self.list.currentRowChanged.connect(self._show)
        self.search.textChanged.connect(self._search)
        self.resize(within_screen(parent, WIDTH_PX, HEIGHT_PX))
        self.list.setCurrentRow(0)

    def open_page(self, file: str, heading: str = "") -> None:
        """Show the page of this file, from the heading whose link name is given."""
        files = [page.file for page in self._pages]
        self.list.setCurrentRow(files.index(file))
        if heading:
            self._go_to_heading(heading)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the next place on Enter in the search field, which would close the dialog otherwise."""
        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.type() == QEvent.Type.KeyPress:
                self._find_next()
            return True
        return super().eventFilter(watched, event)

    def _show(self, row: int) -> None:
        """Show the page of a row of the list."""
        path = self._pages[row].path
        try:
            words = path.read_text("utf-8")
        except OSError as error:
            words = f"This page cannot be read: {path.name}, {error.strerror}."
        # A document of its own, laid out once it is shown: each change of a shown one lays out all its tables anew.
        document = QTextDocument(self.text)
        document.setDefaultFont(self.text.font())
        document.setDocumentMargin(MARGIN_PX)
        # A page with long tables is laid out for a tenth of a second.
        with busy("a page of the manual"):
            document.setMarkdown(words, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
            for frame in document.rootFrame().childFrames():
                if isinstance(frame, QTextTable):
                    self._dress(frame)
            self.text.setDocument(document)
        if self._document is not None:
            self._document.deleteLater()
        self._document = document
        self._mark()

    def _dress(self, table: QTextTable) -> None:
        """Give a table the quiet lines and the air of the window."""
        look = QTextTableFormat(table.format())
        line = self.palette().text().color()
        line.setAlphaF(LINE_OPACITY)
        look.setBorderBrush(line)
        look.setCellPadding(CELL_PX)
        table.setFormat(look)

    def _search(self, words: str) -> None:
        """Dim the pages without the searched words, and say how many have them."""
        having = [self._holds(page, words) for page in self._pages]
        for row, holds in enumerate(having):
            self.list.item(row).setHidden(not holds)
        self.found.setVisible(bool(words))
        count = sum(having)
        self.found.setText(f"On {count} of {len(having)} pages" if count else "On no page")
        if count and not having[self.list.currentRow()]:
            self.list.setCurrentRow(having.index(True))
        else:
            self._mark()

    def _holds(self, page: ManualPage, words: str) -> bool:
        try:
            return words.lower() in page.path.read_text("utf-8").lower()
        except OSError:
            return not words

    def _mark(self) -> None:
        """Select the first place of the searched words on this page."""
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        if self.search.text():
            self.text.find(self.search.text())

    def _find_next(self) -> None:
        """Select the next place on this page, then on the next page that has one."""
        words = self.search.text()
        if not words or self.text.find(words):
            return
        rows = [row for row in range(self.list.count()) if not self.list.item(row).isHidden()]
        later = [row for row in rows if row > self.list.currentRow()] or rows
        if later and later[0] != self.list.currentRow():
            self.list.setCurrentRow(later[0])
        else:
            self._mark()

    def _follow(self, link: QUrl) -> None:
        """Open a link: a heading, another page, or an address of the web."""
        if link.scheme() in ("http", "https"):
            QDesktopServices.openUrl(link)
        elif link.path() in {page.file for page in self._pages}:
            self.open_page(link.path(), link.fragment())
        elif link.hasFragment() and not link.path():
            self._go_to_heading(link.fragment())

    def _go_to_heading(self, name: str) -> None:
        """Move to the heading with this link name, which is its text in small letters with hyphens."""
        block = self.text.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and link_name(block.text()) == name:
                self.text.setTextCursor(QTextCursor(block))
                top = self.text.document().documentLayout().blockBoundingRect(block).top()
                self.text.verticalScrollBar().setValue(int(top))
                return
            block = block.next()


def open_manual(window: QWidget) -> Manual:
    """Show the manual of a window, which keeps its page while it is closed; return it."""
    manual = window.findChild(Manual) or Manual(window)
    manual.show()
    manual.raise_()
    manual.activateWindow()
    return manual


def link_name(heading: str) -> str:
    """Return the name by which links go to a heading: small letters, hyphens for blanks, no other signs."""
    kept = [letter for letter in heading.lower() if letter.isalnum() or letter in " -_"]
    return "".join(kept).replace(" ", "-")
