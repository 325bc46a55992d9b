"""Writes docs/wrappers.md from the entries of wrappers and schedules, so that the page says what the program offers."""

from pathlib import Path

from docs.pages import code, table
from engine.optimizers import OPTIMIZERS, Hyperparameter
from engine.rules.modifiers.schedule import SCHEDULES, Schedule
from engine.rules.modifiers.wrappers import WRAPPERS, Wrapper
from engine.solvers.modified_solver import refusal
from engine.solvers.solver import Solver

PAGE = Path(__file__).with_name("wrappers.md")
EXAMPLE = "SGD(lr=0.1) | clip_norm(max_norm=2) | cosine(T=300)"
SOLVED = "Newton(lr=0.5) | cosine(T=50) | ema | noise"
TYPED = "SGD(lr=0.1) | schedule(max(0.1, cos(pi*t/T)), T=300)"

OPENING = f"""\
# What goes round a rule

Made from `engine/rules/modifiers/wrappers.py` and `engine/rules/modifiers/schedule.py` by `make docs`; change it there.

Wrappers and schedules are written after an optimizer, each behind a bar:

```
{EXAMPLE}
```

The result is a rule like any other; this one is

```
{OPTIMIZERS["SGD | clip_norm | cosine"].rule}
```

Nothing goes round a rule unless it is written there. Hyperparameters become those of the racer; one whose name the rule
has already gets a number: `weight_decay_2`. In the window, *Add wrapper or schedule* on a racer's card does the same
while it races: it goes on where it stands, with what its rule remembers. The first wrapper stands nearest to the rule:
in `sam | clip_norm` the gradients are clipped of which `sam` makes its own.

## Wrappers

A wrapper's lines stand before and after those of the rule. Where it changes the gradient, it does so as well where the
rule asks `grad(p)` at another point. `ema` and `polyak` draw the racer at an average, while the rule goes on from its
own place, where it asks for the gradient, the loss and the Hessian.

"""
BETWEEN = f"""
## Schedules

A schedule is a factor of the learning rate, `lr`, wherever a rule reads it but in `init` lines; `t` is the number of
the step, from 1, where PyTorch counts epochs from 0. Several multiply, and all others wait for `warmup`. One that is
typed is a formula of `t`, whose free names are hyperparameters; one that a schedule of the table has too, such as `T`,
begins with its value there:

```
{TYPED}
```

From Python, `engine.rules.modifiers.schedule.factors(SCHEDULES["cosine"], {{"T": 300}}, steps)` gives the curve.

"""

ROUND_SOLVERS = f"""
## Round a solver

A solver runs no rule that lines could stand round, and yet most of this goes round it:

```
{SOLVED}
```

- A schedule multiplies the size of its steps in each step, where it has one that is set. Others find the length of
  their steps by a search, within a radius or from their own points, so there is nothing to multiply.
- `ema` and `polyak` draw it at an average, while it goes on by itself. A solver that has arrived rests, and its
  average goes on until it has arrived too.
- `lookahead` and `weight_decay` put it elsewhere after a step. That makes no sense where what a solver remembers
  holds only at the place to which its own step led: a conjugate direction, a simplex, a population.
- Noise tilts, about the place where the solver stands, what it sees in a step, each time anew: slopes are shaken as
  those of a rule are, and losses by as much as fits them, as if both came from a few rows of a data set. So it shakes
  methods without slopes as well. Curvatures and the losses that are shown stay as they are.
- `clip_norm`, `clip_value` and `sam` change the slopes alone. A line search holds slopes against losses, Newton's
  method divides them by curvatures, and the rest ask for no slope at all: they go round no solver.

What a solver remembers stays when something is put round it or taken away; one that goes on only from where its own
steps led begins anew when it leaves the average that was drawn.

"""


def page() -> str:
    """Return the whole page."""
    head = ["Hyperparameters", "What to look for", "Source", "Follows", "Differs"]
    wrappers = table(["Name", "Lines", *head], map(_wrapper, WRAPPERS.values()))
    schedules = table(["Name", "Factor", *head[:2], *head[3:]], map(_schedule, SCHEDULES.values()))
    solvers = [entry for entry in OPTIMIZERS.values() if isinstance(entry, Solver)]
    round_solvers = table(["Solver", "Schedules multiply", "Wrappers that go round it"], map(_solver, solvers))
    return f"{OPENING}{wrappers}{BETWEEN}{schedules}{ROUND_SOLVERS}{round_solvers}"


def _wrapper(entry: Wrapper) -> list[str]:
    own = entry.gradient and f"g = {entry.gradient}"
    lines = "\n".join(filter(None, [entry.before, own, "...", entry.after]))
    source = f"[{entry.source}]({entry.link})" if entry.link else entry.source
    return [code(entry.name), code(lines), _rows(entry.hyperparameters), entry.summary, source, code(entry.follows),
            entry.differs]  # fmt: skip


def _schedule(entry: Schedule) -> list[str]:
    rows = _rows(entry.hyperparameters)
    return [code(entry.name), code(entry.formula), rows, entry.summary, code(entry.follows), entry.differs]


def _solver(entry: Solver) -> list[str]:
    names = [part.name for part in WRAPPERS.values() if not refusal(entry, part)]
    return [entry.name, code(entry.step_size), ", ".join(map(code, names))]


def _rows(rows: tuple[Hyperparameter, ...]) -> str:
    return "<br>".join(f"`{row.name}` = {row.default:g}: {row.help}" for row in rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
