"""Landscapes with many similar local minima, and little or no larger shape that leads to the lowest of them."""

from landscapes.landscape import Landscape
from landscapes.sources import CLASSIC, JAMIL_YANG, MISHRA, SHUBERT

SCHWEFEL26 = Landscape(
    "Schwefel26", "837.965774 - x*sin(sqrt(|x|)) - y*sin(sqrt(|y|))", ((-500, 500), (-500, 500)),
    ((420.968746359982, 420.968746359982),), (-150, 120), "Schwefel, Numerical optimization of computer models, 1981",
    note="The second-best hollow is far from the best: every trend learnt in the middle misleads.",
    tags=("multimodal",), lowest=-5.448673875050551e-07,
    remark="Known as Schwefel 2.26; the constant is rounded, so the lowest loss is not quite 0.",
)  # fmt: skip

SHUBERT01 = Landscape(
    "Shubert01",
    "s(t) = sum(i*cos((i + 1)*t + i), i, 1, 5)\n"
    "s(x)*s(y)",
    ((-10, 10), (-10, 10)),
    (
        (-7.708313735499347, -7.0835064076515595), (-7.708313735499347, -0.8003211004719731),
        (-7.708313735499347, 5.482864206707613), (-7.0835064076515595, -7.708313735499347),
        (-7.0835064076515595, -1.425128428319761), (-7.0835064076515595, 4.858056878859825),
        (-1.425128428319761, -7.0835064076515595), (-1.425128428319761, -0.8003211004719731),
        (-1.425128428319761, 5.482864206707613), (-0.8003211004719731, -7.708313735499347),
        (-0.8003211004719731, -1.425128428319761), (-0.8003211004719731, 4.858056878859825),
        (4.858056878859825, -7.0835064076515595), (4.858056878859825, -0.8003211004719731),
        (4.858056878859825, 5.482864206707613), (5.482864206707613, -7.708313735499347),
        (5.482864206707613, -1.425128428319761), (5.482864206707613, 4.858056878859825),
    ),
    (2.9, -4.2), SHUBERT,
    note="Eighteen goals among hundreds of hollows, in pairs: many starts find one, few racers do.",
    tags=("multimodal",), lowest=-186.73090883102384,
)  # fmt: skip

SHUBERT03 = Landscape(
    "Shubert03",
    "s(t) = sum(i*sin((i + 1)*t + i), i, 1, 5)\n"
    "-s(x) - s(y)",
    ((-10, 10), (-10, 10)),
    (
        (-6.774576143438901, -6.774576143438901), (-6.774576143438901, -0.49139083625931457),
        (-6.774576143438901, 5.791794470920272), (-0.49139083625931457, -6.774576143438901),
        (-0.49139083625931457, -0.49139083625931457), (-0.49139083625931457, 5.791794470920272),
        (5.791794470920272, -6.774576143438901), (5.791794470920272, -0.49139083625931457),
        (5.791794470920272, 5.791794470920272),
    ),
    (2.9, -4.2), SHUBERT,
    note="A sum over the coordinates: each can be put right alone, and strides per coordinate fit.",
    tags=("multimodal",), lowest=-24.06249888433429,
)  # fmt: skip

SHUBERT04 = Landscape(
    "Shubert04",
    "s(t) = sum(i*cos((i + 1)*t + i), i, 1, 5)\n"
    "-s(x) - s(y)",
    ((-10, 10), (-10, 10)),
    (
        (-7.0835064076515595, -7.0835064076515595), (-7.0835064076515595, -0.8003211004719731),
        (-7.0835064076515595, 5.482864206707613), (-0.8003211004719731, -7.0835064076515595),
        (-0.8003211004719731, -0.8003211004719731), (-0.8003211004719731, 5.482864206707613),
        (5.482864206707613, -7.0835064076515595), (5.482864206707613, -0.8003211004719731),
        (5.482864206707613, 5.482864206707613),
    ),
    (2.9, -4.2), SHUBERT,
    note="Deep hollows beside shallow ones, over and over: momentum that leaves one leaves the best as well.",
    tags=("multimodal",), lowest=-29.01601585439007,
)  # fmt: skip

HANSEN = Landscape(
    "Hansen", "sum(i*cos((i - 1)*x + i), i, 1, 5)*sum(j*cos((j + 1)*y + j), j, 1, 5)", ((-10, 10), (-10, 10)),
    (
        (-7.589893010800887, -7.708313735499347), (-7.589893010800887, -1.425128428319761),
        (-7.589893010800887, 4.858056878859825), (-1.306707703621301, -7.708313735499347),
        (-1.306707703621301, -1.425128428319761), (-1.306707703621301, 4.858056878859825),
        (4.976477603558285, -7.708313735499347), (4.976477603558285, -1.425128428319761),
        (4.976477603558285, 4.858056878859825),
    ),
    (2.9, -4.2), JAMIL_YANG,
    note="Nine goals and no trend between them: from one hollow nothing tells of a lower one.",
    tags=("multimodal",), lowest=-176.54179313674564,
)  # fmt: skip

LEVY05 = Landscape(
    "Levy05",
    "sum(i*cos((i - 1)*x + i), i, 1, 5)*sum(j*cos((j + 1)*y + j), j, 1, 5) + (x + 1.42513)^2"
    " + (y + 0.80032)^2",
    ((-10, 10), (-10, 10)), ((-1.3068530097535722, -1.424845041560681),), (3.2, 2.2),
    "Levy and Montalvo, The tunneling algorithm, 1985",
    note="Hansen's waves in a weak bowl: of nine equal goals the bowl leaves one.",
    tags=("multimodal",), lowest=-176.13757800162938,
)  # fmt: skip

LANGERMANN = Landscape(
    "Langermann",
    "c(a, b) = exp(-((x - a)^2 + (y - b)^2)/pi)*cos(pi*((x - a)^2 + (y - b)^2))\n"
    "-c(3, 5) - 2c(5, 2) - 5c(2, 1) - 2c(1, 4) - 3c(7, 9)",
    ((0, 10), (0, 10)), ((2.0029921199344654, 1.0060959402921887),), (3.4, 2.7),
    "Langerman, in Bersini et al., Results of the first international contest on evolutionary optimisation, 1996",
    note="Five dying rings of waves that cross: where two meet, hollows are made that belong to neither.",
    tags=("multimodal", "plateau"), lowest=-5.162126159963982, other_starts=((8.6, 6.5),),
)  # fmt: skip

MICHALEWICZ = Landscape(
    "Michalewicz", "-sin(x)*sin(x^2/pi)^(2m) - sin(y)*sin(2y^2/pi)^(2m)", ((0, 3.1415926536), (0, 3.1415926536)),
    ((2.2029055201726093, 1.5707963267948966),), (1.9, 1.3),
    "Michalewicz, Genetic algorithms + data structures = evolution programs, 1992", {"m": 10.0}, {"m": (1, 20)},
    note="Narrow trenches in a plain: raise m and they get so thin that a racer finds them by accident only.",
    tags=("plateau", "multimodal"), lowest=-1.8013034100985568, local_minima=((2.2029055202, 2.7115714838),),
)  # fmt: skip

DEB03 = Landscape(
    "Deb03",
    "p(t) = sin(5pi*(t^0.75 - 0.05))^6\n"
    "-(p(x) + p(y))/2",
    ((0, 1), (0, 1)),
    (
        (0.07969939268869583, 0.24665545562227117), (0.07969939268869583, 0.6814202223120523),
        (0.07969939268869584, 0.07969939268869584), (0.07969939268869584, 0.45062669883035533),
        (0.07969939268869584, 0.9338951938669807), (0.24665545562227117, 0.07969939268869583),
        (0.24665545562227117, 0.24665545562227117), (0.24665545562227117, 0.45062669883035533),
        (0.24665545562227117, 0.6814202223120523), (0.24665545562227117, 0.9338951938669807),
        (0.45062669883035533, 0.07969939268869584), (0.45062669883035533, 0.24665545562227117),
        (0.45062669883035533, 0.45062669883035533), (0.45062669883035533, 0.6814202223120523),
        (0.45062669883035533, 0.9338951938669807), (0.6814202223120523, 0.07969939268869583),
        (0.6814202223120523, 0.24665545562227117), (0.6814202223120523, 0.45062669883035533),
        (0.6814202223120523, 0.6814202223120523), (0.6814202223120523, 0.9338951938669807),
        (0.9338951938669807, 0.07969939268869584), (0.9338951938669807, 0.24665545562227117),
        (0.9338951938669807, 0.45062669883035533), (0.9338951938669807, 0.6814202223120523),
        (0.9338951938669807, 0.9338951938669807),
    ),
    (0.33, 0.6), JAMIL_YANG,
    note="Twenty-five equal goals, unevenly spaced, with level ground between: the start's cell decides.",
    tags=("multimodal", "plateau"), lowest=-1,
    remark="Without a value for negative x or y.",
)  # fmt: skip

VINCENT = Landscape(
    "Vincent", "-sin(10log(x)) - sin(10log(y))", ((0.25, 10), (0.25, 10)),
    (
        (0.33301843547196486, 0.33301843547196486), (0.33301843547196486, 0.6242284336485696),
        (0.33301843547196486, 1.1700887874964219), (0.33301843547196486, 2.1932800507380157),
        (0.33301843547196486, 4.111207142885353), (0.33301843547196486, 7.706277256305773),
        (0.6242284336485696, 0.33301843547196486), (0.6242284336485696, 0.6242284336485696),
        (0.6242284336485696, 1.1700887874964219), (0.6242284336485696, 2.1932800507380157),
        (0.6242284336485696, 4.111207142885353), (0.6242284336485696, 7.7062772563057775),
        (1.1700887874964219, 0.33301843547196486), (1.1700887874964219, 0.6242284336485696),
        (1.1700887874964219, 1.1700887874964219), (1.1700887874964219, 2.1932800507380157),
        (1.1700887874964219, 4.111207142885353), (1.1700887874964219, 7.7062772563057775),
        (2.1932800507380157, 0.33301843547196486), (2.1932800507380157, 0.6242284336485696),
        (2.1932800507380157, 1.1700887874964219), (2.1932800507380157, 2.1932800507380157),
        (2.1932800507380157, 4.111207142885353), (2.1932800507380157, 7.706277256305773),
        (4.111207142885353, 0.33301843547196486), (4.111207142885353, 0.6242284336485696),
        (4.111207142885353, 1.1700887874964219), (4.111207142885353, 2.1932800507380157),
        (4.111207142885353, 4.111207142885353), (4.111207142885353, 7.706277256305773),
        (7.706277256305773, 0.33301843547196486), (7.706277256305773, 2.1932800507380157),
        (7.706277256305773, 4.111207142885353), (7.706277256305773, 7.706277256305773),
        (7.7062772563057775, 0.6242284336485696), (7.7062772563057775, 1.1700887874964219),
    ),
    (5.6, 1.5), "Li, Engelbrecht and Epitropakis, Benchmark functions for niching methods, 2013",
    note="Thirty-six goals that crowd together near zero: a stride that suits one corner is wrong in the other.",
    tags=("multimodal",), lowest=-1.9999999999999998,
    remark="Without a value for x or y of 0 and less.",
)  # fmt: skip

ALPINE02 = Landscape(
    "Alpine02", "sqrt(x)*sin(x)*sqrt(y)*sin(y)", ((0, 10), (0, 10)),
    ((4.815842317845935, 7.917052684666207), (7.917052684666207, 4.815842317845935)), (3.3, 6.3), JAMIL_YANG,
    note="A chequerboard that gets deeper outwards: momentum towards the corner is rewarded.",
    tags=("multimodal",), lowest=-6.129503891130688,
    local_minima=((1.8365972032, 4.8158423178), (4.8158423178, 1.8365972032)),
    remark="Some lists turn it over and look for the highest point.",
)  # fmt: skip

MISHRA05 = Landscape(
    "Mishra05", "(sin((cos(x) + cos(y))^2)^2 + cos((sin(x) + sin(y))^2)^2 + x)^2 + x/100 + y/10",
    ((-10, 10), (-10, 10)), ((-1.9868206490478515, -10),), (3, 4), MISHRA,
    note="A crooked gorge on an incline: the floor is rippled, and the lowest point lies at the edge.",
    tags=("multimodal", "ravine"), lowest=-1.0198295199309433,
)  # fmt: skip

MISHRA06 = Landscape(
    "Mishra06",
    "a = sin((cos(x) + cos(y))^2)^2\n"
    "b = cos((sin(x) + sin(y))^2)^2\n"
    "((x - 1)^2 + (y - 1)^2)/10 - log((a - b + x)^2)",
    ((-10, 10), (-10, 10)), ((2.886307215258789, 1.823260326702881),), (7, 6), MISHRA,
    note="A wall of endless height along a crooked line: no step may land on it, and none crosses it downhill.",
    tags=("multimodal", "non-smooth"), lowest=-2.283949838474759, other_starts=((-6, 4),),
    remark="Infinite where the argument of the logarithm is 0.",
)  # fmt: skip

WAVY = Landscape(
    "Wavy", "1 - (cos(k*x)*exp(-x^2/2) + cos(k*y)*exp(-y^2/2))/2",
    ((-3.1415926536, 3.1415926536), (-3.1415926536, 3.1415926536)), ((0, 0),), (1.4, -1.1),
    "Courrieu, The hyperbell algorithm for global optimization, 1997", {"k": 10.0}, {"k": (1, 20)},
    note="Waves that die out on a plain: outside there is nothing to feel, inside every trough holds.",
    tags=("multimodal", "plateau"), lowest=0,
)  # fmt: skip

TREFETHEN = Landscape(
    "Trefethen", "exp(sin(50x)) + sin(60exp(y)) + sin(70sin(x)) + sin(sin(80y)) - sin(10(x + y)) + (x^2 + y^2)/4",
    ((-1, 1), (-1, 1)), ((-0.02440307969437517, 0.21061242715535572),), (0.45, -0.55),
    "Trefethen, A hundred-dollar, hundred-digit challenge, 2002",
    note="Hundreds of hollows in no order: slopes are of use for the last step only.",
    tags=("multimodal", "noisy"), lowest=-3.3068686474752362,
    remark="The challenge asked for ten digits of the lowest value in the whole plane.",
)  # fmt: skip

WEIERSTRASS = Landscape(
    "Weierstrass",
    "w(t) = sum(0.5^k*cos(2pi*3^k*(t + 0.5)), k, 0, 8)\n"
    "w(x) + w(y) - 2w(0)",
    ((-0.5, 0.5), (-0.5, 0.5)), ((0, 0),), (0.31, -0.22),
    "Suganthan et al., Problem definitions for the CEC special session on real-parameter optimization, 2005",
    note="Ripples upon ripples: the gradient is that of the finest ones and tells nothing about the rest.",
    tags=("multimodal", "noisy"), lowest=0,
    remark="Nine terms of the sum; the literature takes twenty-one.",
)  # fmt: skip

NOISY_BOWL = Landscape(
    "NoisyBowl", "x^2 + y^2 + a*(sin(37x + 11y) + sin(23x - 41y) + sin(53y - 17x))", ((-3, 3), (-3, 3)),
    ((0.05884295516502818, 0.22482559095530788),), (-2.3, 1.8), CLASSIC, {"a": 0.1}, {"a": (0, 1)},
    note="A bowl with a rough skin: averaged gradients roll over the roughness, single ones stick to it.",
    tags=("multimodal", "noisy"), lowest=-0.24547158323521984,
)  # fmt: skip

NOISY_RAVINE = Landscape(
    "NoisyRavine", "x^2/2 + 10y^2 + a*(sin(40x) + sin(61x + 29y))", ((-4, 4), (-1.5, 1.5)),
    ((-0.03493001218548637, 0.0155927531957866),), (-3.4, 1.1), CLASSIC, {"a": 0.1}, {"a": (0, 1)},
    note="Roughness along a valley: the slope of the floor is weaker than that of the ripples on it.",
    tags=("multimodal", "noisy", "ravine"), lowest=-0.19487572863587485,
)  # fmt: skip
