"""What the program says to a person, in the window and on the command line, follows one way of writing."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("engine", "gui", "landscapes")
TICK = "`"
SIGNS = {(Path("engine/language/syntax/unknown_characters.py"), '"`‘“”')}
"""Strings that are no sentences: the signs of which it is said that a formula holds no text."""


def strings_of(tree: ast.AST) -> Iterator[str]:
    """Yield the strings of a module, also those within f-strings, without its docstrings."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_typed_stands_in_plain_quotes_and_never_in_backticks(folder: str) -> None:
    said = [
        (path.relative_to(ROOT), string)
        for path in (ROOT / folder).rglob("*.py")
        for string in strings_of(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert len(said) > 100
    assert [pair for pair in said if TICK in pair[1] and pair not in SIGNS] == []
