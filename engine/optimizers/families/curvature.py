"""Optimizers that divide each coordinate of the step by the curvature of the loss along it."""

from engine.rules.hyperparameters import (
    BETA1,
    BETA2,
    DECOUPLED_DECAY,
    Hyperparameter,
    decay,
    learning_rate,
    positive,
    small,
)
from engine.rules.optimizer import Optimizer

ADA_HESSIAN = Optimizer(
    "AdaHessian",
    """
    D = hessdiag()
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*D^2
    m_hat = m / (1 - beta1^t)
    v_hat = v / (1 - beta2^t)
    w = w - lr * (m_hat/(v_hat^(hessian_power/2) + eps) + weight_decay*w)
    """,
    (
        learning_rate(0.1, 1.0),
        BETA1,
        BETA2,
        small("eps", 1e-16, "keeps the divisor from 0"),
        Hyperparameter("hessian_power", 1.0, 0.0, 1.0, help="how much curvature counts: at 0 it is momentum"),
        DECOUPLED_DECAY,
    ),
    "Yao et al., ADAHESSIAN: an adaptive second order optimizer for machine learning, 2021",
    "Adam that divides by curvature where Adam divides by slope: it strides where the ground is straight.",
    "the diagonal of the Hessian is exact, where the paper estimates it by a random vector, and nothing is averaged "
    "over neighbouring coordinates",
    link="https://arxiv.org/abs/2006.00719",
    follows="pytorch_optimizer.AdaHessian",
    warning="Where the ground does not bend at all, only eps keeps a step from being endless.",
)

SOPHIA = Optimizer(
    "Sophia",
    """
    m = beta1*m + (1 - beta1)*g
    h = beta2*h + (1 - beta2)*hessdiag() if (t - 1) % k == 0 else h
    w = w - lr * (clip(m/max(h, eps), -rho, rho) + weight_decay*w)
    """,
    (
        learning_rate(6e-2, 0.5),
        decay("beta1", 0.96, "memory of the gradient"),
        decay("beta2", 0.99, "memory of the curvature"),
        small("eps", 1e-12, "the least curvature"),
        positive("rho", 1e-2, 1e-4, 100.0, "longest step of a coordinate, before lr multiplies it", 0.1),
        Hyperparameter("k", 10.0, 1.0, 100.0, unit="steps", help="steps from one look at the curvature to the next"),
        DECOUPLED_DECAY,
    ),
    "Liu, Li, Hall, Liang and Ma, Sophia: a scalable stochastic second-order optimizer for language model "
    "pre-training, 2023",
    "Newton's method by coordinates with a limit on each: where the ground bends down or hardly, it takes the limit.",
    "the diagonal of the Hessian is exact, where Sophia-H estimates it by a random vector and Sophia-G from labels; "
    "lr*rho is the paper's learning rate, and rho its gamma",
    link="https://arxiv.org/abs/2305.14342",
    follows="pytorch_optimizer.SophiaH",
)
