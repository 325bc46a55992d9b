"""Makes the golden values of wrappers and schedules: learning rates and places by public implementations.

``make golden`` runs it in the environment of ``make_trajectories.py``.  Everything is float64.
"""

import importlib.metadata
import json
from pathlib import Path

import jax
import jax.numpy as jnp
import optax
import torch
from make_trajectories import check_versions
from pytorch_optimizer import SAM, Lookahead
from pytorch_optimizer.optimizer import sam
from torch.optim import swa_utils
from torch.optim.lr_scheduler import (
    CosineAnnealingLR,
    CosineAnnealingWarmRestarts,
    CyclicLR,
    ExponentialLR,
    LinearLR,
    OneCycleLR,
    PolynomialLR,
    SequentialLR,
    StepLR,
)

LIBRARIES = ("torch", "optax", "jax", "pytorch_optimizer")
STEPS = 120
START = (-1.2, 1.0)


def delayed(optimizer):
    """Return a cosine that waits for a warm-up of 20 steps."""
    rise = LinearLR(optimizer, start_factor=1 / 20, total_iters=19)
    return SequentialLR(optimizer, [rise, CosineAnnealingLR(optimizer, 100)], milestones=[20])


SCHEDULES = {
    "step(step_size=30, gamma=0.3)": lambda sgd: StepLR(sgd, 30, 0.3),
    "exponential(gamma=0.95)": lambda sgd: ExponentialLR(sgd, 0.95),
    "polynomial(T=90, power=2.5)": lambda sgd: PolynomialLR(sgd, 90, 2.5),
    "cosine(T=120, low=0.1)": lambda sgd: CosineAnnealingLR(sgd, 120, eta_min=0.1),
    "cosine_restarts(T_0=25)": lambda sgd: CosineAnnealingWarmRestarts(sgd, 25),
    "cosine_restarts(T_0=7, T_mult=2, low=0.2)": lambda sgd: CosineAnnealingWarmRestarts(sgd, 7, 2, eta_min=0.2),
    "one_cycle(T=120)": lambda sgd: OneCycleLR(sgd, 1, 120, cycle_momentum=False),
    "one_cycle(T=120, pct_start=0.5, div_factor=10, final_div_factor=100)": lambda sgd: OneCycleLR(
        sgd, 1, 120, pct_start=0.5, div_factor=10, final_div_factor=100, cycle_momentum=False
    ),
    "triangular(low=0.2, step_size_up=13, step_size_down=31)": lambda sgd: CyclicLR(
        sgd, 0.2, 1, 13, 31, cycle_momentum=False
    ),
    "warmup(W=20) | cosine(T=100)": delayed,
}


def rates(make):
    """Return the learning rate of each step, where the full one is 1."""
    sgd = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    schedule, found = make(sgd), []
    for _ in range(STEPS):
        found.append(schedule.get_last_lr()[0])
        sgd.step()
        schedule.step()
    return found


def rosenbrock(w):
    """Return the loss at `w`."""
    return (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2


class Place(torch.nn.Module):
    """A position as a model, which `AveragedModel` wants."""

    def __init__(self):
        super().__init__()
        self.w = torch.nn.Parameter(torch.tensor(START))


def walk(make, average=None):
    """Return the positions of all steps by PyTorch, the start first."""
    place = Place()
    averaged = average(place) if average else None
    stepper, trail = make([place.w]), [list(START)]

    def closure():
        stepper.zero_grad()
        loss = rosenbrock(place.w)
        loss.backward()
        return loss

    for _ in range(STEPS):
        closure()
        stepper.step(closure) if isinstance(stepper, SAM) else stepper.step()
        if averaged:
            averaged.update_parameters(place)
        trail.append((averaged.module if averaged else place).w.detach().tolist())
    return trail


def walk_clipped(*chain):
    """Return the positions of all steps by optax, whose clipping adds nothing to the norm."""
    stepper = optax.chain(*chain)
    w = jnp.array(START)
    state, trail = stepper.init(w), [list(START)]
    for _ in range(STEPS):
        updates, state = stepper.update(jax.grad(rosenbrock)(w), state, w)
        w = optax.apply_updates(w, updates)
        trail.append(w.tolist())
    return trail


def squared_norm(groups, weight_adaptive=False):
    """Return the squared norm of all gradients; the library's own is rounded to float32."""
    return sum((p.grad**2).sum().reshape(1) for group in groups for p in group["params"])


def adam(w):
    """Return Adam."""
    return torch.optim.Adam(w, lr=0.05)


def remembering(place):
    """Return an average that forgets."""
    return swa_utils.AveragedModel(place, multi_avg_fn=swa_utils.get_ema_multi_avg_fn(0.8))


TRAILS = {
    "SGD(lr=0.001) | clip_norm(max_norm=5)": lambda: walk_clipped(optax.clip_by_global_norm(5), optax.sgd(1e-3)),
    "Adam(lr=0.05) | clip_norm(max_norm=9)": lambda: walk_clipped(optax.clip_by_global_norm(9), optax.adam(0.05)),
    "SGD(lr=0.001) | clip_value(clip_value=3)": lambda: walk_clipped(optax.clip(3), optax.sgd(1e-3)),
    "Adam(lr=0.05) | clip_value(clip_value=9)": lambda: walk_clipped(optax.clip(9), optax.adam(0.05)),
    "Adam(lr=0.05) | ema(decay=0.8)": lambda: walk(adam, average=remembering),
    "Adam(lr=0.05) | polyak": lambda: walk(adam, average=swa_utils.AveragedModel),
    "Adam(lr=0.05) | lookahead(k=4, alpha=0.6)": lambda: walk(
        lambda w: Lookahead(adam(w), k=4, alpha=0.6, pullback_momentum="none")
    ),
    "SGD(lr=0.0005) | sam(rho=0.1)": lambda: walk(lambda w: SAM(w, torch.optim.SGD, lr=5e-4, rho=0.1)),
}


def main():
    """Write every rate and trajectory to wrapped.json."""
    torch.set_default_dtype(torch.float64)
    jax.config.update("jax_enable_x64", True)
    sam.get_global_gradient_norm = squared_norm
    versions = {name: importlib.metadata.version(name).split("+")[0] for name in LIBRARIES}
    check_versions(versions)
    golden = {
        "rates": {text: rates(make) for text, make in SCHEDULES.items()},
        "trails": {text: make() for text, make in TRAILS.items()},
    }
    target = Path(__file__).with_name("wrapped.json")
    target.write_text(json.dumps({"versions": versions, **golden}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
