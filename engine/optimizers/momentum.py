"""Plain descent, and descent with a memory of where it was going."""

from engine.optimizers.optimizer import Optimizer, decay, learning_rate, zero_to_one

WEIGHT_DECAY = zero_to_one("weight_decay", "pull towards 0, added to the gradient")

SGD = Optimizer(
    "SGD",
    "d = g + weight_decay*w\nw = w - lr*d",
    (learning_rate(1e-3), WEIGHT_DECAY),
    "Robbins and Monro, A stochastic approximation method, 1951; as in torch.optim.SGD",
    "Steps straight downhill, as far as the slope is steep.",
)

MOMENTUM = Optimizer(
    "Momentum",
    "d = g + weight_decay*w\nv = momentum*v + (1 - dampening)*d if t > 1 else d\nw = w - lr*v",
    (
        learning_rate(1e-3),
        decay("momentum", 0.9, "share of the velocity kept at each step"),
        zero_to_one("dampening", "share of each new gradient left out"),
        WEIGHT_DECAY,
    ),
    "Polyak, Some methods of speeding up the convergence of iteration methods, 1964; as in torch.optim.SGD",
    "A heavy ball: it gathers speed along valleys and swings through them.",
    "the learning rate multiplies the velocity, not each gradient, so that changing it acts at once",
)

NESTEROV = Optimizer(
    "Nesterov",
    "d = g + weight_decay*w\nv = momentum*v + d\nw = w - lr*(d + momentum*v)",
    (learning_rate(1e-3), decay("momentum", 0.9, "share of the velocity kept at each step"), WEIGHT_DECAY),
    "Nesterov, 1983, in the form of Sutskever et al., 2013; as in torch.optim.SGD(nesterov=True)",
    "A heavy ball that looks ahead: it brakes before the bend.",
    "the gradient is taken at the look-ahead point, which is what is drawn",
)
