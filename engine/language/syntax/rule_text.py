"""A rule's text, tokenised once: what it reads, needs and defines, and the texts that are made of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.language.functions import FUNCTIONS
from engine.language.syntax.definitions import head_of
from engine.language.syntax.lines import begins_definition, split
from engine.language.syntax.names import GIVEN_TO_RULES, WORDS
from engine.language.syntax.tokens import LONGEST_NAME, Token, check_length, meaningful

SECOND_DERIVATIVES = "hess", "hessdiag"
"""The functions whose last argument is a point that may be left out."""


@dataclass(frozen=True)
class RuleText:
    """The text of a rule, of a schedule, or of lines that a wrapper adds; two with the same text are equal.

    A text that a method returns takes its tokens from this one, moved to their new places, so that it is never
    tokenised itself.

    Attributes
    ----------
    text : str

    Raises
    ------
    FormulaError
        From everything that needs the tokens: where the text is too long or has too many lines.
    """

    text: str

    @classmethod
    def of(cls, text: str | RuleText) -> RuleText:
        """Return `text` as a RuleText, with the tokens that it has already."""
        return text if isinstance(text, RuleText) else cls(text)

    @cached_property
    def tokens(self) -> Sequence[Token]:
        """The tokens of the whole text; the last is of kind ``stop``."""
        return meaningful(self.text)

    @cached_property
    def lines(self) -> list[list[Token]]:
        """The tokens of each line that has any, as `engine.language.syntax.lines.lines_of` returns them."""
        return split([*self.tokens])

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name that stands in the text."""
        return frozenset(token.text for token in self.tokens if token.kind == "name")

    @cached_property
    def names_defined(self) -> tuple[str, ...]:
        """The names that lines define, each once, in the order of the text."""
        return tuple(dict.fromkeys(head_of(line) for line in self.lines if begins_definition(line, 0)))

    def reads(self, name: str) -> bool:
        """Return whether `name` stands in a line other than an ``init`` line."""
        return any(token.text == name for line in self._lines_of_step for token in line)

    def needs(self, name: str) -> bool:
        """Return whether a line other than an ``init`` line reads `name` before one assigns it."""
        for first, *others in self._lines_of_step:
            if any(token.text == name for token in others):
                return True
            if first.text == name:
                return False
        return False

    def reads_in_function(self, name: str) -> bool:
        """Return whether `name` stands in a function that the text defines."""
        functions = [line for line in self.lines if begins_definition(line, 0) and line[1].text == "("]
        return any(token.text == name for line in functions for token in line)

    def with_names(self, names: Mapping[str, str | RuleText]) -> RuleText:
        """Return the text with other names, or whole expressions, in place of `names` in every line."""
        return self._with_names(self.lines, names)

    def with_names_in_steps(self, names: Mapping[str, str | RuleText]) -> RuleText:
        """Return the text with `names` replaced except in ``init`` lines, which run once, before the first step."""
        return self._with_names(self._lines_of_step, names)

    def with_point(self, point: str) -> RuleText:
        """Return the text with `point` as the argument of second derivatives that name none, except in ``init`` lines.

        Such calls are ``hessdiag()`` and ``hess(v)``.
        """
        alone = of_name(point)
        behind_others = joined((COMMA, alone))
        ends = _open_ends(self._lines_of_step)
        return self._replaced((end, end, behind_others if arguments else alone) for end, arguments in ends)

    def line_texts(self) -> list[RuleText]:
        """Return the lines, each without spaces and comments at its ends; one that goes on within brackets is one."""
        return [self._part(line[0].start, line[-2].end) for line in self.lines]

    def __reduce__(self) -> tuple[type[RuleText], tuple[str]]:
        return RuleText, (self.text,)

    @property
    def _lines_of_step(self) -> list[list[Token]]:
        """The lines that run in every step: all but ``init`` lines."""
        return [line for line in self.lines if not (line[0].text == "init" and line[1].kind == "name")]

    def _with_names(self, lines: Iterable[Sequence[Token]], names: Mapping[str, str | RuleText]) -> RuleText:
        new = {name: of_name(text) if isinstance(text, str) else text for name, text in names.items()}
        return self._replaced(_replacements(lines, new))

    def _replaced(self, replacements: Iterable[tuple[int, int, RuleText]]) -> RuleText:
        """Return the text with others in place of some parts: start, end and new text of each, from left to right."""
        pieces, at = list[RuleText](), 0
        for start, end, new in replacements:
            pieces += [self._part(at, start), new]
            at = end
        return joined([*pieces, self._part(at, len(self.text))])

    def _part(self, start: int, end: int) -> RuleText:
        """Return the text between two places, neither of which lies within a token."""
        first, last = (
            bisect_left(self.tokens, place, hi=len(self.tokens) - 1, key=_start_of) for place in (start, end)
        )
        return _tokenised(self.text[start:end], _moved(self.tokens[first:last], -start))


def joined(texts: Iterable[RuleText]) -> RuleText:
    """Return `texts` one directly behind the other.

    No two of them may meet where their characters would make one token.

    Raises
    ------
    FormulaError
        Where they are too long together.
    """
    pieces, tokens, at = list[str](), list[Token](), 0
    for text in texts:
        pieces.append(text.text)
        tokens += _moved(text.tokens[:-1], at)
        at += len(text.text)
    whole = "".join(pieces)
    check_length(whole)
    return _tokenised(whole, tokens)


def joined_lines(texts: Iterable[RuleText]) -> RuleText:
    """Return `texts` on lines of their own; those without a character are left out."""
    written = [text for text in texts if text.text]
    return joined([piece for text in written for piece in (text, END_OF_LINE)][:-1])


def of_name(name: str) -> RuleText:
    """Return a name as a text."""
    return _tokenised(name, [Token("name", name, 0, len(name))])


def unused(name: str, taken: Collection[str]) -> str:
    """Return `name`, or `name` with the first number from 2 that makes it differ from all that are `taken`."""
    number, free = 1, name
    while free in taken:
        number += 1
        ending = f"_{number}"
        free = name[: LONGEST_NAME - len(ending)] + ending
    return free


def _tokenised(text: str, tokens: Sequence[Token]) -> RuleText:
    """Return a text whose tokens are known, but for the last, of kind ``stop``."""
    result = RuleText(text)
    # The value of a cached property is what the instance holds under its name.
    vars(result)["tokens"] = [*tokens, Token("stop", "", len(text), len(text))]
    return result


def _moved(tokens: Iterable[Token], by: int) -> list[Token]:
    """Return `tokens` so many characters further on."""
    return [Token(token.kind, token.text, token.start + by, token.end + by) for token in tokens]


def _start_of(token: Token) -> int:
    return token.start


OPENING, CLOSING, COMMA, END_OF_LINE = RuleText("("), RuleText(")"), RuleText(", "), RuleText("\n")


def _replacements(
    lines: Iterable[Sequence[Token]], names: Mapping[str, RuleText]
) -> Iterator[tuple[int, int, RuleText]]:
    """Yield start and end of each of `names` in `lines`, and what takes its place."""
    for line in lines:
        for number, token in enumerate(line):
            if token.kind == "name" and token.text in names:
                new = names[token.text]
                factor = token.text in GIVEN_TO_RULES and _is_factor(line[:number], line[number + 1])
                yield token.start, token.end, joined((OPENING, new, CLOSING)) if factor else new


def _open_ends(lines: Iterable[Sequence[Token]]) -> list[tuple[int, int]]:
    """Return where the brackets of each call close that could have a point more, and how many arguments it has."""
    ends = list[tuple[int, int]]()
    for line in lines:
        for number, token in enumerate(line):
            if token.text in SECOND_DERIVATIVES:
                closing, commas = _closing_bracket(line, number + 1)
                arguments = commas + 1 if closing > number + 2 else 0
                if arguments < (FUNCTIONS[token.text].most or 0):
                    ends.append((line[closing].start, arguments))
    return sorted(ends)


def _closing_bracket(line: Sequence[Token], opening: int) -> tuple[int, int]:
    """Return the number of the token that closes the bracket `opening`, and how many commas stand directly in it."""
    depth, commas = 0, 0
    for at in range(opening, len(line)):
        depth += (line[at].text == "(") - (line[at].text == ")")
        commas += line[at].text == "," and depth == 1
        if depth == 0:
            return at, commas
    return len(line) - 1, commas


def _is_factor(before: Sequence[Token], after: Token) -> bool:
    """Return whether a product without a sign is at hand, as in ``2t`` or ``f(t + 1)``: not every name allows one."""
    beside = [*before[-1:], after]
    return after.text == "(" or any(token.text == ")" for token in before[-1:]) or any(map(_is_operand, beside))


def _is_operand(token: Token) -> bool:
    return token.kind == "number" or (token.kind == "name" and token.text not in WORDS)
