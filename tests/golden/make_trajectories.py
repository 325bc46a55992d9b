"""Makes the golden trajectories: 100 steps of every optimizer by PyTorch, or by optax where PyTorch has none.

Run it with ``make golden``, which makes an environment of its own with the versions pinned in ``requirements.txt``
beside this file.  Everything is float64; gradients come from the libraries' own automatic differentiation.
"""

import functools
import json
import math
from pathlib import Path

import jax
import jax.numpy as jnp
import optax
import torch

STEPS = 100
LANDSCAPES = {
    "rosenbrock": ((-1.2, 1.0), lambda x, y, m: (1 - x) ** 2 + 100 * (y - x**2) ** 2),
    "beale": (
        (1.0, 1.5),
        lambda x, y, m: (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2,
    ),
    "wavy": ((1.7, -1.1), lambda x, y, m: m.sin(2 * x) * m.cos(3 * y) + (x**2 + y**2) / 5),
}


def lion(settings):
    """Return optax's Lion."""
    betas = {short: settings[long] for short, long in (("b1", "beta1"), ("b2", "beta2")) if long in settings}
    return optax.lion(settings["lr"], weight_decay=settings.get("weight_decay", 0.0), **betas)


def uncorrected_adam(settings):
    """Return Adam without bias correction, which no library offers, from optax's own moments."""
    b1, b2, eps = settings.get("beta1", 0.9), settings.get("beta2", 0.999), 1e-8

    def init(w):
        return jnp.zeros_like(w), jnp.zeros_like(w)

    def update(slope, state, w):
        m = optax.tree.update_moment(slope, state[0], b1, 1)
        v = optax.tree.update_moment_per_elem_norm(slope, state[1], b2, 2)
        pull = settings.get("weight_decay", 0.0) * w
        return -settings["lr"] * (m / (jnp.sqrt(v) + eps) + pull), (m, v)

    return optax.GradientTransformation(init, update)


SGD, ADAGRAD, ADADELTA, RMSPROP = (getattr(torch.optim, name) for name in ("SGD", "Adagrad", "Adadelta", "RMSprop"))
ADAM, ADAMW = torch.optim.Adam, torch.optim.AdamW
NESTEROV = functools.partial(SGD, nesterov=True)
CASES = [
    ("SGD", {"lr": 1e-4}, SGD),
    ("SGD", {"lr": 5e-4, "weight_decay": 0.1}, SGD),
    ("Momentum", {"lr": 1e-4, "momentum": 0.9}, SGD),
    ("Momentum", {"lr": 1e-4, "momentum": 0.8, "dampening": 0.3, "weight_decay": 0.1}, SGD),
    ("Nesterov", {"lr": 1e-4, "momentum": 0.9}, NESTEROV),
    ("Nesterov", {"lr": 2e-4, "momentum": 0.8, "weight_decay": 0.1}, NESTEROV),
    ("AdaGrad", {"lr": 0.05}, ADAGRAD),
    ("AdaGrad", {"lr": 0.05, "lr_decay": 0.01, "initial_accumulator_value": 0.1}, ADAGRAD),
    ("AdaGrad", {"lr": 0.1, "eps": 1e-3, "weight_decay": 0.1}, ADAGRAD),
    ("Adadelta", {}, ADADELTA),
    ("Adadelta", {"lr": 0.5, "rho": 0.95, "eps": 1e-4, "weight_decay": 0.1}, ADADELTA),
    ("RMSProp", {"lr": 0.005}, RMSPROP),
    ("RMSProp", {"lr": 0.002, "alpha": 0.9, "momentum": 0.5}, RMSPROP),
    ("RMSProp", {"lr": 0.002, "alpha": 0.95, "eps": 1e-2, "centered": 1, "weight_decay": 0.1}, RMSPROP),
    ("Adam", {"lr": 0.02}, ADAM),
    ("Adam", {"lr": 0.01, "beta1": 0.8, "beta2": 0.99, "eps": 1e-6, "weight_decay": 0.1}, ADAM),
    ("Adam", {"lr": 0.005, "beta2": 0.99, "bias_correction": 0}, uncorrected_adam),
    ("AdamW", {"lr": 0.02}, ADAMW),
    ("AdamW", {"lr": 0.01, "beta2": 0.99, "eps": 1e-6, "weight_decay": 0.2}, ADAMW),
    ("AdamW", {"lr": 0.005, "beta1": 0.8, "weight_decay": 0.1, "bias_correction": 0}, uncorrected_adam),
    ("Lion", {"lr": 0.01}, lion),
    ("Lion", {"lr": 0.005, "beta1": 0.8, "beta2": 0.95, "weight_decay": 0.1}, lion),
]
BY_OPTAX = (lion, uncorrected_adam)


def by_torch(make, settings, start, loss):
    """Return the positions of all steps, the start first."""
    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    settings = dict(settings)
    betas = {name: settings.pop(name) for name in ("beta1", "beta2") if name in settings}
    if betas:
        settings["betas"] = (betas.get("beta1", 0.9), betas.get("beta2", 0.999))
    stepper = make([w], **settings)
    trail = [list(start)]
    for _ in range(STEPS):
        stepper.zero_grad()
        loss(w[0], w[1], torch).backward()
        stepper.step()
        trail.append(w.detach().tolist())
    return trail


def by_optax(make, settings, start, loss):
    """Return the positions of all steps, the start first."""
    stepper = make(settings)
    slope = jax.grad(lambda w: loss(w[0], w[1], jnp))
    w = jnp.array(start, dtype=jnp.float64)
    state, trail = stepper.init(w), [list(start)]
    for _ in range(STEPS):
        updates, state = stepper.update(slope(w), state, w)
        w = optax.apply_updates(w, updates)
        trail.append([float(value) for value in w])
    return trail


def check_versions(found):
    """Raise where a library is not the pinned version: other versions may take other steps."""
    lines = Path(__file__).with_name("requirements.txt").read_text().split()
    pinned = dict(line.split("==") for line in lines)
    wrong = {name: version for name, version in found.items() if version != pinned[name]}
    if wrong:
        raise SystemExit(f"requirements.txt pins other versions than {wrong}; run `make golden`.")


def main():
    """Write every trajectory to trajectories.json."""
    jax.config.update("jax_enable_x64", True)
    versions = {"torch": torch.__version__.split("+")[0], "optax": optax.__version__, "jax": jax.__version__}
    check_versions(versions)
    golden = []
    for name, settings, make in CASES:
        walk = by_optax if make in BY_OPTAX else by_torch
        for landscape, (start, loss) in LANDSCAPES.items():
            trail = walk(make, settings, start, loss)
            assert all(math.isfinite(value) for place in trail for value in place), (name, landscape)
            golden.append({"optimizer": name, "settings": settings, "landscape": landscape, "trail": trail})
    target = Path(__file__).with_name("trajectories.json")
    target.write_text(json.dumps({"versions": versions, "trajectories": golden}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
