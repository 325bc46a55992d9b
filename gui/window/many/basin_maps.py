"""Keeps the basin maps over the contour view those of the racers, the landscape and the part of it that are shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from engine.live.frame import Frame
from engine.live.racer_settings import RacerSettings
from engine.machine.priority import give_way
from gui.background.worker import Worker
from gui.look.theme import Theme
from gui.session.choices import LAYOUTS, MOST_BASIN_STEPS, RacerChoice
from gui.session.racer_visibility import mapped_racer, show_map
from gui.session.session import Session
from gui.views.basins.colours import MinimumColours
from gui.views.basins.key import BasinKey
from gui.views.basins.painting import MapImage
from gui.views.contour.view import ContourView
from gui.views.surface.panels import SurfacePanels
from gui.window.controller import settings_of
from gui.window.many.map_job import MapJob, MapPicture, MapWish
from gui.window.many.place import ManyPlace

MOST_CELLS, CELLS_APART = 512, 64
"""Starts along the longer side of a map, at most; each side has a multiple of the second number, so that a map is not
computed anew because a plot became a few pixels larger."""

FAILED = "This map could not be computed; the log says why."


class BasinMaps(QObject):
    """The basin maps of the window, and the key beneath them.

    A map is computed on a thread of its own, coarse to fine; where something changes meanwhile it begins again.
    `ending` is emitted before the window ends.

    Attributes
    ----------
    theme : Theme
        The one that the window wears.
    """

    ending = Signal()

    def __init__(self, session: Session, contour: ContourView, surface: SurfacePanels, theme: Theme) -> None:
        super().__init__(contour)
        self._session, self._contour, self._surface, self.theme = session, contour, surface, theme
        self._place = ManyPlace(contour, surface)
        self._worker, self._colours = Worker("basin maps", give_way), MinimumColours()
        self._frame: Frame | None = None
        self._job: MapJob | None = None
        self._pictures: dict[int, MapPicture] = {}
        self._finished = True
        self.key = BasinKey(theme, MOST_BASIN_STEPS)
        self._place.stand(self.key, shown=False)
        self.key.steps_entered.connect(session.set_basin_steps)
        self.key.closed.connect(self._hide)
        for changed in (
            session.looks_changed, session.basins_changed, session.layout_changed, contour.range_changed,
            contour.wanted_changed, surface.wanted_changed,
        ):  # fmt: skip
            changed.connect(self._follow)

    @property
    def up_to_date(self) -> bool:
        """Whether the maps are finished that are wanted now."""
        return self._finished

    @property
    def pictures(self) -> dict[int, MapPicture]:
        """The newest picture of each racer's map, by the racer's key."""
        return dict(self._pictures)

    def show_frame(self, frame: Frame) -> None:
        """Follow the landscape and the racers of a new frame."""
        self._frame = frame
        self._follow()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.theme = theme
        self.key.set_theme(theme)
        if self._job is not None:
            self._begin(self._job.wish)

    def end(self) -> None:
        """End the thread."""
        self.ending.emit()
        if self._job is not None:
            self._job.cancel()
        self._worker.end()

    def _hide(self) -> None:
        show_map(self._session, None)

    def _racers(self) -> list[RacerChoice]:
        """Return the racer whose map is shown in each panel; none where no map is shown."""
        session, mapped = self._session, mapped_racer(self._session)
        visible = [racer for racer in session.racers if racer.visible]
        if mapped is None:
            return []
        return [mapped] if session.layout == LAYOUTS[0] or not visible else [*visible]

    def wish_for(self, racers: Sequence[RacerSettings], cells: tuple[int, int] | None, steps: int) -> MapWish | None:
        """Return what maps of these racers over what is visible are made from; None where nothing is visible."""
        frame, session = self._frame, self._session
        if frame is None or frame.loss is None or not racers or not self._place.is_shown:
            return None
        bounds, pixels = self._place.visible(frame)
        return MapWish(
            tuple(racers), frame.loss, bounds, cells or cells_of(pixels), steps,
            tuple(session.shown_minima), session.randomness, session.batch,
        )  # fmt: skip

    def _wish(self) -> MapWish | None:
        racers = [settings_of(racer) for racer in self._racers()]
        return self.wish_for(racers, None, self._session.basin_steps)

    def _follow(self) -> None:
        """Begin the maps that are wanted now, unless they are under way or shown already."""
        wish = self._wish()
        if wish is None:
            self._end_job()
        elif self._job is None or wish != self._job.wish:
            self._begin(wish)
        else:
            self._show()

    def _end_job(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self._pictures.clear()
            self._finished = True
        if not self.key.isHidden():
            self.key.show_message("")
            self._show()
            self._place.stand(self.key, shown=False)

    def _begin(self, wish: MapWish) -> None:
        before = self._job
        if before is not None:
            before.cancel()
        same_loss = before is not None and before.wish.loss is wish.loss
        self._job, self._finished = MapJob(wish, self._colours, self.theme, same_loss), False
        keys = {settings.key for settings in wish.racers}
        self._pictures = {key: picture for key, picture in self._pictures.items() if key in keys}
        self.key.steps.show_value(wish.steps)
        self.key.show_progress("…")
        self._place.stand(self.key, shown=True, anew=True)
        self._ask(self._job)

    def _ask(self, job: MapJob) -> None:
        self._worker.ask("maps", lambda: (job, job.next()), self._take, self._fail)

    def _fail(self, kind: str) -> None:
        """Say that there is no map; what went wrong is in the log."""
        self._finished = True
        self.key.show_progress("")
        self.key.show_message(FAILED)
        self._place.stand(self.key, shown=True, anew=True)

    def _take(self, answer: tuple[MapJob, MapPicture | None]) -> None:
        job, picture = answer
        if job is not self._job:
            return
        if picture is None:
            self._finished = True
            self.key.show_progress("")
            self.key.show_message(job.sentence)
            if job.sentence:
                self._pictures.clear()
            self._show()
            self._place.stand(self.key, shown=True, anew=True)
            return
        self._pictures[picture.key] = picture
        self.key.show_progress(f"1 start in {picture.basins.stride**2}" if picture.basins.stride > 1 else "")
        self._show()
        self._ask(job)

    def _show(self) -> None:
        """Show the pictures that there are, each in its racer's panel."""
        images: list[MapImage | None] = []
        for racer in self._racers():
            picture = self._pictures.get(racer.key)
            images.append(picture.image if picture is not None else None)
        self._contour.show_maps(images)
        self._surface.drapes.show_maps(images)
        shown = [image for image in images if image is not None]
        if shown and self._job is not None:
            self.key.show_maps(shown, self._job.remarks, self._contour.wanted)
            self._place.stand(self.key, shown=True, anew=True)


def cells_of(pixels: tuple[int, int]) -> tuple[int, int]:
    """Return how many starts a plot of so many pixels has along x and along y."""
    share = min(MOST_CELLS / max(*pixels, 1), 1.0)
    across, up = (max(round(side * share / CELLS_APART), 1) * CELLS_APART for side in pixels)
    return across, up
