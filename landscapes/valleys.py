"""Landscapes with long, bent or flat valleys, which are easy to enter and hard to follow."""

from landscapes.landscape import Landscape
from landscapes.sources import CLASSIC, JAMIL_YANG, MORE, SURJANOVIC

ROSENBROCK = Landscape(
    "Rosenbrock", "(a - x)^2 + b*(y - x^2)^2", ((-2, 2), (-1, 3)), ((1, 1),), (-1.2, 1),
    "Rosenbrock, An automatic method for finding the greatest or least value of a function, 1960",
    {"a": 1.0, "b": 100.0}, {"a": (-2, 2), "b": (1, 200)},
    note="To find the valley is easy; to follow its bend to the end is hard.",
    tags=("ravine", "ill-conditioned"), lowest=0, other_starts=((1.8, -0.8), (-1.8, 2.8)),
)  # fmt: skip

BEALE = Landscape(
    "Beale", "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2", ((-4.5, 4.5), (-4.5, 4.5)),
    ((3, 0.5),), (1, 1.5), "Beale, On an iterative method for finding a local minimum, 1958",
    note="Steep walls around a plain that is almost level: no single learning rate suits both.",
    tags=("ravine", "plateau", "ill-conditioned"), lowest=0, saddles=((0, 1), (0.1005379373, -2.644513585)),
    other_starts=((-3.5, -3.5),),
)  # fmt: skip

GOLDSTEIN_PRICE_LOG = Landscape(
    "GoldsteinPriceLog",
    "p = 1 + (x + y + 1)^2*(19 - 14x + 3x^2 - 14y + 6x*y + 3y^2)\n"
    "q = 30 + (2x - 3y)^2*(18 - 32x + 12x^2 + 48y - 36x*y + 27y^2)\n"
    "(log(p*q) - 8.693)/2.427",
    ((-2, 2), (-2, 2)), ((0, -1),), (-1.5, 1.2),
    "Goldstein and Price, 1971; logarithm as in Picheny, Wagner and Ginsbourger, 2013",
    note="Four minima of unequal depth in valleys that cross: an early turn decides where a racer ends.",
    tags=("ravine", "multimodal"), lowest=-3.1291255506105853, local_minima=((-0.6, -0.4), (1.2, 0.8), (1.8, 0.2)),
    saddles=((-0.4, -0.6), (0.6, 0.4), (1.2, -0.2), (1.4, 0.6)),
)  # fmt: skip

GOLDSTEIN_PRICE = Landscape(
    "GoldsteinPrice",
    "p = 1 + (x + y + 1)^2*(19 - 14x + 3x^2 - 14y + 6x*y + 3y^2)\n"
    "q = 30 + (2x - 3y)^2*(18 - 32x + 12x^2 + 48y - 36x*y + 27y^2)\n"
    "p*q",
    ((-2, 2), (-2, 2)), ((0, -1),), (-0.5, -0.3), "Goldstein and Price, On descent from local minima, 1971",
    note="Losses from three to a million in one picture: one learning rate cannot serve walls and floor.",
    tags=("ravine", "multimodal"), lowest=3, local_minima=((-0.6, -0.4), (1.2, 0.8), (1.8, 0.2)),
    saddles=((-0.4, -0.6), (0.6, 0.4), (1.2, -0.2), (1.4, 0.6)),
)  # fmt: skip

RAVINE50 = Landscape(
    "Ravine50", "(x^2 + c*y^2)/2", ((-4, 4), (-2, 2)), ((0, 0),), (-3.5, 1.5),
    "the quadratic of every lecture on conditioning; c is the condition number", {"c": 50.0}, {"c": (1, 100)},
    note="The steep side limits the learning rate, and the flat way to the end takes c times as long.",
    tags=("convex", "ravine"), lowest=0,
)  # fmt: skip

CONDITIONED_QUADRATIC = Landscape(
    "ConditionedQuadratic", "(x^2 + 10^k*y^2)/2", ((-2, 2), (-2, 2)), ((0, 0),), (-1.8, 1),
    "the quadratic of every lecture on conditioning; k is the decimal logarithm of the condition number", {"k": 3.0},
    {"k": (0, 6)},
    note="Each unit of k makes the plain gradient ten times slower; a method that learns both scales hardly minds.",
    tags=("convex", "ravine", "ill-conditioned"), lowest=0,
)  # fmt: skip

ROTATED_RAVINE = Landscape(
    "RotatedRavine",
    "u = x*cos(t) + y*sin(t)\n"
    "v = y*cos(t) - x*sin(t)\n"
    "(u^2 + c*v^2)/2",
    ((-3, 3), (-3, 3)), ((0, 0),), (-2.5, 0.5), "the quadratic of every lecture on conditioning, turned by t radians",
    {"t": 0.7, "c": 50.0}, {"t": (-1.6, 1.6), "c": (1, 1000)},
    note="Turn t from zero: methods with a stride per coordinate lose their lead as the valley leaves the axes.",
    tags=("convex", "ravine"), lowest=0,
)  # fmt: skip

CIGAR = Landscape(
    "Cigar", "x^2 + 1000000y^2", ((-100, 100), (-1, 1)), ((0, 0),), (-80, 0.7), JAMIL_YANG,
    note="A million times steeper across than along: momentum alone is not enough, scaling is.",
    tags=("convex", "ravine", "ill-conditioned"), lowest=0,
    remark="The literature draws it on (-100, 100) both ways.",
)  # fmt: skip

BROWN_BADLY_SCALED = Landscape(
    "BrownBadlyScaled", "(x - 1000000)^2 + (y - 0.000002)^2 + (x*y - 2)^2", ((0, 1500000), (-1e-05, 1e-05)),
    ((1000000, 2e-06),), (400000, 8e-06), MORE,
    note="Coordinates of a million and of a millionth: nobody moves well before scaling them.",
    tags=("ravine", "ill-conditioned"), lowest=0,
)  # fmt: skip

POWELL_BADLY_SCALED = Landscape(
    "PowellBadlyScaled", "(10000x*y - 1)^2 + (exp(-x) + exp(-y) - 1.0001)^2", ((-0.0002, 0.0008), (0, 12)),
    ((1.0981770261368072e-05, 9.106),), (0.0005, 1), "Powell, A hybrid method for nonlinear equations, 1970",
    note="The goal lies far up a thread-thin curved valley: the gradient points across it, never along.",
    tags=("ravine", "ill-conditioned"), lowest=0,
)  # fmt: skip

LEON = Landscape(
    "Leon", "(1 - x)^2 + 100(y - x^3)^2", ((-1.3, 1.3), (-1.5, 1.5)), ((1, 1),), (-1.2, 1),
    "Leon, A comparison among eight known optimizing procedures, 1966",
    note="A cubic valley: it is flat in the middle, where it bends one way and then the other.",
    tags=("ravine", "ill-conditioned"), lowest=0,
)  # fmt: skip

CLIFF = Landscape(
    "Cliff", "((x - 3)/100)^2 - (x - y) + exp(20(x - y))", ((-1, 6), (-1, 6)), ((3, 3.1497866136776995),), (0, 1),
    "Gould, Orban and Toint, the CUTEst collection, 2015",
    note="A gentle slope ends at an exponential wall: one long step into it and the next is thrown far away.",
    tags=("convex", "ravine", "ill-conditioned"), lowest=0.19978661367769956, other_starts=((0, -0.8),),
)  # fmt: skip

DIXON_PRICE = Landscape(
    "DixonPrice", "(x - 1)^2 + 2(2y^2 - x)^2", ((-3, 3), (-2, 2)), ((1, -0.7071067811865476), (1, 0.7071067811865476)),
    (-2, 1.5), "Dixon and Price, Truncated Newton method for sparse unconstrained optimization, 1989",
    note="A bent valley with a goal on either arm: the sign of y at the start decides which.",
    tags=("ravine",), lowest=0, saddles=((0.3333333333, 0),),
    remark="The literature draws it on (-10, 10).",
)  # fmt: skip

SOFT_VALLEY = Landscape(
    "SoftValley", "0.5(1 - x)^2 + 3(y - x^2)^2 + 0.05", ((-2, 2), (-1, 3.5)), ((1, 1),), (-1.7, 0),
    "Rosenbrock, An automatic method for finding the greatest or least value of a function, 1960",
    note="Rosenbrock's valley with soft walls: here the plain gradient keeps up, so compare it with the hard one.",
    tags=("ravine", "ill-conditioned"), lowest=0.05,
    remark="Rosenbrock's function with smaller factors.",
)  # fmt: skip

FREUDENSTEIN_ROTH = Landscape(
    "FreudensteinRoth", "(x - 13 + ((5 - y)*y - 2)*y)^2 + (x - 29 + ((y + 1)*y - 14)*y)^2", ((-10, 20), (-10, 10)),
    ((5, 4),), (0.5, -2), "Freudenstein and Roth, Numerical solution of systems of nonlinear equations, 1963",
    note="A bent valley with a false end: from the usual start most racers stop at a loss of about 49.",
    tags=("ravine", "multimodal", "ill-conditioned"), lowest=0, local_minima=((11.4127789869, -0.8968052533),),
    other_starts=((15, 5),),
)  # fmt: skip

PERM_FUNCTION02 = Landscape(
    "PermFunction02", "(11(x - 1) + 12(y - 0.5))^2 + (11(x^2 - 1) + 12(y^2 - 0.25))^2", ((-2, 3), (-2, 3)),
    ((0.47826086956521735, 0.9782608695652174), (1, 0.5)), (-1.5, 2.5), SURJANOVIC,
    note="Two goals in one narrow valley: the valley is found in a few steps, the goals are not.",
    tags=("ravine", "multimodal"), lowest=0, saddles=((0.7680353108, 0.7680353108),),
)  # fmt: skip

POWER_VALLEY = Landscape(
    "PowerValley", "(x*y)^2 + (x - 1)^2/10", ((-2, 3), (-2, 2)), ((1, 0),), (-1.5, 1.2), CLASSIC,
    note="The valley widens where it crosses zero: the learning rate may grow there and must shrink beyond.",
    tags=("ravine",), lowest=0,
)  # fmt: skip

NESTEROV_CHEBYSHEV = Landscape(
    "NesterovChebyshev", "(x - 1)^2/4 + (y - 2x^2 + 1)^2", ((-1.5, 1.5), (-1.5, 2.5)), ((1, 1),), (-1, 1),
    "Gürbüzbalaban and Overton, On Nesterov's nonsmooth Chebyshev-Rosenbrock functions, 2012",
    note="The valley follows a Chebyshev polynomial: to move on, both coordinates must change together.",
    tags=("ravine", "ill-conditioned"), lowest=0,
)  # fmt: skip

ZETTL = Landscape(
    "Zettl", "(x^2 + y^2 - 2x)^2 + x/4", ((-2, 4), (-3, 3)), ((-0.02989598505066039, 0),), (3, 1), JAMIL_YANG,
    note="A ring-shaped valley that tilts slightly: racers reach the ring at once and then creep round it.",
    tags=("ravine",), lowest=-0.0037912372204688977, saddles=((1.9671489379, 0),),
    remark="The literature draws it on (-5, 10).",
)  # fmt: skip

PRICE04 = Landscape(
    "Price04", "(2x^3*y - y^3)^2 + (6x - y^2 + y)^2", ((-3, 5), (-5, 6)),
    ((0, 0), (1.4643521196636984, -2.5060127607816622), (2, 4)), (4, -3), JAMIL_YANG,
    note="Three goals at zero in curved trenches between walls of the sixth power: short strides or none.",
    tags=("ravine", "multimodal", "ill-conditioned"), lowest=0,
    saddles=((0.9369723001, -1.5556366547), (1.2014805366, 2.0683930439)),
    remark="The literature draws it on (-50, 50).",
)  # fmt: skip

EL_ATTAR_VIDYASAGAR_DUTTA = Landscape(
    "ElAttarVidyasagarDutta", "(x^2 + y - 10)^2 + (x + y^2 - 7)^2 + (x^2 + y^3 - 1)^2", ((-5, 5), (-5, 5)),
    ((3.409186822190061, -2.171433036284),), (-4, 3),
    "El-Attar, Vidyasagar and Dutta, An algorithm for l1-norm minimization, 1979",
    note="Three equations that cannot all hold: the lowest loss is not zero, so a stop test must look at the slope.",
    tags=("ravine", "multimodal"), lowest=1.7127803548622036,
    local_minima=((-3.6231475067, -2.3841454737), (-1.5207074489, 1.412281236), (2.2761702856, 0.8647773429)),
    saddles=((-2.1415866303, -0.2702868389), (-0.5043448462, 1.5804028252), (2.4732640464, -0.3087719053)),
    remark="The literature draws it on (-100, 100).",
)  # fmt: skip

JUDGE = Landscape(
    "Judge",
    "(x + 0.286y + 0.645y^2 - 4.284)^2 + (x + 0.973y + 0.585y^2 - 4.149)^2"
    " + (x + 0.384y + 0.31y^2 - 3.877)^2 + (x + 0.276y + 0.058y^2 - 0.533)^2"
    " + (x + 0.973y + 0.455y^2 - 2.211)^2 + (x + 0.543y + 0.779y^2 - 2.389)^2"
    " + (x + 0.957y + 0.259y^2 - 2.145)^2 + (x + 0.948y + 0.202y^2 - 3.231)^2"
    " + (x + 0.543y + 0.028y^2 - 1.998)^2 + (x + 0.797y + 0.099y^2 - 1.379)^2"
    " + (x + 0.936y + 0.142y^2 - 2.106)^2 + (x + 0.889y + 0.296y^2 - 1.428)^2"
    " + (x + 0.006y + 0.175y^2 - 1.011)^2 + (x + 0.828y + 0.18y^2 - 2.179)^2"
    " + (x + 0.399y + 0.842y^2 - 2.858)^2 + (x + 0.617y + 0.039y^2 - 1.388)^2"
    " + (x + 0.939y + 0.103y^2 - 1.651)^2 + (x + 0.784y + 0.62y^2 - 1.593)^2"
    " + (x + 0.072y + 0.158y^2 - 1.046)^2 + (x + 0.889y + 0.704y^2 - 2.152)^2",
    ((-3, 4), (-3, 4)), ((0.8647872863320523, 1.2357484987520928),), (3, -2.5),
    "Judge et al., Introduction to the theory and practice of econometrics, 1985",
    note="A least-squares fit with two answers: the worse one has the wider valley.",
    tags=("ravine", "multimodal"), lowest=16.081730132960388, local_minima=((2.4985764054, -0.9826041319),),
    saddles=((2.3544707387, -0.3191863479),),
    remark="Sums over twenty observations; the literature draws it on (-10, 10).",
)  # fmt: skip

JENNRICH_SAMPSON = Landscape(
    "JennrichSampson", "sum((2 + 2i - exp(i*x) - exp(i*y))^2, i, 1, 10)", ((-0.5, 0.5), (-0.5, 0.5)),
    ((0.2578252136703641, 0.2578252136703641),), (0.3, 0.4),
    "Jennrich and Sampson, Application of stepwise regression to non-linear estimation, 1968",
    note="Exponentials up to the tenth power: a step too far uphill and the loss has grown a thousandfold.",
    tags=("ravine",), lowest=124.36218235561478,
)  # fmt: skip

WAYBURN_SEADER1 = Landscape(
    "WayburnSeader1", "(x^6 + y^4 - 17)^2 + (2x + y - 4)^2", ((-3, 3), (-3, 3)),
    ((1, 2), (1.5968041538769333, 0.8063916922461335)), (-1, 2.5),
    "Wayburn and Seader, Homotopy continuation methods for computer-aided process design, 1987",
    note="A closed valley with two goals on it: on the wrong side, racers rest on the valley's floor for long.",
    tags=("ravine", "multimodal", "ill-conditioned"), lowest=0,
    saddles=((-1.438265068, -1.6650168854), (1.4441635977, 1.6764132215)),
)  # fmt: skip

HUBER_VALLEY = Landscape(
    "HuberValley", "sqrt(1 + (5x - y)^2) + sqrt(1 + (x + y)^2/9) - 2", ((-10, 10), (-10, 10)), ((0, 0),), (-8, 7),
    "Huber, Robust estimation of a location parameter, 1964, in smooth form",
    note="Linear far away and quadratic near: the gradient's length tells nothing about the distance.",
    tags=("convex", "ravine", "ill-conditioned"), lowest=0,
)  # fmt: skip
