"""A small window that opens beneath a control and closes with Escape or a click elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QFrame, QScrollArea, QVBoxLayout, QWidget

from gui.widgets.layouts import layout_of

GAP_PX, EDGE_PX, BAR_PX = 2, 4, 12
"""Distances: between popover and owner, between it and the window's edge, and for the scroll bar beside its content."""
NO_LIMIT_PX = 2**24 - 1
"""Qt's own value for a size without a limit."""


class Popover(QFrame):
    """Base class: lay out the content, then call `open`.  A content that is higher than the screen scrolls."""

    def __init__(self, owner: QWidget) -> None:
        # The window is the parent, because a child of `owner` would take on the style sheet of `owner`.
        super().__init__(owner.window(), Qt.WindowType.Popup)
        self.setObjectName("card")
        # Qt keeps the shortcuts of menus from a popup; those of the window itself are to be heard here.
        self.addActions(owner.window().actions())
        self._owner = owner
        self._scroll: QScrollArea | None = None
        self._scrolled: QWidget | None = None
        self._content_width = 0
        owner.destroyed.connect(self.close)

    def open(self, first: QWidget) -> None:
        """Show the popover beneath its owner, or above it, with the keyboard on `first`."""
        self.take_room()
        self.show()
        first.setFocus(Qt.FocusReason.PopupFocusReason)
        if self._scroll is not None:
            self._scroll.ensureWidgetVisible(first)

    def take_room(self) -> None:
        """Take the size that the content wants, within the screen; call it when the content has changed."""
        wanted, room = self._wanted(), self._screen().size()
        if self._scroll is None and not fits(self._least(), room):
            self._make_scroll()
            wanted = self._wanted()
        self.resize(wanted.boundedTo(room))
        self._place()

    def belongs_to(self, widget: QWidget) -> bool:
        """Return whether the popover's owner lies within `widget`."""
        return widget.isAncestorOf(self._owner)

    def _wanted(self) -> QSize:
        """Return the size that shows everything."""
        if self._scrolled is None:
            self.ensurePolished()
            layout = layout_of(self)
            layout.activate()
            wanted = self.sizeHint().expandedTo(self.minimumSize()).boundedTo(self.maximumSize())
            # The height of wrapped text follows from the width, and sizeHint does not know it.
            wrapped = layout.heightForWidth(wanted.width()) if layout.hasHeightForWidth() else 0
            return QSize(wanted.width(), max(wanted.height(), wrapped))
        inner, width = self._scrolled, self._content_width
        layout_of(inner).activate()
        return QSize(
            width + BAR_PX, inner.heightForWidth(width) if inner.hasHeightForWidth() else inner.sizeHint().height()
        )

    def _least(self) -> QSize:
        return self.minimumSizeHint().expandedTo(self.minimumSize()).boundedTo(self.maximumSize())

    def _make_scroll(self) -> None:
        """Put the content into a scroll area."""
        self._content_width = self._wanted().width()
        self._scrolled = QWidget()
        self._scrolled.setLayout(layout_of(self))
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setObjectName("page")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(self._scrolled)
        # A list scrolls by itself: all of it is to be seen at once.
        for rows in self._scrolled.findChildren(QAbstractItemView):
            rows.setMaximumHeight(min(rows.maximumHeight(), self._screen().height() - 2 * EDGE_PX))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(self._scroll)
        self.setMinimumSize(0, 0)
        self.setMaximumSize(QSize(NO_LIMIT_PX, NO_LIMIT_PX))

    def _place(self) -> None:
        """Move beneath the owner, or above it where there is no room beneath."""
        room, corner = self._room(), self._owner.mapToGlobal(QPoint(0, self._owner.height() + GAP_PX))
        x = min(corner.x(), room.right() - self.width())
        below = corner.y() + self.height() <= room.bottom()
        y = corner.y() if below else corner.y() - self._owner.height() - self.height() - 2 * GAP_PX
        y = min(y, room.bottom() - self.height())
        self.move(max(x, room.left()), max(y, room.top()))

    def _room(self) -> QRect:
        """Return where the popover may lie: within the window if it fits there, else anywhere on the screen."""
        window = self._owner.window().geometry().adjusted(EDGE_PX, EDGE_PX, -EDGE_PX, -EDGE_PX)
        window = window.intersected(self._screen())
        return window if fits(self.size(), window.size()) else self._screen()

    def _screen(self) -> QRect:
        screen = self._owner.screen() or QGuiApplication.primaryScreen()
        return screen.availableGeometry()


def fits(size: QSize, room: QSize) -> bool:
    """Return whether something of this size fits into `room`."""
    return size.width() <= room.width() and size.height() <= room.height()


def close_popovers(*widgets: QWidget) -> None:
    """Close the popovers of widgets that are about to be deleted; what they would change may not exist any more."""
    for popover in widgets[0].window().findChildren(Popover) if widgets else ():
        if any(popover.belongs_to(widget) for widget in widgets):
            popover.close()
