"""Descent with a memory of where it was going."""

from engine.optimizers.optimizer import COUPLED_DECAY, NOT_IN_PAPER, Optimizer, decay, learning_rate, zero_to_one

SHARE_KEPT = decay("momentum", 0.9, "share of the velocity kept at each step")

MOMENTUM = Optimizer(
    "Momentum",
    "d = g + weight_decay*w\nv = momentum*v + (1 - dampening)*d if t > 1 else d\nw = w - lr*v",
    (
        learning_rate(1e-3),
        SHARE_KEPT,
        zero_to_one("dampening", "share of each new gradient left out"),
        COUPLED_DECAY,
    ),
    "Polyak, Some methods of speeding up the convergence of iteration methods, 1964; as in torch.optim.SGD",
    "A heavy ball: it gathers speed along valleys and swings through them.",
    "the learning rate multiplies the velocity, not each gradient, so that changing it acts at once; "
    "dampening and weight_decay are PyTorch's",
)

NESTEROV = Optimizer(
    "Nesterov",
    "d = g + weight_decay*w\nv = momentum*v + d\nw = w - lr*(d + momentum*v)",
    (learning_rate(1e-3), SHARE_KEPT, COUPLED_DECAY),
    "Nesterov, A method of solving a convex programming problem with convergence rate O(1/k^2), 1983, in the form of "
    "Sutskever et al., On the importance of initialization and momentum, 2013; as in torch.optim.SGD(nesterov=True)",
    "A heavy ball that looks ahead: it brakes before the bend.",
    "momentum stays as it is set, where the first paper lets it grow; what is drawn is the look-ahead point, where the "
    f"gradient is taken; {NOT_IN_PAPER}",
)
