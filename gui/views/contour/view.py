"""The contour view: one plot of all racers, or one plot for each racer, with linked axes and pointer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QImage

from engine.language.types import Bounds
from engine.loss.terrain import Terrain
from gui.background.incremental_task import IncrementalTask
from gui.background.worker import Worker
from gui.look.offscreen import pixel_ratio
from gui.look.theme import Theme
from gui.views.basins.painting import MapImage
from gui.views.contour.panel import NUMBERS_ROOM, ContourPanel
from gui.views.contour.shaded import Shaded, shaded
from gui.views.plot_cells import Cell
from gui.views.racer_grid import RacerGrid
from gui.views.racer_look import RacerLook, legible
from gui.views.right_click import RightClick
from gui.views.swarms.painting import SwarmImage
from gui.widgets.icon_button import IconButton

RANGE_PAUSE_MS = 10
"""Delay from a change of the visible range to the request for its samples: changes in quick succession make one."""


class ContourView(RacerGrid[ContourPanel]):
    """A landscape from above, with its racers.  Two worker threads shade the landscape and draw the trails.

    `racer_under` is the number of the racer whose name in the legend is under the pointer, None where there is none.
    """

    start_dragged = Signal(float, float)
    start_nudged = Signal(float, float)
    start_placed = Signal(float, float)
    range_changed = Signal(object)
    domain_asked = Signal()
    racer_hovered = Signal(object)
    racer_chosen = Signal(int)
    landscape_painted = Signal()
    """A plot has painted a new image of the landscape, which `landscape_drawn` announced."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._shading, self._stroking = Worker("shading"), Worker("trails")
        self._asked: dict[bool, tuple[Terrain, Theme]] = {}
        self._answered: dict[bool, tuple[Terrain, Theme]] = {}
        self._terrains: dict[bool, Terrain] = {}
        self._images: dict[bool, Shaded] = {}
        self._following = IncrementalTask(self, self._follow_next)
        self._dressing = IncrementalTask(self, self._dress_next)
        self._undressed: list[ContourPanel] = []
        self._bounds: Bounds = ((-1.0, 1.0), (-1.0, 1.0))
        self._followed: set[ContourPanel] = set()
        self._pictured: set[ContourPanel] = set()
        self._sets_bounds = False
        self._maps: Sequence[MapImage | None] = ()
        self._swarms: Sequence[SwarmImage | None] = ()
        self.racer_under: int | None = None
        self._arrows: tuple[str, ...] = ()
        self._range_timer = QTimer(self, singleShot=True, interval=RANGE_PAUSE_MS)
        self._range_timer.timeout.connect(self._look_again)
        self._shaded_size = (0, 0)
        self.domain_button = IconButton(
            "domain", "Use this view as the domain (Ctrl+D)", self.domain_asked.emit, "over"
        )
        self.controls.insert(1, self.domain_button)
        self._arrange()

    @property
    def landscape_shown(self) -> bool:
        """Whether there is an image of the landscape yet."""
        return bool(self._images)

    @property
    def shown_terrain(self) -> int | None:
        """The number of the terrain in the image of the whole domain, None before there is one."""
        return self._images[False].terrain.number if False in self._images else None

    @property
    def shown_detail(self) -> int | None:
        """The number of the terrain in the image of the visible part, None while there is only that of the domain."""
        return self._images[True].terrain.number if True in self._images else None

    def set_theme(self, theme: Theme) -> None:
        """Apply the colours of a theme."""
        self._theme = theme
        for panel in self._panels:
            # Each plot gets the theme later, in a slice of its own, and is painted once, then.
            panel.setUpdatesEnabled(False)
        self._undressed = list(self._panels)
        self._dressing.go_on()
        self._arrange()
        for detail, terrain in self._terrains.items():
            self._shade(terrain, detail)

    def _dress_next(self) -> bool:
        """Apply the theme to one more plot; return whether there was one left."""
        if not self._undressed:
            return False
        panel = self._undressed.pop(0)
        panel.set_theme(self._theme)
        panel.setUpdatesEnabled(True)
        return True

    def show_domain(self, bounds: Bounds) -> None:
        """Show the domain of a landscape whose samples are still being computed."""
        self._panels[0].set_domain(bounds)

    def show_terrain(self, terrain: Terrain) -> None:
        """Show the landscape over its whole domain."""
        known = self._terrains.get(False)
        if known is not None and known.number == terrain.number:
            return
        if known is None or known.bounds != terrain.bounds:
            for panel in self._panels[1:]:
                panel.know_domain(terrain.bounds)
            self._panels[0].set_domain(terrain.bounds)
        self._terrains.pop(True, None)
        self._terrains[False] = terrain
        self._shade(terrain, detail=False)

    def show_detail(self, terrain: Terrain) -> None:
        """Show samples of the visible part of the landscape, at a higher resolution."""
        known = self._terrains.get(True)
        if known is None or known.number != terrain.number:
            self._terrains[True] = terrain
            self._shade(terrain, detail=True)

    def show_arrows(self, kinds: Sequence[str]) -> None:
        """Draw these kinds of arrows at the heads of the racers."""
        self._arrows = tuple(kinds)
        for panel in self._panels:
            panel.arrows.show_kinds(self._arrows)

    def reset_view(self) -> None:
        """Show the whole domain."""
        for panel in self._panels[:1]:
            panel.reset_view()

    @property
    def is_drawing(self) -> bool:
        """Return whether a panel waits for the image of its trails."""
        return self._wanted and any(panel.layers.is_drawing for panel in self._panels)

    @property
    def up_to_date(self) -> bool:
        """Return whether every plot shows the newest landscape, theme, range and racers."""
        waits = self._range_timer.isActive() or self._following.under_way or self._dressing.under_way
        return not self._wanted or (super().up_to_date and self._asked == self._answered and not waits)

    def end(self) -> None:
        """End the worker threads and the tasks that are under way."""
        super().end()
        self._following.end()
        self._dressing.end()
        self._shading.end()
        self._stroking.end()

    def make_panel(self) -> ContourPanel:
        """Return a new plot, which shows the same part of the plane as the others."""
        panel = ContourPanel(self._theme, self._stroking, alone=not self._panels)
        panel.setParent(self)
        panel.set_domain(self._terrains[False].bounds if False in self._terrains else ((-1, 1), (-1, 1)))
        if self._panels:
            panel.show_bounds(self._panels[0].visible_bounds())
        self._picture(panel)
        panel.arrows.show_kinds(self._arrows)
        panel.start_dragged.connect(self.start_dragged)
        panel.start_nudged.connect(self.start_nudged)
        panel.start_placed.connect(self.start_placed)
        panel.racer_hovered.connect(self._note_racer)
        panel.racer_chosen.connect(self.racer_chosen)
        domain_image, detail_image, *_ = panel.ground
        for layer in (domain_image, detail_image):
            layer.painted.connect(self.landscape_painted)
        RightClick(panel, panel).asked.connect(self.menu_asked)
        panel.fill_asked.connect(self.fill_asked)
        panel.pointer_moved.connect(self._point)
        # A running timer is not restarted: it would never fire, and nothing be sampled, while a person drags the plot.
        panel.range_changed.connect(lambda _: self._range_timer.isActive() or self._range_timer.start())
        panel.moved.connect(lambda: self._lead(panel))
        return panel

    def place_panel(self, panel: ContourPanel, place: Cell, spare_px: int) -> None:
        """Lay out a plot in its cell, with numbers at the axes that the cell gives it."""
        panel.show_axes(left=place.left, bottom=place.bottom)
        panel.setGeometry(place.place)
        panel.show()
        panel.spare_title(spare_px)

    def title_panel(self, panel: ContourPanel, look: RacerLook | None) -> None:
        """Show the name of the plot's racer above it, or no title for the plot of all racers."""
        panel.show_title(*((look.name, legible(look.colour, self._theme)) if look is not None else ("", "")))

    def drop_panel(self, panel: ContourPanel) -> None:
        """Remove a plot that is about to be deleted from the sets of this view."""
        self._followed.discard(panel)
        self._pictured.discard(panel)
        self._undressed = [other for other in self._undressed if other is not panel]

    @property
    def numbers_room(self) -> QSize:
        """Extra width and height of the outer plots, whose axes have numbers."""
        return QSize(*map(self._theme.px, NUMBERS_ROOM))

    def _catch_up(self) -> None:
        super()._catch_up()
        for detail, terrain in self._terrains.items():
            if self._asked.get(detail) != (terrain, self._theme):
                self._shade(terrain, detail)
        self._range_timer.start()

    def show_maps(self, maps: Sequence[MapImage | None]) -> None:
        """Show a basin map over the landscape of each panel, in their order; None shows none."""
        self._maps = tuple(maps)
        self._share_images()

    def show_swarms(self, images: Sequence[SwarmImage | None]) -> None:
        """Show swarms over the landscape of each panel, in their order; None shows none."""
        self._swarms = tuple(images)
        self._share_images()

    def _share_images(self) -> None:
        """Show in each panel its basin map and its swarms."""
        for number, panel in enumerate(self._panels):
            for layer, images in ((panel.basins, self._maps), (panel.swarms, self._swarms)):
                shown = images[number] if number < len(images) else None
                layer.show_image(shown.image if shown else QImage(), shown.bounds if shown else self._bounds)

    def _share_racers(self) -> None:
        super()._share_racers()
        if self.active:
            self._share_images()

    def _note_racer(self, number: int | None) -> None:
        self.racer_under = number
        self.racer_hovered.emit(number)

    def _lead(self, leader: ContourPanel) -> None:
        """Show the range of `leader` in all other plots, in slices that leave the event loop free."""
        if not self._sets_bounds:
            self._bounds, self._followed = leader.visible_bounds(), {leader}
            self._following.go_on()

    def _follow_next(self) -> bool:
        """Update the range or the images of one more plot; return whether there was one left."""
        for panel in self._panels:
            if panel not in self._followed:
                self._followed.add(panel)
                self._sets_bounds = True
                panel.show_bounds(self._bounds)
                self._sets_bounds = False
                return True
            if panel not in self._pictured:
                self._picture(panel)
                return True
        return False

    def _look_again(self) -> None:
        """Emit the visible range, and shade the landscape again if the plots have another size in pixels."""
        if not self._wanted:
            return
        if False in self._terrains and self._panels[0].pixels() != self._shaded_size:
            self._shade(self._terrains[False], detail=False)
        self.range_changed.emit(self._panels[0].visible_bounds())

    def _shade(self, terrain: Terrain, detail: bool) -> None:
        """Request the image of a terrain at the plot's resolution, in place of a request that has not begun."""
        if not self._wanted:
            return
        size = self._panels[0].pixels()
        self._shaded_size = self._shaded_size if detail else size
        theme, whole, ratio = self._theme, self._terrains.get(False, terrain).bounds, pixel_ratio(self)
        self._asked[detail] = (terrain, theme)
        self._shading.ask(f"{detail=}", lambda: shaded(terrain, theme, size, whole, detail, ratio), self._show_shaded)

    def _is_newer(self, terrain: Terrain) -> bool:
        """Return whether a detail belongs to the current landscape and is newer than the one that is shown.

        It need not be the newest that was requested: while the view moves, the newest is never shaded yet.
        """
        known = self._terrains.get(False)
        return known is not None and terrain.number > known.number and terrain.number >= (self.shown_detail or 0)

    def _show_shaded(self, ground: Shaded) -> None:
        terrain, detail = ground.terrain, ground.detail
        self._answered[detail] = (terrain, ground.theme)
        if detail and not self._is_newer(terrain):
            return
        if not detail:
            self._images.pop(True, None)
        self._images[detail] = ground
        self._pictured.clear()
        self._following.go_on()
        self.landscape_drawn.emit()

    def _picture(self, panel: ContourPanel) -> None:
        """Show the existing images of the landscape in a plot."""
        self._pictured.add(panel)
        for detail in (False, True):
            ground = self._images.get(detail)
            image, bounds = (ground.image, ground.terrain.bounds) if ground is not None else (QImage(), self._bounds)
            panel.show_image(image, bounds, detail)
