"""One minimum in one bowl, round or long."""

from landscapes.landscape import Landscape

BOOTH = Landscape(
    "Booth", "(x + 2y - 7)^2 + (2x + y - 5)^2", ((-10, 10), (-10, 10)), ((1, 3),), (-8, -6),
    "Jamil and Yang, A literature survey of benchmark functions, 2013",
    note="A long bowl that lies askew: here a stride of its own for each coordinate is no help.",
)  # fmt: skip

RAVINE50 = Landscape(
    "Ravine50", "(x^2 + c*y^2)/2", ((-4, 4), (-2, 2)), ((0, 0),), (-3.5, 1.5),
    "the quadratic of every lecture on conditioning; c is the condition number", {"c": 50.0}, {"c": (1, 100)},
    note="The steep side limits the learning rate, and the flat way to the end takes c times as long.",
)  # fmt: skip
