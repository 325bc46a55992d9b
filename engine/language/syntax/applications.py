"""Functions with their arguments: rows of the table, functions of the text, and sums over an index."""

from __future__ import annotations

from collections.abc import Sequence

from engine.language.errors import FormulaError, Replacement
from engine.language.functions import OVERLOADS, SPELLINGS, Function
from engine.language.reductions import ARGUMENTS, REDUCTIONS, Reducer
from engine.language.syntax.brackets import Brackets
from engine.language.syntax.names import WORDS, check_bound, function_named, unknown_function
from engine.language.syntax.suggestions import (
    BINDS_ONE_FACTOR,
    GIVEN_AT_W,
    LONGEST_READING,
    arguments_taken,
    call_shown,
    calls_meant,
    counted,
    decimal_comma,
    shown,
    two_meanings,
)
from engine.language.syntax.tokens import SUPERSCRIPTS, Token, is_root_sign
from engine.language.syntax.tree import Call, Expression, Name, Reduction


class Applications(Brackets):
    """A cursor that reads a function and the arguments in its brackets."""

    _call_end = -1
    """Where the last call of a function ended."""
    _decimal_comma = False
    """Whether a comma of that call stood closely between two numbers."""

    def _row_applied(self, token: Token, row: Function) -> Call:
        arguments = self._arguments(token, row.signature, row.least)
        rows = [row, OVERLOADS[token.text]] if token.text in OVERLOADS else [row]
        fitting = [row for row in rows if row.takes(len(arguments))]
        if not fitting:
            self._tell_miscount(token, arguments, arguments_taken(rows), calls_meant(token.text, rows, len(arguments)))
        elif self._decimal_comma and len(rows) > 1:
            # Where commas are decimal points, log(1,5) is the logarithm of one number.
            self._tell(self._two_numbers(token))
        return self._applied((fitting or rows)[0].name, token, arguments)

    def _two_numbers(self, token: Token) -> FormulaError:
        """Return the error for ``log(1,5)``, a decimal number or two arguments."""
        number, other = (self._tokens[self._at - back].text for back in (4, 2))
        readings = (f"{token.text}({number}.{other})", f"{token.text}({number}, {other})")
        return two_meanings(token.start, self._before.end, *readings)

    def _function_applied(self, token: Token, parameters: Sequence[str]) -> Call:
        call = call_shown(token.text, parameters)
        arguments = self._arguments(token, call)
        if len(arguments) != len(parameters):
            self._tell_miscount(token, arguments, counted(len(parameters)), f"`{call}`")
        return self._applied(token.text, token, arguments)

    def _unknown_applied(self, token: Token) -> Call:
        """Tell that a function is not known, and read on behind its arguments."""
        if token.text not in self.scope.unread:
            self._tell(unknown_function(token, self.scope, self.local, self._sign_before()))
        if self._tokens[self._at + 1].text == ")":
            self._at += len("()")
            return self._applied(token.text, token, ())
        return self._applied(token.text, token, self._arguments(token, f"{token.text}(u)"))

    def _reduced(self, token: Token, reducer: Reducer) -> Call | Reduction:
        """Return ``sum(term, i, first, last)``; in a rule ``sum(v)`` is the sum over the coordinates."""
        index = self._index_ahead()
        if index is not None:
            check_bound(index, self.scope, self.local)
            self.local.add(index.text)
        row = function_named(token.text, self.scope.rule)
        arguments = self._arguments(token, (row or reducer).signature)
        if index is not None:
            self.local.remove(index.text)
        if len(arguments) != len(ARGUMENTS):
            if row is None or len(arguments) != row.most:
                taken = counted(len(ARGUMENTS)) if row is None else f"{row.most} or {counted(len(ARGUMENTS))}"
                self._tell_miscount(token, arguments, taken, f"`{reducer.signature}`")
            return self._applied(token.text, token, arguments)
        term, name, first, last = arguments
        if not isinstance(name, Name):
            message = f"The second argument of `{token.text}` is the name that counts."
            raise FormulaError(message, name.start, name.end, f"Write `{reducer.signature}`.")
        return Reduction(reducer.name, term, name, first, last, token.start, self._before.end)

    def _index_ahead(self) -> Token | None:
        """Return the name that is the whole second argument of the call whose brackets begin here."""
        depth = 0
        for at in range(self._at, len(self._tokens) - 1):
            text = self._tokens[at].text
            depth += (text == "(") - (text == ")")
            if text == "," and depth == 1:
                name, after = self._tokens[at + 1], self._tokens[min(at + 2, len(self._tokens) - 1)]
                return name if name.kind == "name" and name.text not in WORDS and after.text in (",", ")") else None
            if depth <= 0:
                return None
        return None

    def _arguments(self, token: Token, call: str, least: int = 1) -> list[Expression]:
        """Return the arguments in the brackets that begin here; `call` shows what is expected."""
        opening = self._now
        if not self._accept("("):
            if least == 0:
                raise FormulaError(f"`{token.text}` needs brackets.", token.start, token.end, f"Write `{call}`.")
            hint, meant = self._application_meant(token, call)
            if self._finished and token.text in GIVEN_AT_W:
                hint = f"Did you mean `{GIVEN_AT_W[token.text]}`, or `{call}`?"
            message = f"`{token.text}` needs its argument in brackets."
            raise FormulaError(message, token.start, token.end, hint, replacements=meant)
        if least == 0 and self._accept(")"):
            return []
        if self._now.text == ")":
            raise FormulaError(f"`{token.text}` needs an argument.", token.start, self._now.end, f"Write `{call}`.")
        with self._open(opening):
            arguments = [self.expression()]
            decimal = False
            while self._accept(","):
                decimal |= decimal_comma(*self._tokens[self._at - 2 : self._at + 1])
                arguments.append(self.expression())
            if self._now.text == "=" and token.text in REDUCTIONS:
                message = "`=` does not fit here."
                raise FormulaError(message, self._now.start, self._now.end, f"Write `{call}`.")
            self._close(opening, ")")
        self._decimal_comma = decimal
        return arguments

    def _application_meant(self, token: Token, call: str) -> tuple[str, tuple[Replacement, ...]]:
        """Return what to write for ``sin x`` or ``sin^2(x)``, as far as that is plain, and else the shape of a call.

        Where it is plain, the second are texts for the place from `token` to the end of the argument.
        """
        power, at = "", self._at
        if self._now.kind == "power" or self._now.text == "^":
            at = self._beyond_exponent(at)
            power = self._text(self._at, at)
            power = "^" + power.translate(SUPERSCRIPTS) if self._now.kind == "power" else power
        arguments, beyond = self._bare_arguments(at)
        if not power and (not arguments or "," in call):
            return f"Write `{call}`.", ()
        told = bracketed_calls(token.text, power, arguments or [("...", "")])
        place = token.start, self._tokens[beyond - 1].end
        replacements = tuple(Replacement(text, *place) for text in told) if arguments else ()
        return f"Write {' or '.join(f'`{shown(text, LONGEST_READING)}`' for text in told)}.", replacements

    def _beyond_exponent(self, at: int) -> int:
        """Return the index behind the exponent at `at` whose base stands before it without an argument: ``sin^2``."""
        if self._tokens[at].kind == "power":
            return at + 1
        at += 1
        while self._tokens[at].text in ("+", "-"):
            at += 1
        return self._beyond_pair(at) if self._tokens[at].text == "(" else min(at + 1, len(self._tokens) - 1)

    def _bare_arguments(self, first: int) -> tuple[list[tuple[str, str]], int]:
        """Return the widest and the narrowest argument that may be meant by what stands at `first` without brackets.

        With each stands what is left of the product; behind both, the index behind it all.
        """
        begin = at = first + (self._tokens[first].text == "-")
        ends = list[int]()
        while self._factor_at(at) or (self._tokens[at].kind == "number" and (not ends or at > ends[-1])):
            named = function_named(self._tokens[at].text, self.scope.rule)
            if named and self._tokens[at + 1].text != "(" and not is_root_sign(self._tokens[at]):
                break
            ends.append(self._beyond_factor(at))
            at = ends[-1] + (self._tokens[ends[-1]].text in ("*", "/"))
        if not ends:
            return [], first
        narrow, wide = self._beyond_operand(begin), ends[-1]
        glued = narrow < wide and self._factor_at(narrow) and self._tokens[narrow].start == self._tokens[narrow - 1].end
        if self._tokens[begin].kind == "number" and glued:
            narrow = ends[1]
        if is_root_sign(self._tokens[begin]):
            narrow = ends[0]
        times = "*" if narrow < wide and self._factor_at(narrow) else ""
        rest = times + self._text(narrow, wide)
        return [(self._bracketless(first, wide), ""), (self._bracketless(first, narrow), rest)], wide

    def _bracketless(self, first: int, beyond: int) -> str:
        """Return the tokens from `first` up to `beyond` without the brackets around them all."""
        enclosed = self._tokens[first].text == "(" and self._beyond_pair(first) == beyond
        return self._text(first + enclosed, beyond - enclosed)

    def _sign_before(self) -> str:
        """Return ``^``, ``/`` or their like before the name just taken, with a minus that stands between, or ""."""
        at, negative = self._at - 2, False
        while at > 0 and self._tokens[at].text in ("+", "-"):
            negative ^= self._tokens[at].text == "-"
            at -= 1
        before = self._tokens[at] if at >= 0 else None
        binds = before is not None and (before.text in BINDS_ONE_FACTOR or is_root_sign(before))
        return before.text + "-" * negative if before is not None and binds else ""

    def _applied(self, function: str, token: Token, arguments: Sequence[Expression]) -> Call:
        self._count(len(arguments), token.start, self._before.end)
        self._call_end = self._at
        return Call(function, tuple(arguments), token.start, self._before.end)

    def _tell_miscount(self, token: Token, arguments: Sequence[Expression], taken: str, calls: str) -> None:
        hint = "A decimal number has a point, as in `0.5`." if self._decimal_comma else f"Write {calls}."
        self._tell(FormulaError(f"`{token.text}` takes {taken}, not {len(arguments)}.", token.start, token.end, hint))


def bracketed_calls(name: str, power: str, arguments: Sequence[tuple[str, str]]) -> list[str]:
    """Return the ways to write a function to a power, each with one of `arguments` and what follows it."""
    found = list[str]()
    for inside, rest in arguments:
        if power.startswith("^-"):
            found += [f"a{name}({inside}){rest}"] * (power == "^-1" and f"a{name}" in SPELLINGS)
            found.append(f"{name}({inside})^({power[1:]}){rest}")
        elif not (power and rest.startswith("^")):
            found.append(f"{name}({inside}){power}{rest}")
    return list(dict.fromkeys(found))[:2]
