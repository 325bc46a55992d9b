"""Optimizers that take only the sign of what they know: every step is equally long."""

from engine.optimizers.optimizer import Optimizer, decay, learning_rate, zero_to_one

LION = Optimizer(
    "Lion",
    "c = beta1*m + (1 - beta1)*g\nm = beta2*m + (1 - beta2)*g\nw = w - lr*(sign(c) + weight_decay*w)",
    (
        learning_rate(1e-3),
        decay("beta1", 0.9, "memory of the velocity in the step"),
        decay("beta2", 0.99, "memory of the velocity from step to step"),
        zero_to_one("weight_decay", "pull towards 0, apart from the gradient"),
    ),
    "Chen et al., Symbolic discovery of optimization algorithms, 2023; as in optax.lion",
    "Takes only the direction of its momentum: every step is equally long.",
)
