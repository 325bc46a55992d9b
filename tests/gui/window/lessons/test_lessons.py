"""A person goes through lessons by clicks: the race answers, and the session of before comes back as it was."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction, QColor, QCursor, QEnterEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from gui.look.contrast import contrast
from gui.look.theme import DARK, LIGHT
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS
from gui.session.lessons.lesson_scene import racers_of
from gui.session.lessons.verdict import UNDECIDED
from gui.session.session import Session
from gui.shell.app import open_window
from gui.shell.command_lesson import lesson_file
from gui.shell.options import OptionError
from gui.views.legend import Legend
from gui.window.lessons.course import course_on
from gui.window.lessons.page import Page
from gui.window.main_window import MainWindow
from gui.window.transport import HINTS
from landscapes import LANDSCAPES
from landscapes.lessons import LESSONS_FOLDER, PATHS, read_lessons
from tests.gui.person import PATIENCE_MS, go_to, pixels, put_away, settle, wait_until

ADAM, MOMENTUM = PATHS[:2]
GOOD = (LESSONS_FOLDER / "momentum_oscillates.toml").read_text(encoding="utf-8")
Opener = Callable[[], MainWindow]


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    """Start the program as if its files were in `tmp_path`."""
    for name in ("XDG_DATA_HOME", "APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "data"))
    windows = []

    def open_one() -> MainWindow:
        session = Session(LANDSCAPES[FIRST_LANDSCAPE], list(FIRST_RACERS))
        windows.append(open_window(session, None, tmp_path / "session.json", True))
        windows[-1].show()
        qtbot.waitUntil(lambda: windows[-1].frame is not None, timeout=PATIENCE_MS)
        return windows[-1]

    yield open_one
    put_away(*windows)


def click(qtbot: QtBot, button: QPushButton) -> None:
    # What was just shown may not be laid out yet.
    wait_until(qtbot, lambda: button.isVisible() and button.width() > 1 and button.isEnabled())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def choose_in_list(qtbot: QtBot, window: MainWindow, title: str) -> None:
    """Choose a lesson of Help > Lessons."""
    next(action for action in window.findChildren(QAction) if action.text() == "&Lessons ...").trigger()
    wait_until(qtbot, lambda: bool(window.lessons.list.rows))
    click(qtbot, next(row for row in window.lessons.list.rows if row.course.lesson.title == title))
    wait_until(qtbot, lambda: window.lessons.strip.isVisible())


def answer(qtbot: QtBot, window: MainWindow, number: int) -> None:
    """Answer the question of the scene that plays, and wait for the reply."""
    strip, player = window.lessons.strip, window.lessons.player
    if player.page == Page.SCENE:
        click(qtbot, strip.skip)
    wait_until(qtbot, lambda: player.page == Page.QUESTION)
    wait_until(qtbot, lambda: window.frame.step == player.lesson.pause and not window.frame.playing)
    assert not strip.next.isEnabled()
    click(qtbot, strip.answers[number])
    click(qtbot, strip.skip)
    wait_until(qtbot, lambda: strip.reply.isVisible())


def test_a_whole_path_is_gone_through_by_clicks_and_the_session_comes_back(
    qtbot: QtBot, start: Opener, tmp_path: Path
) -> None:
    window = start()
    session, strip, player = window.session, window.lessons.strip, window.lessons.player
    session.set_formula("x^2 + k*y^2")
    session.set_start(1.5, -0.5)
    session.set_hyperparameter(session.racers[3].key, "lr", 0.321)
    go_to(qtbot, window, 37)
    before, loss = session.choices(), window.frame.racers[0].loss
    window.keeper.save()
    written = (tmp_path / "session.json").read_text()
    lessons, _ = read_lessons()
    count = sum(MOMENTUM in lesson.places for lesson in lessons)
    choose_in_list(qtbot, window, course_on(MOMENTUM, lessons).lesson.title)
    for number in range(count):
        assert strip.place.text() == f"{MOMENTUM}: {number + 1} of {count}".upper()
        lesson = player.lesson
        right = next(at for at, one in enumerate(lesson.answers) if one.says_right)
        answer(qtbot, window, right)
        assert strip.mark.objectName() == "right" and strip.reply.text().startswith("Yes")
        click(qtbot, strip.next)
        assert strip.slider.isVisible()
        strip.slider.changed.emit(lesson.slider.at)
        wait_until(qtbot, lambda: strip.feedback.text() != "")
        click(qtbot, strip.next)
        assert strip.afterwards.text() and not window.racers_panel.isVisible()
        window.keeper.save()
        assert (tmp_path / "session.json").read_text() == written, "a process that is killed loses nothing"
        click(qtbot, strip.next)
    wait_until(qtbot, lambda: not strip.isVisible())
    wait_until(qtbot, lambda: window.frame.step == 37 and window.frame.racers[0].loss == loss)
    after = session.choices()
    assert (after.formula, after.start, after.parameters) == (before.formula, before.start, before.parameters)
    assert [racer.values for racer in after.racers] == [racer.values for racer in before.racers]
    assert after.hidden_panes == before.hidden_panes and after.views == before.views
    done = [row.is_done for row in opened_rows(qtbot, window) if row.course.title == MOMENTUM]
    assert done == [True] * count


def opened_rows(qtbot: QtBot, window: MainWindow) -> list:
    listed = window.lessons.open_list()
    wait_until(qtbot, lambda: bool(listed.rows))
    return listed.rows


def test_a_lesson_that_is_pointed_at_in_the_list_is_prepared_before_it_is_clicked(qtbot: QtBot, start: Opener) -> None:
    window = start()
    # Where an earlier test left the pointer, it may lie over another row.
    QCursor.setPos(window.screen().geometry().bottomRight())
    row = opened_rows(qtbot, window)[2]
    QApplication.sendEvent(row, QEnterEvent(QPointF(), QPointF(), QPointF()))
    wait_until(qtbot, lambda: window.lessons.prepared is row.course)
    click(qtbot, row)
    wait_until(qtbot, lambda: window.lessons.strip.title.text() == row.course.lesson.title)


def test_what_was_done_before_a_lesson_can_be_undone_after_it(qtbot: QtBot, start: Opener) -> None:
    window = start()
    session, history = window.session, window.history
    for number, rate in enumerate((0.11, 0.22)):
        session.set_hyperparameter(session.racers[number].key, "lr", rate)
        history.note()
    session.remove_racer(session.racers[3].key)
    history.note()
    history.undo()
    lessons, _ = read_lessons()
    window.lessons.play(course_on(MOMENTUM, lessons))
    wait_until(qtbot, lambda: window.lessons.strip.isVisible())
    assert not history.stack.canUndo()
    window.lessons.leave()
    settle(qtbot, window)
    assert [racer.name for racer in session.racers] == ["SGD", "Momentum", "RMSProp", "Adam"]

    assert history.stack.redoText() == "removing Adam"
    history.redo()
    assert [racer.name for racer in session.racers] == ["SGD", "Momentum", "RMSProp"]
    for _ in range(2):
        history.undo()
    assert [racer.values["lr"] for racer in session.racers[:2]] == [0.11, 0.0015]
    assert len(session.racers) == 4
    history.undo()
    assert session.racers[0].values["lr"] == 0.004 and not history.stack.canUndo()


def test_a_wrong_answer_has_its_own_reply_and_the_run_that_shows_it(qtbot: QtBot, start: Opener) -> None:
    window = start()
    lessons, _ = read_lessons()
    window.lessons.play(course_on("Which optimizer when", lessons, "turned_ravine"))
    answer(qtbot, window, 1)
    strip = window.lessons.strip
    assert strip.mark.objectName() == "wrong" and strip.reply.text().startswith("No. For plain descent it is, but Adam")
    assert "{" not in strip.reply.text()
    wait_until(qtbot, lambda: window.session.transform.angle == 45.0 and window.frame.playing)
    # Back leads to the question, at the step before the decisive moment.
    click(qtbot, strip.back)
    wait_until(qtbot, lambda: window.frame.step == 600 and window.session.transform.angle == 0.0)
    click(qtbot, strip.answers[2])
    click(qtbot, strip.skip)
    wait_until(qtbot, lambda: strip.reply.isVisible() and strip.mark.objectName() == "right")


def test_a_caption_stands_beside_its_racer_in_both_views(qtbot: QtBot, start: Opener) -> None:
    window = start()
    lessons, _ = read_lessons()
    window.lessons.play(course_on(ADAM, lessons, "momentum_oscillates"))
    captions = window.lessons.captions
    assert not captions.contour.bubbles
    click(qtbot, window.lessons.strip.skip)
    for shown in (captions.contour, captions.surface):
        wait_until(qtbot, lambda shown=shown: [one.isVisible() for one in shown.bubbles] == [True])
        assert shown.bubbles[0].words.text() == window.lessons.player.lesson.captions[0].text
    for theme in (DARK, LIGHT):
        window.session.set_theme(theme.name)
        settle(qtbot, window)
        words = pixels(captions.contour.bubbles[0].words)[3:-3, 3:-3].reshape(-1, 3)
        painted, counts = np.unique(words, axis=0, return_counts=True)
        ground, *others = (QColor(*each).name() for each in painted[counts.argsort()[::-1]].tolist())
        assert max(contrast(other, ground) for other in others) >= 4.5, theme.name
    click(qtbot, window.lessons.strip.close_button)
    assert not captions.contour.bubbles and not captions.surface.bubbles


def test_no_caption_covers_a_head_or_a_minimum(qtbot: QtBot, start: Opener) -> None:
    window = start()
    lessons, _ = read_lessons()
    window.lessons.play(course_on(ADAM, lessons, "where_each_ends"))
    answer(qtbot, window, 1)
    captions, panel = window.lessons.captions.contour, window.contour.panels[0]
    for size in ((1280, 720), (1600, 1000)):
        window.resize(*size)
        settle(qtbot, window)
        wait_until(qtbot, lambda: [one.isVisible() for one in captions.bubbles] == [True])
        words, box = captions.bubbles[0].words, panel.getPlotItem().getViewBox()
        kept_free = [*window.session.shown_minima, *(racer.position for racer in window.frame.racers)]
        assert len(kept_free) == 8
        for place in kept_free:
            at = panel.mapToGlobal(panel.mapFromScene(box.mapViewToScene(QPointF(*place))))
            assert not words.rect().contains(words.mapFromGlobal(at))


def test_a_race_that_cannot_decide_says_so(qtbot: QtBot, start: Opener) -> None:
    window = start()
    lessons, _ = read_lessons()
    window.lessons.play(course_on(ADAM, lessons, "momentum_oscillates"))
    strip = window.lessons.strip
    assert window.lessons.player.lesson.answers[0].right_if == "steps_to(4, 1e-3) < steps_to(3, 1e-3)"
    # Neither of the two arrives, so that the first to do so is not known.
    for racer in window.session.racers:
        window.session.set_hyperparameter(racer.key, "lr", 1e-6)
    answer(qtbot, window, 0)
    assert strip.mark.objectName() == "undecided" and strip.reply.text() == UNDECIDED


def test_a_lesson_offers_its_slider_whatever_became_of_its_racers(qtbot: QtBot, start: Opener) -> None:
    window = start()
    lessons, _ = read_lessons()
    window.lessons.play(course_on(ADAM, lessons, "momentum_oscillates"))
    strip, session = window.lessons.strip, window.session
    answer(qtbot, window, 2)
    raced = [racer.optimizer for racer in session.racers]
    for racer in list(session.racers)[1:]:
        session.remove_racer(racer.key)
    session.set_rule(session.racers[0].key, "w = w - 0.01*g")
    click(qtbot, strip.next)
    wait_until(qtbot, lambda: strip.slider is not None and strip.slider.isVisible())
    assert [racer.optimizer for racer in session.racers] == raced


def test_from_a_lesson_the_whole_playground_is_explored_and_back_leads_into_the_lesson(
    qtbot: QtBot, start: Opener
) -> None:
    window = start()
    lessons, _ = read_lessons()
    window.lessons.play(course_on(ADAM, lessons, "momentum_oscillates"))
    strip, session = window.lessons.strip, window.session
    answer(qtbot, window, 2)
    click(qtbot, strip.next)
    strip.slider.changed.emit(0.8)
    wait_until(qtbot, lambda: strip.feedback.text() != "")
    assert session.racers[3].name == "Momentum 0.8"
    click(qtbot, strip.next)
    click(qtbot, strip.explore)
    assert window.racers_panel.isVisible() and window.formula_bar.isVisible()
    assert session.racers[3].values["momentum"] == 0.8
    for _ in ("the panes", "the momentum"):
        window.history.undo()
    assert session.racers[3].values["momentum"] == 0.99
    click(qtbot, strip.back)
    assert not window.racers_panel.isVisible() and strip.slider.isVisible()
    click(qtbot, strip.close_button)
    settle(qtbot, window)
    assert session.landscape == FIRST_LANDSCAPE and len(session.racers) == 4 and window.racers_panel.isVisible()


def test_only_the_lesson_says_what_comes_next_until_the_playground_is_open(qtbot: QtBot, start: Opener) -> None:
    window = start()
    hint = window.transport.hints[0]
    wait_until(qtbot, lambda: hint.text() == HINTS[0])
    # Its question is asked at step 0, and at its end everyone is done.
    window.lessons.play(course_on(ADAM, read_lessons()[0], "averages_start_at_zero"))
    strip, player = window.lessons.strip, window.lessons.player
    wait_until(qtbot, lambda: player.page == Page.QUESTION and window.frame.step == 0 and not window.frame.playing)
    assert hint.text() == ""
    answer(qtbot, window, 0)
    click(qtbot, strip.next)
    wait_until(qtbot, lambda: player.page == Page.SLIDER and not window.frame.playing)
    assert hint.text() == ""
    click(qtbot, strip.close_button)
    wait_until(qtbot, lambda: hint.text() == HINTS[0])


def test_lessons_are_offered_until_that_is_declined(qtbot: QtBot, start: Opener, tmp_path: Path) -> None:
    window = start()
    window.lessons.make_offer()
    assert window.lessons.offer.isVisible()
    click(qtbot, window.lessons.offer.decline)
    assert not window.lessons.pane.isVisible()
    window.close()
    assert json.loads((tmp_path / "lessons.json").read_text())["lessons"]["declined"]
    assert "declined" not in (tmp_path / "session.json").read_text()
    again = start()
    again.lessons.make_offer()
    assert not again.lessons.pane.isVisible()


def test_a_window_that_is_closed_in_a_lesson_keeps_the_session_of_before(qtbot: QtBot, start: Opener) -> None:
    window = start()
    window.session.set_formula("x^4 + y^2")
    window.lessons.make_offer()
    click(qtbot, window.lessons.offer.begin)
    wait_until(qtbot, lambda: window.lessons.strip.isVisible())
    wait_until(qtbot, lambda: window.session.landscape == "RawColumnRegression")
    window.close()
    assert start().session.formula == "x^4 + y^2"


def test_opening_another_race_ends_the_lesson(qtbot: QtBot, start: Opener) -> None:
    window = start()
    window.session.set_formula("x^4 + y^2")
    lessons, _ = read_lessons()
    window.lessons.play(course_on(ADAM, lessons))
    window.start_afresh()
    assert window.session.landscape == FIRST_LANDSCAPE and not window.lessons.pane.isVisible()
    window.go_back()
    assert window.session.formula == "x^4 + y^2"


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("pause = 110", "pause = 700", 'line 29: "pause" must be before the last step, 600.'),
        ("version = 1", "version = 9", "The lesson is of version 9, and this program reads up to 1."),
        ('"SGD(lr=0.02)"', '"Sgdd(lr=0.02)"', 'There is no optimizer "Sgdd".'),
        ('formula = "(x^2 + c*y^2)/2"', 'name = "Nowhere"', 'There is no landscape "Nowhere".'),
    ],
)
def test_a_lesson_with_a_mistake_is_told_with_file_and_line_and_the_others_are_listed(
    qtbot: QtBot, start: Opener, tmp_path: Path, right: str, wrong: str, says: str
) -> None:
    assert right in GOOD
    window = start()
    folder = window.lessons.own_folder
    folder.mkdir(parents=True)
    (folder / "broken.toml").write_text(GOOD.replace(right, wrong), encoding="utf-8")
    (folder / "mine.toml").write_text(GOOD.replace("Momentum is faster", "Mine is faster"), encoding="utf-8")
    rows = opened_rows(qtbot, window)
    assert rows[-1].course.lesson.title.startswith("Mine is faster") and len(rows) > 17
    told = " ".join(label.text() for label in window.lessons.list.mistakes)
    assert told.startswith("broken.toml, line ") and says in told
    with pytest.raises(OptionError, match=r"broken\.toml, line"):
        lesson_file(str(folder / "broken.toml"))
    window.lessons.open_file(folder / "broken.toml")
    wait_until(qtbot, lambda: "broken.toml" in window.notice.label.toolTip())
    assert not window.lessons.pane.isVisible()


def test_the_command_line_names_a_lesson_by_its_file_or_its_name(qtbot: QtBot, start: Opener, tmp_path: Path) -> None:
    window = start()
    assert lesson_file("decay_stalls") == LESSONS_FOLDER / "decay_stalls.toml"
    with pytest.raises(OptionError, match='Did you mean "decay_stalls"'):
        lesson_file("decay_stall")
    mine = tmp_path / "mine.toml"
    with pytest.raises(OptionError, match="There is no file"):
        lesson_file(str(mine))
    mine.write_text(GOOD, encoding="utf-8")
    window.lessons.open_file(lesson_file(str(mine)))
    wait_until(qtbot, lambda: window.lessons.strip.isVisible())
    assert window.lessons.strip.place.text() == "LESSON"
    window.lessons.open_file(lesson_file("decay_stalls"))
    wait_until(qtbot, lambda: window.lessons.strip.place.text() == f"{ADAM}: 3 of 10".upper())


def test_a_scene_keeps_the_note_on_its_landscape_to_itself_until_it_is_explored(qtbot: QtBot, start: Opener) -> None:
    window = start()
    note = window.status.note
    assert LANDSCAPES[FIRST_LANDSCAPE].note in note.text()
    choose_in_list(qtbot, window, "Momentum rolls through a hollow: luck or skill?")
    wait_until(qtbot, lambda: window.session.landscape == "LocalMinimum")
    assert note.text() == "", "it says who gets through"
    window.lessons.explore()
    wait_until(qtbot, lambda: LANDSCAPES["LocalMinimum"].note in note.text())


def test_a_racer_of_another_heat_has_neither_name_nor_colour_of_one_that_was_seen() -> None:
    lesson = next(lesson for lesson in read_lessons()[0] if lesson.name == "adam_is_both")
    seen, other = (racers_of(lesson, heat) for heat in lesson.heats[:2])
    assert [racer.name for racer in seen] == ["Momentum", "RMSProp", "Adam"]
    assert [racer.name for racer in other] == ["Adam beta1=0, bias_correction=0"]
    assert not {racer.colour for racer in seen} & {racer.colour for racer in other}


def test_a_legend_names_the_racers_of_every_scene_in_a_small_window(qtbot: QtBot, start: Opener) -> None:
    window = start()
    window.resize(1280, 720)
    choose_in_list(qtbot, window, "A learning rate that shrinks too fast never arrives")
    wait_until(qtbot, lambda: len(window.frame.racers) == 4)
    settle(qtbot, window)
    legend = window.contour.panels[0].findChild(Legend)
    assert legend.isVisible() and "SGD gamma=0.995" in legend.text()
