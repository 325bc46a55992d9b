"""The tokens of one line with the place that the reader has reached, and the limits of what a line may contain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from engine.language.errors import MOST_REPORTED, FormulaError
from engine.language.syntax.names import Scope
from engine.language.syntax.suggestions import misfit, shown
from engine.language.syntax.tokens import Token
from engine.language.syntax.tree import Call, Expression

DEEPEST_NESTING = 50
"""Brackets within brackets: more is a typing mistake, and the reader's recursion must fit Python's stack."""

MOST_OPERATIONS = 10_000
"""Operations in one line, so that reading it stays short; the graph has a limit of its own for what they cost."""


class Cursor:
    """The tokens of one line, and how far they are read.

    Attributes
    ----------
    tokens : list of Token
        Those of the line, the last one of kind ``stop`` or ``end``.
    at : int
        The index of the next token.
    now : Token
        The next token.
    scope : Scope
        What the names of the text mean.
    local : set of str
        The names that have a meaning only here: the parameters of a function, the index of a sum.
    errors : list of FormulaError
        Mistakes that did not keep the rest of the line from being read.
    opened : tuple of Token
        The brackets and bars that are open here, the innermost last.
    call_end : int
        The index of the token behind the last call of a function, -1 before the first.
    decimal_comma : bool
        Whether a comma in that call stood closely between two numbers.
    uneven_commas : bool
        Whether another comma in that call had a space behind it, besides.
    """

    def __init__(self, tokens: list[Token], scope: Scope) -> None:
        last = tokens[-1]
        self.tokens = tokens if last.kind in ("stop", "end") else [*tokens, Token("stop", "", last.end, last.end)]
        self.at = 0
        self.now = self.tokens[0]
        self.scope = scope
        self.local: set[str] = set()
        self.errors: list[FormulaError] = []
        self.opened: tuple[Token, ...] = ()
        self.call_end = -1
        self.decimal_comma = False
        self.uneven_commas = False
        self._depth = 0
        self._operations = 0

    @property
    def before(self) -> Token:
        """The token before the next one; at the beginning the first."""
        return self.tokens[max(self.at - 1, 0)]

    @property
    def finished(self) -> bool:
        """Whether the whole line is read."""
        return self.now.kind in ("stop", "end")

    @property
    def glued(self) -> bool:
        """Whether the next token follows without a space."""
        return self.now.start == self.before.end

    def move_to(self, at: int) -> None:
        """Go on at the token with this index."""
        self.at = at
        self.now = self.tokens[at]

    def take(self) -> Token:
        """Return the next token and step behind it, except behind the last."""
        token = self.now
        if not self.finished:
            self.move_to(self.at + 1)
        return token

    def accept(self, text: str) -> bool:
        """Take the next token if it is this sign or word, and return whether it was."""
        found = self.now.text == text and self.now.kind in ("symbol", "name")
        if found:
            self.move_to(self.at + 1)
        return found

    def record(self, error: FormulaError | None) -> None:
        """Keep an error for the end of the line, or raise it where there are enough."""
        if error is not None:
            if len(self.errors) == MOST_REPORTED - 1:
                raise error
            self.errors.append(error)

    def operator_call(self, function: str, *arguments: Expression) -> Call:
        """Return the call of an operator, counted as an operation."""
        start, end = arguments[0].start, arguments[-1].end
        self.count(1, start, end)
        return Call(function, arguments, start, end)

    def count(self, operations: int, start: int, end: int) -> None:
        """Add to the operations of the line; raise a FormulaError with this place where they are too many."""
        self._operations += operations
        if self._operations > MOST_OPERATIONS:
            message = f"The formula is too long: {MOST_OPERATIONS:,} operations are the most."
            raise FormulaError(message, start, end)

    def enter(self, token: Token) -> None:
        """Go one level deeper; raise a FormulaError at `token` where that is too deep."""
        self._depth += 1
        if self._depth > DEEPEST_NESTING:
            message = f"This is nested too deeply: {DEEPEST_NESTING} levels are the most."
            raise FormulaError(message, token.start, token.end, "Define a part of it on a line of its own.")

    def leave(self) -> None:
        """Leave the level that `enter` has opened."""
        self._depth -= 1

    @property
    def bar_closes(self) -> bool:
        """Whether a ``|`` here would close one rather than open one."""
        return bool(self.opened) and self.opened[-1].text == "|"

    @contextmanager
    def open(self, opening: Token) -> Iterator[None]:
        """Count `opening` among what is open."""
        outer = self.opened
        self.opened = (*outer, opening)
        yield
        self.opened = outer

    def close(self, opening: Token, closing: str) -> None:
        """Take the partner of `opening`; raise a FormulaError where something else stands there."""
        if self.accept(closing):
            return
        bar_cut_short = closing == "|" and self.now.text == ")"
        if not self.finished and not bar_cut_short:
            raise self.unexpected(self.now)
        raise not_closed(opening)

    def unexpected(self, token: Token) -> FormulaError:
        """Return the error for a token that cannot stand where it does."""
        if token.kind in ("stop", "end"):
            hint = "Add a number, name or bracket."
            return FormulaError("Something is missing at the end.", token.start, token.end, hint)
        at = next(at for at, other in enumerate(self.tokens) if other is token)
        message = f'"{shown(token.text)}" does not fit here.'
        return FormulaError(message, token.start, token.end, misfit(self.tokens, at))


def not_closed(opening: Token) -> FormulaError:
    """Return the error for a bracket or bar without its partner."""
    partner = ")" if opening.text == "(" else "|"
    return FormulaError(f'This "{opening.text}" is not closed.', opening.start, opening.end, f'Add "{partner}".')
