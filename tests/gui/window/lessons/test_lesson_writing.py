"""A lesson is made of the state of the window, says what is wrong while it is typed, and is played from its editor."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.files.folders import lessons_folder
from gui.window.lessons.writing.editor import LessonEditor
from gui.window.main_window import MainWindow
from landscapes.lessons import read_lesson
from tests.gui.person import go_to, settle, wait_until


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return lessons_folder()


def editor_of(qtbot: QtBot, window: MainWindow) -> LessonEditor:
    help_menu = window.menuBar().actions()[-1].menu()
    next(entry for entry in help_menu.actions() if "ew lesson" in entry.text()).trigger()
    wait_until(qtbot, lambda: window.lessons.writing.editor is not None)
    editor = window.lessons.writing.editor
    wait_until(qtbot, lambda: editor.up_to_date)
    return editor


def replace_in(editor: LessonEditor, old: str, new: str) -> int:
    """Type over the first place of a text; return its line."""
    cursor = editor.text.document().find(old)
    cursor.insertText(new)
    return cursor.blockNumber() + 1


def test_a_lesson_from_here_is_checked_while_it_is_typed_and_played(
    qtbot: QtBot, window: MainWindow, own_folder: Path
) -> None:
    go_to(qtbot, window, 60)
    own = window.session.choices()
    editor = editor_of(qtbot, window)
    assert editor.file.parent == own_folder and editor.file.name == "lesson_himmelblau.toml"
    assert editor.mistakes == [] and editor.play.isEnabled() and not editor.list.isVisible()
    kept, _ = read_lesson(editor.file)
    assert kept is not None and kept.steps == 60 and len(kept.heats[0].racers) == 4
    line = replace_in(editor, "SGD(lr", "SGDD(lr")
    assert not editor.play.isEnabled(), "nobody plays what is not read yet"
    wait_until(qtbot, lambda: editor.up_to_date)
    assert [mistake.line for mistake in editor.mistakes] == [line] and not editor.play.isEnabled()
    assert "SGDD" in editor.list.item(0).text() and str(line) in editor.list.item(0).text()
    marked = [selection.cursor.blockNumber() + 1 for selection in editor.text.extraSelections()]
    assert marked == [line]
    editor.list.itemClicked.emit(editor.list.item(0))
    assert editor.text.textCursor().blockNumber() + 1 == line
    replace_in(editor, "SGDD(lr", "SGD(lr")
    replace_in(editor, "What happens on Himmelblau", "My own scene")
    wait_until(qtbot, lambda: editor.up_to_date)
    assert editor.mistakes == [] and read_lesson(editor.file)[0].title == "My own scene", "it is kept by itself"
    qtbot.mouseClick(editor.play, Qt.MouseButton.LeftButton)
    assert window.lessons.strip.title.text() == "My own scene" and window.lessons.pane.isVisible()
    wait_until(qtbot, lambda: window.frame is not None and window.frame.step > 0)
    window.lessons.leave()
    settle(qtbot, window)
    back = window.session.choices()
    assert replace(back, racers=own.racers) == own
    assert [racer.values for racer in back.racers] == [racer.values for racer in own.racers]


def test_what_is_typed_is_kept_though_the_editor_is_closed_right_after_a_key(
    qtbot: QtBot, window: MainWindow, own_folder: Path
) -> None:
    editor = editor_of(qtbot, window)
    file = editor.file
    replace_in(editor, "Say what is seen", "Look")
    window.lessons.writing.close()
    assert "Look, before" in file.read_text()


def test_what_no_lesson_can_be_made_of_is_a_sentence(qtbot: QtBot, window: MainWindow, own_folder: Path) -> None:
    for racer in list(window.session.racers):
        window.session.remove_racer(racer.key)
    # Else the offer to undo that might come after the sentence, and in its place.
    window.history.note()
    window.lessons.writing.begin()
    wait_until(qtbot, lambda: "no racer" in window.notice.label.toolTip())
    assert window.lessons.writing.editor is None and not own_folder.exists()


def test_two_lessons_of_one_landscape_have_files_of_their_own(
    qtbot: QtBot, window: MainWindow, own_folder: Path
) -> None:
    first = editor_of(qtbot, window).file
    window.lessons.writing.editor = None
    second = editor_of(qtbot, window).file
    window.lessons.writing.close()
    first.write_text("title = 1\n")
    listed = window.lessons.open_list()
    wait_until(qtbot, lambda: len(listed.edits) == 2 or len(listed.mistakes) > 1)
    wrong = next(edit for edit in listed.edits if edit.toolTip().endswith(f" {first.name}"))
    wrong.click()
    wait_until(qtbot, lambda: window.lessons.writing.editor is not None)
    assert window.lessons.writing.editor.text.toPlainText() == "title = 1\n"
    assert (first.name, second.name) == ("lesson_himmelblau.toml", "lesson_himmelblau_2.toml")
