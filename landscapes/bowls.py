"""Landscapes with a single minimum in a bowl, round or long."""

from landscapes.landscape import Landscape
from landscapes.sources import CLASSIC, JAMIL_YANG, SCHWEFEL, SURJANOVIC

SPHERE = Landscape(
    "Sphere", "x^2 + y^2", ((-5.12, 5.12), (-5.12, 5.12)), ((0, 0),), (-4, 3), JAMIL_YANG,
    note="The plainest bowl: the gradient points at the minimum, and any racer that fails here is set up wrongly.",
    tags=("convex",), lowest=0,
)  # fmt: skip

BOOTH = Landscape(
    "Booth", "(x + 2y - 7)^2 + (2x + y - 5)^2", ((-10, 10), (-10, 10)), ((1, 3),), (-8, -6), JAMIL_YANG,
    note="A long bowl that lies askew: here a stride of its own for each coordinate is no help.",
    tags=("convex",), lowest=0,
)  # fmt: skip

MATYAS = Landscape(
    "Matyas", "0.26(x^2 + y^2) - 0.48x*y", ((-10, 10), (-10, 10)), ((0, 0),), (-8, 6), JAMIL_YANG,
    note="The valley lies on the diagonal, so a separate stride for x and y cannot see that it is long.",
    tags=("convex", "ravine"), lowest=0, other_starts=((9, 8),),
)  # fmt: skip

SUM_SQUARES = Landscape(
    "SumSquares", "x^2 + 2y^2", ((-10, 10), (-10, 10)), ((0, 0),), (-8, 6), JAMIL_YANG,
    note="Almost round: one learning rate suits both coordinates, and methods differ only in their patience.",
    tags=("convex",), lowest=0,
)  # fmt: skip

ROTATED_HYPER_ELLIPSOID = Landscape(
    "RotatedHyperEllipsoid", "2x^2 + y^2", ((-65.536, 65.536), (-65.536, 65.536)), ((0, 0),), (-50, 40), SURJANOVIC,
    note="A mild bowl seen from afar: methods whose stride has a fixed length need very many steps.",
    tags=("convex",), lowest=0,
    remark="In two dimensions the sum has only these two terms; nothing is rotated.",
)  # fmt: skip

SCHWEFEL02 = Landscape(
    "Schwefel02", "x^2 + (x + y)^2", ((-100, 100), (-100, 100)), ((0, 0),), (-80, 30), SCHWEFEL,
    note="A bowl turned against the axes: sign methods walk in zigzag where the plain gradient bends gently.",
    tags=("convex",), lowest=0,
    remark="Also called Schwefel 1.2 or the double sum.",
)  # fmt: skip

SARGAN = Landscape(
    "Sargan", "2x^2 + 2y^2 + 1.6x*y", ((-100, 100), (-100, 100)), ((0, 0),), (-80, 90), JAMIL_YANG,
    note="The two coordinates pull at each other: changing one moves the best value of the other.",
    tags=("convex",), lowest=0,
)  # fmt: skip

QUADRATIC = Landscape(
    "Quadratic", "-3803.84 - 138.08x - 232.92y + 128.08x^2 + 203.64y^2 + 182.25x*y", ((-10, 10), (-10, 10)),
    ((0.19388017278895323, 0.48513390912692317),), (-8, 7), JAMIL_YANG,
    note="Large numbers in a plain bowl: the learning rate must shrink with the size of the loss.",
    tags=("convex",), lowest=-3873.7241821862704,
)  # fmt: skip

CONVEX_BOWL = Landscape(
    "ConvexBowl", "3(x - 1.8)^2 + (y + 0.7)^2 + 0.6", ((-4, 7), (-5.5, 4)), ((1.8, -0.7),), (-3, 3), CLASSIC,
    note="The minimum is neither at the origin nor at zero loss: nobody may profit from starting values there.",
    tags=("convex",), lowest=0.6,
)  # fmt: skip

TRID = Landscape(
    "Trid", "(x - 1)^2 + (y - 1)^2 - x*y", ((-4, 4), (-4, 4)), ((2, 2),), (-3, 3), JAMIL_YANG,
    note="The minimum is away from the centre of the bowl's two squares: the product term has moved it.",
    tags=("convex",), lowest=-2,
)  # fmt: skip

EXPONENTIAL = Landscape(
    "Exponential", "-exp(-(x^2 + y^2)/2)", ((-1, 1), (-1, 1)), ((0, 0),), (-0.9, 0.7), JAMIL_YANG,
    note="The bowl fades into a plain outside: the slope is greatest half-way down and weaker farther off.",
    lowest=-1,
)  # fmt: skip

ELLIPTIC_BOWL = Landscape(
    "EllipticBowl", "-exp(-((x/2)^2 + 5(y/2)^2)) + (x/2)^2 + (y/2)^2/2", ((-2, 2), (-2, 2)), ((0, 0),), (-1.7, 1.5),
    CLASSIC,
    note="A dent in a bowl: the curvature changes on the way, so the best learning rate does too.",
    lowest=-1,
)  # fmt: skip

CHUNG_REYNOLDS = Landscape(
    "ChungReynolds", "(x^2 + y^2)^2", ((-100, 100), (-100, 100)), ((0, 0),), (-60, 45),
    "Chung and Reynolds, CAEP: an evolution-based tool for real-valued function optimization, 1998",
    note="A quartic bowl: steep outside, flat within, so a fixed learning rate is too large or too small.",
    tags=("convex", "plateau"), lowest=0,
)  # fmt: skip

QUARTIC = Landscape(
    "Quartic", "x^4 + 2y^4", ((-1.28, 1.28), (-1.28, 1.28)), ((0, 0),), (-1.1, 0.9), JAMIL_YANG,
    note="The slope vanishes with the cube of the distance: the plain gradient never quite arrives.",
    tags=("convex", "plateau"), lowest=0,
    remark="Without the noise that some lists add.",
)  # fmt: skip

SCHWEFEL223 = Landscape(
    "Schwefel223", "x^10 + y^10", ((-2, 2), (-2, 2)), ((0, 0),), (-1.4, 1.2), JAMIL_YANG,
    note="A floor so flat that momentum and normalised steps go on where the gradient has all but ended.",
    tags=("convex", "plateau"), lowest=0,
    remark="The literature draws it on (-10, 10).",
)  # fmt: skip

SUM_OF_DIFFERENT_POWERS = Landscape(
    "SumOfDifferentPowers", "|x|^2 + |y|^3", ((-1, 1), (-1, 1)), ((0, 0),), (-0.9, 0.8), JAMIL_YANG,
    note="Quadratic along x and cubic along y: one coordinate arrives at a steady rate, the other crawls.",
    tags=("convex", "ill-conditioned"), lowest=0,
)  # fmt: skip

BRENT = Landscape(
    "Brent", "(x + 10)^2 + (y + 10)^2 + exp(-x^2 - y^2)", ((-20, 5), (-20, 5)), ((-10, -10),), (1, 2), JAMIL_YANG,
    note="A single bump in a clean bowl: only a racer that starts at its top notices it.",
    lowest=0,
    remark="The literature draws it on (-10, 10), where the minimum is a corner.",
)  # fmt: skip

FLAT_BOTTOM = Landscape(
    "FlatBottom", "max(hypot(x, y) - r, 0)^2", ((-4, 4), (-4, 4)), ((-0.4, 0.4), (0, -0.5), (0, 0), (0.5, 0)),
    (-3.5, 2), CLASSIC, {"r": 1.0}, {"r": (0, 3)},
    note="The bottom is a whole disc: where a racer stops tells from which side it came.",
    tags=("convex", "plateau"), lowest=0, continuum=True,
)  # fmt: skip

FLAT_BOWL = Landscape(
    "FlatBowl", "(x^2 + y^2)^p", ((-2, 2), (-2, 2)), ((0, 0),), (-1.7, 1.2), CLASSIC, {"p": 3.0}, {"p": (0.6, 8)},
    note="Raise p and the floor goes flat: the same distance to go, but ever less slope to tell it.",
    tags=("convex", "plateau"), lowest=0,
)  # fmt: skip

LOG_BOWL = Landscape(
    "LogBowl", "log(1 + x^2 + c*y^2)", ((-5, 5), (-3, 3)), ((0, 0),), (-4, 2), CLASSIC, {"c": 10.0}, {"c": (1, 100)},
    note="The logarithm weakens the slope far out: a long stride is needed there, a short one at the end.",
    lowest=0,
)  # fmt: skip

ZAKHAROV = Landscape(
    "Zakharov",
    "u = (x + 2y)/2\n"
    "x^2 + y^2 + u^2 + u^4",
    ((-5, 10), (-5, 10)), ((0, 0),), (-4, 9), JAMIL_YANG,
    note="A quartic wall across a quadratic floor: strides that are safe on the wall are tiny on the floor.",
    tags=("convex", "ravine"), lowest=0,
)  # fmt: skip
