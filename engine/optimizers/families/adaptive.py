"""Adaptive optimizers: each coordinate has its own step size, computed from the sizes of its past gradients."""

from engine.rules.hyperparameters import COUPLED_DECAY, EPS, decay, learning_rate, small, switch, zero_to, zero_to_one
from engine.rules.optimizer import LEANS_ON_ORIGIN, NOT_IN_PAPER, Optimizer

ADAGRAD = Optimizer(
    "AdaGrad",
    """
    init s = initial_accumulator_value
    d = g + weight_decay*w
    s = s + d^2
    w = w - lr/(1 + (t - 1)*lr_decay) * d/(sqrt(s) + eps)
    """,
    (
        learning_rate(1e-2, 0.5),
        zero_to_one("lr_decay", "how fast the learning rate falls"),
        zero_to_one("initial_accumulator_value", "sum of squares to begin with"),
        small("eps", 1e-10, "keeps the divisor from 0"),
        COUPLED_DECAY,
    ),
    "Duchi, Hazan and Singer, Adaptive subgradient methods, 2011",
    "Divides by all the slope it ever met: bold at first, then ever more careful.",
    "lr_decay, initial_accumulator_value and weight_decay are PyTorch's, all 0 unless they are moved",
    link="https://jmlr.org/papers/v12/duchi11a.html",
    follows="torch.optim.Adagrad",
)

ADADELTA = Optimizer(
    "Adadelta",
    """
    d = g + weight_decay*w
    v = rho*v + (1 - rho)*d^2
    delta = sqrt(u + eps)/sqrt(v + eps)*d
    u = rho*u + (1 - rho)*delta^2
    w = w - lr*delta
    """,
    (
        learning_rate(1.0, 0.5),
        decay("rho", 0.9, "memory of squares"),
        small("eps", 1e-6, "sets the first steps going"),
        COUPLED_DECAY,
    ),
    "Zeiler, ADADELTA: an adaptive learning rate method, 2012",
    "Measures its steps by its own earlier steps, and needs no learning rate.",
    f"a learning rate multiplies the step, 1 as in the paper; {NOT_IN_PAPER}",
    link="https://arxiv.org/abs/1212.5701",
    follows="torch.optim.Adadelta",
)

RMSPROP = Optimizer(
    "RMSProp",
    """
    d = g + weight_decay*w
    v = alpha*v + (1 - alpha)*d^2
    a = alpha*a + (1 - alpha)*d
    s = max(v - a^2, 0) if centered else v
    b = momentum*b + d/(sqrt(s) + eps)
    w = w - lr*b
    """,
    (
        learning_rate(1e-2),
        decay("alpha", 0.99, "memory of squares"),
        EPS,
        decay("momentum", 0.0, "share of the velocity kept at each step"),
        switch("centered", False, "divide by how much the slope varies, not by its size"),
        COUPLED_DECAY,
    ),
    "Tieleman and Hinton, Neural networks for machine learning, lecture 6.5, 2012",
    "Divides by the recent size of the slope: steady strides on cliffs and plains alike.",
    "momentum, centered (Graves, 2013) and weight_decay are PyTorch's, all off unless they are moved; a variance that "
    "rounding makes negative counts as 0, where PyTorch ends in nan",
    link="https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf",
    follows="torch.optim.RMSprop",
)

ADA_SMOOTH = Optimizer(
    "AdaSmooth",
    """
    init w_last = w
    s = s + (w - w_last)
    n = n + |w - w_last|
    e_t = |s|/(n + eps)
    c_t = (beta2 - beta1)*e_t + (1 - beta2)
    v = (1 - c_t^2)*v + c_t^2*g^2
    w_last = w
    w = w - lr*g/sqrt(v + eps)
    """,
    (
        learning_rate(1e-3, 0.02),
        decay("beta1", 0.5, "memory of squares on a straight way"),
        decay("beta2", 0.99, "memory of squares on a zigzag"),
        small("eps", 1e-6, "keeps the divisor from 0"),
    ),
    "Lu, AdaSmooth: an adaptive learning rate method based on effective ratio, 2022",
    "Forgets quickly while it moves straight on, and slowly while it moves to and fro.",
    "the ratio of way won to way gone runs over the whole race, as in pytorch_optimizer, not over a window",
    link="https://arxiv.org/abs/2204.00825",
    follows="pytorch_optimizer.AdaSmooth",
)

KATE = Optimizer(
    "Kate",
    """
    b_sq = b_sq + g^2 + eps
    m_sq = m_sq + eta*g^2 + g^2/b_sq
    w = w - lr*sqrt(m_sq)*g/b_sq
    """,
    (
        learning_rate(1e-3, 5),
        zero_to_one("eta", "share of the slope's own size in the step"),
        EPS,
    ),
    "Choudhury, Tupitsa, Loizou, Horvath, Takac and Gorbunov, Remove that square root, 2024",
    "AdaGrad without its square root: where the landscape is stretched it takes the same steps.",
    "eps is added at every step, as in pytorch_optimizer, where the paper has none",
    link="https://arxiv.org/abs/2403.02648",
    follows="pytorch_optimizer.Kate",
)

FTRL = Optimizer(
    "FTRL",
    """
    n = n + g^2
    # All sigmas so far add up to this.
    total = sqrt(n)/lr if lr > 0 else total_last
    sigma = total - total_last
    total_last = total
    z = z + g - sigma*w
    moved = 0 if |z| <= lambda1 else -(z - sign(z)*lambda1)/(beta/lr + total + lambda2)
    w = moved if total > 0 and lr > 0 else w
    """,
    (
        learning_rate(1e-3, 0.5),
        zero_to_one("beta", "makes the first steps shorter"),
        zero_to(10.0, "lambda1", 0.0, "pull that sets small coordinates to 0"),
        zero_to(10.0, "lambda2", 0.0, "pull towards 0"),
    ),
    "McMahan et al., Ad click prediction: a view from the trenches, 2013",
    "Looks for the best place in view of all slopes so far; with lambda1 it sticks to the axes.",
    "sigma follows a learning rate that changes, as the paper's sums do; a coordinate that has met no slope, or has no "
    "learning rate, stays where it is, where pytorch_optimizer sets it to 0",
    link="https://doi.org/10.1145/2487575.2488200",
    follows="pytorch_optimizer.FTRL",
    warning=LEANS_ON_ORIGIN,
)

SM3 = Optimizer(
    "SM3",
    """
    nu = (beta if beta > 0 else 1)*mu + (1 - beta)*g^2
    mu = max(mu, nu)
    m = momentum*m + (1 - momentum)*g/sqrt(nu + eps)
    w = w - lr*m
    """,
    (
        learning_rate(0.1, 0.5),
        decay("momentum", 0.0, "memory of the step"),
        decay("beta", 0.0, "memory of squares; at 0 all of them add up"),
        small("eps", 1e-30, "keeps the divisor from 0"),
    ),
    "Anil, Gupta, Koren and Singer, Memory-efficient adaptive optimization, 2019",
    "AdaGrad for matrices too large to remember; on a point of the plane it is AdaGrad itself.",
    "x and y are one vector, whose coordinates are each a set of the cover",
    link="https://arxiv.org/abs/1901.11150",
    follows="pytorch_optimizer.SM3",
    warning="It saves memory by sharing sums among many coordinates; with two there is nothing to share.",
)

MADGRAD = Optimizer(
    "MADGRAD",
    """
    init x0 = w
    x0 = x0
    lambda_k = (lr + eps)*sqrt(t)
    s = s + lambda_k*g
    nu = nu + lambda_k*g^2
    z = x0 - s/(cbrt(nu) + eps)
    w = momentum*w + (1 - momentum)*z
    """,
    (
        learning_rate(1e-3, 0.01),
        decay("momentum", 0.9, "share of the place kept at each step"),
        small("eps", 1e-6, "keeps the divisor from 0"),
    ),
    "Defazio and Jelassi, Adaptivity without compromise: a momentumized, adaptive, dual averaged gradient method, 2021",
    "Always measures from where it started, and divides by the cube root of all slopes.",
    "eps is added to the learning rate too, as in the authors' code",
    link="https://arxiv.org/abs/2101.11075",
    follows="pytorch_optimizer.MADGRAD",
)
