"""Decides who has the keyboard after a click, an Enter or a closed popover, so that Space goes on to play."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMainWindow, QWidget
from shiboken6 import isValid

from gui.widgets.numbers.number_field import NumberField
from gui.widgets.popover import Popover


class KeyboardFocus(QObject):
    """Returns the keyboard to the views, and lets Space press only a button that was reached with the keyboard.

    The views have the keyboard again after a click on a button, after Enter in a field of one line whose text was
    taken, and when the last popover has closed, unless what was chosen in it gave the keyboard to another control.
    Within a popover a click on a button leaves the keyboard where it was.

    Parameters
    ----------
    views : sequence of QWidget
        The last one of them that had the keyboard gets it.
    take_keyboard : callable
        Gives the keyboard to a view where none of `views` can have it.
    """

    def __init__(
        self,
        window: QMainWindow,
        application: QApplication,
        views: Sequence[QWidget],
        take_keyboard: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window, self._views, self._take_keyboard = window, views, take_keyboard
        self._last_view: QWidget | None = None
        self._opener: QWidget | None = None
        self._in_popover = False
        application.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep Space from the window's shortcuts: the button that has the keyboard is pressed by it."""
        is_shortcut = event.type() == QEvent.Type.ShortcutOverride
        if is_shortcut and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space:
            event.accept()
            return True
        return False

    def return_to_views(self) -> None:
        """Give the keyboard to the view that had it last."""
        last = self._last_view
        if last is not None and isValid(last) and last.isVisible():
            last.setFocus()
        else:
            self._take_keyboard()

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        self._watch(before, now)
        if now is None:
            return
        if self._owns(now.window()):
            self._opener = self._opener if self._in_popover else self._window.focusWidget()
            self._in_popover = True
            if _is_clicked(now) and before is not None and before.window() is now.window():
                before.setFocus()
        elif now.window() is self._window:
            closed, self._in_popover = self._in_popover, False
            if self._is_view(now):
                self._last_view = now
            elif _is_clicked(now) or (closed and now is self._opener):
                self.return_to_views()

    def _watch(self, before: QWidget | None, now: QWidget | None) -> None:
        """Watch the one control with the keyboard only: a filter over everything would see every paint."""
        if isinstance(before, QAbstractButton):
            before.removeEventFilter(self)
        if isinstance(now, QAbstractButton):
            now.installEventFilter(self)
        if isinstance(before, QLineEdit) and before.window() is self._window:
            before.editingFinished.disconnect(self._leave_field)
        if isinstance(now, QLineEdit) and now.window() is self._window:
            now.editingFinished.connect(self._leave_field)

    def _leave_field(self) -> None:
        """Leave the field in which Enter was pressed; a number that was refused is to be typed again."""
        field = QApplication.focusWidget()
        refused = isinstance(field, NumberField) and bool(field.mistake)
        # Qt emits the signal, too, when the field has lost the keyboard.
        if isinstance(field, QLineEdit) and field is self.sender() and not refused:
            self.return_to_views()

    def _owns(self, top: QWidget) -> bool:
        return isinstance(top, Popover) and top.parentWidget() is self._window

    def _is_view(self, widget: QWidget) -> bool:
        inside = any(view is widget or view.isAncestorOf(widget) for view in self._views)
        return inside and not isinstance(widget, QAbstractButton)


def _is_clicked(widget: QWidget) -> bool:
    """Return whether a mouse button has given the keyboard to a button."""
    return isinstance(widget, QAbstractButton) and QApplication.mouseButtons() != Qt.MouseButton.NoButton
