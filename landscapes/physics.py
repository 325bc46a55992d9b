"""Energies of small systems, of which chemistry and mechanics need the minimum or the saddle point."""

from landscapes.landscape import Landscape

MULLER_BROWN = Landscape(
    "MullerBrown",
    "-200exp(-(x - 1)^2 - 10y^2) - 100exp(-x^2 - 10(y - 0.5)^2)"
    " - 170exp(-6.5(x + 0.5)^2 + 11(x + 0.5)*(y - 1.5) - 6.5(y - 1.5)^2)"
    " + 15exp(0.7(x + 1)^2 + 0.6(x + 1)*(y - 1) + 0.7(y - 1)^2)",
    ((-1.5, 1.2), (-0.5, 2)), ((-0.5582236346330243, 1.4417258418046686),), (0.9, 1.4),
    "Muller and Brown, Location of saddle points and minimum energy paths, 1979",
    note="Three basins joined by bent passes, like the shapes of a molecule: the way down is seldom straight.",
    tags=("multimodal", "saddle"), lowest=-146.69951720995402,
    local_minima=((-0.050010823, 0.4666941049), (0.6234994049, 0.0280377585)),
    saddles=((-0.8220015587, 0.6243128028), (0.212486582, 0.2929883251)),
)  # fmt: skip

LENNARD_JONES = Landscape(
    "LennardJones",
    "d = 2^(1/6)/2\n"
    "v(r) = 4(r^-12 - r^-6)\n"
    "v(hypot(x - d, y)) + v(hypot(x + d, y))",
    ((-2, 2), (0.55, 2.5)), ((0, 0.9720806486198327),), (1.4, 2.2),
    "Lennard-Jones, On the determination of molecular fields, 1924",
    note="A third atom beside two at rest: a wall of the twelfth power within, almost no pull without.",
    tags=("plateau",), lowest=-2, other_starts=((0.1, 0.6),),
    remark="Lengths in units of sigma, energies of epsilon; the two atoms lie on the x axis below the picture.",
)  # fmt: skip

MORSE_ATOMS = Landscape(
    "MorseAtoms",
    "v(r) = (1 - exp(-a*(r - 1)))^2 - 1\n"
    "v(hypot(x - 0.5, y)) + v(hypot(x + 0.5, y))",
    ((-2.5, 2.5), (-2.5, 2.5)), ((0, -0.8660254037844388), (0, 0.8660254037844388)), (1.9, 1.1),
    "Morse, Diatomic molecules according to the wave mechanics, 1929", {"a": 3.0}, {"a": (1, 6)},
    note="Two atoms pull at a third and push when it is too near: a shell to fall into, with two best places.",
    tags=("multimodal", "plateau", "saddle"), lowest=-2, saddles=((-1.4846294445, 0), (0, 0), (1.4846294445, 0)),
    other_starts=((0.05, 0.1),),
)  # fmt: skip

PENDULUM = Landscape(
    "Pendulum", "y^2/2 + 1 - cos(x)", ((-7, 7), (-3, 3)), ((-6.283185307179586, 0), (0, 0), (6.283185307179586, 0)),
    (-3.1, 2), "the energy of a pendulum of angle x and speed y",
    note="Three places of rest and two of unrest between: near the upright ones the slope is almost nothing.",
    tags=("multimodal", "saddle"), lowest=0, saddles=((-3.1415926536, 0), (3.1415926536, 0)),
)  # fmt: skip

TWO_CHARGES = Landscape(
    "TwoCharges", "1/hypot(x - 1, y) + 1/hypot(x + 1, y) + (x^2 + y^2)/c", ((-3, 3), (-3, 3)),
    ((0, -1.7320508075688774), (0, 1.7320508075688774)), (0.3, 0.1),
    "Coulomb, Premier mémoire sur l'électricité et le magnétisme, 1785", {"c": 8.0}, {"c": (2, 30)},
    note="A charge in a bowl between two that repel it: a saddle in the middle, a wall of no end round each.",
    tags=("saddle", "multimodal"), lowest=1.375, saddles=((-2.3968122891, 0), (0, 0), (2.3968122891, 0)),
    other_starts=((-2.7, 1.5),),
    remark="Infinite at the two charges.",
)  # fmt: skip

SPRING_PAIR = Landscape(
    "SpringPair", "(hypot(x - 1, y) - 1)^2 + (hypot(x + 1, y) - k)^2", ((-3, 4), (-3, 3)),
    ((0.39, -0.7924014134263014), (0.39, 0.7924014134263014)), (-1.4, 0.05),
    "two springs that hold one ball, of lengths 1 and k", {"k": 1.6}, {"k": (0.2, 3)},
    note="Two places where both springs rest, one above and one below: the line between is a ridge.",
    tags=("multimodal", "non-smooth"), lowest=0,
)  # fmt: skip
