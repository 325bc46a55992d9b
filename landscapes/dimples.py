"""Bowls with many small local minima: the bowl leads to the global minimum, the local ones hold racers on the way."""

from landscapes.landscape import Landscape
from landscapes.sources import BOHACHEVSKY, JAMIL_YANG, SCHAFFER

RASTRIGIN = Landscape(
    "Rastrigin", "2A + x^2 - A*cos(2pi x) + y^2 - A*cos(2pi y)", ((-5.12, 5.12), (-5.12, 5.12)), ((0, 0),), (3.6, -2.7),
    "Rastrigin, Systems of extremal control, 1974", {"A": 10.0}, {"A": (0, 20)},
    note="A bowl full of dimples: whoever has no momentum stays in the first one, and A makes them deeper.",
    tags=("multimodal",), lowest=0,
)  # fmt: skip

RASTRIGIN_ROTATED = Landscape(
    "RastriginRotated",
    "u = x*cos(t) + y*sin(t)\n"
    "v = y*cos(t) - x*sin(t)\n"
    "2A + u^2 - A*cos(2pi u) + v^2 - A*cos(2pi v)",
    ((-5.12, 5.12), (-5.12, 5.12)), ((0, 0),), (3.6, -2.7),
    "Rastrigin, Systems of extremal control, 1974, turned by t radians", {"t": 0.5, "A": 10.0},
    {"t": (-1.6, 1.6), "A": (0, 20)},
    note="Turn t: whoever solved the plain one coordinate by coordinate has an easy grid no longer.",
    tags=("multimodal",), lowest=0,
)  # fmt: skip

RASTRIGIN_STRETCHED = Landscape(
    "RastriginStretched",
    "v = c*y\n"
    "2A + x^2 - A*cos(2pi x) + v^2 - A*cos(2pi v)",
    ((-4, 4), (-1.2, 1.2)), ((0, 0),), (2.6, 0.7),
    "Hansen et al., Real-parameter black-box optimization benchmarking, 2009, in two dimensions", {"c": 4.0, "A": 10.0},
    {"c": (1, 10), "A": (0, 20)},
    note="The same dimples squeezed along y: a stride that hops over them one way is caught the other way.",
    tags=("multimodal",), lowest=0,
)  # fmt: skip

RASTRIGIN_SHIFTED = Landscape(
    "RastriginShifted",
    "u = x - p\n"
    "v = y - q\n"
    "2A + u^2 - A*cos(2pi u) + v^2 - A*cos(2pi v)",
    ((-5.12, 5.12), (-5.12, 5.12)), ((1.3, -2.2),), (-3.6, 2.7),
    "Rastrigin, Systems of extremal control, 1974, moved to (p, q)", {"p": 1.3, "q": -2.2, "A": 10.0},
    {"p": (-4, 4), "q": (-4, 4), "A": (0, 20)},
    note="Move the goal off the origin: weight decay and whatever else leans on zero now pulls the wrong way.",
    tags=("multimodal",), lowest=0,
)  # fmt: skip

ACKLEY = Landscape(
    "Ackley", "-a*exp(-b*sqrt((x^2 + y^2)/2)) - exp((cos(c*x) + cos(c*y))/2) + a + e", ((-5, 5), (-5, 5)), ((0, 0),),
    (3.3, 2.6), "Ackley, A connectionist machine for genetic hillclimbing, 1987",
    {"a": 20.0, "b": 0.2, "c": 6.283185307179586}, {"a": (1, 40), "b": (0.01, 1), "c": (1, 12)},
    note="Ripples on a plain around one deep funnel: far from it the slope hardly tells where it is.",
    tags=("multimodal", "plateau", "non-smooth"), lowest=0,
    remark="No gradient at (0, 0); c is 2pi; the literature draws it on (-32, 32).",
)  # fmt: skip

ACKLEY03 = Landscape(
    "Ackley03", "-200exp(-0.02hypot(x, y)) + 5exp(cos(3x) + sin(3y))", ((-8, 8), (-8, 8)),
    ((-0.6825771953124999, -0.3607018046871275), (0.6825771953124999, -0.3607018046871275)), (-6.2, 4.8), JAMIL_YANG,
    note="Bumps on a cone with two goals beside its tip: the tip itself is no place to stop.",
    tags=("multimodal", "non-smooth"), lowest=-195.62902826227938,
    remark="The literature draws it on (-32, 32).",
)  # fmt: skip

GRIEWANK = Landscape(
    "Griewank", "(x^2 + y^2)/4000 - cos(x)*cos(y/sqrt(2)) + 1", ((-10, 10), (-10, 10)), ((0, 0),), (5.3, -7.5),
    "Griewank, Generalized descent for global optimization, 1981",
    note="Waves on a bowl too shallow to feel: near by only the waves count, from afar only the bowl.",
    tags=("multimodal",), lowest=0,
    remark="The literature draws it on (-600, 600), where it looks like a bowl.",
)  # fmt: skip

BOHACHEVSKY1 = Landscape(
    "Bohachevsky1", "x^2 + 2y^2 - 0.3cos(3pi*x) - 0.4cos(4pi*y) + 0.7", ((-2, 2), (-2, 2)), ((0, 0),), (-1.6, 1.3),
    BOHACHEVSKY,
    note="Small dimples in a bowl: a stride larger than they are sees only the bowl.",
    tags=("multimodal",), lowest=0,
    remark="The literature draws it on (-100, 100), where no dimple shows.",
)  # fmt: skip

BOHACHEVSKY2 = Landscape(
    "Bohachevsky2", "x^2 + 2y^2 - 0.3cos(3pi*x)*cos(4pi*y) + 0.3", ((-2, 2), (-2, 2)), ((0, 0),), (-1.6, 1.3),
    BOHACHEVSKY,
    note="The dimples come in a chequered pattern: whether x is caught depends on where y is.",
    tags=("multimodal",), lowest=0,
)  # fmt: skip

BOHACHEVSKY3 = Landscape(
    "Bohachevsky3", "x^2 + 2y^2 - 0.3cos(3pi*x + 4pi*y) + 0.3", ((-2, 2), (-2, 2)), ((0, 0),), (-1.6, 1.3), BOHACHEVSKY,
    note="Furrows that run askew down a bowl: racers follow them sideways before they descend.",
    tags=("multimodal",), lowest=0,
    local_minima=(
        (-1.3415544492, -0.8943696328), (-1.0138992912, -0.6759328608), (-0.677795134, -0.4518634227),
        (-0.3393255483, -0.2262170322), (0.3393255483, 0.2262170322), (0.677795134, 0.4518634227),
        (1.0138992912, 0.6759328608), (1.3415544492, 0.8943696328),
    ),
    saddles=(
        (-1.3009405043, -0.8672936695), (-0.922275508, -0.6148503387), (-0.5519417332, -0.3679611554),
        (-0.1837941583, -0.1225294389), (0.1837941583, 0.1225294389), (0.5519417332, 0.3679611554),
        (0.922275508, 0.6148503387), (1.3009405043, 0.8672936695),
    ),
    remark="The literature draws it on (-100, 100).",
)  # fmt: skip

COSINE_MIXTURE = Landscape(
    "CosineMixture", "x^2 + y^2 - (cos(5pi*x) + cos(5pi*y))/10", ((-1, 1), (-1, 1)), ((0, 0),), (-0.85, 0.7),
    JAMIL_YANG,
    note="A bowl with shallow dimples: a learning rate a little too small makes a prisoner.",
    tags=("multimodal",), lowest=-0.2,
)  # fmt: skip

DEFLECTED_CORRUGATED_SPRING = Landscape(
    "DeflectedCorrugatedSpring",
    "r = hypot(x - 5, y - 5)\n"
    "r^2/10 - cos(k*r)",
    ((0, 10), (0, 10)), ((5, 5),), (8.8, 6.6), JAMIL_YANG, {"k": 5.0}, {"k": (1, 10)},
    note="Rings of troughs: a racer slides into one and cannot feel which way the centre is any more.",
    tags=("multimodal",), lowest=-1,
)  # fmt: skip

SALOMON = Landscape(
    "Salomon",
    "r = hypot(x, y)\n"
    "1 - cos(2pi*r) + r/10",
    ((-4, 4), (-4, 4)), ((0, 0),), (2.3, 1.7),
    "Salomon, Re-evaluating genetic algorithm performance under coordinate rotation, 1996",
    note="Rings all the way, the same from every side: no turn of the axes helps or harms anybody.",
    tags=("multimodal", "non-smooth"), lowest=0,
)  # fmt: skip

DROP_WAVE = Landscape(
    "DropWave",
    "r = hypot(x, y)\n"
    "-(1 + cos(12r))/(r^2/2 + 2)",
    ((-5.12, 5.12), (-5.12, 5.12)), ((0, 0),), (2.4, 1.7),
    "Molga and Smutnicki, Test functions for optimization needs, 2005",
    note="Rings of waves around the lowest point: every trough is a trap, and its floor leads round in a circle.",
    tags=("multimodal",), lowest=-1,
)  # fmt: skip

SCHAFFER01 = Landscape(
    "Schaffer01", "0.5 + (sin(x^2 + y^2)^2 - 0.5)/(1 + (x^2 + y^2)/1000)^2", ((-4, 4), (-4, 4)), ((0, 0),), (2.2, 1.1),
    SCHAFFER,
    note="Rings that get finer outwards: the same stride follows the inner ones and skips the outer ones.",
    tags=("multimodal",), lowest=0,
    remark="The literature draws it on (-100, 100).",
)  # fmt: skip

SCHAFFER02 = Landscape(
    "Schaffer02", "0.5 + (sin(x^2 - y^2)^2 - 0.5)/(1 + (x^2 + y^2)/1000)^2", ((-4, 4), (-4, 4)), ((0, 0),), (2.4, 0.8),
    SCHAFFER,
    note="The troughs are hyperbolas: along the diagonals one leads straight home, all others miss.",
    tags=("multimodal", "ravine"), lowest=0,
    remark="The literature draws it on (-100, 100).",
)  # fmt: skip

SCHAFFER03 = Landscape(
    "Schaffer03", "0.5 + (sin(cos(|x^2 - y^2|))^2 - 0.5)/(1 + (x^2 + y^2)/1000)^2", ((-4, 4), (-4, 4)),
    (
        (-1.2531149603509901, -6.411075592041015e-08), (-6.411075592041015e-08, -1.2531149603509901),
        (-6.411075592041015e-08, 1.2531149603509901), (1.2531149603509901, -6.411075592041015e-08),
    ),
    (2.4, 0.8), SCHAFFER,
    note="Curved troughs of almost one depth: racers reach a floor at once and then have nothing to follow.",
    tags=("multimodal", "ravine", "non-smooth"), lowest=0.0015668545260041356,
    remark="The literature draws it on (-100, 100).",
)  # fmt: skip

SCHAFFER04 = Landscape(
    "Schaffer04", "0.5 + (cos(sin(|x^2 - y^2|))^2 - 0.5)/(1 + (x^2 + y^2)/1000)^2", ((-4, 4), (-4, 4)),
    ((-1.2531318291015625, 0), (0, -1.2531318291015625), (0, 1.2531318291015625), (1.2531318291015625, 0)), (2.4, 0.8),
    SCHAFFER,
    note="Like the third, with crests and troughs exchanged: the diagonals are walls here, not floors.",
    tags=("multimodal", "ravine", "non-smooth"), lowest=0.2925786320359805,
    remark="The literature draws it on (-100, 100).",
)  # fmt: skip

SINE_ENVELOPE = Landscape(
    "SineEnvelope", "0.5 + (sin(hypot(x, y))^2 - 0.5)/(1 + (x^2 + y^2)/1000)^2", ((-12, 12), (-12, 12)), ((0, 0),),
    (7.7, -4.6), SCHAFFER,
    note="Rings that fade outwards: far away all heights are near a half, and no trough looks better than another.",
    tags=("multimodal",), lowest=0,
    remark="The literature draws it on (-100, 100).",
)  # fmt: skip

STRETCHED_V = Landscape(
    "StretchedV",
    "r = x^2 + y^2\n"
    "r^0.25*(sin(50r^0.1)^2 + 1)",
    ((-10, 10), (-10, 10)), ((0, 0),), (6.5, -4), SCHAFFER,
    note="Rings that crowd towards the centre: the nearer the goal, the finer the traps.",
    tags=("multimodal", "non-smooth"), lowest=0,
    remark="Also called the stretched V sine wave.",
)  # fmt: skip

LEVY = Landscape(
    "Levy",
    "u = (x - 1)/4\n"
    "v = (y - 1)/4\n"
    "sin(pi*(u + 1))^2 + u^2*(1 + 10sin(pi*(u + 1) + 1)^2) + v^2*(1 + sin(2pi*(v + 1))^2)",
    ((-10, 10), (-10, 10)), ((1, 1),), (-7.5, 7), "Levy and Montalvo, The tunneling algorithm, 1985",
    note="Parallel troughs: y finds its place soon, x has several walls to cross.",
    tags=("multimodal",), lowest=0,
)  # fmt: skip

LEVY13 = Landscape(
    "Levy13", "sin(3pi*x)^2 + (x - 1)^2*(1 + sin(3pi*y)^2) + (y - 1)^2*(1 + sin(2pi*y)^2)", ((-4, 6), (-4, 6)),
    ((1, 1),), (-3.3, 4.8), "Levy and Montalvo, The tunneling algorithm, 1985",
    note="Fine ripples across a bowl: they decide at the end and are lost in the walls before.",
    tags=("multimodal",), lowest=0,
    remark="The literature draws it on (-10, 10).",
)  # fmt: skip

PINTER = Landscape(
    "Pinter",
    "x^2 + 2y^2 + 20sin(y*sin(x) + sin(y))^2 + 40sin(x*sin(y) + sin(x))^2"
    " + log10(1 + (y^2 - 2x + 3y - cos(x) + 1)^2) + 2log10(1 + 2(x^2 - 2y + 3x - cos(y) + 1)^2)",
    ((-10, 10), (-10, 10)), ((0, 0),), (-6.5, 5.5), "Pintér, Global optimization in action, 1996",
    note="Bent waves whose spacing changes from place to place: a stride that suits here is wrong there.",
    tags=("multimodal",), lowest=0,
)  # fmt: skip

TRIGONOMETRIC02 = Landscape(
    "Trigonometric02",
    "u = (x - 0.9)^2\n"
    "v = (y - 0.9)^2\n"
    "1 + 8sin(7u)^2 + 6sin(14u)^2 + u + 8sin(7v)^2 + 6sin(14v)^2 + v",
    ((-3, 5), (-3, 5)), ((0.9, 0.9),), (2.6, -0.7), JAMIL_YANG,
    note="The waves get finer away from the goal: one racer is held at once, another flies across.",
    tags=("multimodal",), lowest=1,
)  # fmt: skip

WHITLEY = Landscape(
    "Whitley",
    "q(u, v) = 100(u^2 - v)^2 + (1 - v)^2\n"
    "w(u, v) = q(u, v)^2/4000 - cos(q(u, v)) + 1\n"
    "w(x, x) + w(x, y) + w(y, x) + w(y, y)",
    ((-0.5, 1.5), (-0.5, 1.5)), ((1, 1),), (0.4, -0.2), "Whitley et al., Evaluating evolutionary algorithms, 1996",
    note="Griewank's waves laid over Rosenbrock's valley: finer and finer ripples up the walls.",
    tags=("multimodal", "ravine"), lowest=0,
    remark="The literature draws it on (-10, 10).",
)  # fmt: skip
