"""Writes docs/functions.md from the function table, so that the page says what the program does."""

from collections.abc import Iterable
from pathlib import Path

from engine.language.functions import FAMILIES, Function

PAGE = Path(__file__).with_name("functions.md")

OPENING = """\
# What a formula can apply

Made from the table in `engine/language/functions.py` by `make docs`; change it there.

The arguments are called u, v, s and t, the result r, and the differential of u is du. Gradient and Hessian are exact:
they follow from these differentials by the chain rule. Where the textbook has no slope, or an infinite one although the
function has a value, the last column tells what is used; so slopes are finite wherever all parts of a formula are.
"""

HEAD = ["Write", "Gives", "Stands for", "Differential", "Slope at a kink"]


def page() -> str:
    """Return the whole page."""
    families = [(title, [row for row in rows if not row.inner]) for title, rows in FAMILIES.items()]
    families.append(("Parts of other rows", [row for rows in FAMILIES.values() for row in rows if row.inner]))
    return OPENING + "".join(f"\n## {title}\n\n{_table(rows)}" for title, rows in families)


def _table(rows: Iterable[Function]) -> str:
    lines = [HEAD, ["---"] * len(HEAD)]
    for row in rows:
        differential = _code(row.differential) or ("follows" if row.meaning else "")
        lines.append([_written(row), row.summary, _code(row.meaning), differential, row.kink])
    bar = r"\|"
    return "".join(f"| {' | '.join(cell.replace('|', bar) for cell in line)} |\n" for line in lines)


def _written(row: Function) -> str:
    ways = [row.signature] if row.by_name or not row.symbol else []
    if row.symbol:
        blank = " " if row.symbol.isalpha() else ""
        ways.insert(0, f"u {row.symbol} v" if row.least == 2 else f"{row.symbol}{blank}u")
    also = f", also {', '.join(map(_code, row.spellings))}" if row.spellings else ""
    return ", ".join(map(_code, ways)) + also


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
