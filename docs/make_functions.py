"""Writes docs/functions.md from the function table, so that the page says what the program does."""

from pathlib import Path

from docs.pages import code, table
from engine.language.functions import FAMILIES, Function

PAGE = Path(__file__).with_name("functions.md")

OPENING = """\
# What a formula can apply

Made from the table in `engine/language/functions.py` by `make docs`; change it there.

The arguments are called u, v, s and t, the result r, and the differential of u is du. Gradient and Hessian are exact:
they follow from these differentials by the chain rule. Where the textbook has no slope, or an infinite one although the
function has a value, the last column tells what is used; so slopes are finite wherever all parts of a formula are.
Where a part is infinite and the result is not, `unless` makes the slope 0: what is flat at infinity does not move.
"""

HEAD = ["Write", "Gives", "Stands for", "Differential", "Slope at a kink"]


def page() -> str:
    """Return the whole page."""
    families = [(title, [row for row in rows if not row.inner]) for title, rows in FAMILIES.items()]
    families.append(("Parts of other rows", [row for rows in FAMILIES.values() for row in rows if row.inner]))
    return OPENING + "".join(f"\n## {title}\n\n{table(HEAD, map(_row, rows))}" for title, rows in families)


def _row(row: Function) -> list[str]:
    differential = code(row.differential) or ("follows" if row.meaning else "")
    return [_written(row), row.summary, code(row.meaning), differential, row.kink]


def _written(row: Function) -> str:
    ways = [row.signature] if row.by_name or not row.symbol else []
    if row.symbol:
        blank = " " if row.symbol.isalpha() else ""
        ways.insert(0, f"u {row.symbol} v" if row.least == 2 else f"{row.symbol}{blank}u")
    also = f", also {', '.join(map(code, row.spellings))}" if row.spellings else ""
    return ", ".join(map(code, ways)) + also


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
