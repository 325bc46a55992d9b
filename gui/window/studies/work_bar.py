"""The line of a study: a bar that says how far it is, and the button that begins and stops it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from gui.window.studies.study_work import StudyWork

BAR_PX, STOP = 4, "Stop"


class WorkBar(QWidget):
    """A progress bar with words and a button.

    Parameters
    ----------
    word : str
        What the button says while nothing is under way.
    unit : str
        What the progress counts.
    """

    def __init__(self, work: StudyWork, word: str, unit: str) -> None:
        super().__init__()
        self._work, self._word, self._unit = work, word, unit
        self.button, self.bar, self.words = QPushButton(word), QProgressBar(), QLabel()
        self.button.setObjectName("accent")
        self.button.setAutoDefault(False)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(BAR_PX)
        # Nothing moves when it is shown.
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.words.setObjectName("muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget, stretch in ((self.button, 0), (self.bar, 1), (self.words, 0)):
            layout.addWidget(widget, stretch)
        work.progressed.connect(self.show_progress)
        work.finished.connect(lambda _: self.show_rest())
        work.failed.connect(lambda _: self.show_rest())
        self.show_rest()

    def show_work(self) -> None:
        """Show that the work has begun."""
        self.button.setText(STOP)
        self.bar.setRange(0, 0)
        self.bar.show()
        self.words.setText("")

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.words.setText(f"{done:,} of {total:,} {self._unit}")

    def show_rest(self) -> None:
        """Show that nothing is under way."""
        self.button.setText(self._word)
        self.words.setText("")
        self.bar.setRange(0, 1)
        self.bar.hide()
