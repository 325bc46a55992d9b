"""Optimizers that know only the slope where they stand: no memory at all."""

from engine.optimizers.optimizer import COUPLED_DECAY, Optimizer, learning_rate

SGD = Optimizer(
    "SGD",
    "d = g + weight_decay*w\nw = w - lr*d",
    (learning_rate(1e-3), COUPLED_DECAY),
    "Robbins and Monro, A stochastic approximation method, 1951; as in torch.optim.SGD",
    "Steps straight downhill, as far as the slope is steep.",
    "the learning rate stays as it is set, where the paper lets it fall; weight_decay is PyTorch's",
)
