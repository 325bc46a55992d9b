"""The main window: makes its parts, connects them, shows frames in them, and ends their threads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import cycle
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMainWindow, QMessageBox

from engine.data.rows import MadeData
from engine.language.types import Point
from engine.live.commands import GoBack, Pause, Restart, Step
from engine.live.frame import Frame
from gui.files.function_loader import FunctionLoader
from gui.files.landscape_library import LandscapeLibrary
from gui.files.optimizer_library import OptimizerLibrary
from gui.files.session_keeper import SessionKeeper
from gui.formula.bar import FormulaBar
from gui.formula.editor import FormulaEditor
from gui.landscape.data.point_changes import PointChanges
from gui.landscape.data.table_reader import TableReader
from gui.landscape.thumbnails import Thumbnails
from gui.look.racer_colours import drawn_colour
from gui.look.theme import Theme
from gui.racers.panel import RacersPanel
from gui.session.landscape_data import model_of
from gui.session.session import Session
from gui.views.curves.view import LossCurves
from gui.views.dashes import DASHES
from gui.views.racer_look import RacerLook
from gui.window.bottom_panel import BottomPanel
from gui.window.camera_menu import CameraMenu
from gui.window.central_widget import CentralWidget
from gui.window.controller import Controller
from gui.window.function_opening import FunctionOpening
from gui.window.keyboard.focus import KeyboardFocus
from gui.window.keyboard.key_list import KeyboardList
from gui.window.keyboard.tab_order import next_stop
from gui.window.landscape_views import LandscapeViews
from gui.window.menus import Callback, keys_of
from gui.window.messages import Messages
from gui.window.precompiler import Precompiler
from gui.window.status_line import StatusLine
from gui.window.table_opening import TableOpening
from gui.window.theme_choice import ThemeChoice
from gui.window.transport import Transport
from gui.window.view_choice import ViewChoice
from gui.window.window_menus import WindowMenus
from gui.window.window_size import WindowSize


class MainWindow(QMainWindow):
    """Everything a person sees."""

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
        self.session = session
        self.keeper = keeper or SessionKeeper(session)
        self.optimizer_library = optimizer_library or OptimizerLibrary()
        self.library = library or LandscapeLibrary()
        self.thumbnails = thumbnails or Thumbnails()
        self.controller = Controller(session, functions)
        self.tables, self.precompiler = TableReader(), Precompiler()
        self.frame: Frame | None = None
        self.setWindowTitle("Descent Derby")
        self.window_size = WindowSize(self, session.geometry)
        self._make_views(theme)
        self._make_panels(theme)
        self.status = StatusLine(self.statusBar())
        self.notice = self.status.notice
        self._make_choices(theme)
        self._connect_parts()
        self._connect_messages()
        # Not in the formula: the first Space must start the race, not type a blank.
        self.view_choice.take_keyboard()
        self.controller.begin()

    def _make_views(self, theme: Theme) -> None:
        self.landscape_views = LandscapeViews(self, self.session, self.controller.runner, theme)
        self.contour, self.surface = self.landscape_views.both
        self.camera_controller = self.landscape_views.camera_controller
        self.height_switch = self.landscape_views.height_switch
        self.curves = LossCurves(theme)

    def _make_panels(self, theme: Theme) -> None:
        session = self.session
        self.formula_bar = FormulaBar(session, theme, self.library, self.thumbnails)
        self.bottom_panel = BottomPanel(self.curves, session, self.optimizer_library, theme)
        self.racers_panel = RacersPanel(session, self.optimizer_library, self.controller.functions, theme)
        self.transport = Transport(self.controller)
        self.central = CentralWidget(
            self.formula_bar, (self.surface, self.contour), self.bottom_panel, self.transport, self.racers_panel
        )
        self.views = self.central.views
        self.setCentralWidget(self.central)

    def _make_choices(self, theme: Theme) -> None:
        session, runner, functions = self.session, self.controller.runner, self.controller.functions
        application = cast(QApplication, QApplication.instance())
        self.function_opening = FunctionOpening(self, session, functions, self.notice)
        self.table_opening = TableOpening(self, self.formula_bar.landscape.button, session, self.tables, self.notice)
        dressed = (self.formula_bar, self.racers_panel, self.landscape_views, self.curves, self.bottom_panel)
        self.theme_choice = ThemeChoice(self, application, session, theme, dressed)
        self.camera_menu = CameraMenu(self, session, self.surface, self.camera_controller)
        self.menus = WindowMenus(self, self.views, session, self.camera_menu, self._callbacks())
        self.view_choice = ViewChoice(self.views, self.landscape_views, session, runner)
        views = (self.contour, self.surface, self.curves, self.bottom_panel.data)
        self.keyboard_focus = KeyboardFocus(self, application, views, self.view_choice.take_keyboard)

    def _callbacks(self) -> Mapping[str, Callback]:
        """Return what the entries of the menus do, by their names."""
        session, post, bar = self.session, self.controller.runner.post, self.formula_bar.landscape
        return {
            "start afresh": self.start_afresh,
            "go back": self.go_back,
            "open function": self.function_opening.choose,
            "save picture": self.save_picture,
            "quit": self.close,
            "pick": bar.open_picker,
            "next": partial(bar.go_on, 1),
            "previous": partial(bar.go_on, -1),
            "surprise": bar.surprise,
            "fit table": self.table_opening.choose,
            "save": bar.open_form,
            "transform": bar.open_transform,
            "use view": self.adopt_view,
            "reset domain": lambda: session.set_bounds(session.domain),
            "toggle": self.controller.toggle,
            "step on": partial(post, Step()),
            "step back": partial(post, GoBack()),
            "restart": partial(post, Restart()),
            "go to step": partial(self.focus_text, self.transport.step),
            "add racer": self.racers_panel.open_list,
            "edit formula": partial(self.focus_text, self.formula_bar.editor),
            "edit rule": self.edit_some_rule,
            "switch layout": self.landscape_views.switch_layout,
            "switch theme": self.theme_choice.switch,
            "reset views": self.landscape_views.reset,
            "show keys": self.show_keys,
        }

    def _connect_parts(self) -> None:
        session = self.session
        self.controller.frame_ready.connect(self.show_frame)
        session.looks_changed.connect(self._show_looks)
        self.landscape_views.pointed.connect(self._show_place)
        self.landscape_views.drawn.connect(self.precompiler.begin)
        self.contour.domain_asked.connect(self.adopt_view)
        PointChanges(self.bottom_panel.data, session, self.notice)
        self.racers_panel.edit_asked.connect(self.bottom_panel.edit)
        self.bottom_panel.refused.connect(self.racers_panel.refuse)
        self.formula_bar.function.left.connect(self.controller.leave_function)

    def _connect_messages(self) -> None:
        functions, status = self.controller.functions, self.status
        messages = Messages(self, status, self.session, self.library)
        self.controller.waiting.connect(status.show_work)
        self.precompiler.progressed.connect(status.show_compiling)
        self.precompiler.failed.connect(self.notice.notify)
        self.keeper.message.connect(self.notice.notify)
        self.controller.rows.message.connect(self.notice.notify)
        for reading in (self.tables, self.controller.rows, functions, self.keeper):
            reading.progressed.connect(messages.show_progress)
        functions.progressed.connect(status.offer_to_stop)
        status.stop.clicked.connect(functions.cancel)
        for kept in (self.optimizer_library, self.library):
            kept.message.connect(self.notice.notify)
            kept.removed.connect(messages.offer_back)
        self.theme_choice.changing.connect(messages.announce_theme)
        self.theme_choice.changed.connect(messages.show_note)
        self.theme_choice.taken.connect(self._show_looks)

    @property
    def theme(self) -> Theme:
        """The theme that the window wears."""
        return self.theme_choice.theme

    def show_frame(self, frame: Frame) -> None:
        """Show a new frame everywhere."""
        self.frame = frame
        looks = self._looks()
        self.landscape_views.show_frame(frame, looks)
        # The session may have other racers already than the frame still shows.
        if len(looks) == len(frame.racers):
            self._show_racers(frame, looks)
        self.transport.show_frame(frame)
        self.formula_bar.show_state(frame.formula)
        self.status.show_frame(frame, looks)

    def _looks(self) -> tuple[RacerLook, ...]:
        """Return how each racer looks in the theme that the window wears."""
        racers, dashes = self.session.racers, cycle(DASHES if self.session.dashes else [None])
        return tuple(
            RacerLook(racer.name, drawn_colour(racer.colour, self.theme), racer.visible, dash)
            for racer, dash in zip(racers, dashes, strict=False)
        )

    def _show_racers(self, frame: Frame, looks: tuple[RacerLook, ...]) -> None:
        settled = not frame.playing
        self.curves.show_racers(looks, frame.racers, frame.step, frame.minimum, settled)
        self.racers_panel.show_racers(frame.racers, frame.step, settled=settled)
        weights = [self.session.transform.own(racer.position) for racer in frame.racers]
        model = model_of(frame.formula.text, tuple(frame.columns or ()))
        made, parameters = isinstance(self.session.data, MadeData), frame.formula.parameters
        self.bottom_panel.data.show_fit(frame.columns, model, parameters, looks, weights, settled, made)

    @property
    def up_to_date(self) -> bool:
        """Return whether every view shows the newest frame, and that frame the answer to the newest command."""
        newest = self.controller.runner.newest_request
        if self.frame is None or self.frame.answered != newest or self.controller.rows.is_pending:
            return False
        views, bar = (self.landscape_views, self.curves, self.bottom_panel), self.formula_bar
        parts = (*views, bar.typeset, bar.parameters, self.racers_panel)
        return self.updatesEnabled() and all(part.up_to_date for part in parts)

    def _show_looks(self) -> None:
        if self.frame is not None:
            self.show_frame(self.frame)

    def _show_place(self, place: Point | None) -> None:
        loss = self.frame.terrain.loss_near(*place) if place is not None and self.frame is not None else 0.0
        self.status.show_place(place, loss)

    def start_afresh(self) -> None:
        """Race what a first start races."""
        self.controller.runner.post(Pause())
        self.keeper.start_afresh()

    def go_back(self) -> None:
        """Change places with the race before the last fresh start."""
        if not self.keeper.can_go_back:
            self.notice.notify("There is no race before this one.")
            return
        self.controller.runner.post(Pause())
        self.keeper.go_back()

    def edit_some_rule(self) -> None:
        """Edit the rule of the racer whose card has the keyboard, or the one that is being edited, or the first."""
        edited = self.bottom_panel.rule.key if self.bottom_panel.rule is not None else None
        keys = (self.racers_panel.key_in_use, edited, *(racer.key for racer in self.session.racers))
        key = next((each for each in keys if each is not None), None)
        if key is None:
            self.notice.notify("There is no racer whose rule could be edited.")
        else:
            self.bottom_panel.edit(key)

    def adopt_view(self) -> None:
        """Make the part of the landscape that the contour view shows its domain, in both views."""
        if not self.contour.wanted:
            self.notice.notify("The contour view says which part is meant: Ctrl+1 brings it back.")
            return
        self.session.set_bounds(self.contour.panels[0].visible_bounds())

    def save_picture(self) -> None:
        """Ask for a place, and write a picture of the window there."""
        path, _ = QFileDialog.getSaveFileName(self, "Save a picture", "race.png", "Pictures (*.png)")
        if path and not self.grab().save(path):
            QMessageBox.warning(self, "Descent Derby", f"The picture could not be written to {path}.")

    def show_keys(self) -> KeyboardList:
        """Open the list of keys, and return it."""
        listed = KeyboardList(self, keys_of(self), (self.contour.panels[0], self.surface, self.bottom_panel.data))
        listed.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        listed.open()
        return listed

    def focus_text(self, field: QLineEdit | FormulaEditor) -> None:
        """Let the keyboard type into a field, in the place of its text."""
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go to the control that a person reads next, or before; Qt's order is that in which controls were made."""
        stop = next_stop(self, self.focusWidget(), forward)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return stop is not None

    def showEvent(self, event: QShowEvent) -> None:
        """Keep the window on the screen, with its frame."""
        super().showEvent(event)
        self.window_size.fit_soon()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new height."""
        super().resizeEvent(event)
        self.central.share_height()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the session, and end the threads with the window."""
        self.session.geometry = self.window_size.written
        self.keeper.end()
        # A formula that is being compiled is waited for, but not by the person.
        self.hide()
        self.controller.end()
        self.precompiler.end()
        self.formula_bar.end()
        self.thumbnails.end()
        self.tables.end()
        for view in (self.landscape_views, self.curves, self.bottom_panel, self.racers_panel):
            view.end()
        super().closeEvent(event)
