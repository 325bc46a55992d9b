"""Writes docs/wrappers.md from the entries of wrappers and schedules, so that the page lists what the program has."""

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
# Wrappers and schedules

Made from `engine/rules/modifiers/wrappers.py` and `engine/rules/modifiers/schedule.py` by `make docs`; change it there.

Wrappers and schedules are written after an optimizer, each behind a bar:

```
{EXAMPLE}
```

The result is a rule like any other; this one is

```
{OPTIMIZERS["SGD | clip_norm | cosine"].rule}
```

No rule has a wrapper or schedule unless it is written there. Their hyperparameters become those of the racer; one whose
name the rule has already gets a number: `weight_decay_2`. In the window, *Add wrapper or schedule* on a racer's card
does the same during a race: the racer continues from its position, with the states of its rule. The first wrapper is
applied to the rule first: in `sam | clip_norm` the gradients are clipped from which `sam` computes its own.

## Wrappers

A wrapper adds lines before and after those of the rule. If it changes the gradient, it also changes `grad(p)`, the
gradient at another point. `ema` and `polyak` draw the racer at an average, while the rule continues from its own
position, at which it evaluates the gradient, the loss and the Hessian.

"""
BETWEEN = f"""
## Schedules

A schedule is a factor of the learning rate, `lr`, wherever a rule reads it except in `init` lines; `t` is the number of
the step, from 1, where PyTorch counts epochs from 0. Several multiply, and all others wait for `warmup`. One that is
typed is a formula of `t`, whose free names are hyperparameters; one that a schedule of the table has too, such as `T`,
begins with its value there:

```
{TYPED}
```

From Python, `engine.rules.modifiers.schedule.factors(SCHEDULES["cosine"], {{"T": 300}}, steps)` gives the curve.

"""

WITH_SOLVERS = f"""
## With a solver

A solver has no rule to which lines could be added, and yet it takes most wrappers and schedules:

```
{SOLVED}
```

- A schedule multiplies the step size in each step, where the solver has one that is set. Other solvers find the length
  of their steps by a search, within a radius or from their own points, so there is nothing to multiply.
- `ema` and `polyak` draw it at an average, while it continues by itself. A solver that has arrived rests, and its
  average continues until it has arrived too.
- `lookahead` and `weight_decay` move it after a step. That makes no sense where the states of a solver hold only at the
  position to which its own step led: a conjugate direction, a simplex, a population.
- Noise tilts the loss about the solver's position, anew in each step: gradients get the same noise as those of a rule,
  and losses the noise that fits them, as if both came from a few rows of a data set. So it affects methods without
  gradients as well. Second derivatives and the losses that are shown stay exact.
- `clip_norm`, `clip_value` and `sam` change the gradient alone. A line search compares gradients with losses, Newton's
  method divides them by second derivatives, and the others use no gradient: no solver takes these three.

The states of a solver stay when a wrapper or schedule is added or removed; a solver that continues only from the
position to which its own steps led starts again when it leaves the average that was drawn.

"""


def page() -> str:
    """Return the whole page as Markdown."""
    head = ["Hyperparameters", "What to look for", "Source", "Follows", "Differs"]
    wrappers = table(["Name", "Lines", *head], map(_wrapper, WRAPPERS.values()))
    schedules = table(["Name", "Factor", *head[:2], *head[3:]], map(_schedule, SCHEDULES.values()))
    solvers = [entry for entry in OPTIMIZERS.values() if isinstance(entry, Solver)]
    with_solvers = table(["Solver", "Schedules multiply", "Wrappers that it takes"], map(_solver, solvers))
    return f"{OPENING}{wrappers}{BETWEEN}{schedules}{WITH_SOLVERS}{with_solvers}"


def _wrapper(entry: Wrapper) -> list[str]:
    own = entry.gradient and f"g = {entry.gradient}"
    lines = "\n".join(filter(None, [entry.before, own, "...", entry.after]))
    source = f"[{entry.source}]({entry.link})" if entry.link else entry.source
    return [code(entry.name), code(lines), _specs(entry.hyperparameters), entry.summary, source, code(entry.follows),
            entry.differs]  # fmt: skip


def _schedule(entry: Schedule) -> list[str]:
    specs = _specs(entry.hyperparameters)
    return [code(entry.name), code(entry.formula), specs, entry.summary, code(entry.follows), entry.differs]


def _solver(entry: Solver) -> list[str]:
    names = [wrapper.name for wrapper in WRAPPERS.values() if not refusal(entry, wrapper)]
    return [entry.name, code(entry.step_size), ", ".join(map(code, names))]


def _specs(specs: tuple[Hyperparameter, ...]) -> str:
    return "<br>".join(f"`{spec.name}` = {spec.default:g}: {spec.help}" for spec in specs)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
