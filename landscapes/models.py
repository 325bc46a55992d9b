"""Losses of very small models, of which two weights are fitted."""

from landscapes.landscape import Landscape
from landscapes.sources import CLASSIC

DEEP_LINEAR = Landscape(
    "DeepLinear", "(x*y - 1)^2/2", ((-3, 3), (-3, 3)), ((-1, -1), (0.5, 2), (1, 1), (2, 0.5)), (0.3, 2.7),
    "Saxe, McClelland and Ganguli, Exact solutions to the nonlinear dynamics of learning, 2013",
    note="Two layers of one weight each: the goals form a curve, sharper the farther out, with a saddle at zero.",
    tags=("ravine", "saddle", "ill-conditioned"), lowest=0, continuum=True, saddles=((0, 0),),
    other_starts=((-0.2, 0.25),),
)  # fmt: skip

LOGISTIC_TWO_POINTS = Landscape(
    "LogisticTwoPoints", "log(1 + exp(-x - y)) + log(1 + exp(y/2 - x)) + (x^2 + y^2)/100", ((-10, 10), (-10, 10)),
    ((3.3200281025180494, 0.2987056278163708),), (-8, 7), "Cox, The regression analysis of binary sequences, 1958",
    note="Logistic regression: steep while points are on the wrong side, almost level once they are right.",
    tags=("convex", "plateau"), lowest=0.17869964876332203,
)  # fmt: skip

DEEP_TANH = Landscape(
    "DeepTanh", "(tanh(y*tanh(x)) - t)^2", ((-4, 4), (-4, 4)),
    ((-1, -0.7212583500522025), (1, 0.7212583500522025), (2, 0.5698033497038062)), (0.4, -0.3), CLASSIC, {"t": 0.5},
    {"t": (-0.9, 0.9)},
    note="Two layers with saturating units: level far out, a saddle at zero, a curve of goals between.",
    tags=("plateau", "ravine", "saddle", "ill-conditioned"), lowest=0, continuum=True, saddles=((0, 0),),
)  # fmt: skip

RECURRENT_CLIFF = Landscape(
    "RecurrentCliff",
    "f(h) = tanh(x*h + y)\n"
    "(f(f(f(f(f(f(0.5)))))) - 0.6)^2",
    ((-1, 6), (-3, 1.5)), ((-0.5, 0.9933635089575145), (0, 0.6931471805599451), (0.5, 0.3932664170494053)), (4.2, -2.3),
    "Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks, 2013",
    note="The same weights six times over: plains end at a cliff, and a step that meets it is thrown away.",
    tags=("ravine", "plateau", "ill-conditioned"), lowest=0, continuum=True, other_starts=((2, 1),),
)  # fmt: skip

SPARSE_COLUMN = Landscape(
    "SparseColumn", "(x - 1)^2/2 + (y + 1)^2/2*f", ((-2, 4), (-4, 2)), ((1, -1),), (-1.5, 1.5),
    "Duchi, Hazan and Singer, Adaptive subgradient methods, 2011", {"f": 0.01}, {"f": (0.001, 1)},
    note="A weight whose input is seldom there gets few gradients: with a small f only strides of its own help it.",
    tags=("convex", "ravine"), lowest=0,
)  # fmt: skip

EXPONENTIAL_FIT = Landscape(
    "ExponentialFit", "sum((exp(-i*x/4) - exp(-i*y/4) - (exp(-i/4) - exp(-5i/4)))^2, i, 1, 10)", ((-0.5, 6), (-0.5, 8)),
    ((1, 4.999999999999999),), (5.2, 1),
    "Box, A comparison of several current optimization methods, 1966, with two rates",
    note="Two rates of decay from ten measured points: large rates are all alike, so the plain there has no slope.",
    tags=("ravine", "plateau", "multimodal", "ill-conditioned"), lowest=0,
)  # fmt: skip

AUTOENCODER = Landscape(
    "Autoencoder", "((1 - x*y)^2 + s*(x^2 + y^2))/2", ((-2.5, 2.5), (-2.5, 2.5)),
    ((-0.9746794344808964, -0.9746794344808964), (0.9746794344808964, 0.9746794344808964)), (0.5, 2.3),
    "Kunin et al., Loss landscapes of regularized linear autoencoders, 2019", {"s": 0.05}, {"s": (0, 1)},
    note="A little weight decay turns the curve of goals into two points, and the way along it is slow.",
    tags=("saddle",), lowest=0.04875, saddles=((0, 0),),
)  # fmt: skip

ABSOLUTE_FIT = Landscape(
    "AbsoluteFit", "sum(|x + y*(i - 3) - (i - 3)/2 - where(i == 5, 4, 0)|, i, 1, 5)", ((-3, 4), (-3, 4)), ((0, 0.5),),
    (3.3, -2), "Laplace, Sur quelques points du système du monde, 1789",
    note="A straight line through five points, one of them wild: the kinks let the goal ignore it.",
    tags=("convex", "non-smooth"), lowest=4,
)  # fmt: skip
