"""Landscapes with plateaus, whose small gradients make an optimizer stop whose step is proportional to the gradient."""

from landscapes.landscape import Landscape
from landscapes.sources import CLASSIC, JAMIL_YANG

EASOM = Landscape(
    "Easom", "-cos(x)*cos(y)*exp(-(x - pi)^2 - (y - pi)^2)", ((-10, 10), (-10, 10)),
    ((3.141592653589793, 3.141592653589793),), (4.6, 2), "Easom, A survey of global optimization techniques, 1990",
    note="A hole in a table: two steps from it there is nothing to feel, and only luck or a swarm finds it.",
    tags=("plateau", "multimodal"), lowest=-1,
    local_minima=((1.3049954504, 1.3049954504), (1.3049954504, 4.9781898567), (4.9781898567, 1.3049954504)),
    saddles=(
        (1.5707963268, 1.5707963268), (1.5707963268, 4.7123889804), (4.7123889804, 1.5707963268),
        (4.7123889804, 4.7123889804),
    ),
    other_starts=((5.5, 5),),
    remark="The literature draws it on (-100, 100).",
)  # fmt: skip

THREE_TRENCHES = Landscape(
    "ThreeTrenches",
    "-1.29922402523996 exp(-(x + 0.5)^2/(2*0.35^2) - (y + 0.8)^2/(2*0.35^2))"
    " - 3.97887357729738 exp(-(x - 1.0)^2/(2*0.2^2) - (y + 0.5)^2/(2*0.2^2))"
    " - 3.97887357729738 exp(-(x + 1.0)^2/(2*0.2^2) - (y - 0.5)^2/(2*0.2^2))"
    " - 3.97887357729738 exp(-(x + 0.5)^2/(2*0.2^2) - (y + 0.8)^2/(2*0.2^2))",
    ((-1.5, 1.5), (-1.5, 1.5)), ((-0.5, -0.8),), (0.2, -0.1), CLASSIC,
    note="Narrow pits in a level field: normalised steps cross the field, plain gradients wait.",
    tags=("plateau", "multimodal"), lowest=-5.2780976026551105,
    local_minima=((-0.9999805838, 0.4999495178), (0.9999886226, -0.5000022755)),
    saddles=((-0.7850002668, -0.0589993063), (0.3720473509, -0.6255905298)),
    remark="Numbers of Gaussian densities with widths of 0.2 and 0.35.",
)  # fmt: skip

GEMAN_MC_CLURE = Landscape(
    "GemanMcClure",
    "r = x^2 + y^2\n"
    "r/(s^2 + r)",
    ((-6, 6), (-6, 6)), ((0, 0),), (-4, 3),
    "Geman and McClure, Statistical methods for tomographic image reconstruction, 1987", {"s": 1.0}, {"s": (0.2, 5)},
    note="A loss that ignores outliers: far away the slope fades, and a small s makes the target hard to see.",
    tags=("plateau",), lowest=0,
)  # fmt: skip

DECKKERS_AARTS = Landscape(
    "DeckkersAarts", "100000x^2 + y^2 - (x^2 + y^2)^2 + (x^2 + y^2)^4/100000", ((-20, 20), (-20, 20)),
    ((0, -14.945112151892), (0, 14.945112151892)), (1, 3), JAMIL_YANG,
    note="Two goals far out along a slit: its walls forbid long strides, and its length needs them.",
    tags=("ravine", "multimodal", "saddle"), lowest=-24776.518342317686, local_minima=((0, 0),),
    saddles=((0, -0.707108549), (0, 0.707108549)),
)  # fmt: skip

PENALTY01 = Landscape(
    "Penalty01",
    "p(t) = 100max(|t| - 10, 0)^4\n"
    "u = 1 + (x + 1)/4\n"
    "v = 1 + (y + 1)/4\n"
    "pi/30*(10sin(pi*u)^2 + (u - 1)^2*(1 + 10sin(pi*v)^2) + (v - 1)^2) + p(x) + p(y)",
    ((-14, 14), (-14, 14)), ((-1, -1),), (9, -11), "Levy and Montalvo, The tunneling algorithm, 1985",
    note="Ripples within and a wall of the fourth power without: one bad step and the wall throws a racer back.",
    tags=("multimodal",), lowest=0,
    remark="The literature draws it on (-50, 50).",
)  # fmt: skip

SIGMOID_PLATEAU = Landscape(
    "SigmoidPlateau", "(sigmoid(x) - 0.9)^2 + (sigmoid(y) - 0.2)^2", ((-12, 12), (-12, 12)),
    ((2.1972245773362213, -1.3862943611198906),), (-6, 5), CLASSIC,
    note="Saturated units: start far out on the wrong side and the gradient is too small to bring anybody home.",
    tags=("plateau",), lowest=0, other_starts=((-10, 10),),
)  # fmt: skip

DEAD_UNITS = Landscape(
    "DeadUnits", "(relu(x) - 1)^2 + (relu(y) - 1)^2", ((-3, 3), (-3, 3)), ((1, 1),), (-1, 2.2), CLASSIC,
    note="Where a rectified unit is off its slope is zero: a coordinate that starts there never wakes.",
    tags=("plateau", "non-smooth"), lowest=0, other_starts=((2.5, 0.2),),
)  # fmt: skip

SHARP_FLAT = Landscape(
    "SharpFlat", "-exp(-((x + 1.5)^2 + y^2)/0.02) - 0.95exp(-((x - 1.5)^2 + y^2)/1.2) + (x^2 + y^2)/100",
    ((-3, 3), (-2, 2)), ((-1.499673751979669, 0),), (-0.4, 1.2), CLASSIC,
    note="A pin-prick that is lower than a wide basin: noise and long strides choose the basin.",
    tags=("plateau", "multimodal"), lowest=-0.978030752408999, local_minima=((1.4812835865, 0),),
    saddles=((-1.1271886096, 0),), other_starts=((-1.4, 0.15),),
)  # fmt: skip

HOSAKI = Landscape(
    "Hosaki", "(1 - 8x + 7x^2 - 7/3*x^3 + x^4/4)*y^2*exp(-y)", ((0, 5), (0, 6)), ((4, 2),), (2.6, 5.5), JAMIL_YANG,
    note="Two hollows on a sheet that levels off for small and large y: start there and progress is slow.",
    tags=("plateau", "multimodal"), lowest=-2.345811576101292, local_minima=((1, 2),), saddles=((2, 2),),
    other_starts=((0.2, 4),),
)  # fmt: skip

AMGM = Landscape(
    "AMGM", "((x + y)/2 - sqrt(x*y))^2", ((0, 10), (0, 10)), ((1, 1), (5, 5), (9, 9)), (1, 9), JAMIL_YANG,
    note="Every point of the diagonal is a goal, and the loss fades with the fourth power of the way to it.",
    tags=("convex", "plateau"), lowest=0, continuum=True,
    remark="The arithmetic against the geometric mean.",
)  # fmt: skip

GRAMACY_LEE2_D = Landscape(
    "GramacyLee2D", "x*exp(-x^2 - y^2)", ((-2, 6), (-2, 6)), ((-0.7071067811865476, 0),), (0.4, 1.3),
    "Gramacy and Lee, Bayesian treed Gaussian process models, 2008",
    note="One hollow and one hill in a wide plain: beyond them the slope is there in theory only.",
    tags=("plateau",), lowest=-0.42888194248035344, other_starts=((2.2, 2),),
)  # fmt: skip

FRANKE = Landscape(
    "Franke",
    "0.75exp(-((9x - 2)^2 + (9y - 2)^2)/4) + 0.75exp(-(9x + 1)^2/49 - (9y + 1)^2/10)"
    " + exp(-((9x - 7)^2 + (9y - 3)^2)/4)/2 - exp(-(9x - 4)^2 - (9y - 7)^2)/5",
    ((0, 1), (0, 1)), ((0.4442375720707155, 0.7789912200274982),), (0.35, 0.65),
    "Franke, A critical comparison of some methods for interpolation of scattered data, 1979",
    note="Two hills, a dip and flat corners: from the hills a racer may roll to the dip or out of the square.",
    tags=("plateau", "multimodal"), lowest=-0.19777903210830255, saddles=((0.5679770722, 0.20878817),),
    other_starts=((0.25, 0.2),),
    remark="One of the terms is written with a square here and without in some lists.",
)  # fmt: skip

FUNNEL_IN_DISH = Landscape(
    "FunnelInDish", "1 - exp(-(x^2 + y^2)/(2s^2)) + (x^2 + y^2)/1000", ((-6, 6), (-6, 6)), ((0, 0),), (-4.5, 3),
    CLASSIC, {"s": 0.8}, {"s": (0.2, 3)},
    note="A funnel in a nearly level dish: shrink s and the racers must cross the dish before they feel it.",
    tags=("plateau",), lowest=0,
)  # fmt: skip
