"""First-order optimizers without memory: they use the gradient at the present position, and at most the one before."""

import math

import numpy as np

from engine.language.codegen.noise import uniforms
from engine.language.types import Array
from engine.rules.equations import STEPS, Equations, Gradient
from engine.rules.hyperparameters import COUPLED_DECAY, learning_rate, positive, zero_to
from engine.rules.optimizer import Optimizer

SGD = Optimizer(
    "SGD",
    """
    d = g + weight_decay*w
    w = w - lr*d
    """,
    (learning_rate(1e-3, 0.003), COUPLED_DECAY),
    "Robbins and Monro, A stochastic approximation method, 1951",
    "Steps straight downhill, as far as the slope is steep.",
    "the learning rate stays as it is set, where the paper lets it fall; weight_decay is PyTorch's",
    link="https://doi.org/10.1214/aoms/1177729586",
    follows="torch.optim.SGD",
)

OPTIMISTIC_GD = Optimizer(
    "OptimisticGD",
    """
    g_before = g if t == 1 else g_last
    w = w - lr*((alpha + beta)*g - beta*g_before)
    g_last = g
    """,
    (
        learning_rate(1e-3),
        zero_to(2.0, "alpha", 1.0, "share of the slope itself"),
        zero_to(2.0, "beta", 1.0, "share of how the slope has changed"),
    ),
    "Mokhtari, Ozdaglar and Pattathil, A unified analysis of extra-gradient and optimistic gradient methods, 2019",
    "Expects the slope to go on changing as it just did, and so brakes where the valley bends back.",
    link="https://arxiv.org/abs/1901.08511",
    follows="optax.optimistic_gradient_descent",
)


def _noisy_sgd(w: Array, gradient: Gradient, lr: float, temperature: float) -> None:
    first = np.zeros(1, dtype=np.uint64)
    for step in range(1, STEPS + 1):
        u, v = (float(uniforms(0, step, number, first)[0]) for number in (0, 1))
        noise = math.sqrt(-2 * math.log(1 - u)) * np.array([math.cos(2 * math.pi * v), math.sin(2 * math.pi * v)])
        w += math.sqrt(2 * lr * temperature) * noise - lr * gradient(w)


NOISY_SGD = Optimizer(
    "NoisySGD",
    "w = w - lr*g + sqrt(2*lr*temperature)*randn()",
    (
        learning_rate(1e-3),
        positive("temperature", 1e-2, 1e-6, 100.0, "how high above the lowest point the noise carries it"),
    ),
    "Welling and Teh, Bayesian learning via stochastic gradient Langevin dynamics, 2011",
    "Never rests: it wanders about the valley floor as a grain of dust does, and now and then over a pass.",
    "neither the learning rate nor the noise shrinks with the steps",
    link="https://www.stats.ox.ac.uk/~teh/research/compstats/WelTeh2011a.pdf",
    equations=Equations(_noisy_sgd, {"lr": 2e-4, "temperature": 0.3}),
)
