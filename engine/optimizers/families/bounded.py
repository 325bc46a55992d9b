"""Relatives of Adam that keep the learning rate of each coordinate within bounds."""

from engine.rules.hyperparameters import BETA1, BETA2, EPS, decay, learning_rate, positive, zero_to_one
from engine.rules.optimizer import Optimizer

FINAL_LR = positive("final_lr", 0.1, 1e-5, 10.0, "the learning rate that all coordinates come to in the end")
GAMMA = zero_to_one("gamma", "how fast the bounds close in", 1e-3)

ADABOUND = Optimizer(
    "AdaBound",
    """
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    eta_l = final_lr*(1 - 1/(gamma*t + 1))
    eta_u = final_lr*(1 + 1/(gamma*t))
    alpha = lr*sqrt(1 - beta2^t)/(1 - beta1^t)
    eta = clip(alpha/(sqrt(v) + eps), eta_l, eta_u)
    w = w - eta*m
    """,
    (learning_rate(1e-3, 0.0001), BETA1, BETA2, EPS, FINAL_LR, GAMMA),
    "Luo, Xiong, Liu and Sun, Adaptive gradient methods with dynamic bound of learning rate, 2019",
    "Begins as Adam and ends as momentum: the bounds on its strides close in step by step.",
    "the bias is corrected and the bounds close at the speed gamma, as in the authors' code",
    link="https://arxiv.org/abs/1902.09843",
    follows="pytorch_optimizer.AdaBound",
)

AMSBOUND = Optimizer(
    "AMSBound",
    """
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    v_max = max(v_max, v)
    eta_l = final_lr*(1 - 1/(gamma*t + 1))
    eta_u = final_lr*(1 + 1/(gamma*t))
    alpha = lr*sqrt(1 - beta2^t)/(1 - beta1^t)
    eta = clip(alpha/(sqrt(v_max) + eps), eta_l, eta_u)
    w = w - eta*m
    """,
    (learning_rate(1e-3, 0.02), BETA1, BETA2, EPS, FINAL_LR, GAMMA),
    "Luo, Xiong, Liu and Sun, Adaptive gradient methods with dynamic bound of learning rate, 2019",
    "AdaBound that never forgets its steepest slope.",
    "the bias is corrected and the bounds close at the speed gamma, as in the authors' code",
    link="https://arxiv.org/abs/1902.09843",
    follows="pytorch_optimizer.AdaBound(ams_bound=True)",
)

ADAMOD = Optimizer(
    "AdaMod",
    """
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    eta = lr*sqrt(1 - beta2^t)/(1 - beta1^t)/(sqrt(v) + eps)
    s = beta3*s + (1 - beta3)*eta
    w = w - min(eta, s)*m
    """,
    (
        learning_rate(1e-3, 0.05),
        BETA1,
        decay("beta2", 0.99, "memory of its square"),
        decay("beta3", 0.9999, "memory of the learning rates", 0.95),
        EPS,
    ),
    "Ding, Ren, Luo and Sun, An adaptive and momental bound method for stochastic learning, 2019",
    "Adam whose strides may not outgrow their own average: it starts slowly, as if warmed up.",
    link="https://arxiv.org/abs/1910.12249",
    follows="pytorch_optimizer.AdaMod",
)
