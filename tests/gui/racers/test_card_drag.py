"""Cards are dragged to another place; a name in the legend and a card lead to the same racer."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.optimizers import OPTIMIZERS
from gui.look import style
from gui.look.theme import DARK
from gui.racers.card import RacerCard
from gui.session.choices import FIRST_LANDSCAPE
from gui.session.session import Session
from gui.views.legend import Legend
from gui.window.main_window import MainWindow
from landscapes import LANDSCAPES
from tests.gui.person import activated, go_to, put_away, settle, wait_until

RACERS = 34
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def made(qapp: QApplication) -> Iterator[MainWindow]:
    style.apply(qapp, DARK)
    session = Session(LANDSCAPES[FIRST_LANDSCAPE], list(OPTIMIZERS)[:RACERS])
    session.set_finish(holds=False)
    window = MainWindow(session, DARK)
    window.resize(1400, 900)
    window.show()
    yield window
    put_away(window)


@pytest.fixture
def crowd(qtbot: QtBot, made: MainWindow) -> MainWindow:
    wait_until(qtbot, lambda: activated(made) and made.frame is not None and made.up_to_date)
    return made


def names(window: MainWindow) -> list[str]:
    return [racer.name for racer in window.session.racers]


def take(card: RacerCard) -> QPoint:
    """Press the button on the grip of a card, and leave the place; return where on the screen the pointer is."""
    place = card.grip.rect().center()
    QTest.mousePress(card.grip, LEFT, Qt.KeyboardModifier.NoModifier, place)
    start = card.grip.mapToGlobal(place)
    carry(card, start + QPoint(0, QApplication.startDragDistance()))
    return start


def carry(card: RacerCard, place: QPoint) -> None:
    QTest.mouseMove(card.grip, card.grip.mapFromGlobal(place))


def let_go(card: RacerCard, place: QPoint) -> None:
    QTest.mouseRelease(card.grip, LEFT, Qt.KeyboardModifier.NoModifier, card.grip.mapFromGlobal(place))


def foot(card: RacerCard) -> QPoint:
    return card.mapToGlobal(QPoint(20, card.height() - 4))


def test_a_card_is_dragged_to_where_the_line_is_as_one_edit(qtbot: QtBot, crowd: MainWindow) -> None:
    column, before = crowd.racers_panel.column, names(crowd)
    first, second, third = crowd.racers_panel.column.made[:3]
    take(first)
    carry(first, foot(second))
    assert column.drag.line.isVisible() and second.y() + second.height() <= column.drag.line.geometry().center().y()
    assert column.drag.line.geometry().bottom() <= third.y(), "the line lies between the cards"
    assert column.drag.picture.isVisible()
    carry(first, foot(first))
    assert not column.drag.line.isVisible(), "there it would stay where it is"
    carry(first, foot(second))
    QTest.keyClick(QApplication.focusWidget() or crowd, Qt.Key.Key_Escape)
    let_go(first, foot(second))
    assert names(crowd) == before and not column.drag.line.isVisible() and not QApplication.overrideCursor()

    take(first)
    carry(first, foot(third))
    let_go(first, foot(third))
    assert names(crowd) == [*before[1:3], before[0], *before[3:]]
    assert second.y() < third.y() < first.y() and not column.drag.picture.isVisible()
    crowd.history.note()
    assert crowd.history.stack.undoText() == f"moving {before[0]}"
    crowd.history.undo()
    assert names(crowd) == before


def test_a_card_is_dragged_beyond_what_is_seen(qtbot: QtBot, crowd: MainWindow) -> None:
    panel, before = crowd.racers_panel, names(crowd)
    card, viewport = panel.column.made[0], panel.scroll_area.viewport()
    take(card)
    below = viewport.mapToGlobal(QPoint(20, viewport.height() + 30))
    carry(card, below)
    bar = panel.scroll_area.verticalScrollBar()
    wait_until(qtbot, lambda: bar.value() == bar.maximum() and panel.up_to_date and bar.value() == bar.maximum())
    let_go(card, below)
    assert names(crowd) == [*before[1:], before[0]]
    assert viewport.rect().contains(card.mapTo(viewport, card.rect().center())), "it is seen where it has landed"
    crowd.history.undo()
    assert names(crowd) == before
    bar.setValue(0)


def test_racers_keep_their_looks_while_the_frame_of_the_new_order_is_awaited(qtbot: QtBot, crowd: MainWindow) -> None:
    go_to(qtbot, crowd, 20)
    shown = list[dict[str, object]]()
    contour = crowd.contour.panels[0]
    draw, contour.show_racers = (
        contour.show_racers,
        lambda looks, racers, settled=True: shown.append(  # type: ignore
            {look.name: racer.position for look, racer in zip(looks, racers, strict=True)}
        ),
    )
    crowd.display.show_looks()
    card = crowd.racers_panel.column.made[0]
    take(card)
    carry(card, foot(crowd.racers_panel.column.made[2]))
    let_go(card, foot(crowd.racers_panel.column.made[2]))
    crowd.display.show_looks()
    wait_until(qtbot, lambda: crowd.up_to_date)
    contour.show_racers = draw  # type: ignore[method-assign]
    assert len(shown) > 2 and all(pairs == shown[0] for pairs in shown)
    crowd.history.undo()
    settle(qtbot, crowd)


def test_a_click_on_a_name_in_the_legend_chooses_its_racer(qtbot: QtBot, crowd: MainWindow) -> None:
    panel, bar = crowd.contour.panels[0], crowd.racers_panel.scroll_area.verticalScrollBar()
    legend, viewport = panel.findChild(Legend), crowd.racers_panel.scroll_area.viewport()
    bar.setValue(bar.maximum())
    rows = [place for place in range(legend.height()) if legend.racer_at(QPoint(10, place)) == 4]
    at = legend.pos() + QPoint(10, rows[len(rows) // 2])
    bounds = panel.visible_bounds()
    QTest.mouseClick(panel.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)
    card = crowd.racers_panel.column.card(crowd.session.racers[4].key)
    wait_until(qtbot, lambda: viewport.rect().contains(card.mapTo(viewport, card.rect().center())))
    assert card.hasFocus() and crowd.racers_panel.key_in_use == card.key
    QTest.mouseDClick(panel.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseRelease(panel.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)
    assert panel.visible_bounds() == bounds
    assert card.hasFocus()
    QTest.keyClick(card, Qt.Key.Key_Tab)
    assert card.isAncestorOf(QApplication.focusWidget()), "Tab goes on from there"
    QTest.mouseMove(panel.viewport(), panel.rect().center())


def test_a_racer_over_whose_card_the_pointer_rests_stands_out_in_the_views(qtbot: QtBot, crowd: MainWindow) -> None:
    settle(qtbot, crowd)
    first, second = crowd.racers_panel.column.made[:2]
    looks = crowd.display._looks
    first.pointed.emit(first.key)
    first.pointed.emit(None)
    second.pointed.emit(second.key)
    assert not any(look.raised for look in looks()), "a pointer that passes raises nobody"
    wait_until(qtbot, lambda: second.is_hovered)
    assert [look.name for look in looks() if look.raised] == [crowd.session.racer(second.key).name]
    crowd.session.set_look(second.key, visible=False)
    assert not any(look.faded for look in looks()), "a racer that is hidden lets no other fade"
    crowd.session.set_look(second.key, visible=True)
    second.pointed.emit(None)
    assert not any(look.raised or look.faded for look in looks())
