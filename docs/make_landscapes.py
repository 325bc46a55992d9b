"""Writes docs/landscapes.md from the entries of the catalogue, so that the page lists what the program has."""

from pathlib import Path

from docs.pages import code, table
from landscapes import FAMILIES, LANDSCAPES, TAGS, Landscape

PAGE = Path(__file__).with_name("landscapes.md")

OPENING = f"""\
# What to race on

Made from the entries in `landscapes/` by `make docs`; change them there.

There are {len(LANDSCAPES)} landscapes. Each is a formula that could be typed; its parameters, given with their first
values, are sliders. The lowest loss is that within the domain.
"""

HEAD = ["Name", "Formula", "Domain", "Lowest loss", "Tags", "What it teaches", "Source"]


def page() -> str:
    """Return the whole page as Markdown."""
    tags = table(["Tag", "Says"], [[tag, meaning] for tag, meaning in TAGS.items()])
    families = [f"\n## {name.capitalize()}\n\n{table(HEAD, map(_row, rows))}" for name, rows in FAMILIES.items()]
    return f"{OPENING}\n{tags}{''.join(families)}"


def domain_of(entry: Landscape) -> str:
    """Return the domain of an entry as text."""
    return " × ".join(f"({low:g}, {high:g})" for low, high in entry.domain)


def _row(entry: Landscape) -> list[str]:
    values = ", ".join(f"{name} = {value:g}" for name, value in entry.parameters.items())
    formula = code(entry.formula) + (f" with {values}" if values else "")
    note = f"{entry.note} {entry.remark}".strip()
    return [entry.name, formula, domain_of(entry), f"{entry.lowest:.9g}", ", ".join(entry.tags), note, entry.source]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
