"""Optimizers that know only slopes: where they stand now, and at most where they stood a step ago."""

from engine.optimizer import COUPLED_DECAY, Optimizer, learning_rate, zero_to

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
