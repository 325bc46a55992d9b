"""Writes docs/functions.md from the table of functions, so that the page lists what the program has."""

from pathlib import Path

from docs.pages import code, table
from engine.language.functions import FAMILIES, Function

PAGE = Path(__file__).with_name("functions.md")

OPENING = """\
# What a formula can apply

Made from the table in `engine/language/functions/` by `make docs`; change it there.

The arguments are called u, v, s and t, the result r, and the differential of u is du. Gradient and Hessian are exact:
they follow from these differentials by the chain rule. Where the function has a value but the textbook has no slope or
an infinite one, the last column gives the slope that is used; so slopes are finite wherever all parts of a formula are.
Where a part is infinite and the result is not, `unless` makes the slope 0.
"""

HEAD = ["Write", "Gives", "Stands for", "Differential", "Slope at a kink"]


def page() -> str:
    """Return the whole page as Markdown."""
    families = [(title, [spec for spec in specs if not spec.inner]) for title, specs in FAMILIES.items()]
    families.append(("Parts of other functions", [spec for specs in FAMILIES.values() for spec in specs if spec.inner]))
    return OPENING + "".join(f"\n## {title}\n\n{table(HEAD, map(_line, specs))}" for title, specs in families)


def _line(spec: Function) -> list[str]:
    differential = code(spec.differential) or ("follows" if spec.meaning else "")
    return [_written(spec), spec.summary, code(spec.meaning), differential, spec.kink]


def _written(spec: Function) -> str:
    ways = [spec.signature] if spec.by_name or not spec.symbol else []
    if spec.symbol:
        blank = " " if spec.symbol.isalpha() else ""
        ways.insert(0, f"u {spec.symbol} v" if spec.least == 2 else f"{spec.symbol}{blank}u")
    also = f", also {', '.join(map(code, spec.spellings))}" if spec.spellings else ""
    return ", ".join(map(code, ways)) + also


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
