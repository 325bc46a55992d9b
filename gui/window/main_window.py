"""The window: where everything stands, and the menus."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QActionGroup, QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from engine.data.rows import MadeData
from engine.data.tables.table import Table
from engine.language.types import Point
from engine.live.frame import Frame
from engine.loss.heights import HEIGHTS
from gui.files.function_loader import FunctionLoader
from gui.files.landscape_library import LandscapeLibrary
from gui.files.optimizer_library import OptimizerLibrary
from gui.files.session_keeper import SessionKeeper
from gui.formula.bar import FormulaBar
from gui.landscape.data.point_changes import PointChanges
from gui.landscape.data.table_popover import TablePopover
from gui.landscape.data.table_reader import TableReader
from gui.landscape.thumbnails import Thumbnails
from gui.look import style
from gui.look.theme import DARK, LIGHT, SPACING_PX, Theme
from gui.racers.panel import RacersPanel
from gui.session.choices import LAYOUTS
from gui.session.landscape_data import model_of
from gui.session.session import Session
from gui.views.contour.view import ContourView
from gui.views.curves.view import LossCurves
from gui.views.racer_look import RacerLook
from gui.views.surface.camera_controller import CameraController
from gui.views.surface.panels import SurfacePanels
from gui.widgets.scroll_room import Rest, ScrollRoom
from gui.widgets.segments import Segments
from gui.window.bottom_panel import BottomPanel
from gui.window.camera_menu import CameraMenu
from gui.window.controller import Controller
from gui.window.function_opening import FunctionOpening
from gui.window.keyboard_list import KeyboardList
from gui.window.menus import SpacePresses, check_choice, keys_of
from gui.window.preparation import Preparation
from gui.window.status_line import StatusLine
from gui.window.transport import Transport
from gui.window.view_choice import ViewChoice
from gui.window.window_menus import make_menus

FIRST_SIZE = QSize(1600, 1000)
"""Pixels of the window before anybody has chosen a size."""

FRAMED_MS = 300
"""From showing a window until its system has put a frame round it."""
DRESSED_MS = 1
"""From dressing the window in other colours until it is painted."""
LEAST_VIEW_PX = (190, 80)
"""On a small screen a small view is better than none; the switch in the corner of one is as wide."""
LEAST_BAR_PX = 60
"""Of the formula bar, which scrolls then: the landscape and the formula itself."""


class MainWindow(QMainWindow):
    """Everything a person sees."""

    themes: QActionGroup
    heights: QActionGroup
    camera_menu: CameraMenu
    views_shown: QActionGroup

    def __init__(
        self,
        session: Session,
        theme: Theme,
        keeper: SessionKeeper | None = None,
        optimizer_library: OptimizerLibrary | None = None,
        library: LandscapeLibrary | None = None,
        thumbnails: Thumbnails | None = None,
        functions: FunctionLoader | None = None,
    ) -> None:
        super().__init__()
        self.setWindowTitle("Descent Derby")
        # A screen may be smaller; what lies beyond its edge could not be reached.
        self.resize(FIRST_SIZE.boundedTo(self.screen().availableSize()))
        self.restoreGeometry(QByteArray.fromBase64(session.geometry.encode()))
        self.session, self.theme = session, theme
        self.keeper = keeper or SessionKeeper(session)
        self.optimizer_library, self.library, self.thumbnails = (
            optimizer_library or OptimizerLibrary(),
            library or LandscapeLibrary(),
            thumbnails or Thumbnails(),
        )
        self.controller = Controller(session, functions)
        self.tables, self.preparation = TableReader(), Preparation()
        self.formula_bar = FormulaBar(session, theme, self.library, self.thumbnails)
        self.contour = ContourView(theme)
        self.surface = SurfacePanels(theme)
        self.camera_controller = CameraController(self.surface)
        self.height_switch = Segments("Height", {name: kind.help for name, kind in HEIGHTS.items()}, session.height)
        self.curves = LossCurves(theme)
        self.foot = BottomPanel(self.curves, session, self.optimizer_library, theme)
        self.racers_panel = RacersPanel(session, self.optimizer_library, self.controller.functions, theme)
        self.transport = Transport(self.controller)
        self.frame: Frame | None = None
        self._layout = LAYOUTS[0]
        self.setCentralWidget(self._arrange())
        self._make_status()
        self.opening = FunctionOpening(self, session, self.controller.functions, self.notice)
        make_menus(self)
        self._connect()
        SpacePresses(self)
        self._follow_layout()
        self.view_choice = ViewChoice(self)
        # The first frame may have to wait for a file.
        self.contour.show_domain(session.bounds)
        self.contour.show_start(session.start)
        # Not in the formula: the first Space must start the race, not type a blank.
        self.view_choice.take_keyboard()
        self.controller.begin()

    def _arrange(self) -> QWidget:
        views = QSplitter(Qt.Orientation.Horizontal)
        for view in (self.surface, self.contour):
            view.setMinimumSize(*LEAST_VIEW_PX)
            views.addWidget(view)
        views.setSizes([620, 620])
        self.views = left = QSplitter(Qt.Orientation.Vertical)
        left.addWidget(views)
        left.addWidget(self.foot)
        left.setSizes([640, 170])
        left.setChildrenCollapsible(False)
        column = QVBoxLayout()
        column.setSpacing(SPACING_PX)
        column.addWidget(left, 1)
        column.addWidget(self.transport)
        below = Rest()
        body = QHBoxLayout(below)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(SPACING_PX)
        body.addLayout(column, 1)
        body.addWidget(self.racers_panel)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(SPACING_PX, SPACING_PX, SPACING_PX, 0)
        layout.setSpacing(SPACING_PX)
        self._bar_room = ScrollRoom(self.formula_bar, LEAST_BAR_PX)
        layout.addWidget(self._bar_room)
        layout.addWidget(below, 1)
        return whole

    def _make_status(self) -> None:
        self.status = StatusLine(self.statusBar())
        self.notice = self.status.notice
        self._show_note()

    def _connect(self) -> None:
        session, contour = self.session, self.contour
        self.controller.frame_ready.connect(self.show_frame)
        self.controller.waiting.connect(self.status.show_work)
        self.formula_bar.function.left.connect(self.controller.leave_function)
        contour.start_dragged.connect(session.set_start)
        contour.start_nudged.connect(lambda dx, dy: session.set_start(session.start[0] + dx, session.start[1] + dy))
        # What draws in 3-D comes before what is compiled.
        contour.landscape_drawn.connect(self.surface.load)
        contour.landscape_drawn.connect(self.surface.draw_pending)
        for view, other in ((contour, self.surface), (self.surface, contour)):
            view.pointer_moved.connect(self._show_place)
            view.pointer_moved.connect(other.show_pointer)
            view.layout_asked.connect(self.switch_layout)
            view.reset_asked.connect(self.reset_views)
            view.landscape_drawn.connect(self.preparation.begin)
            view.start_placed.connect(session.set_start)
        contour.range_changed.connect(self._ask_detail)
        contour.domain_asked.connect(self.adopt_view)
        self.height_switch.chosen.connect(session.set_height)
        session.height_changed.connect(self._follow_height)
        self.preparation.told.connect(self.status.show_compiling)
        self.preparation.failed.connect(self.notice.notify)
        session.formula_changed.connect(self._show_note)
        session.theme_changed.connect(self._follow_theme)
        QApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        session.layout_changed.connect(self._follow_layout)
        session.landscape_named.connect(self._show_note)
        self.keeper.message.connect(self.notice.notify)
        PointChanges(self.foot.data, session, self.notice)
        self.tables.failed.connect(self._tell_of_table)
        self.tables.read.connect(self.open_table)
        self.controller.rows.message.connect(self.notice.notify)
        for reading in (self.tables, self.controller.rows, self.controller.functions, self.keeper):
            reading.progressed.connect(self._show_progress)
        self.controller.functions.progressed.connect(self.status.offer_to_leave)
        self.status.leave.clicked.connect(self.controller.functions.cancel)
        for kept in (self.optimizer_library, self.library):
            kept.message.connect(self.notice.notify)
            kept.removed.connect(self._offer_back)
        self.racers_panel.edit_asked.connect(self.foot.edit)
        self.foot.refused.connect(self.racers_panel.refuse)
        session.looks_changed.connect(self._show_looks)

    def _show_progress(self, text: str) -> None:
        """Show how far the reading of a file is; the note stands there again at its end."""
        if text:
            self.status.note.setText(text)
        else:
            self._show_note()

    def _show_looks(self) -> None:
        if self.frame is not None:
            self.show_frame(self.frame)

    def _offer_back(self, name: str, put_back: Callable[[], None]) -> None:
        self.notice.offer(f"Removed {name}.", put_back)

    @property
    def _landscape_views(self) -> tuple[ContourView, SurfacePanels]:
        """The views that show the landscape."""
        return self.contour, self.surface

    def show_frame(self, frame: Frame) -> None:
        """Show a new frame everywhere."""
        self.frame = frame
        if not self.contour.wanted:
            # No contour picture comes first.
            self.surface.load()
        looks = tuple(RacerLook(racer.name, racer.colour, racer.visible) for racer in self.session.racers)
        for view in self._landscape_views:
            view.show_terrain(frame.terrain)
            view.show_minima(self.session.shown_minima)
            view.show_start(frame.start)
            if len(looks) == len(frame.racers):
                view.show_racers(looks, frame.racers, settled=not frame.playing)
        if len(looks) == len(frame.racers):
            self.camera_controller.show_racers(
                frame.terrain, [racer.key for racer in self.session.racers], frame.racers
            )
        if frame.detail is not None:
            self.contour.show_detail(frame.detail)
        if len(looks) == len(frame.racers):
            self.curves.show_racers(looks, frame.racers, frame.step, settled=not frame.playing)
            self.racers_panel.show_racers(frame.racers, frame.step, settled=not frame.playing)
            weights = [self.session.transform.own(racer.position) for racer in frame.racers]
            model = model_of(frame.formula.text, tuple(frame.columns or ()))
            made, settled = isinstance(self.session.data, MadeData), not frame.playing
            parameters = frame.formula.parameters
            self.foot.data.show_fit(frame.columns, model, parameters, looks, weights, settled, made)
        self.transport.show_frame(frame)
        self.formula_bar.show_state(frame.formula)
        self.status.show_frame(frame, looks)

    @property
    def up_to_date(self) -> bool:
        """Tell whether every view shows the newest frame, and that all that was asked for."""
        if self.frame is None or self.frame.answered != self.controller.runner.asked or self.controller.rows.is_pending:
            return False
        bar = self.formula_bar
        return self.updatesEnabled() and all(
            part.up_to_date
            for part in (*self._landscape_views, self.curves, bar.typeset, bar.parameters, self.foot, self.racers_panel)
        )

    def edit_some_rule(self) -> None:
        """Edit the rule of the racer whose card has the keyboard, or the one that is being edited, or the first."""
        key = self.racers_panel.key_in_use
        edited = self.foot.rule.key if self.foot.rule is not None else None
        racers = [racer.key for racer in self.session.racers]
        key = next((each for each in (key, edited, *racers) if each is not None), None)
        if key is None:
            self.notice.notify("There is no racer whose rule could be edited.")
        else:
            self.foot.edit(key)

    def pick_table(self) -> None:
        """Let a person choose a file of numbers."""
        kinds = "Tables (*.csv *.tsv *.txt);;All files (*)"
        path, _ = QFileDialog.getOpenFileName(self, "Fit a table of yours", "", kinds)
        if path:
            self.tables.open(path)

    def _tell_of_table(self, path: str, sentence: str) -> None:
        """Tell why a file is no table, or is none any more."""
        for popover in self.findChildren(TablePopover):
            popover.close()
        self.notice.notify(f"{Path(path).name}: {sentence}")

    def open_table(self, path: str, table: Table) -> TablePopover:
        """Open the lists of a table's columns, or show it in those that had it read otherwise, and return them."""
        known = self.findChild(TablePopover)
        if known is not None and known.isVisible() and known.path == path:
            known.show_table(table)
            return known
        popover = TablePopover(self.formula_bar.landscape.button, path, table)
        popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popover.chosen.connect(self.session.choose)
        popover.asked.connect(lambda reading: self.tables.open(path, reading))
        popover.open(popover.across)
        return popover

    def switch_layout(self) -> None:
        """Show all racers in one contour plot, or each in its own."""
        overlay, side_by_side = LAYOUTS
        self.session.set_layout(overlay if self.session.layout == side_by_side else side_by_side)

    def switch_theme(self) -> None:
        """Go from dark to light, or back."""
        self.session.set_theme("light" if self.theme is DARK else "dark")

    def start_afresh(self) -> None:
        """Race what a first start races."""
        self.controller.runner.pause()
        self.keeper.start_afresh()

    def go_back(self) -> None:
        """Change places with the race before the last fresh start."""
        if not self.keeper.can_go_back:
            self.notice.notify("There is no race before this one.")
            return
        self.controller.runner.pause()
        self.keeper.go_back()

    def _follow_layout(self) -> None:
        if self.session.layout != self._layout:
            self._layout = self.session.layout
            for view in self._landscape_views:
                view.set_layout(self._layout)

    def _follow_height(self, kind: str) -> None:
        check_choice(self.heights, kind)
        self.height_switch.show_choice(kind)

    def _follow_system(self, scheme: Qt.ColorScheme) -> None:
        """Take the system's new colours, where they are wanted."""
        if self.isVisible() and self.session.theme == "system" and scheme != Qt.ColorScheme.Unknown:
            self._dress(LIGHT if scheme == Qt.ColorScheme.Light else DARK)

    def _follow_theme(self) -> None:
        check_choice(self.themes, self.session.theme)
        self._dress(style.theme_of(QApplication.instance(), self.session.theme))  # type: ignore[arg-type]

    def _dress(self, theme: Theme) -> None:
        if theme is self.theme:
            return
        self.theme = theme
        self.status.tell_now(f"Putting on the {theme.name} colours ...")
        # Dressed in this turn of the event loop, and painted in the next.
        self.setUpdatesEnabled(False)
        QTimer.singleShot(DRESSED_MS, self, lambda: self.setUpdatesEnabled(True))
        style.apply(QApplication.instance(), theme)  # type: ignore[arg-type]
        self._show_note()
        for part in (self.formula_bar, self.racers_panel, *self._landscape_views, self.curves, self.foot):
            part.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Keep the frame on the screen too, which nobody knows before it is there."""
        super().showEvent(event)
        QTimer.singleShot(FRAMED_MS, self, self._keep_to_screen)

    def _keep_to_screen(self) -> None:
        room = self.screen().availableSize() - (self.frameGeometry().size() - self.size())
        if not (self.isMaximized() or self.isFullScreen()) and self.size() != self.size().boundedTo(room):
            self.resize(self.size().boundedTo(room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new height."""
        super().resizeEvent(event)
        self._bar_room.updateGeometry()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the session, and end the threads with the window."""
        self.session.geometry = self.saveGeometry().toBase64().toStdString()
        self.keeper.end()
        # A formula that is being compiled is waited for, but not by the person.
        self.hide()
        self.controller.end()
        self.preparation.end()
        self.formula_bar.end()
        self.thumbnails.end()
        self.tables.end()
        for view in (*self._landscape_views, self.curves, self.foot, self.racers_panel):
            view.end()
        super().closeEvent(event)

    def _show_place(self, place: Point | None) -> None:
        known = place is not None and self.frame is not None
        self.status.show_place(place, self.frame.terrain.loss_near(*place) if known else 0.0)

    def _show_note(self) -> None:
        known = self.library.find(self.session.landscape)
        name, note, source = (known.name, known.note, known.source) if known is not None else ("", "", "")
        self.status.show_note(name, note, source)

    def _ask_detail(self, bounds: object) -> None:
        self.controller.runner.set_detail(bounds, *self.contour.panels[0].pixels())  # type: ignore[arg-type]

    def adopt_view(self) -> None:
        """Make what the contour view shows the landscape's domain, in both views."""
        if not self.contour.wanted:
            self.notice.notify("The contour view says which part is meant: Ctrl+1 brings it back.")
            return
        self.session.set_bounds(self.contour.panels[0].visible_bounds())

    def reset_views(self) -> None:
        """Show the whole domain in every view."""
        for view in self._landscape_views:
            view.reset_view()

    def save_picture(self) -> None:
        """Ask for a place, and write a picture of the window there."""
        path, _ = QFileDialog.getSaveFileName(self, "Save a picture", "race.png", "Pictures (*.png)")
        if path and not self.grab().save(path):
            QMessageBox.warning(self, "Descent Derby", f"The picture could not be written to {path}.")

    def show_keys(self) -> KeyboardList:
        """Open the list of keys, and return it."""
        listed = KeyboardList(self, keys_of(self), (self.contour.panels[0], self.surface, self.foot.data))
        listed.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        listed.open()
        return listed

    def focus_text(self, field: QWidget) -> None:
        """Let the keyboard type into a field, in the place of what stands there."""
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()  # type: ignore[attr-defined]
