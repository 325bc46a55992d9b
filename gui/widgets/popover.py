"""A small card that opens beneath a control and closes with Escape or a click elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

GAP_PX, EDGE_PX, BAR_PX = 2, 4, 12
"""Between the card and its owner, between it and the edge of the window, and beside what scrolls."""


class Popover(QFrame):
    """A card for what is needed now and then; fill it, then `open`.  What is higher than the screen scrolls in it."""

    def __init__(self, owner: QWidget) -> None:
        # Not a child of its owner, whose own colours it would take on.
        super().__init__(owner.window(), Qt.WindowType.Popup)
        self.setObjectName("card")
        self._owner = owner
        self._scroll: QScrollArea | None = None
        owner.destroyed.connect(self.close)

    def open(self, first: QWidget) -> None:
        """Show the card beneath its owner, or above it, with the keyboard on `first`."""
        self.take_room()
        self.show()
        first.setFocus(Qt.FocusReason.PopupFocusReason)
        if self._scroll is not None:
            self._scroll.ensureWidgetVisible(first)

    def take_room(self) -> None:
        """Take the room that the contents want, within the screen; call it when they have changed."""
        wanted, room = self._wanted(), self._screen().size()
        if self._scroll is None and not (fits(self._least(), room)):
            self._make_scroll()
            wanted = self._wanted()
        self.resize(wanted.boundedTo(room))
        self._place()

    def belongs_to(self, widget: QWidget) -> bool:
        """Tell whether its control is part of `widget`."""
        return widget.isAncestorOf(self._owner)

    def _wanted(self) -> QSize:
        """Return the size that shows everything."""
        if self._scroll is None:
            # A text in several lines is as high as the width lets it be.
            self.ensurePolished()
            self.layout().activate()
            wanted = self.sizeHint().expandedTo(self.minimumSize()).boundedTo(self.maximumSize())
            lines = self.layout().heightForWidth(wanted.width()) if self.layout().hasHeightForWidth() else 0
            return QSize(wanted.width(), max(wanted.height(), lines))
        inner = self._scroll.widget()
        inner.layout().activate()
        width = self._card_width
        return QSize(
            width + BAR_PX, inner.heightForWidth(width) if inner.hasHeightForWidth() else inner.sizeHint().height()
        )

    def _least(self) -> QSize:
        return self.minimumSizeHint().expandedTo(self.minimumSize()).boundedTo(self.maximumSize())

    def _make_scroll(self) -> None:
        """Let the contents scroll within the card."""
        inner, self._card_width = QWidget(), self._wanted().width()
        inner.setLayout(self.layout())
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setObjectName("page")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(self._scroll)
        self.setMinimumSize(0, 0)
        self.setMaximumSize(QSize(16777215, 16777215))

    def _place(self) -> None:
        """Lie beneath the owner, or above it, wherever there is room."""
        room, place = self._room(), self._owner.mapToGlobal(QPoint(0, self._owner.height() + GAP_PX))
        x = min(place.x(), room.right() - self.width())
        below = place.y() + self.height() <= room.bottom()
        y = place.y() if below else place.y() - self._owner.height() - self.height() - 2 * GAP_PX
        y = min(y, room.bottom() - self.height())
        self.move(max(x, room.left()), max(y, room.top()))

    def _room(self) -> QRect:
        """Return where the card may lie: within the window, if it fits in there, else anywhere on the screen."""
        window = self._owner.window().geometry().adjusted(EDGE_PX, EDGE_PX, -EDGE_PX, -EDGE_PX)
        window = window.intersected(self._screen())
        return window if fits(self.size(), window.size()) else self._screen()

    def _screen(self) -> QRect:
        screen = self._owner.screen() or QGuiApplication.primaryScreen()
        return screen.availableGeometry()


def fits(size: QSize, room: QSize) -> bool:
    """Tell whether something of this size fits into a room."""
    return size.width() <= room.width() and size.height() <= room.height()


def close_popovers(*widgets: QWidget) -> None:
    """Close what is open on widgets that are about to go: what it would change may be gone already."""
    for popover in widgets[0].window().findChildren(Popover) if widgets else ():
        if any(popover.belongs_to(widget) for widget in widgets):
            popover.close()
