"""Sign optimizers: the step depends on the sign of the gradient or of its average, not on its size."""

from engine.rules.hyperparameters import DECOUPLED_DECAY, Hyperparameter, decay, learning_rate, positive
from engine.rules.optimizer import Optimizer

SIGN_SGD = Optimizer(
    "SignSGD",
    "w = w - lr*sign(g)",
    (learning_rate(1e-3, 0.003),),
    "Bernstein, Wang, Azizzadenesheli and Anandkumar, signSGD: compressed optimisation for non-convex problems, 2018",
    "Every coordinate takes a step of the same length, so the way down is made of diagonals.",
    link="https://arxiv.org/abs/1802.04434",
    follows="optax.sign_sgd",
)

SIGNUM = Optimizer(
    "Signum",
    """
    m = momentum*m + (1 - momentum)*g
    w = w - lr*sign(m)
    """,
    (learning_rate(1e-3, 0.003), decay("momentum", 0.9, "memory of the gradient")),
    "Bernstein, Wang, Azizzadenesheli and Anandkumar, signSGD: compressed optimisation for non-convex problems, 2018",
    "Takes the sign of its velocity: it turns a few steps after the valley does.",
    link="https://arxiv.org/abs/1802.04434",
    follows="pytorch_optimizer.SignSGD",
)

RPROP = Optimizer(
    "Rprop",
    """
    init eta = lr
    s = g*g_last
    eta = clip(eta*(etaplus if s > 0 else (etaminus if s < 0 else 1)), step_min, step_max)
    g_last = 0 if s < 0 else g
    w = w - eta*sign(g_last)
    """,
    (
        learning_rate(1e-2),
        decay("etaminus", 0.5, "a step shrinks by it after the slope has turned"),
        Hyperparameter("etaplus", 1.2, 1.0, 3.0, help="a step grows by it while the slope keeps its sign"),
        positive("step_min", 1e-6, 1e-12, 1.0, "shortest step"),
        positive("step_max", 50.0, 1e-3, 1e3, "longest step"),
    ),
    "Riedmiller and Braun, A direct adaptive method for faster backpropagation learning: the RPROP algorithm, 1993",
    "Each coordinate has a stride of its own, longer while it goes on, halved when it has gone too far.",
    "a coordinate whose slope has turned waits a step, as in PyTorch, where the paper takes the last step back; "
    "lr is the first stride, and moving it later changes nothing",
    link="https://doi.org/10.1109/ICNN.1993.298623",
    follows="torch.optim.Rprop",
)

LION = Optimizer(
    "Lion",
    """
    c = beta1*m + (1 - beta1)*g
    m = beta2*m + (1 - beta2)*g
    w = w - lr*(sign(c) + weight_decay*w)
    """,
    (
        learning_rate(1e-3, 0.01),
        decay("beta1", 0.9, "memory of the velocity in the step"),
        decay("beta2", 0.99, "memory of the velocity from step to step"),
        DECOUPLED_DECAY,
    ),
    "Chen et al., Symbolic discovery of optimization algorithms, 2023",
    "Takes only the direction of its momentum: every step is equally long.",
    link="https://arxiv.org/abs/2302.06675",
    follows="optax.lion",
)

TIGER = Optimizer(
    "Tiger",
    """
    m = beta*m + (1 - beta)*g
    w = w - lr*(sign(m) + weight_decay*w)
    """,
    (learning_rate(1e-3, 0.003), decay("beta", 0.965, "memory of the gradient"), DECOUPLED_DECAY),
    "Su, Tiger: a tight-fisted optimizer, 2023",
    "Lion with one memory instead of two: watch how much later it turns.",
    "the learning rate is not scaled by the size of a layer",
    link="https://github.com/bojone/tiger",
    follows="pytorch_optimizer.Tiger",
)
