"""The style sheet is made of a file and the colours of a theme."""

import re

import numpy as np
import pytest
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QToolButton

from gui.look.style import SHEET, style_sheet
from gui.look.theme import DARK, LIGHT, Theme


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_every_colour_of_the_sheet_is_one_of_the_theme(theme: Theme) -> None:
    names = set(re.findall(r"\$(\w+)", SHEET.read_text(encoding="utf-8")))
    assert names <= vars(theme).keys() and len(names) > 5
    sheet = style_sheet(theme)
    assert "$" not in sheet and f"QWidget {{ color: {theme.text}; font-size: 13px; }}" in sheet


@pytest.mark.usefixtures("qapp")
def test_qt_understands_the_whole_sheet() -> None:
    said: list[str] = []
    before = qInstallMessageHandler(lambda *message: said.append(message[-1]))
    try:
        label = QLabel()
        for sheet, complaints in ((style_sheet(DARK), 0), (f"{style_sheet(DARK)} QLabel }} color", 1)):
            label.setStyleSheet(sheet)
            label.ensurePolished()
            assert len(said) == complaints
    finally:
        qInstallMessageHandler(before)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_the_icons_of_the_file_dialog_are_whole_and_seen(qapp: QApplication, theme: Theme) -> None:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setStyleSheet(style_sheet(theme))
    dialog.show()
    buttons = [button for button in dialog.findChildren(QToolButton) if button.isVisible()]
    assert len(buttons) == 6
    for button in buttons:
        button.setEnabled(True)
        image = button.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        grey = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        inner = grey[3 : image.height() - 3, 3 : image.width() - 3].astype(int)
        rows, columns = np.nonzero(np.abs(inner - inner[0, 0]) > 40)
        assert np.ptp(rows) >= 9 and np.ptp(columns) >= 9, button.objectName()
    dialog.close()
