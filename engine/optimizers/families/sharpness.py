"""Sharpness-aware optimizers: they take the gradient at the highest place nearby, which leads to wide valleys."""

from engine.rules.hyperparameters import learning_rate, small, zero_to
from engine.rules.optimizer import IN_DOUBLE, LEANS_ON_ORIGIN, Optimizer

SAM = Optimizer(
    "SAM",
    """
    e_w = rho*g/(norm(g) + eps)
    w = w - lr*grad(w + e_w)
    """,
    (
        learning_rate(1e-3),
        zero_to(2.0, "rho", 0.05, "how far away the worst place is looked for"),
        small("eps", 1e-12, "keeps the divisor from 0"),
    ),
    "Foret, Kleiner, Mobahi and Neyshabur, Sharpness-aware minimization, 2021",
    "Takes the slope a little way uphill: it leaves narrow holes and cannot rest in a sharp minimum.",
    f"the step is plain descent; {IN_DOUBLE}",
    link="https://arxiv.org/abs/2010.01412",
    follows="pytorch_optimizer.SAM",
)

ASAM = Optimizer(
    "ASAM",
    """
    e_w = rho*w^2*g/(norm(|w|*g) + eps)
    w = w - lr*grad(w + e_w)
    """,
    (
        learning_rate(1e-3),
        zero_to(5.0, "rho", 0.5, "how far away the worst place is looked for, in shares of the position"),
        small("eps", 1e-12, "keeps the divisor from 0"),
    ),
    "Kwon, Kim, Park and Choi, ASAM: adaptive sharpness-aware minimization, 2021",
    "SAM that looks the further away along a coordinate the larger that is.",
    f"the step is plain descent, and no eta is added to the size of a coordinate, as in pytorch_optimizer; {IN_DOUBLE}",
    link="https://arxiv.org/abs/2102.11600",
    follows="pytorch_optimizer.SAM(adaptive=True)",
    warning=LEANS_ON_ORIGIN,
)
