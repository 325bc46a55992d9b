"""Gradient descent with momentum: an average of past gradients sets the direction of the step."""

from engine.rules.hyperparameters import COUPLED_DECAY, decay, learning_rate, positive, zero_to, zero_to_one
from engine.rules.optimizer import NOT_IN_PAPER, Optimizer

SHARE_KEPT = decay("momentum", 0.9, "share of the velocity kept at each step")

MOMENTUM = Optimizer(
    "Momentum",
    """
    d = g + weight_decay*w
    v = momentum*v + (1 - dampening)*d if t > 1 else d
    w = w - lr*v
    """,
    (
        learning_rate(1e-3, 0.003),
        SHARE_KEPT,
        zero_to_one("dampening", "share of each new gradient left out"),
        COUPLED_DECAY,
    ),
    "Polyak, Some methods of speeding up the convergence of iteration methods, 1964",
    "A heavy ball: it gathers speed along valleys and swings through them.",
    "the learning rate multiplies the velocity, not each gradient, so that changing it acts at once; "
    "dampening and weight_decay are PyTorch's",
    link="https://doi.org/10.1016/0041-5553(64)90137-5",
    follows="torch.optim.SGD",
)

NESTEROV = Optimizer(
    "Nesterov",
    """
    d = g + weight_decay*w
    v = momentum*v + d
    w = w - lr*(d + momentum*v)
    """,
    (learning_rate(1e-3), SHARE_KEPT, COUPLED_DECAY),
    "Nesterov, A method of solving a convex programming problem with convergence rate O(1/k^2), 1983, in the form of "
    "Sutskever et al., On the importance of initialization and momentum, 2013",
    "A heavy ball that looks ahead: it brakes before the bend.",
    "momentum stays as it is set, where the first paper lets it grow; what is drawn is the look-ahead point, where the "
    f"gradient is taken; {NOT_IN_PAPER}",
    link="https://proceedings.mlr.press/v28/sutskever13.html",
    follows="torch.optim.SGD(nesterov=True)",
)

QHM = Optimizer(
    "QHM",
    """
    v = momentum*v + (1 - momentum)*g
    w = w - lr*((1 - nu)*g + nu*v)
    """,
    (
        learning_rate(1e-3, 0.01),
        decay("momentum", 0.999, "memory of the velocity"),
        zero_to_one("nu", "share of the velocity in the step, the rest is slope", 0.7),
    ),
    "Ma and Yarats, Quasi-hyperbolic momentum and Adam for deep learning, 2019",
    "Plain descent and a very heavy ball, averaged: quick to turn and slow to forget.",
    link="https://arxiv.org/abs/1810.06801",
    follows="pytorch_optimizer.QHM",
)

AGGMO = Optimizer(
    "AggMo",
    """
    v1 = beta1*v1 + g
    v2 = beta2*v2 + g
    v3 = beta3*v3 + g
    w = w - lr/3*(v1 + v2 + v3)
    """,
    (
        learning_rate(1e-3, 0.0001),
        decay("beta1", 0.0, "share kept by the lightest ball"),
        decay("beta2", 0.9, "share kept by the middle ball"),
        decay("beta3", 0.99, "share kept by the heaviest ball"),
    ),
    "Lucas, Sun, Zemel and Grosse, Aggregated momentum: stability through passive damping, 2019",
    "Three balls of different weight pull together, and each damps the swings of the others.",
    link="https://arxiv.org/abs/1804.00325",
    follows="pytorch_optimizer.AggMo",
)

ACC_SGD = Optimizer(
    "AccSGD",
    """
    init u = w
    alpha = 1 - xi*constant^2/kappa
    # The long step delta = lr*kappa/constant, times 1 - alpha.
    delta_u = lr*xi*constant
    zeta = 1/(1 + xi*constant/kappa)
    u = alpha*u + (1 - alpha)*w - delta_u*g
    w = zeta*(w - lr*g) + (1 - zeta)*u
    """,
    (
        learning_rate(1e-3),
        positive("kappa", 1000.0, 1.0, 1e5, "how much longer the long step is"),
        positive("xi", 10.0, 0.1, 100.0, "how much the slopes tell of the landscape"),
        zero_to_one("constant", "a number a little below 1", 0.7),
    ),
    "Kidambi, Netrapalli, Jain and Kakade, On the insufficiency of existing momentum schemes, 2018",
    "Takes a short and a long step at once and goes to a place between them.",
    "quotients by constant are multiplied out, so that 0 leaves plain descent",
    link="https://arxiv.org/abs/1803.05591",
    follows="pytorch_optimizer.AccSGD",
)

PID = Optimizer(
    "PID",
    """
    V = momentum*V + g
    D = momentum*D + (1 - momentum)*(g - g_last if t > 1 else 0)
    g_last = g
    w = w - lr*(g + integral*V + derivative*D if momentum > 0 else g)
    """,
    (
        learning_rate(1e-3),
        SHARE_KEPT,
        zero_to(20.0, "integral", 5.0, "weight of where it was going", 1.0),
        zero_to(50.0, "derivative", 10.0, "weight of how the slope changes"),
    ),
    "An et al., A PID controller approach for stochastic optimization of deep networks, 2018",
    "Steers like a thermostat: by the slope now, by all slopes before, and against sudden change.",
    "the learning rate multiplies the whole step and integral weighs the velocity; at momentum 0 it is plain descent, "
    "as in pytorch_optimizer",
    link="https://openaccess.thecvf.com/content_cvpr_2018/html/An_A_PID_Controller_CVPR_2018_paper.html",
    follows="pytorch_optimizer.PID",
)

PNM = Optimizer(
    "PNM",
    """
    m = beta1^2*m_2 + (1 - beta1^2)*g
    w = w - lr/sqrt((1 + beta0)^2 + beta0^2)*((1 + beta0)*m - beta0*m_1)
    m_2 = m_1
    m_1 = m
    """,
    (
        learning_rate(1e-3, 0.003),
        decay("beta1", 0.9, "memory of the velocity"),
        zero_to(2.0, "beta0", 1.0, "weight of the velocity that is taken off"),
    ),
    "Xie, Yuan, Zhu and Sugiyama, Positive-negative momentum, 2021",
    "Keeps two velocities in turn and subtracts the older, which shakes it as noisy slopes would.",
    link="https://arxiv.org/abs/2103.17182",
    follows="pytorch_optimizer.PNM",
)
