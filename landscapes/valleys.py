"""Long, bent or flat valleys: easy to enter, hard to follow."""

from landscapes.landscape import Landscape

ROSENBROCK = Landscape(
    "Rosenbrock", "(a - x)^2 + b*(y - x^2)^2", ((-2, 2), (-1, 3)), ((1, 1),), (-1.2, 1),
    "Rosenbrock, An automatic method for finding the greatest or least value of a function, 1960",
    {"a": 1.0, "b": 100.0}, {"a": (-2, 2), "b": (1, 200)},
    note="To find the valley is easy; to follow its bend to the end is hard.",
)  # fmt: skip

BEALE = Landscape(
    "Beale", "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2", ((-4.5, 4.5), (-4.5, 4.5)),
    ((3, 0.5),), (1, 1.5), "Beale, On an iterative method for finding a local minimum, 1958",
    note="Steep walls around a plain that is almost level: no single learning rate suits both.",
)  # fmt: skip

GOLDSTEIN_PRICE_LOG = Landscape(
    "GoldsteinPriceLog",
    "p = 1 + (x + y + 1)^2*(19 - 14x + 3x^2 - 14y + 6x*y + 3y^2)\n"
    "q = 30 + (2x - 3y)^2*(18 - 32x + 12x^2 + 48y - 36x*y + 27y^2)\n"
    "(log(p*q) - 8.693)/2.427",
    ((-2, 2), (-2, 2)), ((0, -1),), (-1.5, 1.2),
    "Goldstein and Price, 1971; logarithm as in Picheny, Wagner and Ginsbourger, 2013",
    note="Four minima of unequal depth in valleys that cross: an early turn decides where a racer ends.",
)  # fmt: skip
