"""Adam and its nearest relatives: the step is an average of gradients over the root of averaged squares."""

import math

import numpy as np

from engine.language.types import Array
from engine.rules.equations import Equations, Gradient, corrected_averages
from engine.rules.hyperparameters import (
    BETA1,
    BETA2,
    COUPLED_DECAY,
    EPS,
    decay,
    learning_rate,
    positive,
    switch,
    zero_to,
    zero_to_one,
)
from engine.rules.optimizer import IN_DOUBLE, NOT_IN_PAPER, Optimizer

BIAS_CORRECTION = switch("bias_correction", True, "make up for averages that began at 0")

ADAM = Optimizer(
    "Adam",
    """
    d = g + weight_decay*w
    m = beta1*m + (1 - beta1)*d
    v = beta2*v + (1 - beta2)*d^2
    m_hat = m / (1 - beta1^t if bias_correction else 1)
    v_hat = v / (1 - beta2^t if bias_correction else 1)
    w = w - lr * m_hat / (sqrt(v_hat) + eps)
    """,
    (learning_rate(1e-3, 0.2), BETA1, BETA2, EPS, COUPLED_DECAY, BIAS_CORRECTION),
    "Kingma and Ba, Adam: a method for stochastic optimization, 2015",
    "Momentum in a stride of its own for each coordinate.",
    f"bias_correction can be switched off; {NOT_IN_PAPER}",
    link="https://arxiv.org/abs/1412.6980",
    follows="torch.optim.Adam",
)

ADAMW = Optimizer(
    "AdamW",
    """
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    m_hat = m / (1 - beta1^t if bias_correction else 1)
    v_hat = v / (1 - beta2^t if bias_correction else 1)
    w = w - lr*weight_decay*w - lr * m_hat / (sqrt(v_hat) + eps)
    """,
    (
        learning_rate(1e-3, 0.1),
        BETA1,
        BETA2,
        EPS,
        zero_to_one("weight_decay", "pull towards 0, apart from the gradient", 0.01),
        BIAS_CORRECTION,
    ),
    "Loshchilov and Hutter, Decoupled weight decay regularization, 2019",
    "Adam whose pull towards 0 is not divided by the size of the slope.",
    "the learning rate multiplies the weight decay too, as in PyTorch; bias_correction can be switched off",
    link="https://arxiv.org/abs/1711.05101",
    follows="torch.optim.AdamW",
)

AMSGRAD = Optimizer(
    "AMSGrad",
    """
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    v_max = max(v_max, v)
    m_hat = m / (1 - beta1^t)
    v_hat = v_max / (1 - beta2^t)
    w = w - lr * m_hat / (sqrt(v_hat) + eps)
    """,
    (learning_rate(1e-3, 0.2), BETA1, BETA2, EPS),
    "Reddi, Kale and Kumar, On the convergence of Adam and beyond, 2018",
    "Adam that never forgets its steepest slope, so its strides cannot grow again.",
    "corrects the bias of both averages, as PyTorch does, where the paper corrects none",
    link="https://arxiv.org/abs/1904.09237",
    follows="torch.optim.Adam(amsgrad=True)",
)

ADAMAX = Optimizer(
    "Adamax",
    """
    m = beta1*m + (1 - beta1)*g
    u = max(beta2*u, |g| + eps)
    w = w - lr/(1 - beta1^t) * m/u
    """,
    (learning_rate(2e-3, 0.5), BETA1, decay("beta2", 0.999, "memory of the largest slope"), EPS),
    "Kingma and Ba, Adam: a method for stochastic optimization, 2015",
    "Adam that divides by the largest recent slope: after a cliff it walks in small strides for long.",
    "eps is added to the slope, as in PyTorch, so that flat land does not divide by 0",
    link="https://arxiv.org/abs/1412.6980",
    follows="torch.optim.Adamax",
)

NADAM = Optimizer(
    "NAdam",
    """
    init mu_product = 1
    mu = beta1*(1 - 0.5*0.96^(t*momentum_decay))
    mu_next = beta1*(1 - 0.5*0.96^((t + 1)*momentum_decay))
    mu_product = mu_product*mu
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    m_hat = mu_next*m/(1 - mu_product*mu_next) + (1 - mu)*g/(1 - mu_product)
    v_hat = v / (1 - beta2^t)
    w = w - lr * m_hat / (sqrt(v_hat) + eps)
    """,
    (
        learning_rate(2e-3, 0.05),
        BETA1,
        BETA2,
        EPS,
        zero_to_one("momentum_decay", "how fast the memory grows to its full length", 4e-3),
    ),
    "Dozat, Incorporating Nesterov momentum into Adam, 2016",
    "Adam that looks ahead: it brakes before the bend.",
    link="https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ",
    follows="torch.optim.NAdam",
)

RADAM = Optimizer(
    "RAdam",
    """
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    m_hat = m / (1 - beta1^t)
    rho_inf = 2/(1 - beta2) - 1
    rho = rho_inf - 2*t*beta2^t/(1 - beta2^t)
    l = sqrt(1 - beta2^t)/(sqrt(v) + eps)
    r = sqrt(((rho - 4)*(rho - 2)*rho_inf)/((rho_inf - 4)*(rho_inf - 2)*rho))
    w = w - lr*m_hat*(r*l if rho > 5 else 1)
    """,
    (learning_rate(1e-3, 0.003), BETA1, BETA2, EPS),
    "Liu et al., On the variance of the adaptive learning rate and beyond, 2020",
    "Plain momentum for the first few steps, until its average of squares can be trusted, then Adam.",
    "Adam's stride is used from rho above 5, as in PyTorch and the authors' code, where the paper says 4",
    link="https://arxiv.org/abs/1908.03265",
    follows="torch.optim.RAdam",
)


def _adam_atan2(w: Array, gradient: Gradient, lr: float, beta1: float, beta2: float, a: float, b: float) -> None:
    for _, m_hat, v_hat in corrected_averages(w, gradient, beta1, beta2):
        w -= lr * a * np.arctan2(m_hat, b * np.sqrt(v_hat))


ADAM_ATAN2 = Optimizer(
    "AdamAtan2",
    """
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    m_hat = m / (1 - beta1^t)
    v_hat = v / (1 - beta2^t)
    w = w - lr*a*atan2(m_hat, b*sqrt(v_hat))
    """,
    (
        learning_rate(1e-3, 0.2),
        BETA1,
        BETA2,
        zero_to(4.0, "a", 1.27, "length of a step where the slope never turns, times pi/4"),
        positive("b", 1.0, 0.01, 100.0, "how soon a step stops growing with the slope"),
    ),
    "Everett et al., Scaling exponents across parameterizations and optimizers, 2024",
    "Adam without eps: the angle of two numbers stands where a quotient could divide by 0.",
    "a is 1.27, near 4/pi, so that strides are as long as Adam's; the paper leaves it to the learning rate",
    link="https://arxiv.org/abs/2407.05872",
    equations=Equations(_adam_atan2, {"lr": 0.02, "beta1": 0.8, "beta2": 0.95, "a": 1.1, "b": 2.0}),
)

STABLE_ADAMW = Optimizer(
    "StableAdamW",
    """
    beta1_hat = beta1*(1 - beta1^(t - 1))/(1 - beta1^t)
    beta2_hat = beta2*(1 - beta2^(t - 1))/(1 - beta2^t)
    v = beta1_hat*v + (1 - beta1_hat)*g
    u = beta2_hat*u + (1 - beta2_hat)*g^2
    RMS = sqrt(mean(g^2/max(u, eps^2)))
    eta = lr/max(1, RMS)
    w = w - eta*weight_decay*w - eta*v/(sqrt(u) + eps)
    """,
    (
        learning_rate(1e-3, 0.01),
        BETA1,
        decay("beta2", 0.99, "memory of its square"),
        EPS,
        zero_to_one("weight_decay", "pull towards 0, apart from the gradient", 0.01),
    ),
    "Wortsman et al., Stable and low-precision training for large-scale vision-language models, 2023",
    "AdamW that shortens its stride when a slope is far steeper than it remembers.",
    link="https://arxiv.org/abs/2304.13013",
    follows="pytorch_optimizer.StableAdamW",
)


def _adam_mini(w: Array, gradient: Gradient, lr: float, beta1: float, beta2: float, eps: float) -> None:
    for _, m_hat, v_hat in corrected_averages(w, gradient, beta1, beta2):
        w -= lr * m_hat / (math.sqrt((v_hat[0] + v_hat[1]) / 2) + eps)


ADAM_MINI = Optimizer(
    "AdamMini",
    """
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*mean(g^2)
    m_hat = m / (1 - beta1^t)
    v_hat = v / (1 - beta2^t)
    w = w - lr * m_hat / (sqrt(v_hat) + eps)
    """,
    (learning_rate(1e-3, 0.2), BETA1, BETA2, EPS),
    "Zhang et al., Adam-mini: use fewer learning rates to gain more, 2024",
    "Adam with one stride for x and y together, so it does not straighten a slanting valley.",
    "x and y are one block; weight decay is left out",
    link="https://arxiv.org/abs/2406.16793",
    warning="It saves memory on blocks of many coordinates; here it shows what one stride for a block costs.",
    equations=Equations(_adam_mini, {"lr": 0.02, "beta1": 0.8, "beta2": 0.95, "eps": 1e-4}),
)

PADAM = Optimizer(
    "PAdam",
    """
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    alpha = lr*sqrt(1 - beta2^t)/(1 - beta1^t)
    w = w - alpha * m / (sqrt(v) + eps)^(2*p)
    """,
    (learning_rate(0.1), BETA1, BETA2, EPS, zero_to(0.5, "p", 0.25, "0 is plain momentum, 0.5 is Adam")),
    "Chen et al., Closing the generalization gap of adaptive gradient methods in training deep neural networks, 2018",
    "Something between momentum and Adam: move p and see the way change from one to the other.",
    "the bias is corrected and no largest v is kept, as in pytorch_optimizer, where the paper does the opposite",
    link="https://arxiv.org/abs/1806.06763",
    follows="pytorch_optimizer.PAdam",
)

QHADAM = Optimizer(
    "QHAdam",
    """
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    m_hat = m / (1 - beta1^t)
    v_hat = v / (1 - beta2^t)
    w = w - lr*((1 - nu1)*g + nu1*m_hat)/(sqrt((1 - nu2)*g^2 + nu2*v_hat) + eps)
    """,
    (
        learning_rate(1e-3, 0.2),
        BETA1,
        BETA2,
        EPS,
        zero_to_one("nu1", "share of the memory in the step", 1.0),
        zero_to_one("nu2", "share of the memory in the divisor", 1.0),
    ),
    "Ma and Yarats, Quasi-hyperbolic momentum and Adam for deep learning, 2019",
    "Adam at nu1 = nu2 = 1 and the sign of the slope at 0: two sliders lead from one to the other.",
    IN_DOUBLE,
    link="https://arxiv.org/abs/1810.06801",
    follows="pytorch_optimizer.QHAdam",
)
