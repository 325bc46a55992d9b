"""The fields of a session that belong to studies of many races at once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from gui.session.studies.study_choices import LeagueChoice, SettingsMapChoice, TuningChoice


class LastStudies(QObject):
    """What was last chosen for each study.

    Attributes
    ----------
    tuning : TuningChoice
    settings_map : SettingsMapChoice
    league : LeagueChoice
    """

    studies_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tuning, self.settings_map, self.league = TuningChoice(), SettingsMapChoice(), LeagueChoice()

    def set_tuning(self, **changes: object) -> None:
        """Set fields of `TuningChoice`."""
        self.tuning = replace(self.tuning, **changes)  # type: ignore[arg-type]
        self.studies_changed.emit()

    def set_settings_map(self, **changes: object) -> None:
        """Set fields of `SettingsMapChoice`."""
        self.settings_map = replace(self.settings_map, **changes)  # type: ignore[arg-type]
        self.studies_changed.emit()

    def set_league(self, **changes: object) -> None:
        """Set fields of `LeagueChoice`."""
        self.league = replace(self.league, **changes)  # type: ignore[arg-type]
        self.studies_changed.emit()
