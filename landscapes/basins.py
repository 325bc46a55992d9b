"""Landscapes with a few basins: the start and the step size decide in which of them a racer ends."""

from landscapes.landscape import Landscape
from landscapes.sources import CLASSIC, JAMIL_YANG, MISHRA

HIMMELBLAU = Landscape(
    "Himmelblau", "(x^2 + y - 11)^2 + (x + y^2 - 7)^2", ((-6, 6), (-6, 6)),
    (
        (-3.779310253377747, -3.2831859912861696), (-2.805118086952745, 3.131312518250573), (3, 2),
        (3.5844283403304917, -1.8481265269644036),
    ),
    (-0.2, -0.8), "Himmelblau, Applied nonlinear programming, 1972",
    note="Four basins equally deep: start and stride decide which of them a racer finds.",
    tags=("multimodal", "saddle"), lowest=0,
    saddles=(
        (-3.0730257508, -0.0813530443), (-0.1279613467, -1.9537149802), (0.0866775046, 2.8842547012),
        (3.3851541836, 0.0738518798),
    ),
    other_starts=((0, 5),),
)  # fmt: skip

SIX_HUMP_CAMEL = Landscape(
    "SixHumpCamel", "(4 - 2.1x^2 + x^4/3)*x^2 + x*y + (4y^2 - 4)*y^2", ((-3, 3), (-2, 2)),
    ((-0.08984201310031806, 0.7126564030207396), (0.08984201310031806, -0.7126564030207396)), (-2.2, 1.4),
    "Dixon and Szego, Towards global optimisation 2, 1978",
    note="Six minima in mirrored pairs: the two lowest lie close together, with a saddle between them.",
    tags=("multimodal", "saddle"), lowest=-1.0316284534898774,
    local_minima=(
        (-1.703606715, 0.7960835687), (-1.6071047529, -0.5686514549), (1.6071047529, 0.5686514549),
        (1.703606715, -0.7960835687),
    ),
    saddles=(
        (-1.6380679842, -0.228674069), (-1.2960702672, -0.605084388), (-1.1092053368, 0.7682680925), (0, 0),
        (1.1092053368, -0.7682680925), (1.2960702672, 0.605084388), (1.6380679842, 0.228674069),
    ),
)  # fmt: skip

THREE_HUMP_CAMEL = Landscape(
    "ThreeHumpCamel", "2x^2 - 1.05x^4 + x^6/6 + x*y + y^2", ((-5, 5), (-5, 5)), ((0, 0),), (-2.6, 4), JAMIL_YANG,
    note="Three minima in a row, the lowest in the middle: a slow racer stops before it, a fast one rushes past.",
    tags=("multimodal",), lowest=0, local_minima=((-1.7475523458, 0.8737761729), (1.7475523458, -0.8737761729)),
    saddles=((-1.0705422918, 0.5352711459), (1.0705422918, -0.5352711459)),
)  # fmt: skip

STYBLINSKI_TANG = Landscape(
    "StyblinskiTang", "(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y)/2", ((-5, 5), (-5, 5)),
    ((-2.903534027771177, -2.903534027771177),), (0.6, 4.2),
    "Styblinski and Tang, Experiments in nonconvex optimization, 1990",
    note="Four minima in a square, one lower than the others: the nearest is found, the lowest by luck.",
    tags=("multimodal", "saddle"), lowest=-78.33233140754284,
    local_minima=((-2.9035340278, 2.746802771), (2.746802771, -2.9035340278), (2.746802771, 2.746802771)),
    saddles=(
        (-2.9035340278, 0.1567312568), (0.1567312568, -2.9035340278), (0.1567312568, 2.746802771),
        (2.746802771, 0.1567312568),
    ),
)  # fmt: skip

PEAKS = Landscape(
    "Peaks", "3(1 - x)^2*exp(-x^2 - (y + 1)^2) - 10(x/5 - x^3 - y^5)*exp(-x^2 - y^2) - exp(-(x + 1)^2 - y^2)/3",
    ((-3, 3), (-3, 3)), ((0.22827892055636917, -1.6255349575),), (0.1, 1.1), "the sample surface of MATLAB",
    note="Hills and hollows: a small change of the start turns a racer into another hollow.",
    tags=("multimodal",), lowest=-6.551133332835835,
    local_minima=((-1.3473962444, 0.2045188661), (0.2964455538, 0.3201962477)),
    saddles=((-0.2659375568, 0.4667399937), (0.4163233217, -0.3941450984), (1.0982728343, 0.8544609795)),
)  # fmt: skip

BRANIN = Landscape(
    "Branin", "(y - b*x^2 + 5x/pi - 6)^2 + s*(1 - 1/(8pi))*cos(x) + s", ((-5, 10), (0, 15)),
    ((-3.141592653589793, 12.275), (3.141592653589793, 2.275), (9.42477796076938, 2.475)), (6.5, 13),
    "Branin, Widely convergent method for finding multiple solutions, 1972", {"b": 0.1291845091439807, "s": 10.0},
    {"b": (0.05, 0.2), "s": (0, 40)},
    note="Three goals along one bent valley: all are equally low, so it matters only how soon one is reached.",
    tags=("multimodal",), lowest=0.39788735772973816, saddles=((0, 6), (6.2831853072, 1.1)),
    remark="b is 5.1/(4pi^2) in the paper.",
)  # fmt: skip

TWO_WELLS = Landscape(
    "TwoWells", "-2exp(-((x - 1)^2 + y^2)/0.2) - 3exp(-((x + 1)^2 + y^2)/0.2) + x^2 + y^2", ((-2, 2), (-2, 2)),
    ((-0.9363006340109187, 0),), (1.6, 1.2), CLASSIC,
    note="Two wells in a bowl: the shallower one catches whoever comes from its side.",
    tags=("multimodal",), lowest=-2.063090251768194, local_minima=((0.9053178992, 0),), saddles=((0.0686024367, 0),),
    other_starts=((0.1, 1.8),),
)  # fmt: skip

LOCAL_MINIMUM = Landscape(
    "LocalMinimum",
    "v = 1.4y\n"
    "-2exp(-((x - 1)^2 + v^2)/0.2) - 6exp(-((x + 1)^2 + v^2)/0.2) + x^2 + v^2",
    ((-2, 2), (-2, 2)), ((-0.9675774464554597, 0),), (1.8, 0.3), CLASSIC,
    note="The false well is three times shallower: enough momentum rolls through it to the true one.",
    tags=("multimodal",), lowest=-5.032339968658436, local_minima=((0.9053178606, 0),), saddles=((0.1202503641, 0),),
)  # fmt: skip

HILLS = Landscape(
    "Hills",
    "v = 1.4y\n"
    "2exp(-((x - 1)^2 + v^2)/0.2) + 6exp(-((x + 1)^2 + v^2)/0.2) - 2exp(-((x - 1)^2 + (v + 1)^2)/0.2) + x^2"
    " + v^2",
    ((-2, 2), (-2, 2)), ((0.9003065222993073, -0.6534011583039486),), (-1.7, 0.1), CLASSIC,
    note="Two hills stand in the way: from behind one, the steepest way leads into a corner.",
    tags=("multimodal", "saddle"), lowest=-0.1588086100344147, local_minima=((0.0415071257, -0.0006403776),),
    saddles=((-1.7102729723, 0), (0.4582929737, -0.4499807562), (1.4852458637, 0.0065611917)),
    other_starts=((1.2, 1.3),),
)  # fmt: skip

FLOWER = Landscape(
    "Flower", "x*sin(y) + y*sin(x) + x^2 + y^2", ((-6, 6), (-6, 6)), ((0, 0),), (-5, 4), CLASSIC,
    note="Petals on a bowl: they bend every path, but none of them holds a racer.",
    tags=("ill-conditioned",), lowest=0,
)  # fmt: skip

EGG_CRATE = Landscape(
    "EggCrate", "x^2 + y^2 + 25(sin(x)^2 + sin(y)^2)", ((-5, 5), (-5, 5)), ((0, 0),), (-4.1, 2.5), JAMIL_YANG,
    note="Dimples as deep as the bowl is high: without luck a racer stays in the first of them.",
    tags=("multimodal",), lowest=0,
    local_minima=(
        (-3.0196018848, -3.0196018848), (-3.0196018848, 0), (-3.0196018848, 3.0196018848), (0, -3.0196018848),
        (0, 3.0196018848), (3.0196018848, -3.0196018848), (3.0196018848, 0), (3.0196018848, 3.0196018848),
    ),
)  # fmt: skip

GIUNTA = Landscape(
    "Giunta",
    "p(t) = sin(16t/15 - 1) + sin(16t/15 - 1)^2 + sin(4(16t/15 - 1))/50\n"
    "0.6 + p(x) + p(y)",
    ((-1, 1), (-1, 1)), ((0.4673200253979605, 0.4673200253979605),), (-0.8, 0.9), JAMIL_YANG,
    note="A bowl with a faint ripple: the ripple changes the curvature, but never the direction of descent by much.",
    lowest=0.06447042053690566, saddles=((-0.4631367907, 0.4673200254), (0.4673200254, -0.4631367907)),
)  # fmt: skip

PRICE02 = Landscape(
    "Price02", "1 + sin(x)^2 + sin(y)^2 - exp(-x^2 - y^2)/10", ((-10, 10), (-10, 10)), ((0, 0),), (5.1, -2.2),
    JAMIL_YANG,
    note="Forty-nine hollows, and the middle one a tenth lower: no slope outside it points there.",
    tags=("multimodal",), lowest=0.9,
    remark="Also called Periodic.",
)  # fmt: skip

PARSOPOULOS = Landscape(
    "Parsopoulos", "cos(x)^2 + sin(y)^2", ((-5, 5), (-5, 5)),
    (
        (-4.71238898038469, -3.141592653589793), (-4.71238898038469, 0), (-4.71238898038469, 3.141592653589793),
        (-1.5707963267948966, -3.141592653589793), (-1.5707963267948966, 0), (-1.5707963267948966, 3.141592653589793),
        (1.5707963267948966, -3.141592653589793), (1.5707963267948966, 0), (1.5707963267948966, 3.141592653589793),
        (4.71238898038469, -3.141592653589793), (4.71238898038469, 0), (4.71238898038469, 3.141592653589793),
    ),
    (0.2, -1.4), JAMIL_YANG,
    note="Twelve equal goals: the start's cell decides, and on a cell's border no gradient does.",
    tags=("multimodal",), lowest=0,
)  # fmt: skip

TRIGONOMETRIC01 = Landscape(
    "Trigonometric01",
    "s = cos(x) + cos(y)\n"
    "d = 2 - s - sin(x) - sin(y)\n"
    "(2 - s - d)^2 + (2 - s - 2d)^2",
    ((0, 3.1415926536), (0, 3.1415926536)), ((0, 0),), (2.6, 0.5),
    "Moré, Garbow and Hillstrom, Testing unconstrained optimization software, 1981",
    note="The goal is a corner of the picture: a second hollow beside a hill takes whoever starts wrong.",
    tags=("multimodal", "saddle"), lowest=0, saddles=((2.3299810073, 2.3299810073),),
)  # fmt: skip

MISHRA02 = Landscape(
    "Mishra02",
    "n = 2 - (x + y)/2\n"
    "(1 + n)^n",
    ((0, 1), (0, 1)), ((1, 1),), (0.1, 0.3), MISHRA,
    note="Only the sum of x and y matters: the goal is a corner, and along the other diagonal nothing changes.",
    lowest=2,
)  # fmt: skip

MISHRA07 = Landscape(
    "Mishra07", "(x*y - k)^2", ((-5, 5), (-5, 5)),
    ((-1.414213562373, -1.414213562373), (1, 2), (1.414213562373, 1.414213562373), (2, 1)), (-4, 3), MISHRA, {"k": 2.0},
    {"k": (0, 6)},
    note="A curve of goals whose walls get steeper outwards: where a racer enters sets the rate it can bear.",
    tags=("ravine", "ill-conditioned"), lowest=0, continuum=True,
    remark="k is 2, the factorial of the dimension; the literature draws it on (-10, 10).",
)  # fmt: skip

DE_JONG5 = Landscape(
    "DeJong5", "1/(0.002 + sum(sum(1/(5j + i + (x - 16(i - 3))^6 + (y - 16(j - 2))^6), i, 1, 5), j, 0, 4))",
    ((-65.536, 65.536), (-65.536, 65.536)), ((-31.978334835657, -31.978334837300796),), (10, -22),
    "De Jong, An analysis of the behavior of a class of genetic adaptive systems, 1975",
    note="Twenty-five foxholes in a plain: hardly any slope between them, steep walls within.",
    tags=("plateau", "multimodal"), lowest=0.9980038377944502, other_starts=((-29, -29),),
    remark="Also called Shekel's foxholes.",
)  # fmt: skip

MEXICAN_HAT = Landscape(
    "MexicanHat", "(x^2 + y^2 - 1)^2 + a*x", ((-1.6, 1.6), (-1.6, 1.6)), ((-1.012273131032681, 0),), (1.3, 0.1),
    "Goldstone, Field theories with superconductor solutions, 1961", {"a": 0.1}, {"a": (-0.5, 0.5)},
    note="A round trough with a slight tilt: first across, then slowly around, to the far side.",
    tags=("saddle",), lowest=-0.10061737663815833, saddles=((0.9872574767, 0),),
)  # fmt: skip
