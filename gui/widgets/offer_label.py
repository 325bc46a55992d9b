"""A message about a text in which the proposed replacements are links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from html import escape as html_escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel

from engine.language.errors import FormulaError, Replacement

escape = partial(html_escape, quote=False)
"""Quotes stay as they are: no text stands in an attribute."""
CODE = re.compile('"([^"]+)"')
"""A piece of the person's text within a sentence."""
CUT = "…"
"""The sign with which a sentence ends a long text of which it shows only the beginning."""


class OfferLabel(QLabel):
    """A message.  `sentence` is its plain text; `chosen` is emitted with the `Replacement` that was clicked."""

    chosen = Signal(object)

    def __init__(self, kind: str, name: str) -> None:
        super().__init__()
        self.setObjectName(kind)
        self.setAccessibleName(name)
        self.sentence = ""
        self._offered: Sequence[Replacement] = ()
        # If Tab reached the links, it would not lead on to the next control.
        self.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        self.linkActivated.connect(lambda number: self.chosen.emit(self._offered[int(number)]))

    def show_message(self, sentence: str, offered: Sequence[Replacement] = ()) -> None:
        """Show a sentence, in which the texts of `offered` stand within quotes."""
        self.sentence, self._offered = sentence, offered
        self.setTextFormat(Qt.TextFormat.RichText if offered else Qt.TextFormat.PlainText)
        self.setText(linked(sentence, offered) if offered else sentence)
        self.setAccessibleDescription(sentence)


def linked(sentence: str, offered: Sequence[Replacement]) -> str:
    """Return a sentence as rich text in which each offered text is a link whose address is its number."""
    pieces, end, number = list[str](), 0, 0
    for code in CODE.finditer(sentence):
        pieces.append(escape(sentence[end : code.start()]))
        end = code.end()
        if number < len(offered) and _shows(code[1], offered[number].text):
            pieces.append(f'<a href="{number}"><span style="white-space: pre">{escape(code[1])}</span></a>')
            number += 1
        else:
            pieces.append(escape(code.group()))
    return "".join([*pieces, escape(sentence[end:])])


def _shows(code: str, text: str) -> bool:
    """Return whether `code` is `text`, or the beginning of a text that is too long."""
    return code == text or (code.endswith(CUT) and text.startswith(code.removesuffix(CUT)))


def error_summary(errors: Sequence[FormulaError]) -> str:
    """Return the first of `errors` as a sentence with the number of the others; "" where there are none."""
    more = f" ({len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{errors[0]}{more}" if errors else ""
