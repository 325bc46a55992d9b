"""Averaging optimizers: the position that is drawn is an average of the positions that the steps reach."""

from engine.rules.hyperparameters import BETA2, EPS, Hyperparameter, learning_rate, positive, zero_to_one
from engine.rules.optimizer import Optimizer

ASGD = Optimizer(
    "ASGD",
    """
    init z = w
    eta = lr/(1 + lambd*lr*(t - 1))^alpha
    mu = 1/max(1, t - 1 - t0)
    z = (1 - lambd*eta)*z - eta*grad(z)
    w = w + mu*(z - w)
    """,
    (
        learning_rate(1e-2, 0.003),
        Hyperparameter("lambd", 1e-4, 0.0, 1.0, help="how fast the learning rate falls"),
        zero_to_one("alpha", "power of time by which it falls", 0.75),
        positive("t0", 1e6, 1.0, 1e6, "step from which the positions are averaged", 100.0),
    ),
    "Polyak and Juditsky, Acceleration of stochastic approximation by averaging, 1992",
    "Shows the average of all places that plain descent visits: swings across a valley cancel out.",
    "what is drawn is the average, PyTorch's ax",
    link="https://doi.org/10.1137/0330046",
    follows="torch.optim.ASGD",
)

SCHEDULE_FREE_SGD = Optimizer(
    "ScheduleFreeSGD",
    """
    init z = w
    y = (1 - momentum)*z + momentum*w
    z = z - lr*grad(y)
    c = 1/t
    w = (1 - c)*w + c*z
    """,
    (learning_rate(1.0, 0.003), zero_to_one("momentum", "how near to the average the slope is taken", 0.9)),
    "Defazio et al., The road less scheduled, 2024",
    "The average of a run that takes its slopes near that average: fast without a falling learning rate.",
    "what is drawn is the average x; the weights of the average are those of a constant learning rate",
    link="https://arxiv.org/abs/2405.15682",
    follows="pytorch_optimizer.ScheduleFreeSGD",
)

SCHEDULE_FREE_ADAMW = Optimizer(
    "ScheduleFreeAdamW",
    """
    init z = w
    y = (1 - beta1)*z + beta1*w
    d = grad(y)
    v = beta2*v + (1 - beta2)*d^2
    v_hat = v / (1 - beta2^t)
    z = z - lr*(d/(sqrt(v_hat) + eps) + weight_decay*y)
    c = 1/t
    w = (1 - c)*w + c*z
    """,
    (
        learning_rate(2.5e-3, 0.2),
        zero_to_one("beta1", "how near to the average the slope is taken", 0.9),
        BETA2,
        EPS,
        zero_to_one("weight_decay", "pull towards 0, apart from the gradient"),
    ),
    "Defazio et al., The road less scheduled, 2024",
    "Schedule-free descent with Adam's strides.",
    "what is drawn is the average x; the weights of the average are those of a constant learning rate",
    link="https://arxiv.org/abs/2405.15682",
    follows="pytorch_optimizer.ScheduleFreeAdamW",
)

LOOKAHEAD = Optimizer(
    "Lookahead",
    """
    init phi = w
    theta = w - lr*g
    phi_next = phi + alpha*(theta - phi)
    w = phi_next if t % k == 0 else theta
    phi = phi_next if t % k == 0 else phi
    """,
    (
        learning_rate(1e-3, 0.003),
        Hyperparameter("k", 5, 1, 50, unit="steps", help="steps forward before one back"),
        zero_to_one("alpha", "how far the slow place follows the fast one", 0.5),
    ),
    "Zhang, Lucas, Hinton and Ba, Lookahead optimizer: k steps forward, 1 step back, 2019",
    "Runs ahead k steps and comes half the way back: see the trail jump.",
    "the fast steps are plain descent",
    link="https://arxiv.org/abs/1907.08610",
    follows="pytorch_optimizer.Lookahead",
)
