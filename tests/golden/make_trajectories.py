"""Makes the golden trajectories: 100 steps of every optimizer by PyTorch, or by optax where PyTorch has none.

Run it with ``make golden``, which makes an environment of its own with the versions pinned in ``requirements.txt``
beside this file.  Everything is float64; gradients come from the libraries' own automatic differentiation.
"""

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
SGD, ADAM, ADAMW = torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW
CASES = [
    ("SGD", {"lr": 1e-4}, SGD, {}),
    ("SGD", {"lr": 5e-4, "weight_decay": 0.1}, SGD, {}),
    ("Momentum", {"lr": 1e-4}, SGD, {"momentum": 0.9}),
    ("Momentum", {"lr": 1e-4, "momentum": 0.8, "dampening": 0.3, "weight_decay": 0.1}, SGD, {}),
    ("Nesterov", {"lr": 1e-4, "momentum": 0.9}, SGD, {"nesterov": True}),
    ("AdaGrad", {"lr": 0.05}, torch.optim.Adagrad, {}),
    ("AdaGrad", {"lr": 0.05, "lr_decay": 0.01, "initial_accumulator_value": 0.1}, torch.optim.Adagrad, {}),
    ("Adadelta", {}, torch.optim.Adadelta, {}),
    ("Adadelta", {"lr": 0.5, "rho": 0.95, "eps": 1e-4, "weight_decay": 0.1}, torch.optim.Adadelta, {}),
    ("RMSProp", {"lr": 0.005}, torch.optim.RMSprop, {}),
    ("RMSProp", {"lr": 0.002, "alpha": 0.9, "momentum": 0.5}, torch.optim.RMSprop, {}),
    ("Adam", {"lr": 0.02}, ADAM, {}),
    ("Adam", {"lr": 0.01, "beta1": 0.8, "beta2": 0.99, "eps": 1e-6, "weight_decay": 0.1}, ADAM, {}),
    ("AdamW", {"lr": 0.02}, ADAMW, {}),
    ("AdamW", {"lr": 0.01, "weight_decay": 0.2}, ADAMW, {}),
    ("Lion", {"lr": 0.01}, None, {}),
    ("Lion", {"lr": 0.005, "beta1": 0.8, "beta2": 0.95, "weight_decay": 0.1}, None, {}),
]


def by_torch(optimizer, settings, start, loss):
    """Return the positions of all steps, the start first."""
    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    settings = dict(settings)
    betas = {name: settings.pop(name) for name in ("beta1", "beta2") if name in settings}
    if betas:
        settings["betas"] = (betas["beta1"], betas["beta2"])
    stepper = optimizer([w], **settings)
    trail = [list(start)]
    for _ in range(STEPS):
        stepper.zero_grad()
        loss(w[0], w[1], torch).backward()
        stepper.step()
        trail.append(w.detach().tolist())
    return trail


def by_optax(settings, start, loss):
    """Return the positions of all steps of Lion, the start first."""
    betas = {short: settings[long] for short, long in (("b1", "beta1"), ("b2", "beta2")) if long in settings}
    stepper = optax.lion(settings["lr"], weight_decay=settings.get("weight_decay", 0.0), **betas)
    slope = jax.grad(lambda w: loss(w[0], w[1], jnp))
    w = jnp.array(start, dtype=jnp.float64)
    state, trail = stepper.init(w), [list(start)]
    for _ in range(STEPS):
        updates, state = stepper.update(slope(w), state, w)
        w = optax.apply_updates(w, updates)
        trail.append([float(value) for value in w])
    return trail


def main():
    """Write every trajectory to trajectories.json."""
    jax.config.update("jax_enable_x64", True)
    golden = []
    for name, settings, optimizer, fixed in CASES:
        for landscape, (start, loss) in LANDSCAPES.items():
            if optimizer is None:
                trail = by_optax(settings, start, loss)
            else:
                trail = by_torch(optimizer, {**settings, **fixed}, start, loss)
            assert all(math.isfinite(value) for place in trail for value in place), (name, landscape)
            golden.append({"optimizer": name, "settings": {**settings}, "landscape": landscape, "trail": trail})
    versions = {"torch": torch.__version__.split("+")[0], "optax": optax.__version__, "jax": jax.__version__}
    target = Path(__file__).with_name("trajectories.json")
    target.write_text(json.dumps({"versions": versions, "trajectories": golden}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
