"""Relatives of Adam that compare the signs of gradient and average, or take one's sign and the other's size."""

import numpy as np

from engine.language.types import Array
from engine.rules.equations import Equations, Gradient, corrected_averages
from engine.rules.hyperparameters import BETA1, BETA2, DECAY_HIGH, EPS, Hyperparameter, decay, learning_rate, small
from engine.rules.optimizer import Optimizer


def _cautious_adam(w: Array, gradient: Gradient, lr: float, beta1: float, beta2: float, eps: float) -> None:
    for g, m_hat, v_hat in corrected_averages(w, gradient, beta1, beta2):
        step = m_hat / (np.sqrt(v_hat) + eps)
        agree = [move * along > 0 for move, along in zip(step, g, strict=True)]
        share = max(sum(agree) / 2, 1e-3)
        w -= np.where(agree, lr / share * step, 0.0)


CAUTIOUS_ADAM = Optimizer(
    "CautiousAdam",
    """
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    u = m/(1 - beta1^t) / (sqrt(v/(1 - beta2^t)) + eps)
    phi = u*g > 0
    alpha = 1/max(mean(phi), 1e-3)
    w = w - lr*alpha*u*phi
    """,
    (learning_rate(1e-3, 0.1), BETA1, BETA2, EPS),
    "Liang, Chen, Liu and Liu, Cautious optimizers: improving training with one line of code, 2024",
    "Adam that moves no coordinate against its slope: it does not overshoot, it waits.",
    link="https://arxiv.org/abs/2411.16085",
    warning="With two coordinates one that waits doubles the stride of the other.",
    equations=Equations(_cautious_adam, {"lr": 0.02, "beta1": 0.8, "beta2": 0.95, "eps": 1e-4}),
)

GRAMS = Optimizer(
    "Grams",
    """
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    m_hat = m / (1 - beta1^t)
    v_hat = v / (1 - beta2^t)
    w = w - lr*sign(g)*|m_hat/(sqrt(v_hat) + eps)|
    """,
    (learning_rate(1e-3, 0.2), BETA1, BETA2, small("eps", 1e-6, "keeps the divisor from 0")),
    "Cao, Li and Song, Grams: gradient descent with adaptive momentum scaling, 2024",
    "The slope says where to, Adam says how far.",
    link="https://arxiv.org/abs/2412.17107",
    follows="pytorch_optimizer.Grams",
)

ANO = Optimizer(
    "Ano",
    """
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*sign(g^2 - v)*g^2
    v_hat = v / (1 - beta2^t)
    w = w - lr*|g|*sign(m)/(sqrt(v_hat) + eps)
    """,
    (
        learning_rate(1e-4, 0.01),
        decay("beta1", 0.92, "memory of the gradient"),
        # At least 0.5, because v can fall to (2*beta2 - 1)*v in a step, and its root must exist.
        Hyperparameter("beta2", 0.99, 0.5, DECAY_HIGH, help="memory of its square"),
        EPS,
    ),
    "Kegreisz, Ano: faster is better in noisy landscapes, 2025",
    "The other way round than Grams: memory says where to, the slope says how far.",
    link="https://arxiv.org/abs/2508.18258",
    follows="pytorch_optimizer.Ano",
)
