"""A sentence whose offered texts can be clicked, to be put in where the mistake stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel

from engine.language.errors import FormulaError, Replacement

CODE = re.compile("`([^`]+)`")
"""A text within a sentence."""
CUT = "…"
"""What a long text ends in where a sentence shows only its beginning."""


class OfferLabel(QLabel):
    """A line of words.  `sentence` is what was told, and `chosen` tells the `Replacement` that was clicked."""

    chosen = Signal(object)

    def __init__(self, kind: str, name: str) -> None:
        super().__init__()
        self.setObjectName(kind)
        self.setAccessibleName(name)
        self.sentence = ""
        self._offered: Sequence[Replacement] = ()
        # Links that can be reached by keys would take the focus from whoever tabs on.
        self.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        self.linkActivated.connect(lambda number: self.chosen.emit(self._offered[int(number)]))

    def tell(self, sentence: str, offered: Sequence[Replacement] = ()) -> None:
        """Say a sentence, in which the texts of `offered` stand within backticks."""
        self.sentence, self._offered = sentence, offered
        self.setTextFormat(Qt.TextFormat.RichText if offered else Qt.TextFormat.PlainText)
        self.setText(linked(sentence, offered) if offered else sentence)
        self.setAccessibleDescription(sentence)


def linked(sentence: str, offered: Sequence[Replacement]) -> str:
    """Return a sentence as rich text in which each text that is offered is a link with its number."""
    pieces, place, number = list[str](), 0, 0
    for code in CODE.finditer(sentence):
        pieces.append(escape(sentence[place : code.start()]))
        place = code.end()
        if number < len(offered) and _shows(code[1], offered[number].text):
            pieces.append(f'<a href="{number}"><span style="white-space: pre">{escape(code[1])}</span></a>')
            number += 1
        else:
            pieces.append(escape(code.group()))
    return "".join([*pieces, escape(sentence[place:])])


def _shows(code: str, text: str) -> bool:
    """Tell whether `code` is `text`, or the beginning of one that is too long."""
    return code == text or (code.endswith(CUT) and text.startswith(code.removesuffix(CUT)))


def told_together(errors: Sequence[FormulaError]) -> str:
    """Return the first of `errors` as a sentence, and how many more there are; "" where there are none."""
    more = f" ({len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{errors[0]}{more}" if errors else ""
