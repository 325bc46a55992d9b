"""Writes docs/optimizers.md from the catalogue, so that the page lists what the program has."""

from pathlib import Path

from engine.optimizers import FAMILIES, Optimizer

PAGE = Path(__file__).with_name("optimizers.md")

OPENING = """\
# The catalogue of optimizers

Made from `engine/optimizers` by `make docs`; change it there.

Each optimizer is a text in the language of rules or, in the last three families, a solver, whose pseudo-code the
program shows. The last column names the public implementation with which the tests compare it over 100 steps on four
landscapes (Rosenbrock, Beale, a wavy one, a ravine) and the largest error of a coordinate; a rule without one is
compared with the paper's equations, a loop that stands beside the rule.
"""

HEAD = ["Name", "What to look for", "Paper", "Differs", "Proof"]
BY_EQUATIONS = "the paper's equations"


def page() -> str:
    """Return the whole page as Markdown."""
    return OPENING + "".join(f"\n## {title}\n\n{_table(rows)}" for title, rows in FAMILIES.items())


def _table(rows: tuple[Optimizer, ...]) -> str:
    lines = [HEAD, ["---"] * len(HEAD)]
    for row in rows:
        summary = f"{row.summary} Warning: {row.warning}" if row.warning else row.summary
        paper = f"[{row.source}]({row.link})"
        lines.append([row.name, summary, paper, row.differs, row.badge or BY_EQUATIONS])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
