"""The record of a named rule: its text, its hyperparameters, where it comes from, and what it is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from inspect import cleandoc

from engine.compiled.driver import Driver
from engine.language.errors import FormulaError
from engine.language.syntax.rule_text import RuleText
from engine.rules.agreements import AGREEMENTS, VERSIONS
from engine.rules.equations import Equations
from engine.rules.hyperparameters import Hyperparameter
from engine.rules.rule import Rule, read_rule


@dataclass(frozen=True)
class Optimizer:
    """A named rule.

    Attributes
    ----------
    name : str
    rule : str
        The text of one update; it may be indented as its entry is.
    hyperparameters : tuple of Hyperparameter
    source : str
        The paper that it comes from: authors, title, year.
    summary : str
        One sentence for a reader who meets it for the first time: what to look for.
    differs : str
        How it differs from the paper, or from the implementation that it follows; "" where it does not.
    link : str
        Where to read the paper.
    follows : str
        The public implementation that the tests compare it with step by step; "" where there is none.
    warning : str
        What to know before trusting what it does on two coordinates; "" where there is nothing.
    equations : Equations, optional
        The paper's equations, with which the tests compare an optimizer that follows no public implementation.
    """

    name: str
    rule: str
    hyperparameters: tuple[Hyperparameter, ...]
    source: str
    summary: str
    differs: str = ""
    link: str = ""
    follows: str = ""
    warning: str = ""
    equations: Equations | None = field(default=None, compare=False, kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rule", cleandoc(self.rule))

    @cached_property
    def rule_text(self) -> RuleText:
        """The rule with its tokens."""
        return RuleText(self.rule)

    @property
    def defaults(self) -> dict[str, float]:
        """The value to begin with of each hyperparameter."""
        return {spec.name: spec.default for spec in self.hyperparameters}

    @property
    def playground(self) -> dict[str, float]:
        """The values that make visible progress on landscapes of two coordinates."""
        specs = self.hyperparameters
        return {spec.name: spec.default if spec.playground is None else spec.playground for spec in specs}

    @property
    def badge(self) -> str:
        """What it follows and how closely, such as ``follows torch.optim.Adam (2.13.0) to 3e-14``; "" for nothing."""
        if self.name not in AGREEMENTS:
            return ""
        library = VERSIONS[self.follows.split(".")[0]]
        return f"follows {self.follows} ({library}) to {AGREEMENTS[self.name]:.0e}"

    @property
    def bare(self) -> str:
        """A sentence that says why no wrapper or schedule can be added; "" where they can."""
        return ""

    @property
    def fixed(self) -> str:
        """A sentence that says why the rule cannot be edited; "" where it can."""
        return ""

    @property
    def drivers(self) -> tuple[Driver, ...]:
        """The loops that are compiled once for this optimizer alone; rules share one loop."""
        return ()

    def hyperparameter(self, name: str) -> Hyperparameter:
        """Return the spec of one hyperparameter.

        Raises
        ------
        FormulaError
            Where this optimizer has none of that name.
        """
        for spec in self.hyperparameters:
            if spec.name == name:
                return spec
        known = ", ".join(self.defaults)
        raise FormulaError(f'{self.name} has no hyperparameter "{name}".', hint=f"It has: {known}.")

    def modified(self, name: str, rule: RuleText, added: Sequence[Hyperparameter]) -> Optimizer:
        """Return this optimizer as a wrapper or schedule leaves it: with another rule and more hyperparameters.

        It follows no implementation any more, since none was compared with the new rule.
        """
        hyperparameters = (*self.hyperparameters, *added)
        result = replace(self, name=name, rule=rule.text, hyperparameters=hyperparameters, follows="", equations=None)
        # The value of a cached property is what the instance holds under its name: the rule has its tokens already.
        vars(result)["rule_text"] = rule
        return result

    def compile(self, **values: float) -> Rule:
        """Return the compiled rule, with `values` in place of defaults.

        Raises
        ------
        FormulaError
            Where a value is not finite or has no hyperparameter.
        """
        rule = read_rule(self.rule_text, self.name)
        rule.set(**{**self.defaults, **values})
        return rule


NOT_IN_PAPER = "weight_decay, which is 0 unless it is moved, is PyTorch's"
IN_DOUBLE = "what pytorch_optimizer keeps in single precision was made double to compare it"
LEANS_ON_ORIGIN = "Its steps depend on how far it is from the origin, which the same landscape moved elsewhere changes."
