"""The strip beside the views in which a lesson is read, asked, answered and left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gui.look.theme import SPACING_PX
from gui.session.lessons.verdict import Verdict
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.text_button import TextButton
from gui.window.lessons.page import Page
from gui.window.lessons.wrapped_button import WrappedButton
from landscapes.lessons import Lesson

MARGIN_PX, GAP_PX, MARK_PX = 14, 10, 3
WATCH = "Watch the race. It stops before the decisive moment."
RACING, SHOWN = "The race answers ...", "Beside this text is the run that shows it."
TO_QUESTION, TO_END = "Skip to the question", "Skip to the end"
ANSWER_FIRST = "Choose an answer first"
NEXT, NEXT_LESSON, FINISH = "Next", "Next lesson", "Finish"
EXPLORE = "Explore from here"
EXPLORING = (
    "Everything is yours now: formula, racers and their settings. Your own session comes back when the lesson ends."
)
KINDS = {True: "right", False: "wrong", None: "undecided"}
"""The look of a verdict."""


class LessonStrip(QFrame):
    """Shows a page of a lesson; the player says which one.

    Attributes
    ----------
    answered : signal of int
        The number of the answer that was chosen, from 0.
    skipped, explored, left, went_back, went_on : signal
        What was clicked: to the next halt of the race, into the playground, out of the lesson, a page back, a page on.
    """

    answered = Signal(int)
    skipped = Signal()
    explored = Signal()
    left = Signal()
    went_back = Signal()
    went_on = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lesson")
        self.setAccessibleName("Lesson")
        self.answers: list[WrappedButton] = []
        self.slider: QWidget | None = None
        self._make_labels()
        self._make_buttons()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, SPACING_PX, 1, SPACING_PX)
        layout.addLayout(self._head())
        layout.addWidget(self._body(), 1)
        layout.addLayout(self._foot())

    def _make_labels(self) -> None:
        self.place, self.title = ElidedLabel(), _words("title")
        self.place.setObjectName("heading")
        self.text, self.hint, self.question = _words(), _words("muted"), _words("question")
        self.news, self.reply, self.slider_text, self.feedback = _words("muted"), _words(), _words(), _words("good")
        self.afterwards, self.sources = _words(), _words("muted")
        self.sources.setTextFormat(Qt.TextFormat.RichText)
        self.sources.setOpenExternalLinks(True)

    def _make_buttons(self) -> None:
        self.close_button = TextButton("✕", "flat")
        self.close_button.setAccessibleName("End the lesson")
        self.close_button.setToolTip("End the lesson; your own session comes back")
        self.skip, self.explore = QPushButton(TO_QUESTION), QPushButton(EXPLORE)
        self.back, self.next = QPushButton("Back"), QPushButton(NEXT)
        for button, signal in (
            (self.close_button, self.left),
            (self.skip, self.skipped),
            (self.explore, self.explored),
            (self.back, self.went_back),
            (self.next, self.went_on),
        ):
            button.clicked.connect(lambda *_, signal=signal: signal.emit())
        self.next.setObjectName("accent")

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN_PX, 0, SPACING_PX, 0)
        head.addWidget(self.place, 1)
        head.addWidget(self.close_button)
        return head

    def _body(self) -> QScrollArea:
        """Return what scrolls where the window is low."""
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 0)
        self._column.setSpacing(GAP_PX)
        before = (self.title, self.text, self.hint, self.question)
        self._replied = self._reply_row()
        replied = (self._replied, self.news, self.slider_text, self.feedback, self.afterwards)
        after = (*replied, self.explore, self.skip, self.sources)
        for widget in (*before, *after):
            self._column.addWidget(widget)
        self._column.addStretch()
        self.area = QScrollArea(widgetResizable=True)
        self.area.setObjectName("page")
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(page)
        return self.area

    def _reply_row(self) -> QWidget:
        """Return the reply beside a bar that says by its colour whether the answer is right."""
        row, self.mark = QWidget(), QFrame()
        self.mark.setFixedWidth(MARK_PX)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.mark, self.reply):
            layout.addWidget(widget)
        return row

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(MARGIN_PX, SPACING_PX, MARGIN_PX, 0)
        foot.addWidget(self.back)
        foot.addStretch()
        foot.addWidget(self.next)
        return foot

    def show_lesson(self, lesson: Lesson, place: str) -> None:
        """Show another lesson."""
        self.place.setText(place.upper())
        self.title.setText(lesson.title)
        self.text.setText(lesson.text)
        self.question.setText(lesson.question)
        self.sources.setText(_linked(lesson.sources))
        for button in self.answers:
            self._column.removeWidget(button)
            button.deleteLater()
        self.answers = [WrappedButton(answer.text) for answer in lesson.answers]
        first = self._column.indexOf(self.question) + 1
        for number, button in enumerate(self.answers):
            button.setCheckable(True)
            button.clicked.connect(lambda *_, number=number: self.answered.emit(number))
            self._column.insertWidget(first + number, button)
        self.put_slider(None)

    def put_slider(self, slider: QWidget | None) -> None:
        """Put the control of the slider beneath its text, in the place of the one before."""
        if self.slider is not None:
            self._column.removeWidget(self.slider)
            self.slider.hide()
            self.slider.deleteLater()
        self.slider = slider
        if slider is not None:
            self._column.insertWidget(self._column.indexOf(self.slider_text) + 1, slider)

    def show_page(self, page: Page, chosen: int | None, is_racing: bool, is_shown: bool, is_last: bool) -> None:
        """Show a page.

        Parameters
        ----------
        chosen : int or None
            The answer that a person chose, from 0.
        is_racing : bool
            Whether the race is on its way to where the page needs it.
        is_shown : bool
            Whether a run of its own shows what the race has answered.
        is_last : bool
            Whether no lesson follows.
        """
        shown: dict[QWidget, bool] = {
            self.text: page <= Page.QUESTION,
            self.hint: page == Page.SCENE,
            self.news: page == Page.REPLY and (is_racing or is_shown),
            self.question: page in (Page.QUESTION, Page.REPLY),
            self._replied: page == Page.REPLY and not is_racing,
            self.slider_text: page == Page.SLIDER,
            self.feedback: page == Page.SLIDER,
            self.afterwards: page == Page.EXPLORE,
            self.explore: page == Page.EXPLORE,
            self.skip: is_racing,
            self.sources: page == Page.EXPLORE,
        }
        if self.slider is not None:
            shown[self.slider] = page == Page.SLIDER
        for widget, visible in shown.items():
            widget.setVisible(visible)
        self.hint.setText(WATCH)
        self.news.setText(RACING if is_racing else SHOWN)
        self.skip.setText(TO_QUESTION if page == Page.SCENE else TO_END)
        self._show_answers(page, chosen)
        self.next.setText(NEXT if page < Page.EXPLORE else FINISH if is_last else NEXT_LESSON)
        self.next.setEnabled(page != Page.QUESTION and not (page == Page.REPLY and is_racing))
        self.next.setToolTip(ANSWER_FIRST if page == Page.QUESTION else "")

    def _show_answers(self, page: Page, chosen: int | None) -> None:
        """Show the answers where they belong to the page; once one is chosen, the others cannot be."""
        for number, button in enumerate(self.answers):
            button.setVisible(page in (Page.QUESTION, Page.REPLY))
            button.setChecked(number == chosen)
            button.setEnabled(page == Page.QUESTION or number == chosen)

    def show_verdict(self, verdict: Verdict) -> None:
        """Show what the race says of the answer."""
        self.mark.setObjectName(KINDS[verdict.right])
        self.mark.style().polish(self.mark)
        self.reply.setText(verdict.text)

    def show_exploring(self, exploring: bool) -> None:
        """Say that the whole playground is open, in the place of the button."""
        self.explore.setEnabled(not exploring)
        self.explore.setText(EXPLORE)
        self.hint.setText(EXPLORING)
        self.hint.setVisible(exploring)


def _words(name: str = "") -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _linked(sources: Sequence[str]) -> str:
    """Return the sources as HTML, each as a link where it ends with an address."""
    lines = []
    for source in sources:
        words, _, address = source.partition(", https://")
        plain = words.replace("&", "&amp;").replace("<", "&lt;")
        lines.append(f'<a href="https://{address}">{plain}</a>' if address else plain)
    return "<br>".join(lines)
