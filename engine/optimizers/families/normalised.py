"""Optimizers that divide the gradient by its norm, some of which also multiply the step by the norm of the position."""

from engine.rules.hyperparameters import (
    BETA1,
    BETA2,
    DECOUPLED_DECAY,
    EPS,
    decay,
    learning_rate,
    positive,
    small,
    switch,
    zero_to_one,
)
from engine.rules.optimizer import LEANS_ON_ORIGIN, Optimizer

LARS = Optimizer(
    "LARS",
    """
    u = g + weight_decay*w
    lambda_hat = trust_coefficient*norm(w)/norm(u) if norm(w)*norm(u) > 0 else 1
    v = momentum*v + lr*lambda_hat*u
    w = w - v
    """,
    (
        learning_rate(1.0, 5),
        decay("momentum", 0.9, "share of the velocity kept at each step"),
        positive("trust_coefficient", 1e-3, 1e-5, 10.0, "length of a step beside that of the position"),
        zero_to_one("weight_decay", "pull towards 0, added to the gradient"),
    ),
    "You, Gitman and Ginsburg, Large batch training of convolutional networks, 2017",
    "Every step is as long as a fixed share of the distance from the origin.",
    "the weight decay is part of the length that is divided by, as in optax",
    link="https://arxiv.org/abs/1708.03888",
    follows="optax.lars",
    warning=LEANS_ON_ORIGIN,
)

LAMB = Optimizer(
    "LAMB",
    """
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    m_hat = m / (1 - beta1^t)
    v_hat = v / (1 - beta2^t)
    r = m_hat/(sqrt(v_hat) + eps) + weight_decay*w
    phi = norm(w)/norm(r) if norm(w)*norm(r) > 0 else 1
    w = w - lr*phi*r
    """,
    (learning_rate(1e-3, 0.05), BETA1, BETA2, small("eps", 1e-6, "keeps the divisor from 0"), DECOUPLED_DECAY),
    "You et al., Large batch optimization for deep learning: training BERT in 76 minutes, 2020",
    "Adam's direction with a step as long as a fixed share of the distance from the origin.",
    link="https://arxiv.org/abs/1904.00962",
    follows="optax.lamb",
    warning=LEANS_ON_ORIGIN,
)

NOVOGRAD = Optimizer(
    "NovoGrad",
    """
    v = beta2*v + (1 - beta2)*norm(g)^2 if t > 1 else norm(g)^2
    d = g/(sqrt(v) + eps) + weight_decay*w
    m = beta1*m + d if t > 1 else d
    w = w - lr*m
    """,
    (
        learning_rate(1e-3),
        BETA1,
        decay("beta2", 0.25, "memory of the slope's length"),
        small("eps", 1e-6, "keeps the divisor from 0"),
        DECOUPLED_DECAY,
    ),
    "Ginsburg et al., Stochastic gradient methods with layer-wise adaptive moments, 2019",
    "Momentum on slopes of length 1: it goes straight downhill, but never faster on a cliff.",
    link="https://arxiv.org/abs/1905.11286",
    follows="optax.novograd",
)

FROMAGE = Optimizer(
    "Fromage",
    "w = (w - lr*g*(max(norm(w), min_norm)/max(norm(g), min_norm)))/sqrt(1 + lr^2)",
    (learning_rate(1e-2, 0.05), small("min_norm", 1e-6, "lengths below it count as it")),
    "Bernstein, Vahdat, Yue and Liu, On the distance between two neural networks and the stability of learning, 2020",
    "Steps as long as its distance from the origin says, and then draws in a little towards it.",
    link="https://arxiv.org/abs/2002.03432",
    follows="optax.fromage",
    warning=LEANS_ON_ORIGIN,
)

ADAMP = Optimizer(
    "AdamP",
    """
    m = beta1*m + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    p = sqrt(1 - beta2^t)/(1 - beta1^t) * m/(sqrt(v) + eps)
    cosine = |dot(w, g)|/(norm(w)*norm(g))
    n = w/(norm(w) + eps)
    q = p - n*dot(n, p) if cosine < delta/sqrt(2) else p
    w = w - lr*q
    """,
    (
        learning_rate(1e-3, 0.2),
        BETA1,
        BETA2,
        EPS,
        zero_to_one("delta", "how crosswise a slope must be to count so", 0.1),
    ),
    "Heo et al., AdamP: slowing down the slowdown for momentum optimizers on scale-invariant weights, 2021",
    "Adam that drops the part of a step that leads away from the origin when the slope runs round it.",
    "x and y are one row of a matrix; weight decay is left out",
    link="https://arxiv.org/abs/2006.08217",
    follows="pytorch_optimizer.AdamP",
    warning=LEANS_ON_ORIGIN,
)

MUON = Optimizer(
    "Muon",
    """
    ns(X) = X*(3.4445 - 4.7750*dot(X, X) + 2.0315*dot(X, X)^2)
    B = momentum*B + (1 - momentum)*g
    B_hat = B/(1 - momentum^(t + (1 if nesterov else 0)))
    M = momentum*B_hat + (1 - momentum)*g/(1 - momentum^t) if nesterov else B_hat
    w = w - lr*ns(ns(ns(ns(ns(M/(norm(M) + eps))))))
    """,
    (
        learning_rate(1e-3, 0.01),
        decay("momentum", 0.95, "memory of the gradient"),
        switch("nesterov", True, "look ahead along the memory"),
        EPS,
    ),
    "Jordan et al., Muon: an optimizer for hidden layers in neural networks, 2024",
    "Makes all singular values of a matrix alike; a point has but one, so every step is equally long.",
    "x and y are one column; the averages are corrected for their bias, as in optax",
    link="https://kellerjordan.github.io/posts/muon/",
    follows="optax.contrib.muon",
    warning="It is made for matrices of many coordinates; on two it is momentum whose steps are all equally long.",
)
