"""The window: where everything stands, and the menus."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMessageBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from engine.frame import Frame, Point
from gui import style
from gui.choices import LAYOUTS, THEMES
from gui.controller import Controller
from gui.menus import SpacePresses, add_choice, add_menu, check_choice, keys_of, make_action
from gui.own_optimizers import OwnOptimizers
from gui.panels.foot import Foot
from gui.panels.formula_bar import FormulaBar
from gui.panels.keyboard_list import KeyboardList
from gui.panels.racers_panel import RacersPanel
from gui.panels.status_line import StatusLine
from gui.panels.transport import Transport
from gui.session import Session
from gui.session_keeper import SessionKeeper
from gui.theme import DARK, LIGHT, SPACING_PX, Theme
from gui.views.contour import ContourView
from gui.views.curves import LossCurves
from gui.views.look import RacerLook
from gui.views.surface import SurfaceView
from gui.views.surface_renderer import opengl_available
from landscapes import LANDSCAPES

RESET = "&Reset views"
FIRST_SIZE = QSize(1600, 1000)
"""Pixels of the window before anybody has chosen a size."""


class MainWindow(QMainWindow):
    """Everything a person sees."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        keeper: SessionKeeper | None = None,
        mine: OwnOptimizers | None = None,
    ) -> None:
        super().__init__()
        self.setWindowTitle("Descent Derby")
        # A screen may be smaller; what lies beyond its edge could not be reached.
        self.resize(FIRST_SIZE.boundedTo(self.screen().availableSize()))
        self.restoreGeometry(QByteArray.fromBase64(session.geometry.encode()))
        self.session, self.theme = session, theme
        self.keeper = keeper or SessionKeeper(session)
        self.mine = mine or OwnOptimizers()
        self.controller = Controller(session)
        self.formula_bar = FormulaBar(session, theme)
        self.contour = ContourView(theme)
        self.surface = self._make_surface()
        self.curves = LossCurves(theme)
        self.foot = Foot(self.curves, session, self.mine, theme)
        self.racers_panel = RacersPanel(session, self.mine)
        self.transport = Transport(self.controller)
        self.frame: Frame | None = None
        self._layout = LAYOUTS[0]
        self.setCentralWidget(self._arrange())
        self._make_status()
        self._make_menus()
        self._connect()
        SpacePresses(self)
        self._follow_layout()
        # Not in the formula: the first Space must start the race, not type a blank.
        self.contour.panels[0].setFocus()
        self.controller.begin()

    def _make_surface(self) -> QWidget:
        """Return the 3-D view, or a sentence where there is no OpenGL."""
        if opengl_available():
            return SurfaceView(self.theme)
        notice = QLabel("The 3-D view needs OpenGL, which this display does not offer.")
        notice.setObjectName("muted")
        notice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        notice.setWordWrap(True)
        return notice

    def _arrange(self) -> QWidget:
        views = QSplitter(Qt.Orientation.Horizontal)
        views.addWidget(self.surface)
        views.addWidget(self.contour)
        views.setSizes([620, 620])
        self._views = left = QSplitter(Qt.Orientation.Vertical)
        left.addWidget(views)
        left.addWidget(self.foot)
        left.setSizes([640, 170])
        left.setChildrenCollapsible(False)
        column = QVBoxLayout()
        column.setSpacing(SPACING_PX)
        column.addWidget(left, 1)
        column.addWidget(self.transport)
        body = QHBoxLayout()
        body.setSpacing(SPACING_PX)
        body.addLayout(column, 1)
        body.addWidget(self.racers_panel)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(SPACING_PX, SPACING_PX, SPACING_PX, 0)
        layout.setSpacing(SPACING_PX)
        layout.addWidget(self.formula_bar)
        layout.addLayout(body, 1)
        return whole

    def _make_status(self) -> None:
        self.status = StatusLine(self.statusBar())
        self.notice = self.status.notice
        self._show_note()

    def _make_menus(self) -> None:
        runner, standard = self.controller.runner, QKeySequence.StandardKey
        add_menu(self, "&File", (
            ("&Start afresh", [standard.New], self.start_afresh),
            ("&Back to the race before", ["Ctrl+Shift+N"], self.go_back),
            ("Save a &picture ...", [standard.Save], self._save_picture),
            ("&Quit", ["Ctrl+Q"], self.close),
        ))  # fmt: skip
        add_menu(self, "&Race", (
            ("&Play or pause", ["Space"], self.controller.toggle),
            ("One &step on", ["."], lambda: runner.step(1)),
            ("One step &back", [","], lambda: runner.back(1)),
            ("&Restart", ["Ctrl+R"], lambda: runner.restart()),
            ("&Go to a step", ["Ctrl+G"], lambda: self._focus_text(self.transport.step)),
            ("&Add a racer", ["Ctrl+Shift+A"], self.racers_panel.open_list),
            ("Edit the &formula", ["Ctrl+E"], lambda: self._focus_text(self.formula_bar.editor)),
            ("&Edit a racer's rule", ["Ctrl+Shift+E"], self.edit_some_rule),
        ))  # fmt: skip
        view = add_menu(self, "&View", (
            ("&Overlay or side by side", ["Ctrl+L"], self.switch_layout),
            ("&Dark or light", ["Ctrl+T"], self.switch_theme),
            (RESET, ["Ctrl+0"], self._reset_views),
        ))  # fmt: skip
        self.themes = add_choice(view, "&Theme", THEMES, self.session.set_theme)
        check_choice(self.themes, self.session.theme)
        add_menu(self, "&Help", (("&Keyboard", [standard.HelpContents], self.show_keys),))
        # Single keys, and so only where nobody types or searches a list.
        in_views = make_action(self._views, RESET, ["R", "Home"], self._reset_views)
        in_views.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._views.addAction(in_views)

    def _connect(self) -> None:
        session, contour = self.session, self.contour
        self.controller.frame_ready.connect(self.show_frame)
        contour.start_dragged.connect(session.set_start)
        contour.start_nudged.connect(lambda dx, dy: session.set_start(session.start[0] + dx, session.start[1] + dy))
        contour.pointer_moved.connect(self._show_place)
        contour.range_changed.connect(self._ask_detail)
        contour.layout_asked.connect(self.switch_layout)
        contour.reset_asked.connect(self._reset_views)
        session.formula_changed.connect(self._show_note)
        session.theme_changed.connect(self._follow_theme)
        QApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        session.layout_changed.connect(self._follow_layout)
        self.keeper.told.connect(self.notice.tell)
        self.mine.told.connect(self.notice.tell)
        self.racers_panel.edit_asked.connect(self.foot.edit)
        self.foot.refused.connect(self.racers_panel.refuse)
        session.looks_changed.connect(lambda: self.frame and self.show_frame(self.frame))

    @property
    def _landscape_views(self) -> tuple[ContourView | SurfaceView, ...]:
        """The views that show the landscape: both, or the contour view where there is no OpenGL."""
        return (self.contour, self.surface) if isinstance(self.surface, SurfaceView) else (self.contour,)

    def show_frame(self, frame: Frame) -> None:
        """Show a new frame everywhere."""
        self.frame = frame
        looks = tuple(RacerLook(racer.name, racer.colour, racer.visible) for racer in self.session.racers)
        for view in self._landscape_views:
            view.show_terrain(frame.terrain)
            view.show_minima(self.session.minima)
            view.show_start(frame.start)
            if len(looks) == len(frame.racers):
                view.show_racers(looks, frame.racers, settled=not frame.playing)
        if frame.detail is not None:
            self.contour.show_detail(frame.detail)
        if len(looks) == len(frame.racers):
            self.curves.show_racers(looks, frame.racers, frame.step, settled=not frame.playing)
            self.racers_panel.show_racers(frame.racers, frame.step, settled=not frame.playing)
        self.transport.show_frame(frame)
        self.formula_bar.show_state(frame.formula)
        self.status.show_frame(frame, looks)

    @property
    def up_to_date(self) -> bool:
        """Tell whether every view shows the newest frame, and that all that was asked for."""
        if self.frame is None or self.frame.answered != self.controller.runner.asked:
            return False
        return all(
            view.up_to_date for view in (*self._landscape_views, self.curves, self.formula_bar.typeset, self.foot)
        )

    def edit_some_rule(self) -> None:
        """Edit the rule of the racer whose card has the keyboard, or the one that is being edited, or the first."""
        key = self.racers_panel.key_in_use
        edited = self.foot.rule.key if self.foot.rule is not None else None
        racers = [racer.key for racer in self.session.racers]
        key = next((each for each in (key, edited, *racers) if each is not None), None)
        if key is None:
            self.notice.tell("There is no racer whose rule could be edited.")
        else:
            self.foot.edit(key)

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
            self.notice.tell("There is no race before this one.")
            return
        self.controller.runner.pause()
        self.keeper.go_back()

    def _follow_layout(self) -> None:
        if self.session.layout != self._layout:
            self._layout = self.session.layout
            self.contour.set_layout(self._layout)

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
        style.apply(QApplication.instance(), theme)  # type: ignore[arg-type]
        self.formula_bar.set_theme(theme)
        for view in (*self._landscape_views, self.curves, self.foot):
            view.set_theme(theme)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the session, and end the threads with the window."""
        self.session.geometry = self.saveGeometry().toBase64().toStdString()
        self.keeper.save()
        self.controller.end()
        self.formula_bar.end()
        for view in (*self._landscape_views, self.curves, self.foot):
            view.end()
        super().closeEvent(event)

    def _show_place(self, place: Point | None) -> None:
        known = place is not None and self.frame is not None
        self.status.show_place(place, self.frame.terrain.loss_near(*place) if known else 0.0)

    def _show_note(self) -> None:
        known = LANDSCAPES.get(self.session.landscape)
        name, note, source = (known.name, known.note, known.source) if known is not None else ("", "", "")
        self.status.show_note(name, note, source)

    def _ask_detail(self, bounds: object) -> None:
        size = self.contour.size()
        self.controller.runner.set_detail(bounds, max(size.width() // 2, 3), max(size.height() // 2, 3))  # type: ignore[arg-type]

    def _reset_views(self) -> None:
        for view in self._landscape_views:
            view.reset_view()

    def _save_picture(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "Save a picture", "race.png", "Pictures (*.png)")
        if path and not self.grab().save(path):
            QMessageBox.warning(self, "Descent Derby", f"The picture could not be written to {path}.")

    def show_keys(self) -> KeyboardList:
        """Open the list of keys, and return it."""
        listed = KeyboardList(self, keys_of(self), (self.contour.panels[0], self.surface))
        listed.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        listed.open()
        return listed

    def _focus_text(self, field: QWidget) -> None:
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()  # type: ignore[attr-defined]
