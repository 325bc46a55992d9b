"""The dialog that asks what a picture shows and how large it is, with a preview of just that picture."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.session.picture_choice import (
    AS_SHOWN,
    LARGEST_PX,
    PICTURE_THEMES,
    PICTURE_VIEWS,
    SCALES,
    SMALLEST_PX,
    PictureChoice,
)
from gui.widgets.numbers.number_field import NumberField
from gui.widgets.segments import Segments
from gui.widgets.text_button import TextButton
from gui.window.picture.maker import PictureMaker
from gui.window.picture.moment import PictureError

PREVIEW_SIZE, PREVIEW_PIXELS = QSize(560, 315), 1_600_000
"""The room for the preview, and the most pixels of the image that is shrunk to it."""
MARGIN_PX, GAP_PX, FIELD_PX = 16, 10, 64
SOON_MS = 0
"""Until what is drawn is begun: the dialog shows first that it is at work."""
PRESETS = {AS_SHOWN: None, "1280 × 720": (1280, 720), "1920 × 1080": (1920, 1080), "3840 × 2160": (3840, 2160)}
VIEW_TIPS = {
    "map": "The landscape from above", "3-D": "The landscape as a block", "both": "The 3-D view beside the map",
    "chart": "The losses and what is drawn beneath them", "window": "The whole window",
}  # fmt: skip
SCALE_TIPS = {
    f"{scale}×": f"Texts and lines {scale} times as large" if scale > 1 else "Texts and lines as in the window"
    for scale in SCALES
}
DRAWING, NO_PREVIEW = "Drawing ...", "No preview"


class PictureDialog(QDialog):
    """Asks for a picture of a moment.

    Attributes
    ----------
    save_asked, copy_asked : signal of QImage
        The picture is to be saved, or copied.
    moment_asked : signal
        The picture is to show the race as it is now.
    """

    save_asked = Signal(QImage)
    copy_asked = Signal(QImage)
    moment_asked = Signal()

    def __init__(self, parent: QWidget, choice: PictureChoice) -> None:
        super().__init__(parent)
        self.setWindowTitle("Save a picture")
        self.choice = choice
        self._maker: PictureMaker | None = None
        self._waiting: list[QPushButton] = []
        self._make_controls()
        self._make_words()
        self._arrange()
        self._begin = QTimer(self, singleShot=True, interval=SOON_MS)
        self._begin.timeout.connect(self._draw)
        self._show_choice()
        self.save.setFocus()

    def _make_controls(self) -> None:
        choice = self.choice
        self.views = Segments("View", {view: VIEW_TIPS[view] for view in PICTURE_VIEWS}, choice.view)
        self.sizes = Segments("Size", {name: f"{name} pixels" for name in PRESETS}, "")
        self.sizes.set_tip(AS_SHOWN, "As large as it is in the window, times the scale")
        limits = (float(SMALLEST_PX), float(LARGEST_PX))
        self.sides = tuple(
            NumberField(f"The {side}", FIELD_PX, "{:.0f}".format, whole=True, limits=lambda: limits, unit="pixels")
            for side in ("width", "height")
        )
        self.scales = Segments("Scale", SCALE_TIPS, f"{choice.scale}×")
        self.themes = Segments("Theme", {theme: f"The colours: {theme}" for theme in PICTURE_THEMES}, choice.theme)
        self.views.chosen.connect(lambda view: self._choose(view=view))
        self.sizes.chosen.connect(lambda name: self._choose(size=PRESETS[name]))
        self.scales.chosen.connect(lambda word: self._choose(scale=int(word.removesuffix("×"))))
        self.themes.chosen.connect(lambda theme: self._choose(theme=theme))
        for field in self.sides:
            field.entered.connect(self._take_sides)
            field.refused.connect(self.say)
        self.save, self.copy, self.cancel = QPushButton("Save ..."), QPushButton("Copy"), QPushButton("Cancel")
        self.save.setObjectName("accent")
        self.save.setDefault(True)
        self.copy.setToolTip("Copy the picture, to be pasted elsewhere")
        self.cancel.clicked.connect(self.reject)
        for button in (self.save, self.copy):
            button.clicked.connect(lambda *_, button=button: self._press(button))

    def _make_words(self) -> None:
        self.preview, self.caption, self.message = QLabel(), QLabel(), QLabel()
        self.preview.setFixedSize(PREVIEW_SIZE)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setFrameShape(QFrame.Shape.NoFrame)
        self.preview.setAccessibleName("Preview")
        for words in (self.preview, self.caption):
            words.setObjectName("muted")
        self.message.setObjectName("error")
        self.message.setWordWrap(True)
        self.newest = TextButton("Take the present step", "offer")
        self.newest.setToolTip("The picture shows the step at which it was asked for; the race goes on meanwhile")
        self.newest.clicked.connect(self.moment_asked)
        self.newest.hide()
        # Nothing moves when it is offered.
        policy = self.newest.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.newest.setSizePolicy(policy)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        layout.setSpacing(GAP_PX)
        layout.addWidget(self.preview)
        below = QHBoxLayout()
        below.addWidget(self.caption)
        below.addStretch()
        below.addWidget(self.newest)
        layout.addLayout(below)
        grid = QGridLayout()
        grid.setVerticalSpacing(GAP_PX)
        grid.setColumnStretch(1, 1)
        rows = (("View", self.views), ("Size", self.sizes), ("", self._own_size()), ("Scale", self.scales),
                ("Theme", self.themes))  # fmt: skip
        for row, (name, control) in enumerate(rows):
            grid.addWidget(QLabel(name), row, 0)
            grid.addWidget(control, row, 1, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(grid)
        layout.addWidget(self.message)
        buttons = QHBoxLayout()
        buttons.addStretch()
        for button in (self.cancel, self.copy, self.save):
            buttons.addWidget(button)
        layout.addLayout(buttons)

    def _own_size(self) -> QWidget:
        """Return the row of the fields for width and height."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        width, height = self.sides
        for part in (width, QLabel("×"), height, QLabel("pixels")):
            row.addWidget(part)
        return holder

    @property
    def step(self) -> int:
        """The step that the picture shows."""
        return self._maker.moment.frame.step if self._maker is not None else 0

    def show_maker(self, maker: PictureMaker) -> None:
        """Show pictures of another moment."""
        self.end()
        self._maker = maker
        maker.drawn.connect(self._show_drawn)
        self._draw_soon()

    def offer_newest(self, offered: bool) -> None:
        """Offer to show the race as it is now, or offer it no longer."""
        self.newest.setVisible(offered)

    def say(self, sentence: str, kind: str = "error") -> None:
        """Say what went wrong, or with "good" what was done."""
        if self.message.objectName() != kind:
            self.message.setObjectName(kind)
            self.message.style().polish(self.message)
        self.message.setText(sentence)

    def end(self) -> None:
        """End what draws."""
        if self._maker is not None:
            self._maker.end()
            self._maker.deleteLater()
        self._maker = None

    def done(self, result: int) -> None:
        """Close the dialog, and end what draws."""
        self._begin.stop()
        self.end()
        super().done(result)

    def _choose(self, **changes: object) -> None:
        self.choice = replace(self.choice, **changes)  # type: ignore[arg-type]
        self._show_choice()
        self._draw_soon()

    def _take_sides(self) -> None:
        width, height = (round(field.value) for field in self.sides)
        self._choose(size=(width, height))

    def _show_choice(self) -> None:
        choice = self.choice
        names = [name for name, size in PRESETS.items() if size == choice.size]
        self.views.show_choice(choice.view)
        self.sizes.show_choice(names[0] if names else "")
        self.scales.show_choice(f"{choice.scale}×")
        self.themes.show_choice(choice.theme)
        for field, side in zip(self.sides, choice.size or (), strict=False):
            field.show_value(side)

    def _draw_soon(self) -> None:
        self.say("")
        self._waiting = []
        self._allow(True)
        self._show_work(True)
        self._begin.start()

    def _show_work(self, works: bool) -> None:
        """Show that the picture is being drawn; what was drawn before stays in sight."""
        self.caption.setText(DRAWING if works else "")

    def _allow(self, allowed: bool) -> None:
        """Let the picture be saved and copied, or not."""
        for button in (self.save, self.copy):
            button.setEnabled(allowed)

    def _draw(self) -> None:
        try:
            if self._maker is not None:
                self._maker.draw(self.choice)
        except PictureError as error:
            self._refuse(str(error))

    def _refuse(self, sentence: str) -> None:
        """Show no picture, and say why there is none."""
        self._show_work(False)
        self._waiting = []
        self._allow(False)
        self.preview.setText(NO_PREVIEW)
        self.say(sentence)

    def _show_drawn(self) -> None:
        image = self._image(PREVIEW_PIXELS)
        if image is None or self._maker is None:
            return
        pixels = self._maker.pixels
        if self.choice.size is None:
            for field, side in zip(self.sides, pixels.toTuple(), strict=True):
                field.show_value(side)
        self._show_work(False)
        self.caption.setText(f"Step {self.step:,} · {pixels.width()} × {pixels.height()} pixels")
        ratio = self.devicePixelRatioF()
        shrunk = image.scaled(
            PREVIEW_SIZE * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        shrunk.setDevicePixelRatio(ratio)
        self.preview.setPixmap(QPixmap.fromImage(shrunk))
        for button in self._waiting:
            self._press(button)

    def _image(self, *most_pixels: float) -> QImage | None:
        """Return the picture, or say why there is none."""
        try:
            return self._maker.image(*most_pixels) if self._maker is not None else None
        except PictureError as error:
            self._refuse(str(error))
            return None

    def _press(self, button: QPushButton) -> None:
        """Give the whole picture on, once it is drawn."""
        if self._begin.isActive() or self._maker is None or not self._maker.is_drawn:
            self._waiting = [button]
            return
        self._waiting = []
        image = self._image()
        if image is not None:
            (self.save_asked if button is self.save else self.copy_asked).emit(image)
