"""What the pages that are made from the program share: tables, and code within them."""

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    bar = r"\|"
    return "".join(f"| {' | '.join(cell.replace('|', bar) for cell in line)} |\n" for line in lines)


def code(text: str) -> str:
    """Return `text` as code, each line by itself; nothing for no text."""
    return "<br>".join(f"`{line}`" for line in text.splitlines())
