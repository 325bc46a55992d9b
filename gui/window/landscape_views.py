"""Both views of the landscape: linked with each other, with the session and with what the runner samples."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from engine.language.types import Bounds
from engine.live.commands import SetViewport
from engine.live.frame import Frame
from engine.live.runner import Runner
from engine.loss.heights import AUTOMATIC, HEIGHTS
from gui.look.theme import Theme
from gui.session.choices import LAYOUTS
from gui.session.session import Session
from gui.views.contour.view import ContourView
from gui.views.racer_look import RacerLook
from gui.views.surface.camera_controller import CameraController
from gui.views.surface.panels import SurfacePanels
from gui.widgets.segments import Segments
from gui.window.camera_pose import camera_of, pose_of
from gui.window.frame_order import is_of
from gui.window.many.basin_maps import BasinMaps
from gui.window.many.swarms import Swarms

SUITED_TIP = "The height that suits each landscape"


class LandscapeViews(QObject):
    """The contour view and the 3-D view.

    Attributes
    ----------
    pointed : signal of (x, y) or None
        The pointer is over this place of the landscape, or has left it.
    drawn : signal
        One of the views has drawn a landscape.
    """

    pointed = Signal(object)
    drawn = Signal()

    def __init__(self, parent: QObject, session: Session, runner: Runner, theme: Theme) -> None:
        super().__init__(parent)
        self._session, self._runner = session, runner
        self.contour = ContourView(theme)
        self.surface = SurfacePanels(theme)
        self.camera_controller = CameraController(self.surface)
        tips = {AUTOMATIC: SUITED_TIP} | {name: kind.help for name, kind in HEIGHTS.items()}
        self.height_switch = Segments("Height", tips, session.height)
        self._layout = LAYOUTS[0]
        self.maps = BasinMaps(session, self.contour, self.surface, theme)
        self.swarms = Swarms(session, self.contour, self.surface, theme)
        self._link()
        self._connect_session()
        self._follow_layout()
        # The first frame may have to wait for a file.
        self.contour.show_domain(session.bounds)
        self.contour.show_start(session.start)

    def _link(self) -> None:
        contour, surface = self.contour, self.surface
        # What draws in 3-D comes before what is compiled.
        contour.landscape_drawn.connect(surface.load)
        contour.landscape_painted.connect(surface.draw_pending)
        contour.pointer_moved.connect(surface.show_pointer)
        surface.pointer_moved.connect(contour.show_pointer)
        for view in (contour, surface):
            view.pointer_moved.connect(self.pointed)
            view.landscape_drawn.connect(self.drawn)
            view.layout_asked.connect(self.switch_layout)
            view.reset_asked.connect(self.reset)

    def _connect_session(self) -> None:
        session, contour = self._session, self.contour
        for view in (contour, self.surface):
            view.start_placed.connect(session.set_start)
        contour.start_dragged.connect(session.set_start)
        contour.start_nudged.connect(self._nudge_start)
        contour.range_changed.connect(self._sample_viewport)
        self.height_switch.chosen.connect(session.set_height)
        session.height_changed.connect(self._show_height)
        session.layout_changed.connect(self._follow_layout)
        self.surface.camera_moved.connect(self._keep_camera)
        self.camera_controller.camera_chosen.connect(self._keep_camera)
        self.surface.landscape_drawn.connect(self._follow_camera, Qt.ConnectionType.SingleShotConnection)
        session.camera_changed.connect(self._follow_camera)
        session.arrows_changed.connect(self._show_arrows)
        self._show_arrows()

    def _show_height(self) -> None:
        self.height_switch.show_choice(self._session.height)

    def _show_arrows(self) -> None:
        for view in self.both:
            view.show_arrows(self._session.arrows)

    @property
    def both(self) -> tuple[ContourView, SurfacePanels]:
        """The two views."""
        return self.contour, self.surface

    @property
    def up_to_date(self) -> bool:
        """Return whether both show everything that was asked for."""
        return all(part.up_to_date for part in (*self.both, self.maps, self.swarms))

    def show_frame(self, frame: Frame, looks: tuple[RacerLook, ...]) -> None:
        """Show the landscape of a frame, and its racers where `looks` are theirs: the session may have others now."""
        if not self.contour.wanted:
            # The contour view, which wakes the 3-D view by its first picture, draws none.
            self.surface.load()
        self._mark_height(frame.height)
        same_racers = is_of(frame, self._session)
        for view in self.both:
            view.show_terrain(frame.terrain)
            view.show_minima(self._session.shown_minima)
            view.show_start(frame.start)
            if same_racers:
                view.show_racers(looks, frame.racers, settled=not frame.playing)
        if same_racers:
            self.camera_controller.show_racers(
                frame.terrain, [racer.key for racer in self._session.racers], frame.racers
            )
        if frame.detail is not None:
            self.contour.show_detail(frame.detail)
        for part in (self.maps, self.swarms):
            part.show_frame(frame)

    def switch_layout(self) -> None:
        """Show all racers in one panel of each view, or each racer in a panel of its own."""
        overlay, side_by_side = LAYOUTS
        self._session.set_layout(overlay if self._session.layout == side_by_side else side_by_side)

    def reset(self) -> None:
        """Show the whole domain in both views."""
        for view in self.both:
            view.reset_view()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        for part in (*self.both, self.maps, self.swarms):
            part.set_theme(theme)

    def end(self) -> None:
        """End the threads."""
        for part in (*self.both, self.maps, self.swarms):
            part.end()

    def _mark_height(self, kind: str) -> None:
        """Show which kind of height suits the landscape, where it was left to that."""
        self.height_switch.mark(kind if self._session.height == AUTOMATIC else "")
        self.height_switch.set_tip(AUTOMATIC, f"{SUITED_TIP}; here {kind}")

    def _nudge_start(self, dx: float, dy: float) -> None:
        x, y = self._session.start
        self._session.set_start(x + dx, y + dy)

    def _keep_camera(self) -> None:
        """Keep from where a person looks at the landscape."""
        home = self.surface.home_distance
        if home is not None:
            self._session.set_camera(pose_of(self.surface.seen_from, home))

    def _follow_camera(self) -> None:
        home = self.surface.home_distance
        if home is not None and pose_of(self.surface.seen_from, home) != self._session.camera:
            self.camera_controller.show(camera_of(self._session.camera, home))

    def _sample_viewport(self, bounds: Bounds) -> None:
        columns, rows = self.contour.panels[0].pixels()
        self._runner.post(SetViewport(bounds, columns, rows))

    def _follow_layout(self) -> None:
        if self._session.layout != self._layout:
            self._layout = self._session.layout
            for view in self.both:
                view.set_layout(self._layout)
