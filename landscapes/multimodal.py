"""Many basins: where a racer ends depends on where and how it begins."""

from landscapes.landscape import Landscape

HIMMELBLAU = Landscape(
    "Himmelblau", "(x^2 + y - 11)^2 + (x + y^2 - 7)^2", ((-6, 6), (-6, 6)),
    ((-3.77931025, -3.28318599), (-2.8051181, 3.1313125), (3, 2), (3.5844283, -1.8481265)), (-0.2, -0.8),
    "Himmelblau, Applied nonlinear programming, 1972",
)  # fmt: skip

RASTRIGIN = Landscape(
    "Rastrigin", "2A + x^2 - A*cos(2pi x) + y^2 - A*cos(2pi y)", ((-5.12, 5.12), (-5.12, 5.12)), ((0, 0),), (3.6, -2.7),
    "Rastrigin, Systems of extremal control, 1974", {"A": 10.0},
)  # fmt: skip

ACKLEY = Landscape(
    "Ackley", "-20exp(-0.2sqrt((x^2 + y^2)/2)) - exp((cos(2pi x) + cos(2pi y))/2) + 20 + e", ((-5, 5), (-5, 5)),
    ((0, 0),), (3.3, 2.6), "Ackley, A connectionist machine for genetic hillclimbing, 1987; no gradient at (0, 0)",
)  # fmt: skip

SIX_HUMP_CAMEL = Landscape(
    "SixHumpCamel", "(4 - 2.1x^2 + x^4/3)*x^2 + x*y + (4y^2 - 4)*y^2", ((-3, 3), (-2, 2)),
    ((-0.089842, 0.7126564), (0.089842, -0.7126564)), (-2.2, 1.4),
    "Dixon and Szego, Towards global optimisation 2, 1978",
)  # fmt: skip

THREE_HUMP_CAMEL = Landscape(
    "ThreeHumpCamel", "2x^2 - 1.05x^4 + x^6/6 + x*y + y^2", ((-5, 5), (-5, 5)), ((0, 0),), (-2.6, 4),
    "Jamil and Yang, A literature survey of benchmark functions, 2013",
)  # fmt: skip

STYBLINSKI_TANG = Landscape(
    "StyblinskiTang", "(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y)/2", ((-5, 5), (-5, 5)), ((-2.903534, -2.903534),),
    (0.6, 4.2), "Styblinski and Tang, Experiments in nonconvex optimization, 1990",
)  # fmt: skip

PEAKS = Landscape(
    "Peaks", "3(1 - x)^2*exp(-x^2 - (y + 1)^2) - 10(x/5 - x^3 - y^5)*exp(-x^2 - y^2) - exp(-(x + 1)^2 - y^2)/3",
    ((-3, 3), (-3, 3)), ((0.228279, -1.625535),), (0.1, 1.1), "the sample surface of MATLAB",
)  # fmt: skip

DROP_WAVE = Landscape(
    "DropWave", "r = hypot(x, y)\n-(1 + cos(12r))/(r^2/2 + 2)", ((-5.12, 5.12), (-5.12, 5.12)), ((0, 0),), (2.4, 1.7),
    "Molga and Smutnicki, Test functions for optimization needs, 2005; no gradient at (0, 0)",
)  # fmt: skip

MULLER_BROWN = Landscape(
    "MullerBrown",
    "-200exp(-(x - 1)^2 - 10y^2) - 100exp(-x^2 - 10(y - 0.5)^2)"
    " - 170exp(-6.5(x + 0.5)^2 + 11(x + 0.5)*(y - 1.5) - 6.5(y - 1.5)^2)"
    " + 15exp(0.7(x + 1)^2 + 0.6(x + 1)*(y - 1) + 0.7(y - 1)^2)",
    ((-1.5, 1.2), (-0.5, 2)), ((-0.5582236, 1.4417258),), (0.9, 1.4),
    "Muller and Brown, Location of saddle points and minimum energy paths, 1979",
)  # fmt: skip
