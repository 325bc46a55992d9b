"""Schedules: the factor by which the learning rate of a rule is multiplied at step t."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from engine.language.errors import FormulaError, check_values
from engine.language.graph.reference import evaluate
from engine.language.syntax.rule_text import RuleText
from engine.language.types import Array
from engine.loss.formula import build_formula
from engine.loss.loss import DEFAULT_PARAMETER
from engine.rules.hyperparameters import Hyperparameter

RATE = "lr"
"""The name of the learning rate in every rule."""
LONGEST = 100_000.0
"""The end of a slider for a number of steps."""
TYPED_LOW, TYPED_HIGH = 0.0, 10.0
"""The ends of the slider of a name that only a typed schedule has."""


@dataclass(frozen=True)
class Schedule:
    """A factor of the learning rate.

    Attributes
    ----------
    name : str
    formula : str
        The factor as a formula of ``t``, the number of the step from 1; definitions may stand before its last line.
    hyperparameters : tuple of Hyperparameter
        Its free names.
    summary : str
        One sentence for a reader who meets it for the first time.
    follows : str
        The public implementation that it agrees with; "" where there is none.
    differs : str
        How it differs from that; "" where it does not.
    delays : str
        The hyperparameter that says for how many steps other schedules wait; "" for all but a warm-up.
    """

    name: str
    formula: str
    hyperparameters: tuple[Hyperparameter, ...]
    summary: str
    follows: str = ""
    differs: str = ""
    delays: str = ""

    @property
    def defaults(self) -> dict[str, float]:
        """The value to begin with of each hyperparameter."""
        return {spec.name: spec.default for spec in self.hyperparameters}

    @cached_property
    def text(self) -> RuleText:
        """The formula with its tokens."""
        return RuleText(self.formula)


def steps(name: str, default: float, help: str) -> Hyperparameter:
    """Return the spec of a number of steps."""
    return Hyperparameter(name, default, 1.0, LONGEST, "log", unit="steps", help=help)


def share(name: str, default: float, help: str) -> Hyperparameter:
    """Return the spec of a share of the learning rate, or of another whole."""
    return Hyperparameter(name, default, 0.0, 1.0, help=help)


LENGTH = steps("T", 500.0, "steps until it has come to its end")
LOW = share("low", 0.0, "the smallest factor")
GAMMA = Hyperparameter("gamma", 0.1, 0.0, 1.0, help="factor of each drop")

_ENTRIES = (
    Schedule("constant", "1", (), "The learning rate stays as it is set."),
    Schedule(
        "step",
        "gamma^floor((t - 1)/step_size)",
        (steps("step_size", 100.0, "steps from one drop to the next"), GAMMA),
        "Stays level, then drops at once, again and again.",
        "torch.optim.lr_scheduler.StepLR",
    ),
    Schedule(
        "exponential",
        "gamma^(t - 1)",
        (Hyperparameter("gamma", 0.99, 0.9, 1.0, help="factor from each step to the next"),),
        "Shrinks by the same share at every step.",
        "torch.optim.lr_scheduler.ExponentialLR",
    ),
    Schedule(
        "polynomial",
        "(1 - min(t - 1, T)/T)^power",
        (LENGTH, Hyperparameter("power", 1.0, 0.1, 5.0, help="1 is a straight line; more falls sooner")),
        "Falls to 0 along a line, or along a power of one.",
        "torch.optim.lr_scheduler.PolynomialLR",
    ),
    Schedule(
        "inverse_time",
        "1/(1 + decay_rate*(t - 1))",
        (Hyperparameter("decay_rate", 0.01, 1e-5, 1.0, "log", help="how fast it falls"),),
        "Falls as one over the time: just slowly enough that noise is averaged away and any minimum can be reached.",
        "lr_decay of torch.optim.Adagrad",
    ),
    Schedule(
        "inverse_sqrt",
        "sqrt(hold/max(t, hold))",
        (steps("hold", 100.0, "steps at the full learning rate"),),
        "Stays, then falls as one over the root of the time: it never gets very small.",
    ),
    Schedule(
        "cosine",
        "low + (1 - low)*(1 + cos(pi*min(t - 1, T)/T))/2",
        (LENGTH, LOW),
        "Falls slowly, then fast, then slowly again, along half a wave.",
        "torch.optim.lr_scheduler.CosineAnnealingLR",
        "stays low after T steps, where PyTorch's rises again; low is a share of the learning rate, not one itself",
    ),
    Schedule(
        "cosine_restarts",
        # Half a step on, rounding cannot miss a restart, which falls on a whole step.
        "passed = (t - 0.5)/T_0\n"
        "before = floor(log(passed*(T_mult - 1) + 1)/log(T_mult)) if T_mult > 1 else floor(passed)\n"
        "start = T_0*((T_mult^before - 1)/(T_mult - 1) if T_mult > 1 else before)\n"
        "low + (1 - low)*(1 + cos(pi*(t - 1 - start)/(T_0*T_mult^before)))/2",
        (
            steps("T_0", 100.0, "steps until the first restart"),
            Hyperparameter("T_mult", 1.0, 1.0, 4.0, help="how much longer each wave is than the one before"),
            LOW,
        ),
        "Falls along half a wave and jumps back up, which may throw the racer into another valley.",
        "torch.optim.lr_scheduler.CosineAnnealingWarmRestarts",
        "low is a share of the learning rate, not one itself",
    ),
    Schedule(
        "one_cycle",
        "top = pct_start*T - 1\n"
        "first = 1/div_factor\n"
        "last = first/final_div_factor\n"
        "k = min(t - 1, T - 1)\n"
        "rise = first + (1 - first)*(1 - cos(pi*k/top))/2\n"
        # Where all steps rise, none is left to fall.
        "fallen = (k - top)/(T - 1 - top) if top < T - 1 else 0\n"
        "fall = last + (1 - last)*(1 + cos(pi*fallen))/2\n"
        "rise if k + 1 < pct_start*T else fall",
        (
            LENGTH,
            share("pct_start", 0.3, "share of the steps that rise"),
            Hyperparameter("div_factor", 25.0, 1.0, 1e4, "log", help="the full rate over the first"),
            Hyperparameter("final_div_factor", 1e4, 1.0, 1e6, "log", help="the first rate over the last"),
        ),
        "Rises once and falls once, to almost nothing: bold in the middle, careful at the end.",
        "torch.optim.lr_scheduler.OneCycleLR",
        "stays at its last factor after T steps, where PyTorch raises an error; lr is PyTorch's max_lr",
    ),
    Schedule(
        "triangular",
        "k = (t - 1)/(step_size_up + step_size_down)\n"
        "turn = step_size_up/(step_size_up + step_size_down)\n"
        "passed = k - floor(k)\n"
        "low + (1 - low)*(passed/turn if passed <= turn else (passed - 1)/(turn - 1))",
        (
            share("low", 0.1, "the smallest factor"),
            steps("step_size_up", 50.0, "steps up"),
            steps("step_size_down", 50.0, "steps down"),
        ),
        "Goes up and down along straight lines for ever.",
        "torch.optim.lr_scheduler.CyclicLR",
        "lr is PyTorch's max_lr, and low a share of it",
    ),
    Schedule(
        "warmup",
        "min(1, t/W)",
        (steps("W", 50.0, "steps until the full learning rate, when other schedules begin"),),
        "Rises along a line, and only then lets the schedule beside it begin.",
        "torch.optim.lr_scheduler.LinearLR(start_factor=1/W, total_iters=W - 1) in a SequentialLR",
        delays="W",
    ),
    Schedule(
        "warmup_stable_decay",
        "max(low, min(1, t/W, (T + 1 - t)/D))",
        (
            steps("W", 50.0, "steps up"),
            LENGTH,
            steps("D", 100.0, "steps down, the last of T"),
            LOW,
        ),
        "Rises, stays level for most of the way, and falls along a line at the end.",
    ),
)

SCHEDULES: Mapping[str, Schedule] = MappingProxyType({entry.name: entry for entry in _ENTRIES})
"""The schedules by name."""

TYPED = "schedule"
"""The name of a typed schedule in a racer's text: ``schedule(cos(pi*t/T))``."""

GIVEN = ("t",)
"""The names that a schedule is given: the number of the step."""

UNKNOWN: Mapping[str, str] = MappingProxyType(
    {**dict.fromkeys("xywgf", 'It knows the step "t".'), RATE: "The schedule is its factor: leave it out."}
)
"""Names of formulas and rules that a typed schedule cannot read, and what to try instead."""


def typed_schedule(formula: str) -> Schedule:
    """Return the schedule that a person has typed; its free names are hyperparameters.

    Raises
    ------
    FormulaError
        Where the text is no formula of ``t``.
    """
    if not formula.strip():
        raise FormulaError("The schedule has no formula yet.", hint='Try "cos(pi*t/T)".')
    graph, factor = build_formula(formula)
    for token, after in pairwise(RuleText(formula).tokens):
        place = token.start, token.end
        if token.kind == "name" and token.text in UNKNOWN:
            raise FormulaError(f'A schedule does not know "{token.text}".', *place, UNKNOWN[token.text])
        if token.text == "t" and after.text == "=":
            raise FormulaError('"t" is the number of the step.', *place, "Choose another name.")
    free = [name for name in graph.names_in([factor]) if name not in GIVEN]
    return Schedule(f"{TYPED}({formula.strip()})", formula, tuple(map(_typed_spec, free)), "A schedule that was typed.")


def _typed_spec(name: str) -> Hyperparameter:
    """Return the spec of a free name: what it is in the first schedule that has it, or a plain number."""
    known = (spec for schedule in SCHEDULES.values() for spec in schedule.hyperparameters if spec.name == name)
    help = "a free name of the schedule that was typed"
    return next(known, Hyperparameter(name, DEFAULT_PARAMETER, TYPED_LOW, TYPED_HIGH, help=help))


def factors(schedule: Schedule, values: Mapping[str, float], steps: ArrayLike) -> Array:
    """Return the factor at each of `steps`, float64 of their shape.

    Parameters
    ----------
    schedule
    values
        Hyperparameters in place of its defaults.
    steps
        Numbers of steps, from 1.

    Raises
    ------
    FormulaError
        Where a value is not finite or has no hyperparameter.
    """
    check_values("hyperparameter", tuple(schedule.defaults), values)
    graph, factor = build_formula(schedule.formula)
    t = np.asarray(steps, dtype=np.float64)
    result = evaluate(graph, [factor], {**schedule.defaults, **values, "t": t})[0]
    return np.broadcast_to(result, t.shape).copy()
