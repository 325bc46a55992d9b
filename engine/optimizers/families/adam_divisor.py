"""Relatives of Adam with another divisor than the root of averaged squares, or with the division at another place."""

import math

import numpy as np

from engine.language.types import Array
from engine.rules.equations import Equations, Gradient, corrected_averages
from engine.rules.hyperparameters import (
    BETA1,
    BETA2,
    EPS,
    Hyperparameter,
    decay,
    learning_rate,
    positive,
    small,
    zero_to_one,
)
from engine.rules.optimizer import Optimizer

ADABELIEF = Optimizer(
    "AdaBelief",
    """
    m = beta1*m + (1 - beta1)*g
    s = beta2*s + (1 - beta2)*(g - m)^2 + eps
    m_hat = m / (1 - beta1^t)
    s_hat = s / (1 - beta2^t)
    w = w - lr * m_hat / (sqrt(s_hat) + eps)
    """,
    (
        learning_rate(1e-3, 0.2),
        BETA1,
        decay("beta2", 0.999, "memory of surprises"),
        small("eps", 1e-16, "keeps the divisor from 0"),
    ),
    "Zhuang et al., AdaBelief optimizer: adapting stepsizes by the belief in observed gradients, 2020",
    "Takes long strides while the slope is as it expected, and short ones when it is surprised.",
    link="https://arxiv.org/abs/2010.07468",
    follows="optax.adabelief",
)

YOGI = Optimizer(
    "Yogi",
    """
    init m = initial_accumulator
    init v = initial_accumulator
    m = beta1*m + (1 - beta1)*g
    v = v - (1 - beta2)*sign(v - g^2)*g^2
    m_hat = m / (1 - beta1^t)
    v_hat = v / (1 - beta2^t)
    w = w - lr * m_hat / (sqrt(v_hat) + eps)
    """,
    (
        learning_rate(1e-2, 0.2),
        BETA1,
        BETA2,
        small("eps", 1e-3, "keeps the divisor from 0"),
        small("initial_accumulator", 1e-6, "what both averages begin with"),
    ),
    "Zaheer, Reddi, Sachan, Kale and Kumar, Adaptive methods for nonconvex optimization, 2018",
    "Adam whose strides lengthen only slowly once a steep place is behind it.",
    "the bias of both averages is corrected, as in optax, where the paper corrects none",
    link="https://papers.nips.cc/paper/2018/hash/90365351ccc7437a1309dc64e4db32a3-Abstract.html",
    follows="optax.yogi",
)

DIFFGRAD = Optimizer(
    "DiffGrad",
    """
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    xi = sigmoid(|g_last - g|)
    g_last = g
    m_hat = m / (1 - beta1^t)
    w = w - lr*sqrt(1 - beta2^t) * xi*m_hat / (sqrt(v) + eps)
    """,
    (learning_rate(1e-3, 0.5), BETA1, BETA2, EPS),
    "Dubey et al., diffGrad: an optimization method for convolutional neural networks, 2019",
    "Adam at half speed wherever the slope does not change: it slows down on flat ground.",
    link="https://arxiv.org/abs/1909.11015",
    follows="pytorch_optimizer.DiffGrad",
)

ADANORM = Optimizer(
    "AdaNorm",
    """
    e_t = r*e_t + (1 - r)*norm(g)
    s = g*(e_t/norm(g) if e_t > norm(g) > 0 else 1)
    m = beta1*m + (1 - beta1)*s
    v = beta2*v + (1 - beta2)*g^2
    m_hat = m / (1 - beta1^t)
    w = w - lr*sqrt(1 - beta2^t) * m_hat / (sqrt(v) + eps)
    """,
    (
        learning_rate(1e-3, 0.02),
        BETA1,
        decay("beta2", 0.99, "memory of its square"),
        EPS,
        decay("r", 0.95, "memory of the slope's length"),
    ),
    "Dubey, Singh and Chaudhuri, AdaNorm: adaptive gradient norm correction based optimizer for CNNs, 2022",
    "Adam that stretches a slope shorter than usual to its usual length: flat ground slows it less.",
    "a slope of 0 is not stretched, as in pytorch_optimizer",
    link="https://arxiv.org/abs/2210.06364",
    follows="pytorch_optimizer.AdaNorm",
)

LAPROP = Optimizer(
    "LaProp",
    """
    v = beta2*v + (1 - beta2)*g^2
    d = g*sqrt(1 - beta2^t)/(sqrt(v) + eps)
    m = beta1*m + (1 - beta1)*d
    w = w - lr*m/(1 - beta1^t)
    """,
    (learning_rate(4e-4, 0.1), BETA1, BETA2, small("eps", 1e-15, "keeps the divisor from 0")),
    "Ziyin, Wang and Ueda, LaProp: separating momentum and adaptivity in Adam, 2020",
    "Adam that divides each slope before it is remembered: one cliff does not fill the memory.",
    "the learning rate multiplies the memory, not each slope, so that changing it acts at once",
    link="https://arxiv.org/abs/2002.04839",
    follows="pytorch_optimizer.LaProp",
)

ADOPT = Optimizer(
    "ADOPT",
    """
    c = (t - 1)^clip_power
    m = beta1*m + (1 - beta1)*clip(g/max(sqrt(v), eps), -c, c) if t > 1 else 0*g
    v = beta2*v + (1 - beta2)*g^2 if t > 1 else g^2
    w = w - lr*m
    """,
    (
        learning_rate(1e-3, 0.5),
        BETA1,
        decay("beta2", 0.9999, "memory of its square"),
        small("eps", 1e-6, "keeps the divisor from 0"),
        zero_to_one("clip_power", "how fast the longest stride grows with the steps", 0.25),
    ),
    "Taniguchi et al., ADOPT: modified Adam can converge with any beta2 with the optimal rate, 2024",
    "Divides by what it knew before it saw the slope, and spends its first step on looking round.",
    link="https://arxiv.org/abs/2411.02853",
    follows="optax.contrib.adopt",
)

ACPROP = Optimizer(
    "ACProp",
    """
    s_hat = s / (1 - beta2^(t - 1)) if t > 1 else 1 + 0*g
    s = beta2*s + (1 - beta2)*(g - m)^2 + eps
    m = beta1*m + (1 - beta1)*g
    w = w - lr * g / (sqrt(s_hat) + eps)
    """,
    (
        learning_rate(1e-3, 0.01),
        BETA1,
        decay("beta2", 0.999, "memory of surprises"),
        small("eps", 1e-16, "keeps the divisor from 0"),
    ),
    "Zhuang et al., Momentum centering and asynchronous update for adaptive gradient methods, 2021",
    "Divides each slope by the surprises before it: memory measures how far, and has no say in where to.",
    "eps is added both within and outside the root and the first step is not divided, as in optax",
    link="https://arxiv.org/abs/2110.05454",
    follows="optax.contrib.acprop",
)


def _avagrad(w: Array, gradient: Gradient, lr: float, beta1: float, beta2: float, eps: float) -> None:
    before = None
    for _, m_hat, v_hat in corrected_averages(w, gradient, beta1, beta2):
        if before is not None:
            eta = 1 / (np.sqrt(before) + eps)
            w -= lr * eta / math.hypot(*(eta / math.sqrt(2))) * m_hat
        before = v_hat


AVAGRAD = Optimizer(
    "AvaGrad",
    """
    m = beta1*m + (1 - beta1)*g
    eta = 1/(sqrt(v/(1 - beta2^(t - 1))) + eps)
    gamma_t = 1/sqrt(mean(eta^2))
    w = w - lr*gamma_t*eta*m/(1 - beta1^t) if t > 1 else w
    v = beta2*v + (1 - beta2)*g^2
    """,
    (
        learning_rate(0.1, 0.003),
        BETA1,
        BETA2,
        Hyperparameter("eps", 0.1, 1e-8, 10.0, "log", help="how little the strides differ"),
    ),
    "Savarese, McAllester, Babu and Maire, Domain-independent dominance of adaptive methods, 2019",
    "Shares one learning rate out among the coordinates; a large eps makes it plain momentum.",
    "the average of slopes is corrected for its bias; the authors' code takes gamma from strides that are a step older",
    link="https://arxiv.org/abs/1912.01823",
    equations=Equations(_avagrad, {"lr": 2e-4, "beta1": 0.8, "beta2": 0.95, "eps": 0.5}),
)

FADAM = Optimizer(
    "FAdam",
    """
    beta2_hat = beta2*(1 - beta2^(t - 1))/(1 - beta2^t)
    f_inv = beta2_hat*f_inv + (1 - beta2_hat)*g^2
    eps_hat = min(eps, eps2*sqrt(mean(g^2)))
    d = sqrt(f_inv) + (eps_hat if eps_hat > 0 else eps)
    g_bar = g/d
    g_hat = g_bar/max(1, sqrt(mean(g_bar^2))/c)
    m = beta1*m + (1 - beta1)*g_hat
    w_bar = w/d
    w_hat = w_bar/max(1, sqrt(mean(w_bar^2))/c)
    w = w - lr*(m + weight_decay*w_hat)
    """,
    (
        learning_rate(1e-3, 0.5),
        BETA1,
        BETA2,
        EPS,
        small("eps2", 1e-2, "keeps the divisor small beside the slope"),
        positive("c", 1.0, 1e-3, 10.0, "longest slope after division"),
        zero_to_one("weight_decay", "pull towards 0, divided as the slope is", 0.1),
    ),
    "Hwang, FAdam: Adam is a natural gradient optimizer using diagonal empirical Fisher information, 2024",
    "Adam read as natural gradient: divides before it remembers, and bounds what it divided.",
    link="https://arxiv.org/abs/2405.12807",
    follows="pytorch_optimizer.FAdam",
)

EXADAM = Optimizer(
    "EXAdam",
    """
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    m_tilde = m/(1 - beta1^t)*(1 + v/(v + eps)*beta2^t)
    v_tilde = v/(1 - beta2^t)*(1 + m^2/(m^2 + eps)*beta1^t)
    g_tilde = g/(1 - beta1^t)*(1 + v/(v + eps)*beta2^t)
    w = w - lr*(m_tilde + g_tilde)/(sqrt(v_tilde) + eps)
    """,
    (learning_rate(1e-3, 0.01), BETA1, BETA2, EPS),
    "Adly, EXAdam: the power of adaptive cross-moments, 2024",
    "Adam with the newest slope added once more, so it turns sooner.",
    "the learning rate stays as it is set, as in pytorch_optimizer, where the paper lets it grow",
    link="https://arxiv.org/abs/2412.20302",
    follows="pytorch_optimizer.EXAdam",
)
