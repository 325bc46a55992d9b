"""Optimizers that give each coordinate a step of its own, from the sizes of its past gradients."""

from engine.optimizers.optimizer import (
    COUPLED_DECAY,
    NOT_IN_PAPER,
    Optimizer,
    decay,
    learning_rate,
    small,
    switch,
    zero_to_one,
)

EPS = small("eps", 1e-8, "keeps the divisor from 0")
BETA1 = decay("beta1", 0.9, "memory of the gradient")
BETA2 = decay("beta2", 0.999, "memory of its square")
BIAS_CORRECTION = switch("bias_correction", True, "make up for averages that began at 0")

ADAGRAD = Optimizer(
    "AdaGrad",
    "init s = initial_accumulator_value\nd = g + weight_decay*w\ns = s + d^2\n"
    "w = w - lr/(1 + (t - 1)*lr_decay) * d/(sqrt(s) + eps)",
    (
        learning_rate(1e-2),
        zero_to_one("lr_decay", "how fast the learning rate falls"),
        zero_to_one("initial_accumulator_value", "sum of squares to begin with"),
        small("eps", 1e-10, "keeps the divisor from 0"),
        COUPLED_DECAY,
    ),
    "Duchi, Hazan and Singer, Adaptive subgradient methods, 2011; as in torch.optim.Adagrad",
    "Divides by all the slope it ever met: bold at first, then ever more careful.",
    "lr_decay, initial_accumulator_value and weight_decay are PyTorch's, all 0 unless they are moved",
)

ADADELTA = Optimizer(
    "Adadelta",
    "d = g + weight_decay*w\nv = rho*v + (1 - rho)*d^2\ndelta = sqrt(u + eps)/sqrt(v + eps)*d\n"
    "u = rho*u + (1 - rho)*delta^2\nw = w - lr*delta",
    (
        learning_rate(1.0),
        decay("rho", 0.9, "memory of squares"),
        small("eps", 1e-6, "sets the first steps going"),
        COUPLED_DECAY,
    ),
    "Zeiler, ADADELTA, 2012; as in torch.optim.Adadelta",
    "Measures its steps by its own earlier steps, and needs no learning rate.",
    f"a learning rate multiplies the step, 1 as in the paper; {NOT_IN_PAPER}",
)

RMSPROP = Optimizer(
    "RMSProp",
    "d = g + weight_decay*w\nv = alpha*v + (1 - alpha)*d^2\na = alpha*a + (1 - alpha)*d\n"
    "s = max(v - a^2, 0) if centered else v\nb = momentum*b + d/(sqrt(s) + eps)\nw = w - lr*b",
    (
        learning_rate(1e-2),
        decay("alpha", 0.99, "memory of squares"),
        EPS,
        decay("momentum", 0.0, "share of the velocity kept at each step"),
        switch("centered", False, "divide by how much the slope varies, not by its size"),
        COUPLED_DECAY,
    ),
    "Tieleman and Hinton, Neural networks for machine learning, lecture 6.5, 2012; as in torch.optim.RMSprop",
    "Divides by the recent size of the slope: steady strides on cliffs and plains alike.",
    "momentum, centered (Graves, 2013) and weight_decay are PyTorch's, all off unless they are moved; a variance that "
    "rounding makes negative counts as 0, where PyTorch ends in nan",
)

_MOMENTS = """m = beta1*m + (1 - beta1)*{gradient}
v = beta2*v + (1 - beta2)*{gradient}^2
m_hat = m / (1 - beta1^t if bias_correction else 1)
v_hat = v / (1 - beta2^t if bias_correction else 1)
"""

ADAM = Optimizer(
    "Adam",
    "d = g + weight_decay*w\n" + _MOMENTS.format(gradient="d") + "w = w - lr * m_hat / (sqrt(v_hat) + eps)",
    (learning_rate(1e-3), BETA1, BETA2, EPS, COUPLED_DECAY, BIAS_CORRECTION),
    "Kingma and Ba, Adam: a method for stochastic optimization, 2015; as in torch.optim.Adam",
    "Momentum in a stride of its own for each coordinate.",
    f"bias_correction can be switched off; {NOT_IN_PAPER}",
)

ADAMW = Optimizer(
    "AdamW",
    _MOMENTS.format(gradient="g") + "w = w - lr*weight_decay*w - lr * m_hat / (sqrt(v_hat) + eps)",
    (
        learning_rate(1e-3),
        BETA1,
        BETA2,
        EPS,
        zero_to_one("weight_decay", "pull towards 0, apart from the gradient", 0.01),
        BIAS_CORRECTION,
    ),
    "Loshchilov and Hutter, Decoupled weight decay regularization, 2019; as in torch.optim.AdamW",
    "Adam whose pull towards 0 is not divided by the size of the slope.",
    "the learning rate multiplies the weight decay too, as in PyTorch; bias_correction can be switched off",
)
