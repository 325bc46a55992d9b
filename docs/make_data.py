"""Writes docs/data.md from the generators and the losses from data, so that the page lists what the program has."""

from collections.abc import Iterable
from pathlib import Path

from docs.make_landscapes import domain_of
from docs.pages import code, table
from engine.data.datasets import GENERATORS, Generator
from landscapes import DATA_LANDSCAPES, DataLandscape

PAGE = Path(__file__).with_name("data.md")

MODELS = (
    ("mean((x*u + y - v)^2)", "linear regression of v on u: slope x, height y"),
    ("mean(|x*u + y - v|) + k*(x^2 + y^2)", "the same with absolute errors and a penalty, k a slider"),
    ("m = mean(u); mean((x*(u - m) + y - v)^2)", "a mean may be used within another"),
    ("r = x*u + y - v; log(mean(r^2))", "what is worked out of a mean is a number like any other"),
)
"""Examples of formulas over the columns u and v, and their meanings."""

OPENING = """\
# Losses from data

Made from `engine/data/datasets.py` and `landscapes/datasets.py` by `make docs`; change them there.

With a data set, the names of its columns stand in a formula, and `mean(...)` runs over its rows. `x` and `y` are the
two weights that are fitted; other names are parameters with sliders, as everywhere. Slopes and second derivatives are
exact.

"""

AFTER_MODELS = """
What has a value for each row belongs inside a `mean(...)`. Columns are finite numbers, one for each row, and are
named as a formula names things.

```python
from engine import Race, compile_loss
from engine.data.datasets import generate

columns = generate("line", points=200, noise=0.3, seed=0)  # {"u": ..., "v": ...}, or any columns of your own
loss = compile_loss("mean((x*u + y - v)^2)", columns)
race = Race(loss, ["SGD(lr=0.1)", "Adam(lr=0.05)"], start=(-1.5, -1.2), seed=0, batch=16)
race.advance(500)
race.epoch  # how often all rows were gone through
loss.set_columns(generate("line", noise=1))  # other rows; nothing is recompiled
```

In the window, pick one of the losses below: the settings of its data set become sliders under the formula, beside one
for mini-batches, and the points are shown with what each racer's model says of them: a curve, or, of a model that reads
more columns than one, the data against its predictions. The model is what your formula subtracts from the last column,
or the other way round. Drag a point, add one by a double click, take one away by a right click or with Delete; Ctrl+Z
undoes that. Any formula over the same columns may be typed then, and saved among your own landscapes with its data.
*Landscape, Fit a line or a classifier to a table* shows the first rows of a file, and fits a line to two of its
columns, or a classifier to a column of two values and one or two others. Two words count as -1 and 1, by the alphabet;
two numbers stay, and the formula takes them to -1 and 1. *Standardise the columns* brings those that a formula reads to
mean 0 and deviation 1, as lines of the formula, and gives it back as it was.

## Mini-batches

With `batch=16` each step learns from 16 rows. An epoch goes through all rows once, in an order that follows from the
seed and the number of the epoch; its last batch is what is left. Step k gets the same rows for every racer, and again
after going back; each seed of a racer has orders of its own. Within a step `f`, `g`, `grad(p)` and `loss(p)` ask the
same rows. The landscape and every loss that is shown are those of all rows. Solvers, whose searches compare losses
between steps, are given all rows, and so is an `init` line.

## How it is added up

A mean is a plain sum, not a compensated one, divided by the number of rows: in 8 partial sums, or 32 where a row is
little work, joined by halves. The order follows from the formula and the number of rows alone. The error is at most
about as many units in the last place as there are rows in a partial sum, and its square root as a rule.

## A file of your own

```python
from engine.data.tables.file import read_table

table = read_table("penguins.csv")  # table.values: each column of numbers, by a name that a formula can read
loss = compile_loss("mean((x*flipper_mm + y - body_mass_kg)^2)", table.chosen("flipper_mm", "body_mass_kg"))
table.remarks("flipper_mm", "body_mass_kg")  # what was left out or is called otherwise, in sentences
```

From a shell, `python main.py --table penguins.csv --columns flipper mass` fits the second column by the first, in the
window or with `--headless`; a column is given by its name, its title, or how either begins. With `--formula` it is a
formula of yours that runs over them.

Cells may be separated by commas, semicolons, tabs, bars or spaces, or by what a first line `sep=;` says. Remarks,
which begin with `#`, `%`, `!`, `//` or `;`, and whatever else stands above the titles are no rows, nor are units
under the titles. Every line is accounted for in `table.account`, and `remarks` names the lines that are left out,
and why. Of more than 10,000 rows some are used, spread evenly over the file. What is no table of numbers, and what
is no ordinary file, raises a `TableError`, one plain sentence.

All cells of a column decide whether it has a decimal point or a decimal comma: `60,5` or `0,350` anywhere makes a
comma decimal, `1,234,567` makes it one between thousands. Groups may be set off by commas, points, spaces or
apostrophes, in threes or as lakhs; `%` and currencies beside numbers are left out. Where all cells are like
`12,345`, a comma is decimal unless commas separate the cells, and that is said, with the other way to choose:
`table.doubts`, the buttons under the lists of columns, and `--decimal`. So are titles that are numbers, such as
years, with `--titles`:

```python
from engine.data.tables.reading import Reading

table = read_table("penguins.csv", reading=Reading(decimals=(("body_mass_kg", "comma"),), titles=True))
```

## Data sets made to order

A row's random numbers follow from the seed and its place: with more points, those that were there stay.

"""


def page() -> str:
    """Return the whole page as Markdown."""
    models = table(["Write", "For"], ([code(formula), meaning] for formula, meaning in MODELS))
    settings = table(["Data set", "Columns", "Setting", "At first", "From, to", "Says"], _settings(GENERATORS.values()))
    head = ["Name", "Formula", "Data", "Domain", "Lowest loss", "What it teaches", "Source"]
    losses = table(head, map(_row, DATA_LANDSCAPES.values()))
    return f"{OPENING}{models}{AFTER_MODELS}{settings}\n## Losses to begin with\n\n{losses}"


def _settings(generators: Iterable[Generator]) -> Iterable[list[str]]:
    for generator in generators:
        for setting in generator.settings:
            first = setting is generator.settings[0]
            named = [generator.name, ", ".join(generator.columns)] if first else ["", ""]
            yield [*named, setting.name, f"{setting.default:g}", f"{setting.low:g}, {setting.high:g}", setting.help]


def _row(entry: DataLandscape) -> list[str]:
    values = ", ".join(f"{name} = {value:g}" for name, value in entry.parameters.items())
    made = ", ".join([entry.data, *(f"{name} = {value:g}" for name, value in entry.settings.items())])
    formula = code(entry.formula) + (f" with {values}" if values else "")
    note = f"{entry.note} {entry.remark}".strip()
    return [entry.name, formula, made, domain_of(entry), f"{entry.lowest:.9g}", note, entry.source]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
