"""The order in which Tab goes through a window: as a person reads, whatever was made first.

The children of each container are ordered by recursive cuts between them: into rows where a horizontal line passes
between all of them, else into columns (Nagy, Seth: Hierarchical representation of optically scanned documents, 1984).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_stops(container: QWidget) -> list[QWidget]:
    """Return the widgets within `container` on which Tab stops: rows from the top, each from the left."""
    children = [child for child in container.children() if isinstance(child, QWidget)]
    shown = [child for child in children if child.isVisibleTo(container) and not child.isWindow()]
    return [stop for child in reading_order(shown) for stop in (*_itself(child), *tab_stops(child))]


def next_stop(container: QWidget, now: QWidget | None, forward: bool) -> QWidget | None:
    """Return where Tab goes from `now`, or Shift+Tab where not `forward`; None where there is no stop."""
    stops = tab_stops(container)
    if not stops:
        return None
    if now not in stops:
        # What has the keyboard by a click may hold controls, which are next.
        within = [stop for stop in stops if now is not None and now.isAncestorOf(stop)]
        return (within or stops)[0 if forward else -1]
    return stops[(stops.index(now) + (1 if forward else -1)) % len(stops)]


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
