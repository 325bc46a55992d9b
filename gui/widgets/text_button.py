"""A small button with a word on it."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton


class TextButton(QToolButton):
    """A button that says what it does.

    Parameters
    ----------
    text : str
    kind : str
        The name by which the style sheet knows it: "flat", "offer", "segment".
    checkable : bool
        Whether it stays pressed.
    """

    def __init__(self, text: str, kind: str, checkable: bool = False) -> None:
        super().__init__()
        self.setText(text)
        self.setObjectName(kind)
        self.setCheckable(checkable)
