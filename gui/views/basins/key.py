"""The key beneath a basin map: which colour is which minimum, after how many steps, and how far the map is."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.look.theme import SPACING_PX, Theme
from gui.views.basins.colours import DIVERGED, MOVING
from gui.views.basins.painting import KeyRow, MapImage
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.icon_button import IconButton
from gui.widgets.numbers.number_field import NumberField

MOST_ROWS = 8
"""Minima that are named; of the others the key gives the number."""
STEPS_PX, CLOSE_PX = 72, 22
BRIGHTER = "{} starts there. Brighter: sooner."
CLICKS = {True: "A click", False: "Ctrl+click"}
"""What places the start on a map, by whether it lies over the contour view; in 3-D alone a click turns the block."""
STILL_MOVING, AT_REST, AT_NO_MINIMUM = "still&nbsp;moving", "at&nbsp;rest&nbsp;elsewhere", "at&nbsp;no&nbsp;minimum"
RESTING = "{} of all starts are at rest where no minimum is; the others at none still move."
NONE_REACHED = "No start has settled at a minimum after so many steps."


class BasinKey(QWidget):
    """The key.

    `steps_entered` is emitted with the steps that a person typed, `closed` when the map is to go away.
    """

    steps_entered = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme, most_steps: int) -> None:
        super().__init__()
        self.setAccessibleName("Key of the basin map")
        self._theme = theme
        self.words, self.remark, self.message, self.progress = (QLabel() for _ in range(4))
        self.hint = ElidedLabel("")
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.message.setObjectName("error")
        for label in (self.words, self.remark, self.message):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for label in (self.progress, self.hint, self.remark):
            label.setObjectName("muted")
        self.steps = NumberField("Steps of the basin map", STEPS_PX, "{:.0f}".format, whole=True,
                                 limits=lambda: (1.0, float(most_steps)))  # fmt: skip
        self.steps.setToolTip(f"How many steps are made from every start, 1 to {most_steps:,}")
        self.steps.entered.connect(lambda steps: self.steps_entered.emit(int(steps)))
        self.steps.refused.connect(self.show_message)
        self.close_button = IconButton("close", "Close the basin map", self.closed.emit, size=CLOSE_PX)
        self._lay_out()
        for label in (self.remark, self.message):
            label.hide()

    def _lay_out(self) -> None:
        after, unit = QLabel("after"), QLabel("steps")
        row = QHBoxLayout()
        row.setSpacing(SPACING_PX)
        row.addWidget(self.hint, 1)
        for widget in (self.progress, after, self.steps, unit, self.close_button):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        for label in (after, unit):
            label.setObjectName("muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING_PX, 2, SPACING_PX, 2)
        layout.setSpacing(0)
        for part in (self.words, self.remark, self.message):
            layout.addWidget(part)
        layout.addLayout(row)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme

    def show_maps(self, images: Sequence[MapImage], remarks: str = "", from_above: bool = True) -> None:
        """Explain the colours of these maps.

        Parameters
        ----------
        images : sequence of MapImage
            One for each panel; where there is one alone, its shares of starts are given.
        remarks : str
            On all of them.
        from_above : bool
            Whether they lie over the contour view.
        """
        rows = max((image.key for image in images), key=len, default=())
        if len(images) == 1:
            # A minimum of another racer's map that this one does not reach is not among its colours.
            rows = tuple(row for row in rows if row.share > 0.0)
        alone = len(images) == 1
        named = [self._row(row, alone) for row in rows[:MOST_ROWS]]
        if len(rows) > MOST_ROWS:
            named.append(f"and {len(rows) - MOST_ROWS} more minima")
        moves, rests = any(image.moving > image.resting for image in images), any(image.resting for image in images)
        elsewhere = (AT_NO_MINIMUM if moves else AT_REST) if rests else STILL_MOVING
        flat = (
            ("diverged", DIVERGED, [image.diverged for image in images]),
            (elsewhere, MOVING, [image.moving for image in images]),
        )
        for name, colour, shares in flat:
            if any(shares):
                named.append(_square(colour[self._theme.name]) + name + (_share(shares[0]) if alone else ""))
        reached = any(row.share for image in images for row in image.key)
        self.hint.setText(BRIGHTER.format(CLICKS[from_above]) if reached else NONE_REACHED)
        self.words.setText("&nbsp; ".join(named))
        if alone and moves and rests:
            remarks = f"{RESTING.format(_percent(images[0].resting))} {remarks}".strip()
        self.remark.setText(remarks)
        self.remark.setVisible(bool(remarks))

    def show_progress(self, words: str) -> None:
        """Say how far the map is; "" once it is finished."""
        self.progress.setText(words)

    def show_message(self, sentence: str) -> None:
        """Say why there is no map, or what is wrong with the steps; "" takes it back."""
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
        self.updateGeometry()

    def _row(self, row: KeyRow, alone: bool) -> str:
        x, y = row.place
        return f"{_square(row.colour)}({_number(x)},&nbsp;{_number(y)}){_share(row.share) if alone else ''}"


def _square(colour: str) -> str:
    return f'<span style="color:{colour}">■</span>&nbsp;'


def _share(share: float) -> str:
    """Return a share of all starts behind its colour; one that is no whole percent is not 0 %."""
    return "&nbsp;" + html.escape(_percent(share)).replace(" ", "&nbsp;")


def _percent(share: float) -> str:
    return f"{'<1' if share < 0.01 else f'{100.0 * share:.0f}'} %"


def _number(value: float) -> str:
    return f"{value + 0.0:.3g}".replace("-", "−")
