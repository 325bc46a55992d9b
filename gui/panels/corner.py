"""A control over the upper right corner of a view."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget


class Corner(QWidget):
    """A view and the control that lies over it."""

    def __init__(self, view: QWidget, control: QWidget) -> None:
        super().__init__()
        # Else the whole window would be composed anew with OpenGL for each frame of any of its parts.
        self.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
        self.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(view, 0, 0)
        layout.addWidget(control, 0, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        control.raise_()
