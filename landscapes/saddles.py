"""Landscapes with saddle points, where the gradient is zero and racers differ in how long they stay."""

from landscapes.landscape import Landscape
from landscapes.sources import CLASSIC, GAVANA, JAMIL_YANG

HYPERBOLIC_SADDLE = Landscape(
    "HyperbolicSaddle", "x^2 - y^2", ((-2, 2), (-2, 2)), ((0, -2), (0, 2)), (-1.5, 0.01), "the saddle of every lecture",
    note="Down without end on either side: start on the ridge exactly and only noise gets a racer off it.",
    tags=("saddle",), lowest=-4, saddles=((0, 0),), other_starts=((-1.8, 0.5),),
    remark="Without a lowest point: the minima are those of the picture's edge.",
)  # fmt: skip

MONKEY_SADDLE = Landscape(
    "MonkeySaddle", "x^3 - 3x*y^2", ((-2, 2), (-2, 2)), ((2, -2), (2, 2)), (0.6, 0.05),
    "the saddle with three ways down, for two legs and a tail",
    note="No curvature at the centre at all: Newton's method has nothing to go by, and the slope is tiny.",
    tags=("saddle",), lowest=-16, saddles=((0, 0),),
    remark="Without a lowest point: the minima are those of the picture's edge.",
)  # fmt: skip

STRICT_SADDLE = Landscape(
    "StrictSaddle", "x^2/2 - y^2/2 + y^4/4", ((-2, 2), (-2, 2)), ((0, -1), (0, 1)), (-1.7, 0.01),
    "Jin et al., How to escape saddle points efficiently, 2017",
    note="A saddle between two goals: whoever starts near the ridge loses most of the time at the saddle.",
    tags=("saddle",), lowest=-0.25, saddles=((0, 0),), other_starts=((1.5, 1.6),),
)  # fmt: skip

SADDLE_POINT = Landscape(
    "SaddlePoint", "sin(x) + y^2", ((-2, 2), (-2, 2)), ((-1.5707963267948966, 0),), (1.5, 1.7), CLASSIC,
    note="The start decides for the hollow on the left or the way out on the right across a saddle.",
    tags=("saddle",), lowest=-1, saddles=((1.5707963268, 0),),
)  # fmt: skip

TILTED_DOUBLE_WELL = Landscape(
    "TiltedDoubleWell", "(x^2 - 1)^2 + y^2 + a*x", ((-2, 2), (-2, 2)), ((-1.0241203002150503, 0),), (0.9, 1.5), CLASSIC,
    {"a": 0.2}, {"a": (-1.5, 1.5)},
    note="Two wells with a pass between them: tilt them with a and watch from where the pass is still crossed.",
    tags=("saddle", "multimodal"), lowest=-0.20244043434482242, local_minima=((0.9739943532, 0),),
    saddles=((0.050125947, 0),),
)  # fmt: skip

TRECCANI = Landscape(
    "Treccani", "x^4 + 4x^3 + 4x^2 + y^2", ((-3, 1), (-2, 2)), ((-2, 0), (0, 0)), (-1.02, 1.5), JAMIL_YANG,
    note="Two goals of equal depth with a saddle half-way: the ridge at x = -1 divides the field.",
    tags=("saddle", "multimodal"), lowest=0, saddles=((-1, 0),),
    remark="The literature draws it on (-5, 5).",
)  # fmt: skip

ZIRILLI = Landscape(
    "Zirilli", "x^4/4 - x^2/2 + x/10 + y^2/2", ((-2, 2), (-2, 2)), ((-1.0466805318046022, 0),), (1.7, 1.5), JAMIL_YANG,
    note="A tilted double well: the nearer goal is not the lower one for half of all starts.",
    tags=("saddle", "multimodal"), lowest=-0.35238607380003645, local_minima=((0.9456492739, 0),),
    saddles=((0.1010312579, 0),),
    remark="Also called Aluffi-Pentini; the literature draws it on (-10, 10).",
)  # fmt: skip

QING = Landscape(
    "Qing", "(x^2 - 1)^2 + (y^2 - 2)^2", ((-2.5, 2.5), (-2.5, 2.5)),
    ((-1, -1.4142135623730951), (-1, 1.4142135623730951), (1, -1.4142135623730951), (1, 1.4142135623730951)),
    (0.05, 0.1), "Qing, Dynamic fuzzy clustering using differential evolution, 2006",
    note="A hill between four goals and four saddles: the signs of the start tell the goal.",
    tags=("saddle", "multimodal"), lowest=0, saddles=((-1, 0), (0, -1.4142135624), (0, 1.4142135624), (1, 0)),
    remark="The literature draws it on (-500, 500).",
)  # fmt: skip

ADJIMAN = Landscape(
    "Adjiman", "cos(x)*sin(y) - x/(y^2 + 1)", ((-1, 2), (-1, 1)), ((2, 0.10578346337890625),), (-0.5, -0.8),
    "Adjiman, Androulakis and Floudas, A global optimization method, 1998",
    note="The lowest point is on the picture's edge: without bounds a racer simply leaves.",
    tags=("saddle",), lowest=-2.021806783359787, saddles=((-0.7945733293, 0.8935081317), (0.7945733293, -0.8935081317)),
)  # fmt: skip

MC_CORMICK = Landscape(
    "McCormick", "sin(x + y) + (x - y)^2 - 1.5x + 2.5y + 1", ((-1.5, 4), (-3, 4)),
    ((-0.5471975511965979, -1.5471975511965979),), (3.5, 3.2), "McCormick, Applied nonlinear programming, 1982",
    note="A wavy trough that goes on beyond the picture: momentum overshoots into the next wave.",
    tags=("multimodal", "saddle"), lowest=-1.9132229549810362, local_minima=((2.5943951024, 1.5943951024),),
    saddles=((1.5471975512, 0.5471975512),),
    remark="Lower still outside the domain; some lists end it at y = 3.",
)  # fmt: skip

URSEM01 = Landscape(
    "Ursem01", "-sin(2x - pi/2) - 3cos(y) - x/2", ((-2.5, 3), (-2, 2)), ((1.697136454365936, 0),), (-0.4, 1.8), GAVANA,
    note="Two hollows side by side on an incline: the wide way in leads to the shallower one as well.",
    tags=("multimodal", "saddle"), lowest=-4.816814063734823, local_minima=((-1.4444561992, 0),),
    saddles=((-0.1263401276, 0),),
)  # fmt: skip

URSEM_WAVES = Landscape(
    "UrsemWaves", "-0.9x^2 + (y^2 - 4.5y^2)*x*y + 4.7cos(3x - y^2*(2 + x))*sin(5pi/2*x)", ((-0.9, 1.2), (-1.2, 1.2)),
    ((1.2, 1.2),), (-0.2, 0.3), GAVANA,
    note="Waves on an incline whose lowest point is a corner: bounds matter as much as slopes.",
    tags=("multimodal",), lowest=-8.553599999999998,
    local_minima=(
        (-0.613939413, 0.8011370595), (-0.6103637407, -1.1782625525), (-0.1737275375, 0), (0.5900684381, -0.7785965574),
        (0.6217708545, 0.8968537222), (1.0115340377, 0),
    ),
)  # fmt: skip

LIM_POLY = Landscape(
    "LimPoly", "9 + 2.5x - 17.5y + 2.5x*y + 19y^2 - 7.5x^3 - 2.5x*y^2 - 5.5y^4 + x^3*y^2", ((0, 1), (0, 1)),
    ((1, 0.5138593030517564),), (0.15, 0.9),
    "Lim, Sacks, Studden and Welch, Design and analysis of computer experiments, 2002",
    note="A smooth trough that is lowest at the edge: near the rim the slope pushes outwards.",
    tags=("saddle",), lowest=0.5295324308283812, saddles=((0.3802654839, 0.5689633794),),
    remark="Without the terms of highest degree of the paper.",
)  # fmt: skip

WOLFE_QUAPP = Landscape(
    "WolfeQuapp", "x^4 + y^4 - 2x^2 - 4y^2 + x*y + 0.3x + 0.1y", ((-2, 2), (-2, 2)),
    ((-1.1740560572097627, 1.4770870591140515),), (0.05, 0.05),
    "Quapp, A growing string method for the reaction pathway, 2005",
    note="Four wells round a hill, like a molecule that changes its shape: the ways between them lead over saddles.",
    tags=("saddle", "multimodal"), lowest=-6.762452573703474,
    local_minima=((-0.8219078272, -1.3667295891), (1.1241017554, -1.4852742781)),
    saddles=((-1.0222444874, -0.1160622664), (-0.3032105577, -1.4013375886), (0.9409694802, 0.1312517227)),
    other_starts=((1.8, -0.3),),
)  # fmt: skip
