"""Brackets and bars: what is open, and what is said where one is left without its partner."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager

from engine.language.errors import FormulaError
from engine.language.syntax.cursor import Cursor
from engine.language.syntax.suggestions import CONTINUED
from engine.language.syntax.tokens import Token
from engine.language.syntax.tree import Call, Expression


class Brackets(Cursor):
    """A cursor that reads what stands in brackets or between bars."""

    _opened: tuple[Token, ...] = ()
    """Brackets and bars that are open here."""

    @abstractmethod
    def expression(self) -> Expression:
        """Return the longest expression that begins here."""

    @abstractmethod
    def _beyond_operand(self, at: int) -> int:
        """Return the index behind the number, name, call, brackets or bars that begin at token `at`."""

    @abstractmethod
    def _beyond_factor(self, at: int) -> int:
        """Return the index behind the operand that begins at token `at` and its power."""

    @abstractmethod
    def _factor_at(self, at: int) -> bool:
        """Tell whether a factor that is multiplied without a sign begins at token `at`."""

    @property
    def _bar_closes(self) -> bool:
        """Whether a ``|`` here would close one rather than open one."""
        return bool(self._opened) and self._opened[-1].text == "|"

    def _bracketed(self, opening: Token) -> Expression:
        with self._open(opening):
            inside = self.expression()
            self._close(opening, ")")
        return inside

    def _between_bars(self, opening: Token) -> Call:
        self._refuse_lone_bar(opening)
        with self._open(opening):
            inside = self.expression()
            self._close(opening, "|")
        return Call("abs", (inside,), opening.start, self._before.end)

    @contextmanager
    def _open(self, opening: Token) -> Iterator[None]:
        """Count `opening` among what is open."""
        outer = self._opened
        self._opened = (*outer, opening)
        yield
        self._opened = outer

    def _close(self, opening: Token, closing: str) -> None:
        if self._accept(closing):
            return
        bar_cut_short = closing == "|" and self._now.text == ")"
        if not self._finished and not bar_cut_short:
            raise self._unexpected(self._now)
        raise not_closed(opening)

    def _refuse_lone_bar(self, token: Token) -> None:
        """Refuse the last bar of ``|2|x||``, where the second one has closed the first, and that of ``|x + (y|``."""
        if not self._finished and self._now.text not in (")", ","):
            return
        if self._finished and [opened.text for opened in self._opened[-2:]] == ["|", "("]:
            raise not_closed(self._opened[-1])
        before = [earlier.text for earlier in self._tokens[: self._at - 1]]
        if "|" in before and before[-1] not in CONTINUED:
            hint = "Write `*` before a `|` that opens within bars: `|2*|x||`."
            raise FormulaError("This `|` is left without another.", token.start, token.end, hint)


def not_closed(opening: Token) -> FormulaError:
    """Return the error for a bracket or bar without its partner."""
    partner = ")" if opening.text == "(" else "|"
    return FormulaError(f"This `{opening.text}` is not closed.", opening.start, opening.end, f"Add `{partner}`.")
