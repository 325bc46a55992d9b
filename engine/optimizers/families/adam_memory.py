"""Relatives of Adam with several averages of gradients, or with another use of the average."""

import numpy as np

from engine.language.types import Array
from engine.rules.equations import Equations, Gradient, corrected_averages
from engine.rules.hyperparameters import BETA1, BETA2, EPS, decay, learning_rate, small, zero_to, zero_to_one
from engine.rules.optimizer import Optimizer

ADAN = Optimizer(
    "Adan",
    """
    d = g - g_last if t > 1 else 0
    g_last = g
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*d
    n = beta3*n + (1 - beta3)*(g + beta2*d)^2
    eta = lr/(sqrt(n/(1 - beta3^t)) + eps)
    w = (w - eta*(m/(1 - beta1^t) + beta2*v/(1 - beta2^t)))/(1 + lr*weight_decay)
    """,
    (
        learning_rate(1e-3, 0.05),
        decay("beta1", 0.98, "memory of the gradient"),
        decay("beta2", 0.92, "memory of how it changes"),
        decay("beta3", 0.99, "memory of the square"),
        EPS,
        zero_to_one("weight_decay", "pull towards 0, apart from the gradient"),
    ),
    "Xie et al., Adan: adaptive Nesterov momentum algorithm for faster optimizing deep models, 2022",
    "Remembers how the slope changes as well as the slope, and so sees the bend coming.",
    "the betas are those that are kept, where the paper writes what is let go; averages are corrected for their bias",
    link="https://arxiv.org/abs/2208.06677",
    follows="pytorch_optimizer.Adan",
)

ADEMAMIX = Optimizer(
    "AdEMAMix",
    """
    m1 = beta1*m1 + (1 - beta1)*g
    m2 = beta3*m2 + (1 - beta3)*g
    nu = beta2*nu + (1 - beta2)*g^2
    m1_hat = m1 / (1 - beta1^t)
    nu_hat = nu / (1 - beta2^t)
    w = w - lr*(m1_hat + alpha*m2)/(sqrt(nu_hat) + eps)
    """,
    (
        learning_rate(1e-3, 0.2),
        BETA1,
        BETA2,
        decay("beta3", 0.9999, "memory of the gradient long ago", 0.99),
        EPS,
        zero_to(20.0, "alpha", 5.0, "weight of the long memory", 1.0),
    ),
    "Pagliardini, Ablin and Grangier, The AdEMAMix optimizer: better, faster, older, 2024",
    "Adam with a second, very long memory that goes on pulling where all slopes once pointed.",
    "alpha and beta3 stay as they are set, where the paper lets them grow at first",
    link="https://arxiv.org/abs/2409.03137",
    follows="pytorch_optimizer.AdEMAMix",
)


def _simplified_ademamix(
    w: Array, gradient: Gradient, lr: float, beta1: float, beta2: float, eps: float, alpha: float
) -> None:
    total = np.zeros(2)
    for g, _, v_hat in corrected_averages(w, gradient, 0.0, beta2):
        total = beta1 * total + g
        w -= lr * (total + alpha * g) / (np.sqrt(v_hat) + eps)


SIMPLIFIED_ADEMAMIX = Optimizer(
    "SimplifiedAdEMAMix",
    """
    m = beta1*m + g
    nu = beta2*nu + (1 - beta2)*g^2
    nu_hat = nu / (1 - beta2^t)
    w = w - lr*(m + alpha*g)/(sqrt(nu_hat) + eps)
    """,
    (
        learning_rate(1e-4, 0.0003),
        decay("beta1", 0.99, "memory of the gradient", 0.95),
        decay("beta2", 0.95, "memory of its square"),
        EPS,
        zero_to(100.0, "alpha", 0.0, "weight of the newest slope"),
    ),
    "Morwani, Vyas, Zhang and Kakade, Connections between Schedule-Free optimizers, AdEMAMix and accelerated SGD, 2025",
    "AdEMAMix with one memory: the newest slope itself takes the place of the short one.",
    "alpha stays as it is set and beta1 is not warmed up; pytorch_optimizer averages m and corrects nu the other way",
    link="https://arxiv.org/abs/2502.02431",
    equations=Equations(_simplified_ademamix, {"lr": 2e-3, "beta1": 0.9, "beta2": 0.9, "eps": 1e-4, "alpha": 2.0}),
)

MARS = Optimizer(
    "MARS",
    """
    c = g + gamma*beta1/(1 - beta1)*(g - g_last)
    g_last = g
    c_hat = c/max(1, norm(c))
    m = beta1*m + (1 - beta1)*c_hat
    v = beta2*v + (1 - beta2)*c_hat^2
    m_hat = m / (1 - beta1^t)
    w = w - lr*sqrt(1 - beta2^t) * m_hat / (sqrt(v) + eps)
    """,
    (
        learning_rate(3e-3, 0.01),
        decay("beta1", 0.95, "memory of the gradient"),
        decay("beta2", 0.99, "memory of its square"),
        EPS,
        zero_to_one("gamma", "weight of how the slope has changed", 0.025),
    ),
    "Yuan, Liu, Wu, Zhou and Gu, MARS: unleashing the power of variance reduction for training large models, 2024",
    "AdamW on a slope that is corrected by how it changed, and held to length 1.",
    "the change of slope is that between two steps, as in the authors' approximate form; weight decay is left out",
    link="https://arxiv.org/abs/2411.10438",
    follows="pytorch_optimizer.MARS",
)

OPTIMISTIC_ADAM = Optimizer(
    "OptimisticAdam",
    """
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    m_hat = m / (1 - beta1^t)
    v_hat = v / (1 - beta2^t)
    d = m_hat / (sqrt(v_hat) + eps)
    d_before = d if t == 1 else d_last
    w = w - lr*((alpha + beta)*d - beta*d_before)
    d_last = d
    """,
    (
        learning_rate(1e-3, 0.05),
        BETA1,
        BETA2,
        EPS,
        zero_to(2.0, "alpha", 1.0, "share of the step itself"),
        zero_to(2.0, "beta", 1.0, "share of how the step has changed"),
    ),
    "Daskalakis, Ilyas, Syrgkanis and Zeng, Training GANs with optimism, 2018",
    "Adam that expects its step to go on changing as it just did.",
    link="https://arxiv.org/abs/1711.00141",
    follows="optax.optimistic_adam_v2(nesterov=False)",
)

ADAPNM = Optimizer(
    "AdaPNM",
    """
    m = beta1^2*m_2 + (1 - beta1^2)*g
    v = beta2*v + (1 - beta2)*g^2
    v_max = max(v_max, v)
    m_hat = ((1 + beta0)*m - beta0*m_1)/(1 - beta1^t)
    v_hat = v_max/(1 - beta2^t)
    alpha = lr/sqrt((1 + beta0)^2 + beta0^2)
    w = w - alpha*m_hat/(sqrt(v_hat) + eps/sqrt(1 - beta2^t))
    m_2 = m_1
    m_1 = m
    """,
    (
        learning_rate(1e-3, 0.1),
        BETA1,
        BETA2,
        EPS,
        zero_to(2.0, "beta0", 1.0, "weight of the velocity that is taken off"),
    ),
    "Xie, Yuan, Zhu and Sugiyama, Positive-negative momentum, 2021",
    "Adam with two velocities in turn, the older one subtracted.",
    link="https://arxiv.org/abs/2103.17182",
    follows="pytorch_optimizer.AdaPNM",
)

SWATS = Optimizer(
    "SWATS",
    """
    m = beta1*m + (1 - beta1)*g
    a = beta2*a + (1 - beta2)*g^2
    p = -lr*sqrt(1 - beta2^t)/(1 - beta1^t) * m/(sqrt(a) + eps)
    gamma_k = dot(p, p)/(-dot(p, g))
    lambda_sum = lambda_sum if dot(p, g) == 0 else beta2*lambda_sum + (1 - beta2)*gamma_k
    lambda_hat = lambda_sum/(1 - beta2^t)
    v = beta1*v + g if Lambda > 0 else 0*g
    w = w - (1 - beta1)*Lambda*v if Lambda > 0 else w + p
    settled = t > 1 and lambda_hat > 0 and |lambda_hat - gamma_k| <= 1e-8 + eps*|gamma_k|
    Lambda = Lambda if Lambda > 0 else (lambda_hat if settled else 0)
    """,
    (learning_rate(1e-3, 0.2), BETA1, BETA2, small("eps", 1e-6, "keeps the divisor from 0, and says what is settled")),
    "Keskar and Socher, Improving generalization performance by switching from Adam to SGD, 2017",
    "Begins as Adam, and becomes momentum for good once it knows the learning rate that Adam amounts to.",
    "settled within 1e-8 and a share eps of gamma, as in pytorch_optimizer, where the paper wants 1e-9 in all",
    link="https://arxiv.org/abs/1712.07628",
    follows="pytorch_optimizer.SWATS",
)
