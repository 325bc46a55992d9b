"""Splits the tokens of a text into lines; within round brackets a line goes on."""

from __future__ import annotations

from engine.language.errors import FormulaError
from engine.language.syntax.tokens import Token, meaningful

MOST_LINES = 1_000
"""Lines of one text, so that every pass over them stays short."""


def lines_of(text: str) -> list[list[Token]]:
    """Return the tokens of each line that has any; the last token of each is of kind ``end`` or ``stop``.

    A bracket that is still open where a line begins to define a name counts as not closed, so that it ends there.

    Raises
    ------
    FormulaError
        For texts that are too long or have too many lines.
    """
    return split(meaningful(text))


def split(tokens: list[Token]) -> list[list[Token]]:
    """Return the lines of a text that is given as tokens; see `lines_of`."""
    lines: list[list[Token]] = [[]]
    depth = 0
    for at, token in enumerate(tokens):
        if token.kind == "end" and token.text == "\n" and depth and not begins_definition(tokens, at + 1):
            continue
        depth = 0 if token.kind == "end" else max(0, depth + (token.text == "(") - (token.text == ")"))
        lines[-1].append(token)
        if token.kind == "end":
            lines.append([])
    written = [line for line in lines if line[0].kind not in ("end", "stop")]
    if len(written) > MOST_LINES:
        begin = written[MOST_LINES][0]
        raise FormulaError(f"There are too many lines: {MOST_LINES:,} are the most.", begin.start, tokens[-1].end)
    return written


def begins_definition(tokens: list[Token], at: int) -> bool:
    """Return whether ``name =``, ``name(names) =`` or ``init name =`` stands at `at`."""
    at += tokens[at].text == "init" and tokens[at + 1].kind == "name"
    if tokens[at].kind != "name":
        return False
    at += 1
    if tokens[at].text == "(":
        at += 1
        while tokens[at].kind == "name" or tokens[at].text == ",":
            at += 1
        at += 1
    return at < len(tokens) and tokens[at].text == "="


def unclosed_over_lines(line: list[Token], text: str) -> Token | None:
    """Return the first ``(`` of `line` that is never closed, if an end of a line stands behind it."""
    unclosed: list[Token] = []
    for token in line:
        if token.text == "(":
            unclosed.append(token)
        elif token.text == ")" and unclosed:
            unclosed.pop()
    return unclosed[0] if unclosed and "\n" in text[unclosed[0].end : line[-1].start] else None
