"""The layout of a widget that is known to have one; `QWidget.layout` is typed as if any widget might have none."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget


def layout_of(widget: QWidget) -> QLayout:
    """Return the layout of `widget`."""
    layout = widget.layout()
    if layout is None:
        raise ValueError(f"{widget} has no layout.")
    return layout
