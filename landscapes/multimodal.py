"""Many basins: where a racer ends depends on where and how it begins."""

from landscapes.landscape import Landscape

HIMMELBLAU = Landscape(
    "Himmelblau", "(x^2 + y - 11)^2 + (x + y^2 - 7)^2", ((-6, 6), (-6, 6)),
    ((-3.77931025, -3.28318599), (-2.8051181, 3.1313125), (3, 2), (3.5844283, -1.8481265)), (-0.2, -0.8),
    "Himmelblau, Applied nonlinear programming, 1972",
    note="Four basins equally deep: start and stride decide which of them a racer finds.",
)  # fmt: skip

RASTRIGIN = Landscape(
    "Rastrigin", "2A + x^2 - A*cos(2pi x) + y^2 - A*cos(2pi y)", ((-5.12, 5.12), (-5.12, 5.12)), ((0, 0),), (3.6, -2.7),
    "Rastrigin, Systems of extremal control, 1974", {"A": 10.0}, {"A": (0, 20)},
    note="A bowl full of dimples: whoever has no momentum stays in the first one, and A makes them deeper.",
)  # fmt: skip

ACKLEY = Landscape(
    "Ackley", "-20exp(-0.2sqrt((x^2 + y^2)/2)) - exp((cos(2pi x) + cos(2pi y))/2) + 20 + e", ((-5, 5), (-5, 5)),
    ((0, 0),), (3.3, 2.6), "Ackley, A connectionist machine for genetic hillclimbing, 1987; no gradient at (0, 0)",
    note="Ripples on a plain around one deep funnel: far from it the slope hardly tells where it is.",
)  # fmt: skip

SIX_HUMP_CAMEL = Landscape(
    "SixHumpCamel", "(4 - 2.1x^2 + x^4/3)*x^2 + x*y + (4y^2 - 4)*y^2", ((-3, 3), (-2, 2)),
    ((-0.089842, 0.7126564), (0.089842, -0.7126564)), (-2.2, 1.4),
    "Dixon and Szego, Towards global optimisation 2, 1978",
    note="Six minima in mirrored pairs: the two lowest lie close together, with a saddle between them.",
)  # fmt: skip

THREE_HUMP_CAMEL = Landscape(
    "ThreeHumpCamel", "2x^2 - 1.05x^4 + x^6/6 + x*y + y^2", ((-5, 5), (-5, 5)), ((0, 0),), (-2.6, 4),
    "Jamil and Yang, A literature survey of benchmark functions, 2013",
    note="Three minima in a row, the lowest in the middle: a slow racer stops before it, a fast one rushes past.",
)  # fmt: skip

STYBLINSKI_TANG = Landscape(
    "StyblinskiTang", "(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y)/2", ((-5, 5), (-5, 5)), ((-2.903534, -2.903534),),
    (0.6, 4.2), "Styblinski and Tang, Experiments in nonconvex optimization, 1990",
    note="Four minima in a square, one lower than the others: the nearest is found, the lowest by luck.",
)  # fmt: skip

PEAKS = Landscape(
    "Peaks", "3(1 - x)^2*exp(-x^2 - (y + 1)^2) - 10(x/5 - x^3 - y^5)*exp(-x^2 - y^2) - exp(-(x + 1)^2 - y^2)/3",
    ((-3, 3), (-3, 3)), ((0.228279, -1.625535),), (0.1, 1.1), "the sample surface of MATLAB",
    note="Hills and hollows: a small change of the start turns a racer into another hollow.",
)  # fmt: skip

DROP_WAVE = Landscape(
    "DropWave", "r = hypot(x, y)\n-(1 + cos(12r))/(r^2/2 + 2)", ((-5.12, 5.12), (-5.12, 5.12)), ((0, 0),), (2.4, 1.7),
    "Molga and Smutnicki, Test functions for optimization needs, 2005; no gradient at (0, 0)",
    note="Rings of waves around the lowest point: every trough is a trap, and its floor leads round in a circle.",
)  # fmt: skip

MULLER_BROWN = Landscape(
    "MullerBrown",
    "-200exp(-(x - 1)^2 - 10y^2) - 100exp(-x^2 - 10(y - 0.5)^2)"
    " - 170exp(-6.5(x + 0.5)^2 + 11(x + 0.5)*(y - 1.5) - 6.5(y - 1.5)^2)"
    " + 15exp(0.7(x + 1)^2 + 0.6(x + 1)*(y - 1) + 0.7(y - 1)^2)",
    ((-1.5, 1.2), (-0.5, 2)), ((-0.5582236, 1.4417258),), (0.9, 1.4),
    "Muller and Brown, Location of saddle points and minimum energy paths, 1979",
    note="Three basins joined by bent passes, like the shapes of a molecule: the way down is seldom straight.",
)  # fmt: skip
