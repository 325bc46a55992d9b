"""Text to tree: a formula or a rule, read by precedence climbing, with errors that carry the place and what to try."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping

from engine.language.errors import FormulaError
from engine.language.functions import CONSTANTS, FUNCTIONS, SPELLINGS, Function
from engine.language.tokens import SUPERSCRIPTS, Token, tokens_of
from engine.language.tree import Assignment, Call, Expression, FormulaTree, Name, Number, RuleTree

DEEPEST_NESTING = 50
"""Brackets within brackets: more is a slip of the keyboard, and Python's stack is finite."""
MOST_OPERATIONS = 1_000
"""Operations in one text: machine code for more would not be ready within a second."""

VARIABLES = ("x", "y")
GIVEN_TO_RULES = ("w", "g", "f", "t")

COMPARISON, SUM, PRODUCT, SIGN, POWER = range(1, 6)
"""How tightly operators bind; choice, `or`, `and` and `not` are looser."""

BINARY: Mapping[str, tuple[int, str]] = {
    **{row.symbol: (COMPARISON, row.name) for row in FUNCTIONS.values() if row.native.startswith("compare")},
    "+": (SUM, "add"), "-": (SUM, "sub"), "*": (PRODUCT, "mul"), "/": (PRODUCT, "div"),
    "%": (PRODUCT, "mod"), "//": (PRODUCT, "floordiv"), "^": (POWER, "pow"),
}  # fmt: skip
WORDS = frozenset({"if", "else", "and", "or", "not"})
FOREIGN = frozenset(
    [
        "False",
        "None",
        "True",
        "assert",
        "async",
        "await",
        "break",
        "class",
        "continue",
        "def",
        "del",
        "elif",
        "except",
        "finally",
        "for",
        "from",
        "global",
        "import",
        "in",
        "is",
        "lambda",
        "match",
        "nonlocal",
        "pass",
        "print",
        "raise",
        "return",
        "try",
        "while",
        "with",
        "yield",
    ]
)
OPERATOR_ROWS = frozenset(row.name for row in FUNCTIONS.values() if row.symbol)


def parse_formula(text: str) -> FormulaTree:
    """Return the tree of a formula: definitions on lines of their own, then the loss.

    Raises
    ------
    FormulaError
        Where the text is no formula.
    """
    lines = _lines(text)
    definitions: list[Assignment] = []
    for line in lines[:-1]:
        definition = _Line(line, rule=False).assignment()
        _check_definition(definition, definitions)
        definitions.append(definition)
    last = _Line(lines[-1], rule=False)
    last.refuse_assignment()
    return FormulaTree(tuple(definitions), _no_equation(last.whole()))


def parse_rule(text: str) -> RuleTree:
    """Return the tree of a rule: lines ``name = formula`` and ``init name = formula``, one of which assigns ``w``.

    Raises
    ------
    FormulaError
        Where the text is no rule.
    """
    assignments = [_Line(line, rule=True).assignment() for line in _lines(text)]
    for line in assignments:
        if line.name in CONSTANTS or line.name in SPELLINGS or line.name in GIVEN_TO_RULES[1:]:
            raise FormulaError(f"`{line.name}` is given and cannot be assigned.", line.start, line.end)
    if not any(line.name == "w" and not line.initial for line in assignments):
        raise FormulaError("A rule must say where to go.", len(text), len(text), "Add a line such as `w = w - lr*g`.")
    return RuleTree(tuple(assignments))


def _lines(text: str) -> list[list[Token]]:
    """Return the tokens of each line that has any."""
    if text.startswith("\n"):
        raise FormulaError("The first line is empty.", 0, 1, "Begin with the formula.")
    lines: list[list[Token]] = [[]]
    for token in tokens_of(text):
        lines[-1].append(token)
        if token.kind == "end":
            lines.append([])
    full = [line for line in lines if line[0].kind not in ("end", "stop")]
    if not full:
        raise FormulaError("There is no formula yet.", 0, len(text), "Try `x^2 + y^2`.")
    return full


def _check_definition(definition: Assignment, earlier: Iterable[Assignment]) -> None:
    place = definition.start, definition.end
    if definition.name in (*VARIABLES, *CONSTANTS) or definition.name in SPELLINGS:
        raise FormulaError(f"`{definition.name}` has a meaning already.", *place, "Choose another name.")
    if any(line.name == definition.name for line in earlier):
        raise FormulaError(f"`{definition.name}` is defined twice.", *place, "Choose another name.")


def _no_equation(tree: Expression) -> Expression:
    """Return `tree`, unless it is an equation: 1 on a line and 0 elsewhere is nothing to descend."""
    if isinstance(tree, Call) and tree.function == "eq":
        raise FormulaError("An equation is no loss.", tree.start, tree.end, "For a == b, write `(a - b)^2`.")
    return tree


class _Line:
    """The tokens of one line, and how far they are read."""

    def __init__(self, tokens: list[Token], rule: bool) -> None:
        last = tokens[-1]
        self._tokens = tokens if last.kind in ("stop", "end") else [*tokens, Token("stop", "", last.end, last.end)]
        self._at = 0
        self._rule = rule
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
            hint = (
                "Write `name = formula`."
                if self._rule
                else "Every line but the last defines a name: `r = hypot(x, y)`."
            )
            raise FormulaError("This line defines nothing.", name.start, self._tokens[-1].start, hint)
        if name.text in WORDS | FOREIGN:
            raise FormulaError(f"`{name.text}` is no name.", name.start, name.end, "Choose another.")
        return Assignment(name.text, self.whole(), name.start, name.end, initial)

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
        hints = {
            ")": "There is no `(` for it.",
            "=": "To compare, write `==`.",
            ",": "Numbers have a decimal point; arguments stand within a function's brackets.",
            "|": "Close every `|` with another.",
        }
        hint = hints.get(token.text, "Something is missing before it." if token.kind == "symbol" else "")
        return FormulaError(f"`{token.text}` does not fit here.", token.start, token.end, hint)

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
            base = self._call("pow", base, Number(float(token.text.translate(SUPERSCRIPTS)), token.start, token.end))
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
            self._bars += 1
            inside = self._bracketed(token, "|")
            self._bars -= 1
            return Call("abs", (inside,), token.start, self._tokens[self._at - 1].end)
        raise self._unexpected(token)

    def _bracketed(self, opening: Token, closing: str) -> Expression:
        bars, self._bars = self._bars, self._bars if closing == "|" else 0
        inside = self._choice()
        self._bars = bars
        self._close(opening, closing)
        return inside

    def _close(self, opening: Token, closing: str) -> None:
        if self._accept(closing):
            return
        if self._now.kind not in ("stop", "end"):
            raise self._unexpected(self._now)
        raise FormulaError(f"This `{opening.text}` is not closed.", opening.start, opening.end, f"Add `{closing}`.")

    def _number(self, token: Token) -> Number:
        value = float(token.text)
        if math.isinf(value):
            raise FormulaError("This number is too large.", token.start, token.end, "The largest is about 1.8e308.")
        return Number(value, token.start, token.end)

    def _named(self, token: Token) -> Expression:
        row = self._row(token.text)
        if row is not None and (self._now.text == "(" or not row.letter):
            return self._application(token, row)
        place = token.start, token.end
        if token.text in FOREIGN:
            raise FormulaError(f"`{token.text}` belongs to programs, not to formulas.", *place)
        if set(token.text) == {"x", "y"} or (set(token.text) <= {"x", "y"} and len(token.text) > 1):
            raise FormulaError(f"`{token.text}` is no product.", *place, f"Write `{'*'.join(token.text)}`.")
        if self._now.text == "(" and token.text not in (*VARIABLES, *CONSTANTS, *GIVEN_TO_RULES):
            raise self._unknown(token)
        return Name(token.text, *place)

    def _row(self, name: str) -> Function | None:
        row = FUNCTIONS.get(SPELLINGS.get(name, ""))
        return None if row is None or row.name in OPERATOR_ROWS or (row.rule_only and not self._rule) else row

    def _unknown(self, token: Token) -> FormulaError:
        known = [name for name in SPELLINGS if self._row(name) is not None]
        close = difflib.get_close_matches(token.text.lower(), known, n=1)
        hint = f"Did you mean `{close[0]}`?" if close else f"To multiply, write `{token.text}*(...)`."
        return FormulaError(f"`{token.text}` is not known.", token.start, token.end, hint)

    def _application(self, token: Token, row: Function) -> Call:
        opening = self._now
        if token.text == "sqrt" and token.end - token.start == 1 and opening.text != "(":
            self._enter(token)
            under = self._atom()
            self._depth -= 1
            return Call("sqrt", (under,), token.start, under.end)
        if not self._accept("("):
            hint = f"Write `{token.text}(...)`."
            raise FormulaError(f"`{token.text}` needs its argument in brackets.", token.start, token.end, hint)
        arguments = self._arguments(token, opening)
        if len(arguments) < row.least or (row.most is not None and len(arguments) > row.most):
            raise FormulaError(f"`{token.text}` takes {_count(row)}, not {len(arguments)}.", token.start, token.end)
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


def _count(row: Function) -> str:
    """Return how many arguments a row takes, in words."""
    if row.most is None:
        return "one or more arguments"
    return "1 argument" if row.least == 1 else f"{row.least} arguments"
