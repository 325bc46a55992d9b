"""Writes a racer as `racer_text` reads it: ``Adam(lr=0.1) | cosine(T=500)``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.optimizers.racer_modifiers import core_of, modifiers_of, own_specs
from engine.optimizers.racer_syntax import BAR
from engine.rules.hyperparameters import Hyperparameter


def written_racer(name: str, specs: Sequence[Hyperparameter], values: Mapping[str, float]) -> str:
    """Return the text of a racer, with those of its `values` that are not the defaults.

    Parameters
    ----------
    name : str
        Of its optimizer, with wrappers and schedules.
    specs : sequence of Hyperparameter
        Those of the whole optimizer.
    """
    chosen = {spec.name: values[spec.name] for spec in specs if values.get(spec.name, spec.default) != spec.default}
    own = {spec.name: chosen[spec.name] for spec in own_specs(name, specs) if spec.name in chosen}
    modifiers = [_with_settings(modifier.entry.name, modifier.own(chosen)) for modifier in modifiers_of(name, specs)]
    return f" {BAR} ".join([_with_settings(core_of(name), own), *modifiers])


def _with_settings(name: str, values: Mapping[str, float]) -> str:
    """Return a name with settings; those of a typed schedule follow its formula, within the same brackets."""
    settings = ", ".join(f"{key}={_digits(value)}" for key, value in values.items())
    if not settings:
        return name
    return f"{name[:-1]}, {settings})" if name.endswith(")") else f"{name}({settings})"


def _digits(value: float) -> str:
    """Return the shortest digits that are this number."""
    short = f"{value:g}"
    return short if float(short) == value else repr(float(value))
