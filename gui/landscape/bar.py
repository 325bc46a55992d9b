"""The landscape's part of the formula bar: the button of the picker, tools, and chips for transform and domain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStyleOptionButton, QVBoxLayout, QWidget

from engine.live.frame import FormulaState
from gui.files.landscape_library import LandscapeLibrary
from gui.landscape.change_chip import ChangeChip, share_width
from gui.landscape.form import LandscapeForm
from gui.landscape.place_popover import PlacePopover, domain_text, start_text
from gui.landscape.thumbnails import Thumbnails
from gui.landscape.transform_popover import TransformPopover, transform_text
from gui.look.icons import paint_icon
from gui.look.theme import Theme
from gui.session.saved_landscape import SAVED, SavedLandscape
from gui.session.session import Session
from gui.widgets.chips import HEIGHT_PX
from gui.widgets.icon_button import IconButton
from gui.widgets.link_button import LinkButton

if TYPE_CHECKING:
    from gui.landscape.picker import LandscapePicker

UNNAMED = "your own formula"
WIDTH_PX, GAP_PX = 214, 4
BUTTON_PX, PICTURE_PX, INSET_PX, ARROW_PX = 38, QSize(40, 30), 4, 14
PLACE_PX = 18
"""The least width of the place of the start: its icon."""


class LandscapeButton(QPushButton):
    """A button with the picture and the name of the landscape."""

    def __init__(self, picture: Callable[[], QPixmap | None]) -> None:
        super().__init__()
        self.setFixedHeight(BUTTON_PX)
        self._picture = picture

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Give Qt no text to draw: it would centre the name, and cut it off without dots."""
        super().initStyleOption(option)
        option.text = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, the picture, the name, cut off with dots where it does not fit, and an arrow."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        picture, left = self._picture(), 2 * INSET_PX
        if picture is not None:
            target = QRectF(QPointF(INSET_PX, (self.height() - PICTURE_PX.height()) / 2), PICTURE_PX)
            painter.drawPixmap(target, picture, QRectF(picture.rect()))
            left += PICTURE_PX.width()
        words = self.rect().adjusted(left, 0, -ARROW_PX - 2 * INSET_PX, 0)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        arrow = QRectF(self.width() - ARROW_PX - 2 * INSET_PX, 0, ARROW_PX, self.height())
        paint_icon(painter, "more", arrow, self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.end()


class LandscapeBar(QWidget):
    """The choice of a landscape.  `refused` is emitted with a sentence that says why something cannot be done."""

    refused = Signal(str)

    def __init__(self, session: Session, library: LandscapeLibrary, thumbnails: Thumbnails, theme: Theme) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH_PX)
        self.theme = theme
        self._session, self._library, self._thumbnails = session, library, thumbnails
        self._state: FormulaState | None = None
        self._picker: LandscapePicker | None = None
        self.button = LandscapeButton(self._picture)
        self.button.clicked.connect(self.open_picker)
        self.turn = IconButton("turn", "Turn, stretch and shift the landscape", self.open_transform)
        self.place = LinkButton("place")
        self.place.clicked.connect(self.open_place)
        self.transform, self.domain = ChangeChip(), ChangeChip()
        self._arrange()
        self.transform.clicked.connect(lambda: session.set_transform(0.0, 1.0, (0.0, 0.0)))
        self.domain.clicked.connect(lambda: session.set_bounds(session.domain))
        thumbnails.arrived.connect(self.button.update)
        for signal in (
            session.formula_changed,
            session.landscape_named,
            session.transform_changed,
            session.bounds_changed,
        ):
            signal.connect(self._follow)
        session.start_changed.connect(self._show_place)
        self._follow()

    def _arrange(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(GAP_PX)
        for tool in (
            IconButton("previous", "Previous landscape (Ctrl+PgUp)", lambda: self.go_on(-1)),
            IconButton("next", "Next landscape (Ctrl+PgDown)", lambda: self.go_on(1)),
            IconButton("surprise", "Surprise me: a random landscape (Ctrl+Shift+O)", self.surprise),
            IconButton("keep", "Save this landscape ... (Ctrl+Shift+L)", self.open_form),
            self.turn,
        ):
            tools.addWidget(tool)
        tools.addStretch(1)
        self.tools = tools
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_PX)
        layout.addWidget(self.button)
        layout.addLayout(tools)
        layout.addLayout(self._changes())
        layout.addStretch(1)

    def _changes(self) -> QHBoxLayout:
        """Return the row of what start and domain are, and what was changed: its height is always the same."""
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        self.place.setFixedHeight(HEIGHT_PX)
        self.place.setMinimumWidth(PLACE_PX)
        row.addWidget(self.place, 1)
        for chip in (self.transform, self.domain):
            row.addWidget(chip)
        return row

    def show_state(self, state: FormulaState) -> None:
        """Keep the runner's result for the formula, which is needed to save it."""
        self._state = state

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.theme = theme
        self._follow()

    @property
    def callbacks(self) -> Mapping[str, Callable[[], object]]:
        """What the entries of the menus do about landscapes, by their names."""
        return {
            "pick": self.open_picker,
            "next": partial(self.go_on, 1),
            "previous": partial(self.go_on, -1),
            "surprise": self.surprise,
            "save": self.open_form,
            "transform": self.open_transform,
            "numbers": self.open_place,
        }

    def open_picker(self) -> LandscapePicker:
        """Open the panel of all landscapes, and return it."""
        if self._picker is None:
            from gui.landscape.picker import LandscapePicker

            self._picker = LandscapePicker(
                self.button, self._session, self._library, self._thumbnails, lambda: self.theme
            )
            self._picker.chosen.connect(self._session.choose)
            self._picker.surprise_asked.connect(self.surprise)
        self._picker.open_at(self._session.landscape)
        return self._picker

    def open_transform(self) -> TransformPopover:
        """Open the sliders of the transform, and return them."""
        # The owner is the whole bar, so that the popover covers neither its chips nor the contour view.
        popover = TransformPopover(self, self._session)
        popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popover.open(popover.sliders["angle"].slider)
        return popover

    def open_place(self) -> PlacePopover:
        """Open the fields of the start and the domain, and return them."""
        popover = PlacePopover(self, self._session)
        popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popover.open(popover.start[0])
        return popover

    def open_form(self) -> LandscapeForm | None:
        """Open the form that saves the present landscape, and return it; None where the landscape cannot be saved."""
        if self._state is None or self._state.error is not None:
            self.refused.emit("Only a formula without a mistake can be saved.")
            return None
        if self._session.function is not None:
            self.refused.emit("A function is kept in its own file; only a formula can be saved here.")
            return None
        name, known = self._session.landscape, self._library.find(self._session.landscape)
        saved = name if known is not None and self._library.is_saved(known) else ""
        form = LandscapeForm(
            self.button, "SAVE THIS LANDSCAPE", saved, known.note if saved and known is not None else "",
            lambda text: self._library.mistake_in_name(text, besides=saved),
        )  # fmt: skip
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.written.connect(self._save)
        form.open(form.name)
        return form

    def go_on(self, way: int) -> None:
        """Choose the next landscape, or with `way` -1 the previous one."""
        self._session.choose(self._library.neighbour(self._session.landscape, way))

    def surprise(self) -> None:
        """Choose a landscape at random."""
        self._session.choose(self._library.surprise(besides=self._session.landscape))

    def _save(self, name: str, note: str) -> None:
        session = self._session
        names = self._state.parameters if self._state is not None else {}
        parameters = {each: session.parameters.get(each, value) for each, value in names.items()}
        ranges = {each: ends for each, ends in session.parameter_ranges.items() if each in names}
        self._library.save(SavedLandscape(
            name, session.formula, session.bounds, tuple(session.minima), session.formula_start, SAVED, parameters,
            ranges, note, data=session.data, transform=session.transform, height=session.height,
        ))  # fmt: skip
        session.name_landscape(name)

    def _picture(self) -> QPixmap | None:
        known = self._library.find(self._session.landscape)
        return self._thumbnails.picture(known, self.theme) if known is not None else None

    def _follow(self) -> None:
        """Show the name of the landscape, and chips for its transform and domain."""
        session = self._session
        known = self._library.find(session.landscape)
        if known is not None:
            self._thumbnails.want([known], self.theme)
        name = session.landscape or (UNNAMED if session.function is None else session.function.name)
        self.button.setText(name)
        # The name stands in the tooltip too, because the button may cut it off.
        self.button.setToolTip(f"{name}\nPick a landscape (Ctrl+P)")
        self.button.setAccessibleName(f"Landscape: {name}")
        self._show_place()
        transform, other = transform_text(session.transform), session.bounds != session.domain
        self.transform.show_change(transform, "Turned, stretched or shifted: click to undo")
        self.domain.show_change("other domain" if other else "", "Click to restore the landscape's own domain")
        share_width((self.transform, self.domain), WIDTH_PX - PLACE_PX - 2 * GAP_PX)

    def _show_place(self) -> None:
        start, domain = start_text(self._session.start), domain_text(self._session.bounds)
        self.place.setText(f"{start} · domain ...")
        self.place.setAccessibleName(f"{start}, {domain}")
        self.place.setToolTip(
            f"{start}, {domain}\nType other numbers (Ctrl+Shift+G); Ctrl and click in a view places the start"
        )
