"""A mark whose settings lie nowhere on the axes of now is not drawn: Qt is asked for no circle about no place."""

from typing import Any

from pytestqt.qtbot import QtBot

from gui.look.theme import DARK
from gui.views.studies.setting_axis import SettingAxis
from gui.views.studies.settings_view import SettingsView

BEST = (-3.0, 2.0)


def test_the_best_of_a_linear_axis_is_not_marked_on_a_logarithmic_one(qtbot: QtBot, qtlog: Any) -> None:
    view = SettingsView(DARK)
    qtbot.addWidget(view)
    view.show_axes(SettingAxis("a", -5.0, 5.0, log=False), SettingAxis("b", 0.0, 4.0, log=False))
    bare = view.grab().toImage()
    view.show_map(None, BEST)
    assert view.grab().toImage() != bare
    view.show_axes(SettingAxis("a", 0.1, 5.0, log=True), SettingAxis("b", 0.0, 4.0, log=False))
    marked = view.grab().toImage()
    view.show_map(None, None)
    assert marked == view.grab().toImage()
    assert not [record.message for record in qtlog.records if "NaN" in record.message]
