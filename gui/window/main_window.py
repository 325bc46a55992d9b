"""The main window: makes its parts, connects them, shows frames in them, and ends their threads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow

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
from gui.look.theme import Theme
from gui.racers.panel import RacersPanel
from gui.session.edit_history import EditHistory
from gui.session.session import Session
from gui.window.camera_menu import CameraMenu
from gui.window.chart.chart_menu import ChartMenu
from gui.window.chart.chart_stack import ChartStack
from gui.window.chart.racer_hover import RacerHover
from gui.window.context.landscape_menus import LandscapeMenus
from gui.window.controller import Controller
from gui.window.explaining.step_watch import StepWatch
from gui.window.files.file_drop import FileDrop
from gui.window.files.recent_menu import RecentMenu
from gui.window.files.session_files import SessionFiles
from gui.window.files.title import Title
from gui.window.frame_display import FrameDisplay
from gui.window.function_opening import FunctionOpening
from gui.window.help.callbacks import help_callbacks
from gui.window.keyboard.focus import KeyboardFocus
from gui.window.keyboard.key_list import KeyboardList, open_key_list
from gui.window.keyboard.tab_order import next_stop
from gui.window.landscape_views import LandscapeViews
from gui.window.lessons.lessons import Lessons
from gui.window.many.menu import ManyMenu
from gui.window.menus import Callback, keys_of
from gui.window.messages import Messages
from gui.window.panes.arrangement import Arrangement
from gui.window.panes.bottom_panel import BottomPanel
from gui.window.panes.central_widget import CentralWidget
from gui.window.panes.menu import PaneMenu
from gui.window.panes.presentation import Presentation
from gui.window.picture.saving import PictureSaving
from gui.window.precompiler import Precompiler
from gui.window.status_line import StatusLine
from gui.window.studies.studies import Studies
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
        self.controller, self.history = Controller(session, functions), EditHistory(session)
        self.tables, self.precompiler = TableReader(), Precompiler()
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
        self.charts = ChartStack(self.session, theme)
        self.curves = self.charts.curves
        self.hover = RacerHover(self, self.session, (self.curves.racer_hovered, self.contour.racer_hovered))

    def _make_panels(self, theme: Theme) -> None:
        session = self.session
        self.formula_bar = FormulaBar(session, theme, self.library, self.thumbnails)
        self.bottom_panel = BottomPanel(self.charts, session, self.optimizer_library, theme)
        self.racers_panel = RacersPanel(session, self.optimizer_library, self.controller.functions, theme)
        self.step_watch = StepWatch(self.bottom_panel, self.racers_panel, session, self.controller.runner)
        self.transport = Transport(self.controller)
        self.lessons = Lessons(self, self.history, self.controller, self.keeper, self.landscape_views)
        beside = (self.racers_panel, self.lessons.pane)
        self.central = CentralWidget(
            session, self.formula_bar, self.landscape_views, self.bottom_panel, self.transport, *beside
        )
        self.views = self.central.views
        self.setCentralWidget(self.central)

    def _make_choices(self, theme: Theme) -> None:
        session, runner, functions = self.session, self.controller.runner, self.controller.functions
        self.session_files = SessionFiles(self, self.keeper, self.controller, self.notice)
        self.title = Title(self, self.keeper)
        application = cast(QApplication, QApplication.instance())
        self.function_opening = FunctionOpening(self, session, functions, self.notice)
        self.table_opening = TableOpening(self, self.formula_bar.landscape.button, session, self.tables, self.notice)
        self.studies = Studies(self, session, self.controller, theme)
        drawn = self.landscape_views, self.charts, self.bottom_panel
        dressed = (self.formula_bar, self.racers_panel, *drawn, self.studies, self.transport)
        self.theme_choice = ThemeChoice(self, application, session, theme, dressed)
        self.camera_menu = CameraMenu(self, session, self.surface, self.camera_controller)
        self.chart_menu = ChartMenu(self, session, self.charts)
        self.view_choice = ViewChoice(self.views, self.landscape_views, self.curves, session, runner)
        self.arrangement = Arrangement(
            self, session, self.central, self.landscape_views, self.bottom_panel, self.racers_panel, self.view_choice
        )
        self.pane_menu = PaneMenu(self, session)
        self.presentation = Presentation(self, self.transport, self.arrangement, self.theme_choice)
        self.pictures = PictureSaving(self, self, self.another, self.notice)
        self.chart_menu.picture_asked.connect(partial(self.pictures.open, "chart"))
        many = ManyMenu(self, session, self.landscape_views.maps)
        submenus = (self.pane_menu, self.camera_menu, self.chart_menu, many, self.step_watch.menu(self))
        callbacks = self.arrangement.revealing(self._callbacks())
        self.menus = WindowMenus(self, self.views, session, self.history.stack, submenus, callbacks)
        of_view = {"save map": partial(self.pictures.open, "map"), "save 3-D view": partial(self.pictures.open, "3-D")}
        LandscapeMenus(self, session, self.landscape_views, {**callbacks, **of_view}, self.racers_panel.openers)
        RecentMenu(self.menus.recent, self.keeper.recent, self.session_files)
        FileDrop(self, [self, self.formula_bar.editor.viewport()], self.session_files.open)
        views = (self.contour, self.surface, self.curves, self.bottom_panel.data)
        self.display = FrameDisplay(
            session, self.landscape_views, self.charts, self.bottom_panel.data, self.racers_panel, self.formula_bar,
            self.transport, self.status, self.hover, lambda: self.theme,
        )  # fmt: skip
        self.keyboard_focus = KeyboardFocus(self, application, views, self.view_choice.take_keyboard)

    def _callbacks(self) -> Mapping[str, Callback]:
        """Return what the entries of the menus do, by their names."""
        session = self.session
        return {
            "start afresh": self.start_afresh,
            **self.session_files.callbacks,
            "go back": self.go_back,
            "open function": self.function_opening.choose,
            "save picture": self.pictures.open,
            "quit": self.close,
            **self.history.callbacks,
            **self.formula_bar.landscape.callbacks,
            "fit table": self.table_opening.choose,
            "use view": self.adopt_view,
            "reset domain": lambda: session.set_bounds(session.domain),
            **self.transport.callbacks,
            "go to step": partial(self.focus_text, self.transport.step),
            **self.racers_panel.callbacks,
            **self.studies.callbacks,
            "edit formula": partial(self.focus_text, self.formula_bar.editor),
            "edit rule": self.edit_some_rule,
            "inspect": self.step_watch.inspect_some,
            **self._view_callbacks(),
        }

    def _view_callbacks(self) -> Mapping[str, Callback]:
        """Return what the entries of the menus about views and help do."""
        return {
            "switch layout": self.landscape_views.switch_layout,
            "switch theme": self.theme_choice.switch,
            "reset views": self.reset_views,
            **self.lessons.callbacks,
            "fill window": self.arrangement.switch_filling,
            "present": self.presentation.switch,
            "full screen": self.arrangement.switch_full_screen,
            "show keys": self.show_keys,
            **help_callbacks(self, self.session, self.controller.runner),
        }

    def _connect_parts(self) -> None:
        session = self.session
        self.controller.frame_ready.connect(self.display.show_frame)
        contour = self.contour
        self.controller.is_drawing = lambda: contour.is_drawing
        self.charts.step_asked.connect(self.transport.go_to)
        self.landscape_views.drawn.connect(self.precompiler.begin)
        self.contour.domain_asked.connect(self.adopt_view)
        PointChanges(self.bottom_panel.data, session, self.notice)
        self.racers_panel.standings.time_asked.connect(self.controller.time_steps)
        self.racers_panel.edit_asked.connect(self.bottom_panel.edit)
        self.racers_panel.tune_asked.connect(self.studies.open_tuning)
        self.display.racers_shown.connect(self.step_watch.show_frame)
        self.bottom_panel.refused.connect(self.racers_panel.refuse)
        self.bottom_panel.editing_changed.connect(self.racers_panel.accept)
        self.formula_bar.function.left.connect(self.controller.leave_function)

    def _connect_messages(self) -> None:
        functions, status = self.controller.functions, self.status
        messages = Messages(self, status, self.session, self.library, self.history)
        self.controller.waiting.connect(status.show_work)
        self.precompiler.progressed.connect(status.show_compiling)
        self.precompiler.failed.connect(self.notice.notify)
        self.lessons.message.connect(self.notice.notify)
        self.lessons.player.guides.connect(self.transport.leave_hints)
        self.keeper.message.connect(partial(self.notice.notify, about="session"))
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
        self.theme_choice.taken.connect(self.display.show_looks)
        self.window_size.changed.connect(self._keep_geometry)

    @property
    def frame(self) -> Frame | None:
        """The newest frame that is shown; None before the first."""
        return self.display.frame

    @property
    def theme(self) -> Theme:
        """The theme that the window wears."""
        return self.theme_choice.theme

    @property
    def up_to_date(self) -> bool:
        """Return whether every view shows the newest frame, and that frame the answer to the newest command."""
        newest = self.controller.runner.newest_request
        if self.frame is None or self.frame.answered != newest or self.controller.rows.is_pending:
            return False
        views, bar = (self.landscape_views, self.charts, self.bottom_panel), self.formula_bar
        parts = (*views, bar, self.racers_panel)
        return self.updatesEnabled() and all(part.up_to_date for part in parts)

    def start_afresh(self) -> None:
        """Race what a first start races."""
        self.keeper.start_afresh()

    def go_back(self) -> None:
        """Change places with the race before the last fresh start."""
        if not self.keeper.can_go_back:
            self.notice.notify("There is no race before this one.", about="go back")
            return
        self.notice.notify("", about="go back")
        self.keeper.go_back()

    def edit_some_rule(self) -> None:
        """Edit the rule of the racer whose card has the keyboard, or the one that is being edited, or the first."""
        edited = self.bottom_panel.rule.key if self.bottom_panel.rule is not None else None
        keys = (self.racers_panel.key_in_use, edited, *(racer.key for racer in self.session.racers))
        key = next((each for each in keys if each is not None), None)
        self.notice.notify("There is no racer whose rule could be edited." if key is None else "", about="rule")
        if key is not None:
            self.bottom_panel.edit(key)

    def adopt_view(self) -> None:
        """Make the part of the landscape that the contour view shows its domain, in both views."""
        if not self.contour.wanted:
            self.notice.notify("The contour view says which part is meant: Ctrl+1 brings it back.", about="domain")
            return
        self.notice.notify("", about="domain")
        self.session.set_bounds(self.contour.panels[0].visible_bounds())

    def reset_views(self) -> None:
        """Show all of the landscape, and all of the loss chart."""
        self.landscape_views.reset()
        self.curves.show_all()

    def another(self, session: Session, theme: Theme, functions: FunctionLoader) -> MainWindow:
        """Return a second window with the same libraries, which a picture is drawn of."""
        return MainWindow(session, theme, None, self.optimizer_library, self.library, None, functions)

    def show_keys(self) -> KeyboardList:
        """Open the list of keys, and return it."""
        views = (self.contour.panels[0], self.surface, self.curves, self.bottom_panel.data)
        return open_key_list(self, keys_of(self), views)

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

    def _keep_geometry(self) -> None:
        if not self.presentation.under_way:
            self.session.geometry = self.window_size.written
            self.keeper.save_soon()

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
        self.formula_bar.name_typing.finish()
        self.title.stop()
        self.pictures.end()
        self.lessons.stop()
        self._keep_geometry()
        self.keeper.end()
        # A formula that is being compiled is waited for, but not by the person.
        self.hide()
        self.controller.end()
        # Qt's stack and its commands keep each other alive, and with them the session.
        self.history.clear()
        behind = self.studies, self.precompiler, self.formula_bar, self.thumbnails, self.tables
        for part in (*behind, self.landscape_views, self.charts, self.bottom_panel, self.racers_panel):
            part.end()
        super().closeEvent(event)
