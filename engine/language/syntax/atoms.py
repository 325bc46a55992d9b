"""What operators join: numbers, names, brackets, roots and functions."""

from __future__ import annotations

import math

from engine.language.errors import FormulaError
from engine.language.functions import CONSTANTS
from engine.language.reductions import REDUCTIONS
from engine.language.syntax.applications import Applications
from engine.language.syntax.glued_names import ARGUMENT, readings
from engine.language.syntax.names import (
    GIVEN_TO_RULES,
    VARIABLES,
    WORDS,
    check_foreign,
    function_named,
    is_factor,
    misnamed,
    misnamed_after_number,
)
from engine.language.syntax.suggestions import two_meanings
from engine.language.syntax.tokens import SUPERSCRIPTS, Token, is_root_sign
from engine.language.syntax.tree import Call, Expression, Name, Number


class Atoms(Applications):
    """A cursor that reads one operand."""

    def _atom(self) -> Expression:
        token = self._take()
        if token.kind == "number":
            return self._number(token)
        if token.kind == "name" and token.text not in WORDS:
            return self._named(token)
        if token.text == "(":
            return self._bracketed(token)
        if token.text == "|":
            return self._between_bars(token)
        raise self._unexpected(token)

    def _number(self, token: Token) -> Number:
        value = float(token.text.translate(SUPERSCRIPTS))
        if math.isinf(value):
            raise FormulaError("This number is too large.", token.start, token.end, "The largest is about 1.8e308.")
        if token.kind == "number" and self._now.kind == "name" and self._glued:
            self._tell(misnamed_after_number(token, self._now, self.local))
        return Number(value, token.start, token.end)

    def _named(self, token: Token) -> Expression:
        name, brackets = token.text, self._now.text == "("
        if name in self.local:
            return Name(name, token.start, token.end)
        if name in REDUCTIONS:
            return self._reduced(token, REDUCTIONS[name])
        row = function_named(name, self.scope.rule, bool(self.scope.columns))
        if row is not None and (brackets or not row.letter):
            return self._row_applied(token, row) if brackets or not is_root_sign(token) else self._bare_root(token)
        if brackets and name in self.scope.functions:
            return self._function_applied(token, self.scope.functions[name])
        check_foreign(token, "".join(earlier.text for earlier in self._tokens[max(self._at - 3, 0) : self._at]))
        if brackets and not is_factor(name, self.scope):
            return self._unknown_applied(token)
        self._tell(misnamed(token, self.scope, self.local, self._sign_before()))
        return Name(name, token.start, token.end)

    def _bare_root(self, sign: Token) -> Call:
        """Return ``√x``; how far a root without brackets reaches must be plain."""
        first = self._at
        self._enter(sign)
        under = self._atom()
        self._leave()
        powered = self._now.kind == "power" or self._now.text == "^"
        if self._tokens[first].text not in ("(", "|") and (powered or (self._glued and self._starts_factor())):
            beyond = self._beyond_power(self._at) if powered else self._beyond_factor(self._at)
            inside, more = self._text(first, self._at), self._text(self._at, beyond)
            raise two_meanings(sign.start, self._tokens[beyond - 1].end, f"√({inside}{more})", f"(√{inside}){more}")
        return Call("sqrt", (under,), sign.start, under.end)

    def _starts_factor(self) -> bool:
        """Tell whether a factor begins here that is multiplied without a sign: ``2x``, ``3(x+1)``, ``x y``."""
        return self._factor_at(self._at)

    def _factor_at(self, at: int) -> bool:
        """Tell whether such a factor begins at token `at`."""
        token = self._tokens[at]
        if token.kind == "name":
            return token.text not in WORDS
        return token.text == "(" or (token.text == "|" and not self._bar_closes)

    def _beyond_factor(self, at: int) -> int:
        """Return the index behind the factor that begins at token `at`: an operand with its power."""
        while True:
            while is_root_sign(self._tokens[at]) or self._tokens[at].text in ("+", "-"):
                at += 1
            at = self._beyond_operand(at)
            if self._tokens[at].kind == "power":
                return at + 1
            if self._tokens[at].text != "^":
                return at
            at += 1

    def _beyond_operand(self, at: int) -> int:
        token, after = self._tokens[at], self._tokens[min(at + 1, len(self._tokens) - 1)]
        applied = after.text == "(" and token.kind == "name" and not is_factor(token.text, self.scope)
        if token.text in ("(", "|"):
            return self._beyond_pair(at)
        if applied and token.text not in self.local:
            return self._beyond_pair(at + 1)
        return min(at + 1, len(self._tokens) - 1)

    def _beyond_power(self, at: int) -> int:
        """Return the index behind the power that begins at token `at`."""
        return at + 1 if self._tokens[at].kind == "power" else self._beyond_factor(at + 1)

    def _factor_text(self, at: int, beyond: int) -> str:
        """Return the factor from `at` up to `beyond`: as a product, where it is a name that runs one together."""
        token = self._tokens[at]
        alone = beyond == at + 1 and token.kind == "name" and not is_root_sign(token)
        meant = self._run_together(token) if alone else []
        return meant[0] if meant and ARGUMENT not in meant[0] else self._text(at, beyond)

    def _run_together(self, token: Token) -> list[str]:
        known = {*self.scope.values, *self.local, *(GIVEN_TO_RULES if self.scope.rule else VARIABLES)}
        if token.text in known or token.text in CONSTANTS:
            return []
        return readings(token.text, known, frozenset(self.scope.functions))
