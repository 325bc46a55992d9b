"""The page of every method: a basin map of each optimizer and solver of the catalogue, the surest first."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from engine.live.racer_settings import RacerSettings
from engine.machine.priority import give_way
from engine.optimizers import OPTIMIZERS
from gui.background.worker import Worker
from gui.look.theme import SPACING_PX, Theme
from gui.session.session import Session
from gui.views.basins.colours import MinimumColours
from gui.views.basins.map_list import MapList, NamedMap
from gui.widgets.screen_room import within_screen
from gui.window.many.basin_maps import FAILED, BasinMaps
from gui.window.many.map_job import MapJob, MapPicture, MapWish

STEPS = 200
"""Of every racer of the page: enough for the good ones, and for all maps in a few seconds."""
CELLS = 64, 64
"""Starts of each map: a small picture shows no more, and the page would take four times as long."""
SHOWN_PX = 960, 680
SORT_MS = 250
"""Between two orders of the page while maps come: tiles that jumped with each of them could not be read."""
EQUALLY_LOW = 1e-6
"""Relative: minima so near to the lowest are as low."""
HELP = (
    "{} steps with settings that suit two coordinates, over what the contour view shows; first whose starts reach the "
    "lowest minimum most often. "
    "A click on a name adds it to the race, a click on a map starts the race there."
)


def every_racer() -> tuple[RacerSettings, ...]:
    """Return the settings of each entry of the catalogue; keys count them."""
    return tuple(RacerSettings(key, name, entry.playground) for key, (name, entry) in enumerate(OPTIMIZERS.items()))


class EveryMethod(QDialog):
    """The page."""

    def __init__(self, window: QWidget, session: Session, wish: MapWish, theme: Theme) -> None:
        super().__init__(window)
        self.setWindowTitle("Every method from every start")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._worker = Worker("maps of every method", give_way)
        self._job = MapJob(wish, MinimumColours(), theme, same_loss=False)
        self._pictures: dict[int, MapPicture] = {}
        self.page, self.message = MapList(), QLabel()
        self.page.start_chosen.connect(session.set_start)
        self.page.name_chosen.connect(lambda name: self._add(session, name))
        self.progress = QProgressBar(textVisible=False)
        self.progress.setAccessibleName("Maps computed")
        self.progress.setMaximum(len(wish.racers))
        self.progress.setFixedHeight(4)
        self._lay_out()
        self.resize(within_screen(window, *SHOWN_PX))
        self._sorting = QTimer(self, singleShot=True, interval=SORT_MS)
        self._sorting.timeout.connect(self._sort)
        self._ask()

    def _lay_out(self) -> None:
        words = QLabel(HELP.format(STEPS))
        words.setWordWrap(True)
        for label in (words, self.message):
            label.setObjectName("muted")
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        below = QHBoxLayout()
        below.addWidget(self.message, 1)
        below.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACING_PX)
        for widget in (words, self.progress, self.page):
            layout.addWidget(widget)
        layout.addLayout(below)

    @property
    def names(self) -> list[str]:
        """The names of the maps, in their order."""
        return [shown.name for shown in self.page.maps.maps]

    @property
    def is_finished(self) -> bool:
        """Whether every map is."""
        return self.progress.isHidden()

    def done(self, result: int) -> None:
        """End the thread, and close."""
        self._job.cancel()
        self._worker.end()
        super().done(result)

    def _add(self, session: Session, name: str) -> None:
        session.add_racer(name)
        self.message.setText(f"{name} was added to the race.")

    def _ask(self) -> None:
        self._worker.ask("maps", self._job.next, self._take, self._fail)

    def _take(self, picture: MapPicture | None) -> None:
        if picture is None:
            self.progress.hide()
            self.message.setText(self._job.sentence)
            self._sort()
            return
        self._pictures[picture.key] = picture
        whole = sum(each.basins.stride == 1 for each in self._pictures.values())
        self.progress.setValue(whole)
        if not self._sorting.isActive():
            self._sorting.start()
        self._ask()

    def _fail(self, kind: str) -> None:
        self.progress.hide()
        self.message.setText(FAILED)

    def _sort(self) -> None:
        """Show the maps that there are, by the share of starts that reach the lowest minimum of all."""
        shares = {key: share_of_lowest(picture, self._lowest) for key, picture in self._pictures.items()}
        order = sorted(shares, key=lambda key: (-shares[key], key))
        self.page.maps.show_maps([self._named(key, shares[key]) for key in order])

    @property
    def _lowest(self) -> float:
        losses = [loss for picture in self._pictures.values() for loss in picture.basins.minimum_losses.tolist()]
        return min(losses, default=0.0)

    def _named(self, key: int, share: float) -> NamedMap:
        image = self._pictures[key].image
        name = next(settings.optimizer for settings in self._job.wish.racers if settings.key == key)
        return NamedMap(name, f"{100.0 * share:.3g} % lowest", image.image, image.bounds)


def share_of_lowest(picture: MapPicture, lowest: float) -> float:
    """Return the share of starts that settle at a minimum as low as the lowest."""
    basins = picture.basins
    level = lowest + EQUALLY_LOW * (1.0 + abs(lowest))
    low = [number for number, loss in enumerate(basins.minimum_losses) if loss <= level]
    return sum(float((basins.labels == number).mean()) for number in low)


def open_every_method(window: QWidget, session: Session, maps: BasinMaps) -> EveryMethod | None:
    """Open the page over what the contour view shows; return it, or None before there is a landscape."""
    wish = maps.wish_for(every_racer(), CELLS, STEPS)
    if wish is None:
        return None
    page = EveryMethod(window, session, wish, maps.theme)
    maps.ending.connect(page.reject)
    page.show()
    return page
