"""Landscapes with kinks, cusps, jumps or steps, where the gradient does not exist, is infinite or misleads."""

from landscapes.landscape import Landscape
from landscapes.sources import CLASSIC, GAVANA, JAMIL_YANG, MISHRA, PRICE, SCHWEFEL, YANG

SCHWEFEL20 = Landscape(
    "Schwefel20", "|x| + |y|", ((-100, 100), (-100, 100)), ((0, 0),), (-70, 40), SCHWEFEL,
    note="Each coordinate has the same slope up to the very end: a fixed learning rate hops about the goal for ever.",
    tags=("convex", "non-smooth"), lowest=0,
)  # fmt: skip

SCHWEFEL21 = Landscape(
    "Schwefel21", "max(|x|, |y|)", ((-100, 100), (-100, 100)), ((0, 0),), (-70, 40), SCHWEFEL,
    note="Only the larger coordinate has a slope: racers run to a diagonal and then zigzag along it.",
    tags=("convex", "non-smooth"), lowest=0,
)  # fmt: skip

SCHWEFEL22 = Landscape(
    "Schwefel22", "|x| + |y| + |x*y|", ((-100, 100), (-100, 100)), ((0, 0),), (-70, 40), SCHWEFEL,
    note="Kinks along both axes: a coordinate that has arrived keeps shaking while the other still travels.",
    tags=("non-smooth",), lowest=0,
)  # fmt: skip

PLATEAU = Landscape(
    "Plateau", "30 + floor(|x|) + floor(|y|)", ((-5.12, 5.12), (-5.12, 5.12)), ((0, 0),), (-4.3, 3.4), JAMIL_YANG,
    note="Steps like a stair: the gradient is zero on each, so only those who look at losses get down.",
    tags=("plateau", "non-smooth"), lowest=30, continuum=True,
)  # fmt: skip

STEP2 = Landscape(
    "Step2", "(floor(x) + 0.5)^2 + (floor(y) + 0.5)^2", ((-5, 5), (-5, 5)),
    ((-0.5, -0.5), (-0.5, 0.5), (0.5, -0.5), (0.5, 0.5)), (-3.5, 4.5), JAMIL_YANG,
    note="A bowl in blocks: seen from afar it has a slope, seen from any point it has none.",
    tags=("plateau", "non-smooth"), lowest=0.5, continuum=True,
    remark="The literature draws it on (-100, 100).",
)  # fmt: skip

BUKIN06 = Landscape(
    "Bukin06", "100sqrt(|y - x^2/100|) + |x + 10|/100", ((-15, -5), (-3, 3)), ((-10, 1),), (-6, 2),
    "Bukin, New minimization strategy for non-smooth functions, 1997",
    note="A knife edge: the slope towards it is endless, the slope along it next to nothing.",
    tags=("ravine", "non-smooth"), lowest=0,
)  # fmt: skip

BARTELS_CONN = Landscape(
    "BartelsConn", "|x^2 + y^2 + x*y| + |sin(x)| + |cos(y)|", ((-5, 5), (-5, 5)), ((0, -3.814697265625e-09),), (-4, 3),
    JAMIL_YANG,
    note="A smooth bowl with creases: from afar nobody sees them, at the end they decide.",
    tags=("multimodal", "non-smooth"), lowest=0.9999999999999999,
    remark="The literature draws it on (-500, 500).",
)  # fmt: skip

ALPINE01 = Landscape(
    "Alpine01", "|x*sin(x) + x/10| + |y*sin(y) + y/10|", ((-10, 10), (-10, 10)),
    (
        (-9.32461053960782, -9.32461053960782), (-9.32461053960782, -6.383352728341146),
        (-9.32461053960782, -3.0414252324282334), (-9.32461053960782, -0.10016742116155976), (-9.32461053960782, 0),
        (-9.32461053960782, 3.241760074751353), (-9.32461053960782, 6.1830178860180265),
        (-9.32461053960782, 9.524945381930939), (-6.383352728341146, -9.32461053960782),
        (-6.383352728341146, -6.383352728341146), (-6.383352728341146, -3.0414252324282334),
        (-6.383352728341146, -0.1001674211615598), (-6.383352728341146, 0), (-6.383352728341146, 3.241760074751353),
        (-6.383352728341146, 6.1830178860180265), (-6.383352728341146, 9.524945381930939),
        (-3.0414252324282334, -9.32461053960782), (-3.0414252324282334, -6.383352728341146),
        (-3.0414252324282334, -3.0414252324282334), (-3.0414252324282334, -0.10016742116155981),
        (-3.0414252324282334, 0), (-3.0414252324282334, 3.241760074751353), (-3.0414252324282334, 6.1830178860180265),
        (-3.0414252324282334, 9.524945381930939), (-0.10016742116155981, -3.0414252324282334),
        (-0.10016742116155981, 3.241760074751353), (-0.1001674211615598, -6.383352728341146),
        (-0.1001674211615598, -0.1001674211615598), (-0.1001674211615598, 0), (-0.1001674211615598, 9.524945381930939),
        (-0.10016742116155976, -9.32461053960782), (-0.10016742116155976, 6.1830178860180265), (0, -9.32461053960782),
        (0, -6.383352728341146), (0, -3.0414252324282334), (0, -0.1001674211615598), (0, 0), (0, 3.241760074751353),
        (0, 6.1830178860180265), (0, 9.524945381930939), (3.241760074751353, -9.32461053960782),
        (3.241760074751353, -6.383352728341146), (3.241760074751353, -3.0414252324282334),
        (3.241760074751353, -0.10016742116155981), (3.241760074751353, 0), (3.241760074751353, 3.241760074751353),
        (3.241760074751353, 6.1830178860180265), (3.241760074751353, 9.524945381930939),
        (6.1830178860180265, -9.32461053960782), (6.1830178860180265, -6.383352728341146),
        (6.1830178860180265, -3.0414252324282334), (6.1830178860180265, -0.10016742116155976), (6.1830178860180265, 0),
        (6.1830178860180265, 3.241760074751353), (6.1830178860180265, 6.1830178860180265),
        (6.1830178860180265, 9.524945381930939), (9.524945381930939, -9.32461053960782),
        (9.524945381930939, -6.383352728341146), (9.524945381930939, -3.0414252324282334),
        (9.524945381930939, -0.1001674211615598), (9.524945381930939, 0), (9.524945381930939, 3.241760074751353),
        (9.524945381930939, 6.1830178860180265), (9.524945381930939, 9.524945381930939),
    ),
    (-7.7, 4.6), JAMIL_YANG,
    note="Sixty-four goals joined by sharp creases: a racer with momentum jumps from one crease to the next.",
    tags=("multimodal", "non-smooth"), lowest=0,
)  # fmt: skip

MULTI_MODAL = Landscape(
    "MultiModal", "(|x| + |y|)*|x*y|", ((-10, 10), (-10, 10)), ((0, 0), (0, 5), (5, 0)), (-7, 4), GAVANA,
    note="Both axes are floors: a racer slides to the nearer axis and is content anywhere on it.",
    tags=("non-smooth",), lowest=0, continuum=True,
)  # fmt: skip

QUINTIC = Landscape(
    "Quintic",
    "p(t) = |t^5 - 3t^4 + 4t^3 + 2t^2 - 10t - 4|\n"
    "p(x) + p(y)",
    ((-2, 3), (-2, 3)),
    (
        (-1, -1), (-1, -0.4026279411861238), (-1, 2), (-0.4026279411861238, -1),
        (-0.4026279411861238, -0.4026279411861238), (-0.4026279411861238, 2), (2, -1), (2, -0.4026279411861238), (2, 2),
    ),
    (0.7, -1.7), JAMIL_YANG,
    note="Nine goals with sharp tips: the slope does not fade on arrival, so the stride must.",
    tags=("multimodal", "non-smooth"), lowest=0,
    remark="The literature draws it on (-10, 10).",
)  # fmt: skip

TRIPOD = Landscape(
    "Tripod",
    "p(t) = step(t)\n"
    "p(y)*(1 + p(x)) + |x + 50p(y)*(1 - 2p(x))| + |y + 50(1 - 2p(y))|",
    ((-100, 100), (-100, 100)), ((0, -50),), (60, -20), JAMIL_YANG,
    note="Three funnels with jumps between them: descent alone leads to the tip of the funnel where it began.",
    tags=("multimodal", "non-smooth"), lowest=0, other_starts=((-80, 80),),
    remark="With a jump at the axes; at 0 itself the lists differ.",
)  # fmt: skip

HAPPY_CAT = Landscape(
    "HappyCat",
    "r = x^2 + y^2\n"
    "((r - 2)^2)^(1/8) + (r/2 + x + y)/2 + 1/2",
    ((-2, 2), (-2, 2)), ((-1, -1),), (1.5, 0.5), "Beyer and Finck, HappyCat: a simple function class, 2012",
    note="A circular groove with endless walls: racers drop into it and cannot follow it to the end.",
    tags=("ravine", "non-smooth"), lowest=0,
)  # fmt: skip

MISHRA03 = Landscape(
    "Mishra03", "(x + y)/100 + sqrt(|cos(sqrt(x^2 + y^2))|)", ((-10, 10), (-10, 10)),
    ((-9.996489155259075, -9.996484066452924),), (-2, 5), MISHRA,
    note="Circular grooves with infinite slopes on a faint incline: the incline matters, the grooves hold.",
    tags=("multimodal", "non-smooth"), lowest=-0.19992970874179125,
    remark="The lowest point is on the groove nearest to the corner.",
)  # fmt: skip

MISHRA04 = Landscape(
    "Mishra04", "(x + y)/100 + sqrt(|sin(sqrt(x^2 + y^2))|)", ((-10, 10), (-10, 10)),
    ((-8.885765876317528, -8.885765876315936),), (2, 5), MISHRA,
    note="Grooves as sharp as blades: whoever crosses one bounces between its walls for the rest of the race.",
    tags=("multimodal", "non-smooth"), lowest=-0.17771529539358247,
)  # fmt: skip

NEW_FUNCTION01 = Landscape(
    "NewFunction01", "sqrt(|cos(sqrt(|x^2 + y|))|) + (x + y)/100", ((-10, 10), (-10, 10)),
    ((-8.466701099413, -9.999999999992811),), (3, 6), MISHRA,
    note="Sharp parabolic grooves: the slope grows without end towards each, so a fixed stride never settles.",
    tags=("multimodal", "non-smooth"), lowest=-0.18466699349658114,
)  # fmt: skip

NEW_FUNCTION02 = Landscape(
    "NewFunction02", "sqrt(|sin(sqrt(|x^2 + y|))|) + (x + y)/100", ((-10, 10), (-10, 10)),
    ((-9.941148807346, -9.999999999992593),), (3, 5), MISHRA,
    note="The grooves crowd together at the sides: a stride that suits the middle leaps over them there.",
    tags=("multimodal", "non-smooth"), lowest=-0.19941146890586028,
)  # fmt: skip

XIN_SHE_YANG02 = Landscape(
    "XinSheYang02", "(|x| + |y|)*exp(-sin(x^2) - sin(y^2))",
    ((-6.2831853072, 6.2831853072), (-6.2831853072, 6.2831853072)), ((0, 0),), (-3.5, 2.5), YANG,
    note="Ripples that get finer outwards around a sharp tip: far out, every stride is too long.",
    tags=("multimodal", "non-smooth"), lowest=0,
)  # fmt: skip

XIN_SHE_YANG04 = Landscape(
    "XinSheYang04", "(sin(x)^2 + sin(y)^2 - exp(-x^2 - y^2))*exp(-sin(sqrt(|x|))^2 - sin(sqrt(|y|))^2)",
    ((-10, 10), (-10, 10)), ((0, 0),), (2.2, -1.4), YANG,
    note="One deep hole among gentle waves: the waves lead everywhere but there.",
    tags=("multimodal", "non-smooth", "plateau"), lowest=-1, other_starts=((6, 7),),
)  # fmt: skip

CROSS_IN_TRAY = Landscape(
    "CrossInTray", "-(|sin(x)*sin(y)*exp(|100 - hypot(x, y)/pi|)| + 1)^0.1/10000", ((-10, 10), (-10, 10)),
    (
        (-1.3494066337890624, -1.3494065727539062), (-1.3494066337890624, 1.3494065727539062),
        (1.3494065727539062, -1.3494066337890624), (1.3494065727539062, 1.3494066337890624),
    ),
    (5.5, -3.5), MISHRA,
    note="Creases form a cross on a dimpled tray: four goals near the centre are only a little lower.",
    tags=("multimodal", "non-smooth"), lowest=-2.0626118708227397,
    remark="The exponential reaches exp(100) on the way.",
)  # fmt: skip

CROSS_LEG_TABLE = Landscape(
    "CrossLegTable", "-(|sin(x)*sin(y)*exp(|100 - hypot(x, y)/pi|)| + 1)^(-0.1)", ((-10, 10), (-10, 10)),
    ((0, 0), (0, 5), (5, 0)), (0.2, 0.3), MISHRA,
    note="Everything low lies on lines of no width: almost nothing is felt beside them.",
    tags=("plateau", "non-smooth"), lowest=-1, continuum=True,
    remark="The lowest loss is reached only on the lines where sin(x) or sin(y) is exactly 0: here the axes.",
)  # fmt: skip

HOLDER_TABLE = Landscape(
    "HolderTable", "-|sin(x)*cos(y)*exp(|1 - hypot(x, y)/pi|)|", ((-10, 10), (-10, 10)),
    (
        (-8.05502347699261, -9.664590030517578), (-8.055023474250795, 9.66459002193451),
        (8.055023474250795, 9.66459002193451), (8.05502347699261, -9.664590030517578),
    ),
    (4.3, 1.2), MISHRA,
    note="Four goals in the corners, and lower and lower dimples on the way: momentum climbs from one to the next.",
    tags=("multimodal", "non-smooth"), lowest=-19.208502567886754,
)  # fmt: skip

TEST_TUBE_HOLDER = Landscape(
    "TestTubeHolder", "-4|sin(x)*cos(y)*exp(|cos((x^2 + y^2)/200)|)|", ((-10, 10), (-10, 10)),
    ((-1.570602626159668, 0), (1.570602626159668, 0)), (5.3, 4.2), MISHRA,
    note="Dimples of nearly the same depth: nobody can tell the lowest two from their neighbours.",
    tags=("multimodal", "non-smooth"), lowest=-10.872300105622747,
)  # fmt: skip

ODD_SQUARE = Landscape(
    "OddSquare",
    "d = 2max((x - 1)^2, (y - 1.3)^2)\n"
    "h = (x - 1)^2 + (y - 1.3)^2\n"
    "-exp(-d/(2pi))*cos(pi*d)*(1 + h/50/(d + 0.01))",
    ((-4, 6), (-3.7, 6.3)),
    (
        (0.9126647343322754, 1.3873352656677245), (0.9126647381469727, 1.2126647381469726),
        (1.0873352618530272, 1.2126647381469726), (1.0873352656677244, 1.3873352656677245),
    ),
    (3, 2.2), PRICE,
    note="Square rings: inside a face only one coordinate has a slope, at the edges the other takes over.",
    tags=("multimodal", "non-smooth"), lowest=-1.0084672811394726,
    remark="The literature draws it on (-5pi, 5pi).",
)  # fmt: skip

EGG_HOLDER = Landscape(
    "EggHolder", "-(y + 47)*sin(sqrt(|x/2 + y + 47|)) - x*sin(sqrt(|x - y - 47|))", ((-512, 512), (-512, 512)),
    ((512, 404.231805078125),), (100, -250), "Whitley et al., Evaluating evolutionary algorithms, 1996",
    note="Huge waves, and the lowest point on the very edge: the best place seen so far says little.",
    tags=("multimodal", "non-smooth"), lowest=-959.6406627208509,
)  # fmt: skip

RANA = Landscape(
    "Rana",
    "p = sqrt(|y - x + 1|)\n"
    "q = sqrt(|y + x + 1|)\n"
    "(y + 1)*cos(p)*sin(q) + x*cos(q)*sin(p)",
    ((-500, 500), (-500, 500)), ((-300.337632860976, 500),), (120, -260),
    "Whitley et al., Evaluating evolutionary algorithms, 1996",
    note="Waves along both diagonals: valleys lie askew, so per-coordinate strides cut across them.",
    tags=("multimodal", "non-smooth"), lowest=-500.8021602966645,
)  # fmt: skip

KEANE = Landscape(
    "Keane", "-sin(x - y)^2*sin(x + y)^2/hypot(x, y)", ((-10, 10), (-10, 10)),
    ((-1.3932490753255884, 0), (0, -1.3932490753255884), (0, 1.3932490753255884), (1.3932490753255884, 0)), (2.3, 0.9),
    "Keane, Experiences with optimizers in structural design, 1994",
    note="Bumps that shrink outwards around a hole without a value: racers near the centre see the best ones.",
    tags=("multimodal",), lowest=-0.6736675211468546,
    remark="Without a value at (0, 0); some lists print it without the minus sign.",
)  # fmt: skip

ACKLEY02 = Landscape(
    "Ackley02", "-200exp(-0.02hypot(x, y))", ((-32, 32), (-32, 32)), ((0, 0),), (-25, 14), JAMIL_YANG,
    note="A cone with one tip: the slope is steepest at the very end, so a fixed stride never settles there.",
    tags=("non-smooth",), lowest=-200,
)  # fmt: skip

URSEM04 = Landscape(
    "Ursem04", "-3sin(pi/2*(x + 1))*(2 - hypot(x, y))/4", ((-2, 2), (-2, 2)), ((0, 0),), (-0.8, 1.2), GAVANA,
    note="A tip in a trough: the last step decides, for the slope never fades on the way.",
    tags=("non-smooth",), lowest=-1.5,
    remark="In two dimensions y enters only by the distance.",
)  # fmt: skip

CB2 = Landscape(
    "CB2", "max(x^2 + y^4, (2 - x)^2 + (2 - y)^2, 2exp(y - x))", ((-1, 3), (-1, 3)),
    ((1.1390487248217562, 0.899551275178244),), (-0.5, 2.5),
    "Charalambous and Conn, An efficient method to solve the minimax problem directly, 1978",
    note="The greatest of three surfaces: the goal is a corner where three slopes fight.",
    tags=("convex", "non-smooth"), lowest=1.952224494192873,
)  # fmt: skip

CB3 = Landscape(
    "CB3", "max(x^4 + y^2, (2 - x)^2 + (2 - y)^2, 2exp(y - x))", ((-1, 3), (-1, 3)), ((1, 1),), (2.5, -0.5),
    "Charalambous and Conn, An efficient method to solve the minimax problem directly, 1978",
    note="A corner of three surfaces at the goal: subgradient methods need strides that shrink.",
    tags=("convex", "non-smooth"), lowest=2,
)  # fmt: skip

DEM = Landscape(
    "DEM", "max(5x + y, -5x + y, x^2 + y^2 + 4y)", ((-4, 4), (-5, 3)), ((0, -3),), (2.5, 1.5),
    "Demyanov and Malozemov, Introduction to minimax, 1974",
    note="A sharp gorge that ends in a bowl: gradients point at the walls, hardly along the floor.",
    tags=("convex", "non-smooth", "ravine"), lowest=-3,
)  # fmt: skip

WOLFE_KINK = Landscape(
    "WolfeKink", "5sqrt(9x^2 + 16y^2) if x >= |y| else 9x + 16|y| - min(x, 0)^9", ((-2, 6), (-4, 4)), ((-1, 0),),
    (5, 3.5), "Wolfe, A method of conjugate subgradients, 1975",
    note="Steepest descent with exact line searches stops at the origin, which is no minimum at all.",
    tags=("convex", "non-smooth"), lowest=-8,
)  # fmt: skip

CRESCENT = Landscape(
    "Crescent", "max(x^2 + (y - 1)^2 + y - 1, -x^2 - (y - 1)^2 + y + 1)", ((-3, 3), (-2, 3)), ((0, 0),), (-1.5, 2),
    "Kiwiel, Methods of descent for nondifferentiable optimization, 1985",
    note="A kink bent into a crescent: staying on it needs a turn at every step.",
    tags=("non-smooth", "ravine"), lowest=0,
)  # fmt: skip

NESTEROV_CHEBYSHEV_KINK = Landscape(
    "NesterovChebyshevKink", "|x - 1|/4 + |y - 2abs(x) + 1|", ((-1.6, 1.6), (-1.6, 1.8)), ((1, 1),), (-1, 0.5),
    "Gürbüzbalaban and Overton, On Nesterov's nonsmooth Chebyshev-Rosenbrock functions, 2012",
    note="A kinked valley with a point where subgradients vanish though it is no minimum: many stop there.",
    tags=("non-smooth", "ravine", "multimodal"), lowest=0,
)  # fmt: skip

RIDGE_ROOF = Landscape(
    "RidgeRoof", "|x| + c*|y|", ((-3, 3), (-3, 3)), ((0, 0),), (-2.5, 1.3), CLASSIC, {"c": 10.0}, {"c": (1, 100)},
    note="A roof turned over, c times steeper one way: the sign of the gradient is all there is to know.",
    tags=("convex", "non-smooth", "ravine"), lowest=0,
)  # fmt: skip
