"""What is chosen whatever the landscape and the racers: how the race runs, how it is shown, what dialogs begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, SignalInstance

from engine.live.finish import FinishRule
from engine.race.randomness import Randomness
from gui.session.choices import (
    ARROWS,
    CURVE_AXES,
    FIRST_BASIN_STEPS,
    FIRST_HEIGHT,
    FIRST_SPEED,
    LAYOUTS,
    LOSS_AXES,
    THEMES,
    VIEWS,
    CameraPose,
)
from gui.session.picture_choice import PictureChoice
from gui.session.study_choices import LeagueChoice, SettingsMapChoice, TuningChoice


class WindowChoices(QObject):
    """The fields of a session beside its landscape and racers, as `gui.session.choices.Choices` describes them.

    Each method that changes a field emits its signal.
    """

    speed_changed = Signal()
    randomness_changed = Signal()
    finish_changed = Signal()
    theme_changed = Signal()
    looks_changed = Signal()
    height_changed = Signal()
    layout_changed = Signal()
    views_changed = Signal()
    camera_changed = Signal()
    panes_changed = Signal()
    chart_changed = Signal()
    arrows_changed = Signal()
    basins_changed = Signal()
    swarms_changed = Signal()
    favourites_changed = Signal()
    picture_changed = Signal()
    studies_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.speed, self.randomness, self.finish = FIRST_SPEED, Randomness(), FinishRule()
        self.theme, self.dashes, self.height = THEMES[0], False, FIRST_HEIGHT
        self.layout, self.views, self.camera = LAYOUTS[0], VIEWS[0], CameraPose()
        self.geometry = ""
        self.pane_sizes: Mapping[str, float] = {}
        self.hidden_panes: list[str] = []
        self.loss_axis, self.curve_axis, self.quantity = LOSS_AXES[0], CURVE_AXES[0], ""
        self.arrows: list[str] = []
        self.basin_steps, self.respawn = FIRST_BASIN_STEPS, False
        self.favourites: list[str] = []
        self.picture = PictureChoice()
        self.tuning, self.settings_map, self.league = TuningChoice(), SettingsMapChoice(), LeagueChoice()

    @property
    def window_signals(self) -> tuple[SignalInstance, ...]:
        """The signals of all these fields."""
        return (
            self.speed_changed, self.randomness_changed, self.finish_changed, self.theme_changed, self.looks_changed,
            self.height_changed, self.layout_changed, self.views_changed, self.camera_changed, self.panes_changed,
            self.chart_changed, self.arrows_changed, self.basins_changed, self.swarms_changed, self.favourites_changed,
            self.picture_changed, self.studies_changed,
        )  # fmt: skip

    def set_speed(self, steps_per_second: float) -> None:
        """Set the speed."""
        self.speed = steps_per_second
        self.speed_changed.emit()

    def set_randomness(self, **changes: object) -> None:
        """Set fields of the randomness: `noise`, `sigma`, `seed` or `seeds`.

        Raises
        ------
        FormulaError
            Where there is no such randomness; nothing has changed then.
        """
        self.randomness = replace(self.randomness, **changes)  # type: ignore[arg-type]
        self.randomness_changed.emit()

    def set_finish(self, **changes: object) -> None:
        """Set `tolerance` or `holds` of the finish.

        Raises
        ------
        FormulaError
            Where there is no such tolerance; nothing has changed then.
        """
        self.finish = replace(self.finish, **changes)  # type: ignore[arg-type]
        self.finish_changed.emit()

    def set_theme(self, theme: str) -> None:
        """Set one of `THEMES`."""
        self.theme = theme
        self.theme_changed.emit()

    def set_dashes(self, dashes: bool) -> None:
        """Draw each racer in dashes of its own, or all solid."""
        self.dashes = dashes
        self.looks_changed.emit()

    def set_height(self, kind: str) -> None:
        """Set the scale of height and colour, one of `HEIGHT_KINDS`."""
        self.height = kind
        self.height_changed.emit()

    def set_layout(self, layout: str) -> None:
        """Set one of `LAYOUTS`."""
        self.layout = layout
        self.layout_changed.emit()

    def set_views(self, views: str) -> None:
        """Set one of `VIEWS`."""
        self.views = views
        self.views_changed.emit()

    def set_camera(self, pose: CameraPose) -> None:
        """Set from where the 3-D view is seen."""
        self.camera = pose
        self.camera_changed.emit()

    def set_pane_sizes(self, sizes: Mapping[str, float]) -> None:
        """Set the sizes of panes; those without one have an automatic size."""
        self.pane_sizes = dict(sizes)
        self.panes_changed.emit()

    def show_pane(self, name: str, shown: bool) -> None:
        """Show one of `HIDEABLE_PANES`, or hide it."""
        if shown == (name in self.hidden_panes):
            self.hidden_panes = [other for other in self.hidden_panes if other != name] + ([] if shown else [name])
            self.panes_changed.emit()

    def reset_panes(self) -> None:
        """Show all panes, with automatic sizes."""
        self.pane_sizes, self.hidden_panes = {}, []
        self.panes_changed.emit()

    def set_loss_axis(self, axis: str) -> None:
        """Set one of `LOSS_AXES`."""
        self.loss_axis = axis
        self.chart_changed.emit()

    def set_curve_axis(self, axis: str) -> None:
        """Set one of `CURVE_AXES`."""
        self.curve_axis = axis
        self.chart_changed.emit()

    def set_quantity(self, quantity: str) -> None:
        """Draw a quantity beneath the losses, or nothing where it is ""."""
        self.quantity = quantity
        self.chart_changed.emit()

    def show_arrows(self, name: str, shown: bool) -> None:
        """Show one of `ARROWS`, or hide it."""
        if shown != (name in self.arrows):
            wanted = {*self.arrows, name} if shown else set(self.arrows) - {name}
            self.arrows = [each for each in ARROWS if each in wanted]
            self.arrows_changed.emit()

    def set_basin_steps(self, steps: int) -> None:
        """Set how many steps every racer of a basin map makes."""
        self.basin_steps = steps
        self.basins_changed.emit()

    def set_respawn(self, respawn: bool) -> None:
        """Let members of swarms that have arrived or left begin anew, or let them be."""
        if respawn != self.respawn:
            self.respawn = respawn
            self.swarms_changed.emit()

    def set_favourite(self, name: str, favourite: bool) -> None:
        """Add a landscape to the favourites, or take it out."""
        others = [other for other in self.favourites if other != name]
        self.favourites = [*others, name] if favourite else others
        self.favourites_changed.emit()

    def set_picture(self, choice: PictureChoice) -> None:
        """Remember what was chosen for a picture."""
        self.picture = choice
        self.picture_changed.emit()

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
