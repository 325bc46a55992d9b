"""The manual and the versions, as a person opens them from the menu."""

import re
import time

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from pytestqt.qtbot import QtBot

from gui.background.busy_sign import busy_sign
from gui.window.help.about import About
from gui.window.help.manual import Manual, link_name
from gui.window.help.manual_pages import FOLDER, MANUAL
from gui.window.help.usual_settings import open_usual_settings
from gui.window.help.versions import VERSION
from gui.window.main_window import MainWindow
from tests.pace import is_within

PAGE_S = 0.1
"""Most processor time of showing a page: no longer may the event loop stand still."""

pytestmark = pytest.mark.one_window


@pytest.fixture
def manual(qtbot: QtBot, window: MainWindow) -> Manual:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    opened = window.findChild(Manual)
    assert opened is not None and opened.isVisible()
    return opened


def shown(manual: Manual) -> list[str]:
    return [manual.list.item(row).text() for row in range(manual.list.count()) if not manual.list.item(row).isHidden()]


def test_f1_opens_the_manual_in_which_every_page_is_read_searched_and_left_by_links(
    qtbot: QtBot, manual: Manual, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown(manual) == [page.title for page in MANUAL]
    for row, page in enumerate(MANUAL):
        began = time.thread_time()
        manual.list.setCurrentRow(row)
        assert is_within(time.thread_time() - began, PAGE_S), page.title
        heading = page.path.read_text("utf-8").splitlines()[0].removeprefix("# ")
        assert manual.text.toPlainText().startswith(heading)
    qtbot.keyClicks(manual.search, "AdaBelief")
    assert shown(manual) == ["Optimizers", "The league"]
    assert manual.found.text() == f"On 2 of {len(MANUAL)} pages"
    assert manual.text.textCursor().selectedText() == "AdaBelief"
    qtbot.keyClick(manual.search, Qt.Key.Key_Return)
    assert manual.isVisible()
    manual.search.setText("no such word")
    assert shown(manual) == [] and manual.found.text() == "On no page"
    manual.search.clear()
    manual.text.anchorClicked.emit(QUrl("functions.md"))
    assert manual.list.currentItem().text() == "Functions"
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda address: opened.append(address.toString()))
    manual.text.anchorClicked.emit(QUrl("https://arxiv.org/abs/1412.6980"))
    assert opened == ["https://arxiv.org/abs/1412.6980"]


def test_a_page_of_the_manual_and_the_table_of_settings_are_laid_out_under_the_wait_cursor(
    window: MainWindow, manual: Manual
) -> None:
    reasons = list[str]()
    busy_sign().changed.connect(reasons.append)
    manual.list.setCurrentRow(manual.list.count() - 1)
    open_usual_settings(window, window.session, window.controller.runner)
    assert [reason for reason in reasons if reason] == ["a page of the manual", "the usual settings"]


def test_every_document_is_a_page_and_every_link_between_pages_leads_somewhere() -> None:
    # The plan of the source is for those who read the source.
    assert {path.name for path in FOLDER.glob("*.md")} == {page.file for page in MANUAL} | {"architecture.md"}
    for page in MANUAL:
        for file, name in re.findall(r"\]\(([\w.]*\.md)?(?:#([\w-]+))?\)", page.path.read_text("utf-8")):
            target = FOLDER / (file or page.file)
            assert target.exists(), f"{page.file} links to {file}"
            headings = re.findall(r"^#+ (.*)$", target.read_text("utf-8"), re.MULTILINE)
            assert not name or name in {link_name(heading) for heading in headings}, f"{page.file} links to #{name}"


def test_a_link_goes_to_its_heading(manual: Manual) -> None:
    manual.open_page("language.md", "operators-from-the-loosest-to-the-tightest")
    assert manual.text.textCursor().block().text() == "Operators, from the loosest to the tightest"
    assert manual.text.verticalScrollBar().value() > 0


def test_about_tells_the_versions_and_copies_them(window: MainWindow) -> None:
    menu = {action.text(): action.menu() for action in window.menuBar().actions()}["&Help"]
    next(action for action in menu.actions() if "About" in action.text()).trigger()
    about = window.findChild(About)
    assert about is not None and "numba" in about.versions.text() and "Qt 6" in about.versions.text()
    about.copy.click()
    assert QGuiApplication.clipboard().text().startswith(f"Descent Derby {VERSION}\nPython 3.")
    about.reject()
