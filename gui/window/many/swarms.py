"""Keeps the swarms in both views of the landscape those of the racers, at the step of the race."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.language.types import Bounds
from engine.live.frame import Frame
from engine.machine.priority import give_way
from gui.background.worker import Worker
from gui.look.racer_colours import drawn_colour
from gui.look.theme import Theme
from gui.session.choices import LAYOUTS, RacerChoice
from gui.session.session import Session
from gui.views.contour.view import ContourView
from gui.views.surface.panels import SurfacePanels
from gui.views.swarms.foot import SwarmFoot
from gui.window.controller import settings_of
from gui.window.many.place import ManyPlace

if TYPE_CHECKING:
    from gui.window.many.swarm_follower import SwarmFollower, SwarmsShown, SwarmsWish

BEHIND = "The swarm is at step {:,} of {:,}: so many starts take longer than the race."
FAILED = "This swarm could not be released; the log says why."
FAR = 0.1
"""Of the steps: a swarm that is no farther behind follows the race as closely as the eye can tell."""


class Swarms(QObject):
    """The swarms of the window, which follow the race on a thread of their own."""

    def __init__(self, session: Session, contour: ContourView, surface: SurfacePanels, theme: Theme) -> None:
        super().__init__(contour)
        self._session, self._contour, self._surface, self._theme = session, contour, surface, theme
        self._place = ManyPlace(contour, surface)
        self._worker = Worker("swarms", give_way)
        self._follower: SwarmFollower | None = None
        self._frame: Frame | None = None
        self._released: dict[int, tuple[int, object, Bounds]] = {}
        self._wish: SwarmsWish | None = None
        self._under_way = False
        self.shown: SwarmsShown | None = None
        self.foot = SwarmFoot()
        self._place.stand(self.foot, shown=False)
        self.foot.respawn_chosen.connect(session.set_respawn)
        for changed in (
            session.looks_changed, session.swarms_changed, session.layout_changed, contour.range_changed,
            contour.wanted_changed, surface.wanted_changed,
        ):  # fmt: skip
            changed.connect(self._follow)

    @property
    def up_to_date(self) -> bool:
        """Whether the swarms are where the race is, and are shown there."""
        return self._wish is None or (self.shown is not None and self.shown.wish == self._wish and not self._behind)

    def show_frame(self, frame: Frame) -> None:
        """Follow the race to a new frame."""
        self._frame = frame
        self._follow()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self._follow()

    def end(self) -> None:
        """End the thread."""
        self._worker.end()

    @property
    def _behind(self) -> bool:
        shown = self.shown
        return shown is not None and not shown.sentence and shown.step != shown.wish.step

    def _follow(self) -> None:
        """Ask for the swarms of now, unless they are under way: then they are asked for once the answer is there."""
        wish = self._wished()
        if wish == self._wish and not (wish is not None and self._behind):
            return
        self._wish = wish
        if wish is None:
            self.shown = None
            self._contour.show_swarms([])
            self._surface.drapes.show_swarms([])
            self._say("", shown=False)
            # What the swarms took of memory is given back on their own thread.
            self._follower = None
        else:
            self._say(self._sentence())
            if not self._under_way:
                self._ask(wish)

    def _wished(self) -> SwarmsWish | None:
        frame, session, place = self._frame, self._session, self._place
        visible = [racer for racer in session.racers if racer.visible]
        if frame is None or frame.loss is None or not any(racer.swarm for racer in visible):
            return None
        if not place.is_shown:
            return None
        from gui.window.many.swarm_follower import SwarmsWish, SwarmWish

        (bounds, pixels), apart = place.visible(frame), session.layout != LAYOUTS[0]
        known, self._released = self._released, {}
        for racer in visible:
            if racer.swarm:
                release = known.get(racer.key, (0, None, bounds))
                anew = release[0] != racer.swarm or release[1] is not frame.loss.loss
                self._released[racer.key] = (racer.swarm, frame.loss.loss, bounds) if anew else release
        swarms = tuple(
            SwarmWish(settings_of(racer), racer.swarm, self._released[racer.key][2],
                      *self._colours(racer), number if apart else 0)
            for number, racer in enumerate(visible) if racer.swarm
        )  # fmt: skip
        return SwarmsWish(
            swarms, frame.loss, frame.step, session.randomness, session.batch, bounds, place.ground(frame), pixels,
            len(visible) if apart else 1, session.respawn,
        )  # fmt: skip

    def _colours(self, racer: RacerChoice) -> tuple[str, str]:
        """Return the colour of a racer's swarm, and that of its rims, which only dark colours need."""
        colour, theme = drawn_colour(racer.colour, self._theme), self._theme
        return colour, theme.halo if theme.name == "light" else colour

    def _ask(self, wish: SwarmsWish) -> None:
        self._under_way = True
        if self._follower is None:
            from gui.window.many.swarm_follower import SwarmFollower

            self._follower = SwarmFollower()
        follower = self._follower
        self._worker.ask("swarms", lambda: follower.follow(wish), self._take, self._fail)

    def _fail(self, kind: str) -> None:
        self._under_way, self._wish = False, None
        self._say(FAILED)

    def _take(self, shown: SwarmsShown) -> None:
        self._under_way = False
        if self._wish is None:
            return
        self.shown = shown
        self._contour.show_swarms(shown.images)
        self._surface.drapes.show_swarms(shown.draped)
        self._say(self._sentence())
        if shown.wish != self._wish or self._behind:
            self._ask(self._wish)

    def _sentence(self) -> str:
        """Return what is wrong with the swarms that are shown, "" where nothing is."""
        shown = self.shown
        if shown is None or shown.sentence:
            return shown.sentence if shown is not None else ""
        far = self._behind and shown.wish.step - shown.step > FAR * shown.wish.step
        return BEHIND.format(shown.step, shown.wish.step) if far else ""

    def _say(self, sentence: str, shown: bool = True) -> None:
        """Show the row beneath the view, with a sentence; or hide it."""
        respawned = self.shown.respawned if self.shown is not None else 0
        anew = self.foot.show_note(self._session.respawn, respawned, sentence)
        self._place.stand(self.foot, shown, anew)
