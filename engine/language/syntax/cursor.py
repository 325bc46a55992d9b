"""Reads the tokens of one line one after another, and holds the limits of what it may contain."""

from __future__ import annotations

from engine.language.errors import MOST_TOLD, FormulaError
from engine.language.syntax.names import Scope
from engine.language.syntax.suggestions import LONGEST_SHOWN, misfit, shown
from engine.language.syntax.tokens import Token, is_root_sign
from engine.language.syntax.tree import Call, Expression

DEEPEST_NESTING = 50
"""Brackets within brackets: more is a slip of the keyboard, and Python's stack is finite."""

MOST_OPERATIONS = 10_000
"""Operations in one line: more would be long to read; what they cost is for the graph to say."""


class Cursor:
    """The tokens of one line, and how far they are read.

    Attributes
    ----------
    scope : Scope
        What the names of the text mean.
    local : set of str
        The names that mean something only here: the parameters of a function, the index of a sum.
    errors : list of FormulaError
        Mistakes that did not keep the rest of the line from being read.
    """

    def __init__(self, tokens: list[Token], scope: Scope) -> None:
        last = tokens[-1]
        self._tokens = tokens if last.kind in ("stop", "end") else [*tokens, Token("stop", "", last.end, last.end)]
        self._at = 0
        self._depth = 0
        self._operations = 0
        self.scope = scope
        self.local: set[str] = set()
        self.errors: list[FormulaError] = []

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    @property
    def _before(self) -> Token:
        return self._tokens[max(self._at - 1, 0)]

    @property
    def _finished(self) -> bool:
        return self._now.kind in ("stop", "end")

    @property
    def _glued(self) -> bool:
        """Whether the next token follows without a space."""
        return self._now.start == self._before.end

    def _take(self) -> Token:
        token = self._now
        self._at += not self._finished
        return token

    def _accept(self, text: str) -> bool:
        found = self._now.text == text and self._now.kind in ("symbol", "name")
        self._at += found
        return found

    def _written(self, first: int, beyond: int) -> str:
        """Return the tokens from `first` up to `beyond` as a text that a message can hold."""
        # More tokens than that would not be shown.
        return shown(self._text(first, min(beyond, first + LONGEST_SHOWN + 1)))

    def _text(self, first: int, beyond: int) -> str:
        """Return the tokens from `first` up to `beyond` as a text that is read alike."""
        pieces: list[str] = []
        for at, token in enumerate(self._tokens[first:beyond], first):
            apart = at > first and token.start > self._tokens[at - 1].end
            # Only two words, or numbers, would be read as one.
            if apart and {token.kind, self._tokens[at - 1].kind} <= {"name", "number"}:
                pieces.append(" ")
            pieces.append("√" if is_root_sign(token) else token.text)
        return "".join(pieces)

    def _beyond_pair(self, at: int) -> int:
        """Return the index behind the bracket or bar that closes the one at `at`, or behind that one itself."""
        opening, depth = self._tokens[at].text, 0
        for place in range(at, len(self._tokens)):
            text = self._tokens[place].text
            depth += (text == "(") - (text == ")")
            if depth < 0:
                break
            if depth == 0 and (opening == "(" or (text == "|" and place > at)):
                return place + 1
        return at + 1

    def _tell(self, error: FormulaError | None) -> None:
        """Keep an error and go on, unless there are enough."""
        if error is not None:
            if len(self.errors) == MOST_TOLD - 1:
                raise error
            self.errors.append(error)

    def _call(self, function: str, *arguments: Expression) -> Call:
        """Return the call of an operator, counted."""
        start, end = arguments[0].start, arguments[-1].end
        self._count(1, start, end)
        return Call(function, arguments, start, end)

    def _count(self, operations: int, start: int, end: int) -> None:
        self._operations += operations
        if self._operations > MOST_OPERATIONS:
            message = f"The formula is too long: {MOST_OPERATIONS:,} operations are the most."
            raise FormulaError(message, start, end)

    def _enter(self, token: Token) -> None:
        self._depth += 1
        if self._depth > DEEPEST_NESTING:
            message = f"This is nested too deeply: {DEEPEST_NESTING} levels are the most."
            raise FormulaError(message, token.start, token.end, "Define a part of it on a line of its own.")

    def _leave(self) -> None:
        self._depth -= 1

    def _unexpected(self, token: Token) -> FormulaError:
        if token.kind in ("stop", "end"):
            hint = "Add a number, name or bracket."
            return FormulaError("Something is missing at the end.", token.start, token.end, hint)
        at = next(at for at, other in enumerate(self._tokens) if other is token)
        return FormulaError(
            f"`{shown(token.text)}` does not fit here.", token.start, token.end, misfit(self._tokens, at)
        )
