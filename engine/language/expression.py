"""One line of a text to a tree, by precedence climbing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Set

from engine.language.errors import FormulaError
from engine.language.functions import FUNCTIONS, Function
from engine.language.names import WORDS, check_assigned, check_free, function_named, is_factor, unknown_function
from engine.language.suggestions import arguments_taken, misfit, shown
from engine.language.tokens import SUPERSCRIPTS, Token
from engine.language.tree import Assignment, Call, Expression, Name, Number

DEEPEST_NESTING = 50
"""Brackets within brackets: more is a slip of the keyboard, and Python's stack is finite."""
MOST_OPERATIONS = 1_000
"""Operations in one line: more would be long to parse; what they cost is for the graph to say."""

COMPARISON, SUM, PRODUCT, SIGN, POWER = range(1, 6)
"""How tightly operators bind; choice, `or`, `and` and `not` are looser."""

BINARY: Mapping[str, tuple[int, str]] = {
    **{row.symbol: (COMPARISON, row.name) for row in FUNCTIONS.values() if row.native.startswith("compare")},
    "+": (SUM, "add"), "-": (SUM, "sub"), "*": (PRODUCT, "mul"), "/": (PRODUCT, "div"),
    "%": (PRODUCT, "mod"), "//": (PRODUCT, "floordiv"), "^": (POWER, "pow"),
}  # fmt: skip

CONTINUED = frozenset({*BINARY, "(", ","})
"""After these a text goes on."""


class Line:
    """The tokens of one line, and how far they are read."""

    def __init__(self, tokens: list[Token], rule: bool, defined: Set[str] = frozenset()) -> None:
        last = tokens[-1]
        self._tokens = tokens if last.kind in ("stop", "end") else [*tokens, Token("stop", "", last.end, last.end)]
        self._at = 0
        self._rule = rule
        self._defined = defined
        self._depth = 0
        self._operations = 0
        self._bars = 0
        self._applications: set[int] = set()

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._now
        self._at += token.kind not in ("stop", "end")
        return token

    def _accept(self, text: str) -> bool:
        found = self._now.text == text and self._now.kind in ("symbol", "name")
        self._at += found
        return found

    def assignment(self) -> Assignment:
        """Return the whole line as ``name = formula``."""
        initial = self._rule and self._now.text == "init" and self._tokens[1].kind == "name" and self._accept("init")
        name = self._take()
        if name.kind != "name" or not self._accept("="):
            raise self._no_assignment(name)
        check_assigned(name)
        return Assignment(name.text, self.whole(), name.start, name.end, initial)

    def _no_assignment(self, first: Token) -> FormulaError:
        """Return the error for a line that should define a name and does not; raise one that is more exact."""
        place = first.start, self._tokens[-1].start
        if self._tokens[-2].text in CONTINUED and not self._rule:
            return FormulaError("This line breaks off.", *place, "Put brackets around what goes on over several lines.")
        if all(token.text != "=" for token in self._tokens):
            self._at = 0
            self.whole()
        if self._rule:
            return FormulaError("This line defines nothing.", *place, "Write `name = formula`.")
        hint = "Every line but the last defines a name: `r = hypot(x, y)`."
        return FormulaError("This line defines nothing.", *place, hint)

    def refuse_assignment(self) -> None:
        """Refuse ``z = ...`` and ``f(x, y) = ...`` where the loss itself is asked for."""
        texts = [token.text for token in self._tokens]
        head = texts[: texts.index("=")] if "=" in texts else []
        if self._tokens[0].kind == "name" and (len(head) == 1 or head[1:] == ["(", "x", ",", "y", ")"]):
            place = self._tokens[0].start, self._tokens[len(head)].end
            raise FormulaError("The last line must be the loss itself.", *place, f"Leave out `{''.join(head)} =`.")

    def whole(self) -> Expression:
        """Return the rest of the line as one expression."""
        tree = self._choice()
        rest = self._now
        if rest.kind not in ("stop", "end"):
            raise self._unexpected(rest)
        return tree

    def _unexpected(self, token: Token) -> FormulaError:
        if token.kind in ("stop", "end"):
            return FormulaError(
                "Something is missing at the end.", token.start, token.end, "Add a number, name or bracket."
            )
        before = [earlier.text for earlier in self._tokens if earlier.start < token.start]
        hint = misfit(token.text, before.count("(") - before.count(")"))
        return FormulaError(f"`{shown(token.text)}` does not fit here.", token.start, token.end, hint)

    def _call(self, function: str, *arguments: Expression) -> Call:
        self._operations += 1
        start, end = arguments[0].start, arguments[-1].end
        if self._operations > MOST_OPERATIONS:
            message = f"The formula is too long: {MOST_OPERATIONS:,} operations are the most."
            raise FormulaError(message, start, end)
        return Call(function, arguments, start, end)

    def _enter(self, token: Token) -> None:
        self._depth += 1
        if self._depth > DEEPEST_NESTING:
            message = f"This is nested too deeply: {DEEPEST_NESTING} levels are the most."
            raise FormulaError(message, token.start, token.end, "Define a part of it on a line of its own.")

    def _choice(self) -> Expression:
        """``a if c else b``, the loosest of all."""
        self._enter(self._now)
        chosen = self._either()
        if self._accept("if"):
            condition = self._either()
            if not self._accept("else"):
                place = self._now.start, self._now.end
                raise FormulaError("This choice lacks its other half.", *place, "Write `a if c else b`.")
            chosen = self._call("where", condition, chosen, self._choice())
        self._depth -= 1
        return chosen

    def _either(self) -> Expression:
        left = self._both()
        while self._accept("or"):
            left = self._call("or", left, self._both())
        return left

    def _both(self) -> Expression:
        left = self._not()
        while self._accept("and"):
            left = self._call("and", left, self._not())
        return left

    def _not(self) -> Expression:
        flips = 0
        while self._accept("not"):
            flips += 1
        result = self._binary(COMPARISON)
        for _ in range(min(flips, 2 + flips % 2)):
            result = self._call("not", result)
        return result

    def _binary(self, loosest: int) -> Expression:
        """Return a chain of operators that bind at least as tightly as `loosest`."""
        left = self._signed()
        while True:
            token = self._now
            if loosest <= PRODUCT and self._starts_factor(token):
                self._refuse_second_brackets(token)
                left = self._call("mul", left, self._power())
                continue
            level, function = BINARY.get(token.text, (0, "")) if token.kind == "symbol" else (0, "")
            if not function or level < loosest:
                return left
            self._take()
            right = self._binary(level + 1)
            left = self._call(function, left, right)
            if level == COMPARISON and BINARY.get(self._now.text, (0, ""))[0] == COMPARISON:
                place = self._now.start, self._now.end
                raise FormulaError("Compare two things at a time.", *place, "Write `a < b and b < c`.")

    def _refuse_second_brackets(self, token: Token) -> None:
        """Refuse ``sin(x)(y)``: a product to one reader, a slip to the next."""
        if token.text == "(" and self._at - 1 in self._applications:
            raise FormulaError("This may mean two things.", token.start, token.end, "To multiply, write `*` before it.")

    def _starts_factor(self, token: Token) -> bool:
        """Tell whether `token` begins a factor that is multiplied without a sign: ``2x``, ``3(x+1)``, ``x y``."""
        if token.kind == "number":
            return self._tokens[self._at - 1].text == ")" or self._tokens[self._at - 1].kind == "name"
        if token.kind == "name":
            return token.text not in WORDS
        return token.text == "(" or (token.text == "|" and self._bars == 0)

    def _signed(self) -> Expression:
        """Signs bind more loosely than powers: ``-x^2`` is ``-(x^2)``."""
        first, negative = self._now, False
        while self._now.kind == "symbol" and self._now.text in "+-":
            negative ^= self._take().text == "-"
        tree = self._power()
        if not negative:
            return tree
        self._operations += 1
        return Call("neg", (tree,), first.start, tree.end)

    def _power(self) -> Expression:
        """Powers bind to the right: ``2^3^2`` is ``2^(3^2)``."""
        base = self._atom()
        if self._now.kind == "power":
            token = self._take()
            base = self._call("pow", base, self._number(token))
        if self._now.kind == "symbol" and self._now.text == "^":
            self._enter(self._take())
            base = self._call("pow", base, self._signed())
            self._depth -= 1
        return base

    def _atom(self) -> Expression:
        token = self._take()
        if token.kind == "number":
            return self._number(token)
        if token.kind == "name" and token.text not in WORDS:
            return self._named(token)
        if token.text == "(":
            return self._bracketed(token, ")")
        if token.text == "|":
            self._refuse_lone_bar(token)
            self._bars += 1
            inside = self._bracketed(token, "|")
            self._bars -= 1
            return Call("abs", (inside,), token.start, self._tokens[self._at - 1].end)
        raise self._unexpected(token)

    def _refuse_lone_bar(self, token: Token) -> None:
        """Refuse the last bar of ``|2|x||``, where the second one has closed the first."""
        before = [earlier.text for earlier in self._tokens[: self._at - 1]]
        nothing_follows = self._now.kind in ("stop", "end") or self._now.text in (")", ",")
        if nothing_follows and "|" in before and before[-1] not in CONTINUED:
            hint = "Write `*` before a `|` that opens within bars: `|2*|x||`."
            raise FormulaError("This `|` is left without another.", token.start, token.end, hint)

    def _bracketed(self, opening: Token, closing: str) -> Expression:
        bars, self._bars = self._bars, self._bars if closing == "|" else 0
        inside = self._choice()
        self._bars = bars
        self._close(opening, closing)
        return inside

    def _close(self, opening: Token, closing: str) -> None:
        if self._accept(closing):
            return
        bar_cut_short = closing == "|" and self._now.text == ")"
        if self._now.kind not in ("stop", "end") and self._now.text != "=" and not bar_cut_short:
            raise self._unexpected(self._now)
        raise FormulaError(f"This `{opening.text}` is not closed.", opening.start, opening.end, f"Add `{closing}`.")

    def _number(self, token: Token) -> Number:
        value = float(token.text.translate(SUPERSCRIPTS))
        if math.isinf(value):
            raise FormulaError("This number is too large.", token.start, token.end, "The largest is about 1.8e308.")
        return Number(value, token.start, token.end)

    def _named(self, token: Token) -> Expression:
        row = function_named(token.text, self._rule)
        if row is not None and (self._now.text == "(" or not row.letter):
            return self._application(token, row)
        before = "".join(earlier.text for earlier in self._tokens[max(self._at - 3, 0) : self._at])
        check_free(token, before, self._rule, self._defined)
        if self._now.text == "(" and not is_factor(token.text, self._rule):
            raise unknown_function(token, self._rule)
        return Name(token.text, token.start, token.end)

    def _application(self, token: Token, row: Function) -> Call:
        opening = self._now
        if token.text == "sqrt" and token.end - token.start == 1 and opening.text != "(":
            self._enter(token)
            under = self._atom()
            self._depth -= 1
            return Call("sqrt", (under,), token.start, under.end)
        if not self._accept("("):
            power = opening.kind == "power" or opening.text == "^"
            hint = f"Write `{token.text}(...)^2`." if power else f"Write `{token.text}(...)`."
            raise FormulaError(f"`{token.text}` needs its argument in brackets.", token.start, token.end, hint)
        arguments = self._arguments(token, opening)
        if len(arguments) < row.least or (row.most is not None and len(arguments) > row.most):
            raise FormulaError(
                f"`{token.text}` takes {arguments_taken(row)}, not {len(arguments)}.", token.start, token.end
            )
        self._operations += len(arguments)
        self._call(row.name, *arguments[:1])
        self._applications.add(self._at - 1)
        return Call(row.name, tuple(arguments), token.start, self._tokens[self._at - 1].end)

    def _arguments(self, token: Token, opening: Token) -> list[Expression]:
        if self._now.text == ")":
            raise FormulaError(f"`{token.text}` needs an argument.", token.start, self._now.end)
        bars, self._bars = self._bars, 0
        arguments = [self._choice()]
        while self._accept(","):
            arguments.append(self._choice())
        self._bars = bars
        self._close(opening, ")")
        return arguments
