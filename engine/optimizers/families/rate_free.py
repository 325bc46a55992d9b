"""Optimizers that compute the learning rate themselves, from the loss or from the distance to the start."""

from engine.rules.hyperparameters import BETA1, BETA2, EPS, Hyperparameter, decay, learning_rate, positive, small
from engine.rules.optimizer import IN_DOUBLE, Optimizer

LOWEST_LOSS = Hyperparameter("f_min", 0.0, -100.0, 100.0, help="the lowest loss that there is, as far as it is known")
RESTS_WITHOUT_SLOPES = "where the average s of slopes is 0 it rests, as in pytorch_optimizer"
FIRST_DISTANCE = positive("d0", 1e-6, 1e-12, 10.0, "first guess of the distance to the minimum", 1e-2)

POLYAK_SGD = Optimizer(
    "PolyakSGD",
    """
    gamma_t = min(max(f - f_min, 0)/(dot(g, g) + eps), max_lr) if dot(g, g) + eps > 2.2e-16 else 0
    w = w - gamma_t*g
    """,
    (
        positive("max_lr", 1.0, 1e-5, 100.0, "longest step in slopes"),
        LOWEST_LOSS,
        Hyperparameter("eps", 0.0, 0.0, 1.0, help="keeps the divisor from 0"),
    ),
    "Loizou, Vaswani, Laradji and Lacoste-Julien, Stochastic Polyak step-size for SGD, 2021",
    "Steps to where the loss would be lowest if it went on falling as it does here.",
    "the paper's c is 1, and the step is bounded by max_lr; as in optax, it rests where dot(g, g) + eps is 2.2e-16 or "
    "less, and where the loss is below f_min",
    link="https://arxiv.org/abs/2002.10542",
    follows="optax.polyak_sgd(variant='sps+')",
    warning="It must be told the lowest loss: below f_min it stays.",
)

MOMO_ADAM = Optimizer(
    "MomoAdam",
    """
    f_bar = beta1*f_bar + (1 - beta1)*f
    d = beta1*d + (1 - beta1)*g
    v = beta2*v + (1 - beta2)*g^2
    D = eps + sqrt(v/(1 - beta2^t))
    gamma_k = beta1*gamma_k + (1 - beta1)*dot(g, w)
    length = dot(d, d/D)
    tau_k = max(f_bar - (1 - beta1^t)*f_min + dot(d, w) - gamma_k, 0)/length
    w = w - min(lr/(1 - beta1^t), tau_k if length > 1e-15 else 0)*d/D
    """,
    (learning_rate(1e-2, 0.2), BETA1, BETA2, EPS, LOWEST_LOSS),
    "Schaipp, Ohana, Eickenberg, Defazio and Gower, MoMo: momentum models for adaptive learning rates, 2023",
    "Adam that steps no further than to where its model of the loss is lowest.",
    link="https://arxiv.org/abs/2305.07583",
    follows="optax.contrib.momo_adam",
    warning="It must be told the lowest loss; where that is not 0, set f_min.",
)

DOG = Optimizer(
    "DoG",
    """
    init x0 = w
    x0 = x0
    init r_bar = r_eps*(1 + norm(w))
    r_bar = max(r_bar, norm(w - x0))
    G = G + norm(g)^2
    w = w - lr*r_bar/sqrt(G + eps)*g
    """,
    (
        learning_rate(1.0),
        positive("r_eps", 1e-6, 1e-12, 1.0, "share of the position that is the first step", 1e-2),
        EPS,
    ),
    "Ivgi, Hinder and Carmon, DoG is SGD's best friend: a parameter-free dynamic step size schedule, 2023",
    "Steps by how far it has come, over all slopes met: timid first, then as bold as it has been right to be.",
    link="https://arxiv.org/abs/2302.12022",
    follows="optax.contrib.dog",
)

DOWG = Optimizer(
    "DoWG",
    """
    init x0 = w
    x0 = x0
    init r_sq = eps
    r_sq = max(r_sq, norm(w - x0)^2)
    v = v + r_sq*norm(g)^2
    w = w - lr*r_sq/(sqrt(v) + eps)*g
    """,
    (learning_rate(1.0, 0.5), small("eps", 1e-4, "square of the first distance, and keeps the divisor from 0")),
    "Khaled, Mishchenko and Jin, DoWG unleashed: an efficient universal parameter-free gradient descent method, 2023",
    "DoG that counts late slopes for more, and so keeps its pace.",
    link="https://arxiv.org/abs/2305.16284",
    follows="optax.contrib.dowg",
)

COCOB = Optimizer(
    "COCOB",
    """
    init w0 = w
    w0 = w0
    init L = eps
    L = max(L, |g|)
    G = G + |g|
    Reward = max(Reward - g*(w - w0), 0)
    theta = theta - g
    w = w0 + theta/(L*max(G + L, alpha*L))*(L + Reward)
    """,
    (positive("alpha", 100.0, 0.1, 1e4, "how careful the first steps are", 2.0), EPS),
    "Orabona and Tommasi, Training deep networks without learning rates through coin betting, 2017",
    "A gambler who bets on which way is down, and stakes the more the more it has won.",
    link="https://arxiv.org/abs/1705.07795",
    follows="optax.contrib.cocob",
)

D_ADAPT_SGD = Optimizer(
    "DAdaptSGD",
    """
    init x0 = w
    x0 = x0
    init d = d0
    # The length of the first slope that is not 0.
    g0 = g0 if g0 > 0 else norm(g)
    lambda_hat = d*lr/g0 if g0 > 0 else 0
    r = r + lambda_hat*dot(g, s)
    s = s + lambda_hat*g
    d = max(d, 2*r/norm(s) if norm(s) > 0 else 0)
    w = momentum*w + (1 - momentum)*(x0 - s)
    """,
    (learning_rate(1.0, 0.5), decay("momentum", 0.9, "share of the place kept at each step"), FIRST_DISTANCE),
    "Defazio and Mishchenko, Learning-rate-free learning by D-Adaptation, 2023",
    "Guesses the distance to the minimum from below: creeps at first, until the guess has grown.",
    "lr multiplies what is found; on level ground it waits for a first slope, as in pytorch_optimizer, and the guess "
    f"stays while all slopes so far cancel out; {IN_DOUBLE}",
    link="https://arxiv.org/abs/2301.07733",
    follows="pytorch_optimizer.DAdaptSGD",
)

D_ADAPT_ADAM = Optimizer(
    "DAdaptAdam",
    """
    init d = d0
    beta_s = sqrt(beta2)
    eta = lr*d
    r = beta_s*r + (1 - beta_s)*eta*dot(g, s/(sqrt(v) + eps))
    m = beta1*m + (1 - beta1)*eta*g
    v = beta2*v + (1 - beta2)*g^2
    s = beta_s*s + (1 - beta_s)*eta*g
    l = sum(|s|)
    d = max(d, r/((1 - beta_s)*l) if l > 0 else 0)
    w = w - m/(sqrt(v) + eps) if l > 0 else w
    """,
    (learning_rate(1.0, 0.2), BETA1, BETA2, EPS, FIRST_DISTANCE),
    "Defazio and Mishchenko, Learning-rate-free learning by D-Adaptation, 2023",
    "Adam that finds its learning rate while it goes: the first steps are tiny, then it runs.",
    f"lr multiplies what is found; {RESTS_WITHOUT_SLOPES}",
    link="https://arxiv.org/abs/2301.07733",
    follows="pytorch_optimizer.DAdaptAdam",
)

PRODIGY = Optimizer(
    "Prodigy",
    """
    init x0 = w
    x0 = x0
    init d = d0
    beta3 = sqrt(beta2)
    eta = lr*d
    r = beta3*r + d/d0*eta*dot(g, x0 - w)
    m = beta1*m + (1 - beta1)*d*g
    v = beta2*v + (1 - beta2)*d^2*g^2
    s = beta3*s + d/d0*eta*g
    l = sum(|s|)
    d = max(d, d_coef*r/l if l > 0 else 0)
    w = w - eta*m/(sqrt(v) + d*eps) if l > 0 else w
    """,
    (
        learning_rate(1.0, 0.2),
        BETA1,
        BETA2,
        EPS,
        FIRST_DISTANCE,
        positive("d_coef", 1.0, 0.01, 100.0, "multiplies the guess of the distance"),
    ),
    "Mishchenko and Defazio, Prodigy: an expeditiously adaptive parameter-free learner, 2023",
    "D-Adaptation that trusts new evidence sooner: its learning rate rises within a few steps.",
    f"lr multiplies what is found; {RESTS_WITHOUT_SLOPES}",
    link="https://arxiv.org/abs/2306.06101",
    follows="pytorch_optimizer.Prodigy",
)
