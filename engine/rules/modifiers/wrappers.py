"""Wrappers: lines before and after those of any rule, or another gradient for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from inspect import cleandoc
from types import MappingProxyType

from engine.language.syntax.rule_text import RuleText, joined_lines
from engine.rules.hyperparameters import Hyperparameter, decay, zero_to_one


@dataclass(frozen=True)
class Wrapper:
    """A change that can be made to any rule.

    Attributes
    ----------
    name : str
    hyperparameters : tuple of Hyperparameter
    summary : str
        One sentence for a reader who meets it for the first time.
    source : str
        The paper that it comes from: authors, title, year.
    before, after : str
        Lines that stand before and after those of the rule.
    gradient : str
        What the rule reads in place of the gradient ``g`` at the position ``w``; "" where it reads ``g`` as it is.
    link : str
        Where to read the paper.
    follows : str
        The public implementation that it agrees with; "" where there is none.
    differs : str
        How it differs from the paper or from that implementation; "" where it does not.
    """

    name: str
    hyperparameters: tuple[Hyperparameter, ...]
    summary: str
    source: str
    before: str = ""
    after: str = ""
    gradient: str = ""
    link: str = ""
    follows: str = ""
    differs: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "before", cleandoc(self.before))
        object.__setattr__(self, "after", cleandoc(self.after))

    @property
    def defaults(self) -> dict[str, float]:
        """The value to begin with of each hyperparameter."""
        return {spec.name: spec.default for spec in self.hyperparameters}

    @cached_property
    def texts(self) -> tuple[RuleText, RuleText, RuleText]:
        """The lines before, the lines after, and the gradient, with their tokens."""
        return RuleText(self.before), RuleText(self.after), RuleText(self.gradient)

    @property
    def own_names(self) -> list[str]:
        """The names that it adds to a rule: its hyperparameters, and what its lines define."""
        before, after, _ = self.texts
        defined = joined_lines([before, after]).names_defined
        return [*self.defaults, *(name for name in defined if name not in ("w", "g"))]

    @property
    def moves_the_rule(self) -> bool:
        """Whether the rule goes on from another position than that at which the racer is drawn."""
        return "w" in self.texts[0].names_defined


_STANDS_APART = """
    init z = w
    average = w
    w = z
    g = grad(w)
    """
"""The rule goes on from its own position z; the racer is drawn at an average of such positions."""

NOISE = Hyperparameter("sigma", 0.1, 1e-3, 1e3, "log", help="size of the noise")
"""The spec that all noise shares."""

_ENTRIES = (
    Wrapper(
        "clip_norm",
        (Hyperparameter("max_norm", 1.0, 1e-3, 1e3, "log", help="length that no gradient exceeds"),),
        "Shortens a gradient that is too long and keeps its direction: cliffs no longer throw the racer out.",
        "Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks, 2013",
        gradient="g*min(1, max_norm/norm(g))",
        link="https://arxiv.org/abs/1211.5063",
        follows="optax.clip_by_global_norm",
        differs="nothing is added to the norm, to which torch.nn.utils.clip_grad_norm_ adds 1e-6",
    ),
    Wrapper(
        "clip_value",
        (Hyperparameter("clip_value", 1.0, 1e-3, 1e3, "log", help="size that no coordinate of a gradient exceeds"),),
        "Cuts each coordinate of the gradient by itself, and so turns a long gradient towards a diagonal.",
        "Mikolov, Statistical language models based on neural networks, 2012",
        gradient="clip(g, -clip_value, clip_value)",
        follows="optax.clip",
    ),
    Wrapper(
        "weight_decay",
        (zero_to_one("weight_decay", "share of the way to 0 that is gone at each step", 0.01),),
        "Pulls towards 0 at every step, whatever the rule does: the racer settles a little short of the minimum.",
        "Loshchilov and Hutter, Decoupled weight decay regularization, 2019",
        before="w_before = w",
        after="w = w - weight_decay*w_before",
        link="https://arxiv.org/abs/1711.05101",
        differs="no learning rate and no schedule multiplies it, where PyTorch's AdamW lets both do so",
    ),
    Wrapper(
        "lookahead",
        (
            Hyperparameter("k", 5.0, 1.0, 50.0, unit="steps", help="steps forward before one back"),
            zero_to_one("alpha", "how far the slow place follows the fast one", 0.5),
        ),
        "Runs ahead k steps and comes part of the way back: see the trail jump.",
        "Zhang, Lucas, Hinton and Ba, Lookahead optimizer: k steps forward, 1 step back, 2019",
        before="init phi = w",
        after="""
            w = phi + alpha*(w - phi) if t % k == 0 else w
            phi = w if t % k == 0 else phi
            """,
        link="https://arxiv.org/abs/1907.08610",
        follows="pytorch_optimizer.Lookahead",
        differs="k is not rounded: between whole numbers the racer comes back only where both meet",
    ),
    Wrapper(
        "sam",
        (Hyperparameter("rho", 0.05, 0.0, 2.0, help="how far uphill the gradient is taken"),),
        "Takes the gradient a little way uphill: the racer leaves narrow holes and cannot rest in a sharp minimum.",
        "Foret, Kleiner, Mobahi and Neyshabur, Sharpness-aware minimization, 2021",
        gradient="grad(w + rho*g/norm(g)) if norm(g) > 0 else g",
        link="https://arxiv.org/abs/2010.01412",
        follows="pytorch_optimizer.SAM",
        differs="nothing is added to the norm: where the gradient is 0 it is taken there",
    ),
    Wrapper(
        "noise",
        (NOISE,),
        "Shakes the gradient alike in all directions: what a small share of the data does to a slope, at its simplest.",
        "Neelakantan et al., Adding gradient noise improves learning for very deep networks, 2015",
        gradient="g + sigma*randn()",
        link="https://arxiv.org/abs/1511.06807",
        differs="stays as large as it is set, where the paper's shrinks with the steps",
    ),
    Wrapper(
        "anisotropic_noise",
        (replace(NOISE, help="size of the noise, as a share of each coordinate of the gradient"),),
        "Shakes the gradient most where it is steep, as mini-batches do: quiet along the floor of a valley.",
        "Zhu, Wu, Yu, Wu and Ma, The anisotropic noise in stochastic gradient descent, 2019",
        gradient="g + sigma*|g|*randn()",
        link="https://arxiv.org/abs/1803.00195",
        differs="its size follows the gradient, where the paper's follows the covariance over a data set",
    ),
    Wrapper(
        "heavy_tailed_noise",
        (NOISE, Hyperparameter("alpha", 1.5, 0.5, 2.0, help="2 is normal noise; less has rarer and wilder leaps")),
        "Shakes the gradient little for long and then throws the racer far: it leaps out of narrow holes.",
        "Simsekli, Sagun and Gurbuzbalaban, A tail-index analysis of stochastic gradient noise, 2019",
        before="""
            leap(angle, wait) = sin(alpha*angle)/cos(angle)^(1/alpha)*(cos((1 - alpha)*angle)/wait)^((1 - alpha)/alpha)
            """,
        gradient="g + sigma*leap(pi*(rand() - 0.5), -log(1 - rand()))",
        link="https://arxiv.org/abs/1901.06053",
        differs="stable numbers are drawn by the formula of Chambers, Mallows and Stuck, 1976, for each coordinate",
    ),
    Wrapper(
        "ema",
        (decay("decay", 0.9, "memory of the average"),),
        "Draws an average of where the rule has been of late: swings across a valley cancel out.",
        "Polyak and Juditsky, Acceleration of stochastic approximation by averaging, 1992",
        before=_STANDS_APART,
        after="""
            z = w
            w = decay*average + (1 - decay)*w if t > 1 else w
            """,
        link="https://doi.org/10.1137/0330046",
        follows="torch.optim.swa_utils.AveragedModel(multi_avg_fn=get_ema_multi_avg_fn(decay))",
    ),
    Wrapper(
        "polyak",
        (Hyperparameter("begin", 0.0, 0.0, 10_000.0, unit="steps", help="steps before the mean begins"),),
        "Draws the mean of all places where the rule has been: it goes on settling where the rule itself swings.",
        "Polyak and Juditsky, Acceleration of stochastic approximation by averaging, 1992",
        before=_STANDS_APART,
        after="""
            z = w
            w = average + (w - average)/max(1, t - begin)
            """,
        link="https://doi.org/10.1137/0330046",
        follows="torch.optim.swa_utils.AveragedModel",
    ),
)

WRAPPERS: Mapping[str, Wrapper] = MappingProxyType({entry.name: entry for entry in _ENTRIES})
"""The wrappers by name."""
