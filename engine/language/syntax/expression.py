"""One line of a text to a tree, by precedence climbing."""

from __future__ import annotations

from engine.language.errors import FormulaError
from engine.language.precedence import BINARY, COMPARISONS, PRODUCT, SUM
from engine.language.syntax.atoms import Atoms
from engine.language.syntax.names import VARIABLES, VECTORS_OF_RULES
from engine.language.syntax.suggestions import two_meanings
from engine.language.syntax.tokens import SUPERSCRIPTS, Token
from engine.language.syntax.tree import Call, Chain, Expression, Name, Number, all_parts_of

DIVISIONS = frozenset({"div", "mod", "floordiv"})
UPWARDS, DOWNWARDS = frozenset({"lt", "le", "eq"}), frozenset({"gt", "ge", "eq"})
"""Comparisons that a chain may join: each tells the order of its ends."""


class ExpressionReader(Atoms):
    """A cursor that reads expressions."""

    def whole(self) -> Expression:
        """Return the rest of the line as one expression."""
        tree = self.expression()
        if not self._finished:
            raise self._unexpected(self._now)
        return tree

    def expression(self) -> Expression:
        """Return the longest expression that begins here: ``a if c else b`` is the loosest of all."""
        self._enter(self._now)
        chosen = self._either()
        if self._accept("if"):
            condition = self._either()
            if self._now.text == "=":
                raise self._unexpected(self._now)
            if not self._accept("else"):
                place = self._now.start, self._now.end
                raise FormulaError("This choice lacks its other half.", *place, "Write `a if c else b`.")
            chosen = self._call("where", condition, chosen, self.expression())
        self._leave()
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
        first, flips = self._now, 0
        while self._accept("not"):
            flips += 1
        result = self._comparison()
        for _ in range(min(flips, 2 + flips % 2)):
            result = Call("not", (result,), first.start, result.end)
        return result

    def _comparison(self) -> Expression:
        """Return a sum, a comparison of two, or a chain of comparisons."""
        terms, comparisons = [self._binary(SUM)], list[str]()
        directions = [UPWARDS, DOWNWARDS]
        while self._now.kind == "symbol" and self._now.text in COMPARISONS:
            token = self._take()
            comparisons.append(COMPARISONS[token.text])
            directions = [direction for direction in directions if comparisons[-1] in direction]
            if len(comparisons) > 1 and not directions:
                hint = "Write `a < b and b > c`."
                raise FormulaError("A chain of comparisons runs one way.", token.start, token.end, hint)
            terms.append(self._binary(SUM))
        if not comparisons:
            return terms[0]
        compared = self._call(comparisons[0], *terms)
        if len(comparisons) == 1:
            return compared
        self._count(len(comparisons), compared.start, compared.end)
        return Chain(tuple(terms), tuple(comparisons), compared.start, compared.end)

    def _binary(self, loosest: int) -> Expression:
        """Return a chain of operators that bind at least as tightly as `loosest`."""
        left = self._signed()
        divided_at = 0
        while True:
            token = self._now
            if self._starts_factor() and loosest <= PRODUCT:
                self._refuse_second_brackets(token)
                if divided_at:
                    raise self._two_quotients(divided_at)
                left = self._call("mul", left, self._power())
                continue
            level, function = BINARY.get(token.text, (0, "")) if token.kind == "symbol" else (0, "")
            if level < loosest:
                return left
            self._take()
            divided_at = self._at if function in DIVISIONS else 0
            left = self._call(function, left, self._binary(level + 1))

    def _refuse_second_brackets(self, token: Token) -> None:
        """Refuse ``sin(x)(y)``: a product to one reader, a slip to the next."""
        if token.text == "(" and self._at == self._call_end:
            raise FormulaError("This may mean two things.", token.start, token.end, "To multiply, write `*` before it.")

    def _two_quotients(self, divisor_at: int) -> FormulaError:
        """Return the error for ``1/2x``, a half of x or half of its reciprocal."""
        pieces, beyond = [self._text(divisor_at, self._at)], self._at
        while beyond == self._at or self._factor_at(beyond):
            end = self._beyond_factor(beyond)
            pieces.append(self._factor_text(beyond, end))
            beyond = end
        sign, product = self._tokens[divisor_at - 1], "*".join(pieces)
        place = sign.start, self._tokens[beyond - 1].end
        return two_meanings(*place, f"{sign.text}({product})", sign.text + product)

    def _signed(self) -> Expression:
        """Signs bind more loosely than powers: ``-x^2`` is ``-(x^2)``."""
        first, negative = self._now, False
        while self._now.kind == "symbol" and self._now.text in "+-":
            negative ^= self._take().text == "-"
        tree = self._power()
        if not negative:
            return tree
        self._count(1, first.start, tree.end)
        return Call("neg", (tree,), first.start, tree.end)

    def _power(self) -> Expression:
        """Powers bind to the right: ``2^3^2`` is ``2^(3^2)``."""
        first = self._at
        base = self._atom()
        if self._now.kind == "power":
            token = self._take()
            if self._now.text == "^":
                raise self._two_powers(first)
            return self._call("pow", base, self._number(token))
        if self._now.text != "^":
            return base
        self._enter(self._take())
        exponent_at = self._at
        exponent = self._signed()
        self._leave()
        self._refuse_halved_exponent(first, exponent_at)
        bracketed = self._tokens[exponent_at].text == "(" and self._beyond_pair(exponent_at) == self._at
        if self._glued and self._starts_factor() and not bracketed and not self._is_monomial(base, exponent):
            raise self._two_exponents(first, exponent_at)
        return self._call("pow", base, exponent)

    def _two_powers(self, first: int) -> FormulaError:
        """Return the error for ``x²^3``."""
        beyond = self._beyond_power(self._at)
        base, raised, more = (
            self._text(*ends) for ends in ((first, self._at - 1), (self._at - 1, self._at), (self._at, beyond))
        )
        place = self._tokens[first].start, self._tokens[beyond - 1].end
        return two_meanings(*place, f"({base}{raised}){more}", f"{base}^({raised.translate(SUPERSCRIPTS)}{more})")

    def _is_monomial(self, base: Expression, exponent: Expression) -> bool:
        """Tell whether a power and the factor that follows closely are read like ``x^2y``, which is plain.

        In ``e^2x``, ``b^2x``, ``x^2a``, ``x^2x`` and ``x^a(y)`` the eye may take the factor for a part of the exponent.
        """
        coordinates = (*VARIABLES, *VECTORS_OF_RULES) if self.scope.rule else VARIABLES
        shortest = exponent.arguments[0] if isinstance(exponent, Call) and exponent.function == "neg" else exponent
        varies = any(isinstance(part, Name) and part.name in coordinates for part in all_parts_of(base))
        if not (isinstance(shortest, Number) and varies):
            return False
        beyond = self._tokens[self._beyond_factor(self._at) - 1]
        if self._now.kind != "name" or (beyond.text == ")" and self._now.text not in coordinates):
            return True
        return self._now.text in coordinates and not (isinstance(base, Name) and base.name == self._now.text)

    def _two_exponents(self, first: int, exponent_at: int) -> FormulaError:
        """Return the error for ``e^2x``."""
        beyond = self._beyond_factor(self._at)
        root, power = self._text(first, exponent_at), self._text(exponent_at, self._at)
        factor, place = self._factor_text(self._at, beyond), (self._tokens[first].start, self._tokens[beyond - 1].end)
        return two_meanings(*place, f"{root}({power}*{factor})", f"{root}{power}*{factor}")

    def _refuse_halved_exponent(self, first: int, exponent_at: int) -> None:
        """Refuse ``x^1/2``: nobody writes a power of 1 but as the beginning of a half."""
        sign = self._text(exponent_at, self._at - 1)
        if self._now.text != "/" or self._before.text != "1" or sign not in ("", "-"):
            return
        beyond = self._beyond_factor(self._at + 1)
        root, under = self._text(first, exponent_at), self._text(self._at, beyond)
        place = self._tokens[first].start, self._tokens[beyond - 1].end
        raise two_meanings(*place, f"{root}({sign}1{under})", f"({root}{sign}1){under}")
