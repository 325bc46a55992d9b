"""What a whole line says: a definition, ``name = value`` or ``name(u, v) = value``, or the loss."""

from __future__ import annotations

from collections.abc import Sequence

from engine.language.errors import FormulaError
from engine.language.precedence import COMPARISONS
from engine.language.syntax.expression import ExpressionReader
from engine.language.syntax.lines import begins_definition
from engine.language.syntax.names import check_bound, check_changed, check_new, check_new_function, function_named
from engine.language.syntax.suggestions import CONTINUED, shown
from engine.language.syntax.tokens import Token
from engine.language.syntax.tree import Assignment, Call, Chain, Expression, FunctionDefinition


class Line(ExpressionReader):
    """A line of a formula or a rule."""

    def definition(self) -> Assignment | FunctionDefinition:
        """Return the whole line as a definition."""
        if defines_function(self._tokens):
            return self._function_definition()
        initial = self.scope.rule and self._now.text == "init" and self._tokens[1].kind == "name"
        self._at += initial
        name = self._take()
        if name.kind != "name" or not self._accept("="):
            raise self._no_definition(name)
        (check_changed if self.scope.rule else check_new)(name, self.scope)
        return Assignment(name.text, self.whole(), name.start, name.end, initial)

    def loss(self) -> Expression:
        """Return the whole line as the loss."""
        self._refuse_definition()
        first, tree = self._now, self.expression()
        equation = tree.comparisons if isinstance(tree, Chain) else (tree.function,) if isinstance(tree, Call) else ()
        equals = self._now.text == "=" and self._tokens[self._at + 1].text not in COMPARISONS
        if equals or (self._finished and {*equation} == {"eq"}):
            # 1 on a line and 0 elsewhere is nothing to descend.
            place = first.start, self._tokens[-2].end
            raise FormulaError("An equation is no loss.", *place, "For a == b, write `(a - b)^2`.")
        if not self._finished:
            raise self._unexpected(self._now)
        return tree

    def _function_definition(self) -> FunctionDefinition:
        name = self._take()
        check_new_function(name, self.scope)
        parameters: list[str] = []
        while self._take().text != ")":
            parameter = self._take()
            if parameter.kind != "name":
                raise FormulaError("A parameter is a name.", parameter.start, parameter.end, "Write `f(u, v) = ...`.")
            check_bound(parameter, self.scope, parameters)
            parameters.append(parameter.text)
        self._accept("=")
        self.local.update(parameters)
        return FunctionDefinition(name.text, tuple(parameters), self.whole(), name.start, name.end)

    def _no_definition(self, first: Token) -> FormulaError:
        """Return the error for a line that should define a name and does not; raise one that is more exact."""
        place = first.start, self._tokens[-1].start
        if self._tokens[-2].text in CONTINUED and not self.scope.rule:
            return FormulaError("This line breaks off.", *place, "Put brackets around what goes on over several lines.")
        self._at = 0
        self.expression()
        if not self._finished and self._now.text != "=":
            raise self._unexpected(self._now)
        if self.scope.rule:
            return FormulaError("This line defines nothing.", *place, "Write `name = formula`.")
        hint = "Every line but the last defines a name: `r = hypot(x, y)`."
        return FormulaError("This line defines nothing.", *place, hint)

    def _refuse_definition(self) -> None:
        """Refuse ``z = ...`` and ``f(x, y) = ...`` where the loss itself is asked for."""
        texts = [token.text for token in self._tokens]
        known = len(texts) > 1 and texts[1] == "(" and function_named(texts[0], self.scope.rule) is not None
        if not begins_definition(self._tokens, 0) or known:
            return
        equals = texts.index("=")
        if texts[equals + 1] in COMPARISONS:
            return
        place = self._tokens[0].start, self._tokens[equals].end
        if equals == 1 or texts[1:equals] == ["(", "x", ",", "y", ")"]:
            hint = f"Leave out `{shown(''.join(texts[:equals]))} =`."
        else:
            hint = f"Add a line that uses `{shown(texts[0])}`."
        raise FormulaError("The last line must be the loss itself.", *place, hint)


def defines_function(tokens: Sequence[Token]) -> bool:
    """Tell whether ``name(...) =`` stands at the front of a line."""
    if len(tokens) < 2 or tokens[0].kind != "name" or tokens[1].text != "(":
        return False
    closing = next((at for at, token in enumerate(tokens) if token.text == ")"), len(tokens))
    return closing + 1 < len(tokens) and tokens[closing + 1].text == "="


def head_of(tokens: Sequence[Token]) -> str:
    """Return the name that a line defines, or what stands in its place."""
    return tokens[tokens[0].text == "init" and tokens[1].kind == "name"].text
