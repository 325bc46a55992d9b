"""The order in which Tab goes through a window: as a person reads, whatever was made first.

The children of each container are ordered by recursive cuts between them: into rows where a horizontal line passes
between all of them, else into columns (Nagy, Seth: Hierarchical representation of optically scanned documents, 1984).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_stops(container: QWidget) -> list[QWidget]:
    """Return the widgets within `container` on which Tab stops: rows from the top, each from the left."""
    return list(_within(container, forward=True))


def next_stop(container: QWidget, now: QWidget | None, forward: bool) -> QWidget | None:
    """Return where Tab goes from `now`, or Shift+Tab where not `forward`; None where there is no stop."""
    ways = [_within(container, forward)]
    if now is not None and container.isAncestorOf(now):
        # What has the keyboard by a click may be no stop and hold controls, which are next.
        inside = _within(now, forward) if forward or not _itself(now) else ()
        ways = [chain(inside, _beyond(container, now, forward)), *ways]
    return next(chain(*ways), None)


def _within(container: QWidget, forward: bool) -> Iterator[QWidget]:
    """Yield the stops within a container in their order, or backward; no more is laid out than is asked for."""
    for child in _children(container, forward):
        yield from _with_stops(child, forward)


def _with_stops(widget: QWidget, forward: bool) -> Iterator[QWidget]:
    """Yield a widget, if it is a stop, and the stops within it, in their order or backward."""
    parts = (_itself(widget), _within(widget, forward))
    yield from chain(*(parts if forward else reversed(parts)))


def _beyond(container: QWidget, now: QWidget, forward: bool) -> Iterator[QWidget]:
    """Yield the stops after a widget and those within it, or the stops before it, up to the end of the container."""
    while now is not container and (parent := now.parentWidget()) is not None:
        siblings = _children(parent, forward)
        for sibling in siblings[siblings.index(now) + 1 :] if now in siblings else ():
            yield from _with_stops(sibling, forward)
        if not forward and parent is not container:
            yield from _itself(parent)
        now = parent


def _children(container: QWidget, forward: bool) -> list[QWidget]:
    """Return the children that are shown, in reading order or backward."""
    children = [child for child in container.children() if isinstance(child, QWidget)]
    shown = reading_order([child for child in children if child.isVisibleTo(container) and not child.isWindow()])
    return shown if forward else shown[::-1]


def reading_order(widgets: Sequence[QWidget]) -> list[QWidget]:
    """Return siblings in the order of rows and columns; those that overlap by their upper left corners."""
    for upright in (True, False):
        groups = _cut(widgets, upright)
        if len(groups) > 1:
            return [widget for group in groups for widget in reading_order(group)]
    return sorted(widgets, key=lambda widget: (widget.y(), widget.x()))


def _cut(widgets: Sequence[QWidget], upright: bool) -> list[list[QWidget]]:
    """Return the rows of `widgets` where `upright`, else their columns; a single one where they cannot be cut."""
    groups: list[list[QWidget]] = []
    end = 0
    for widget in sorted(widgets, key=lambda widget: widget.y() if upright else widget.x()):
        start, size = (widget.y(), widget.height()) if upright else (widget.x(), widget.width())
        if not groups or start >= end:
            groups.append([])
            end = start + size
        groups[-1].append(widget)
        end = max(end, start + size)
    return groups


def _itself(widget: QWidget) -> list[QWidget]:
    """Return a widget if Tab stops on it, in a list."""
    stops = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled() and widget.focusProxy() is None
    return [widget] if stops else []
