"""Boxes of MathML with the properties that decide what stands between them: brackets, a dot, a taller bracket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from engine.language.precedence import POWER

ENCLOSED = POWER + 1
"""The level of a box that needs no brackets anywhere."""
SPACE = '<mspace width="0.17em"/>'
"""The space between factors."""
WORD_SPACE = '<mspace width="0.25em"/>'
"""The space between words."""
TALLEST_PLAIN = 1.5
"""Lines: brackets around a box no taller than this stay as high as a letter, as books print powers."""
SCRIPT = 0.7
"""The size of a power beside that of its base."""


@dataclass(frozen=True, slots=True)
class Box:
    """Elements beside one another.

    Attributes
    ----------
    front, last, rest : str
        MathML; a power is written at `last`, one element, which is "" where only brackets can carry one.
    level : int
        How tightly its loosest operator binds.
    tall : float
        About how many lines high it is.
    work : int
        How many elements there are to lay out, those of a row within a row counted twice.
    begins, ends : str
        "letter", "digit", "fraction", "bracket", "sign", or "term" where a sum over an index ends.
    whole : int
        The whole number that it is, or 0.
    parts : sequence of str
        The same markup in parts between which a line may be broken.
    signed : (str, str)
        Of what stands for a number that may turn out to be negative: the markup, one element, with room for the
        brackets that it needs then, and with room for brackets that it has always.
    """

    front: str = ""
    last: str = ""
    rest: str = ""
    level: int = ENCLOSED
    tall: float = 1.0
    work: int = 1
    begins: str = "letter"
    ends: str = "letter"
    whole: int = 0
    breaks: tuple[str, ...] = ()
    signed: tuple[str, str] | None = None

    @property
    def markup(self) -> str:
        """All elements."""
        return self.front + self.last + self.rest

    @property
    def parts(self) -> tuple[str, ...]:
        """All elements, in parts between which a line may be broken."""
        return self.breaks or (self.markup,)

    @property
    def alone(self) -> bool:
        """Whether it is a single element."""
        return bool(self.last) and not self.front and not self.rest


def operator(sign: str, form: str = "infix") -> str:
    """Return a sign, or a word between spaces, which are elements: ziamath colours what is before a written space."""
    if sign.isalpha():
        return WORD_SPACE + word(sign) + WORD_SPACE
    return f'<mo form="{form}" stretchy="false">{escape(sign, quote=False)}</mo>'


def word(text: str) -> str:
    """Return upright letters."""
    return f"<mtext>{text}</mtext>"


def element(box: Box) -> str:
    """Return a box as one element."""
    return box.markup if box.alone else f"<mrow>{box.markup}</mrow>"


def stacked(tag: str, boxes: Sequence[Box], tall: float, level: int = POWER) -> Box:
    """Return the element `tag` of `boxes`."""
    markup = f"<{tag}>{''.join(element(box) for box in boxes)}</{tag}>"
    work = 1 + sum(box.work if box.alone else 2 * box.work for box in boxes)
    return Box(last=markup, level=level, tall=tall, work=work)


def joined(level: int, left: Box, between: str, right: Box) -> Box:
    """Return two boxes beside one another, `between` them a sign or a space."""
    breaks = (*(left.parts if left.level == level else (left.markup,)), between + right.markup)
    return Box(
        front=left.markup + between + right.markup,
        level=level,
        tall=max(left.tall, right.tall),
        work=left.work + right.work + 1,
        begins=left.begins,
        ends=right.ends,
        breaks=breaks,
    )


def fenced(inside: Box, opening: str = "(", closing: str = ")") -> Box:
    """Return a box between two signs as tall as it is."""
    first, last = (_fence(sign, form, inside.tall) for sign, form in ((opening, "prefix"), (closing, "postfix")))
    return Box(
        front=first + inside.markup, last=last, tall=inside.tall, work=inside.work + 2, begins="bracket", ends="bracket"
    )


def bracketed(box: Box, always: bool = False) -> Box:
    """Return a box in brackets, so that what stands beside it works on all of it.

    `always` is for brackets that a number needs whatever its sign, because something is written at them.
    """
    if box.signed is None:
        return fenced(box)
    return replace(box, last=box.signed[always], level=ENCLOSED, begins="digit", ends="digit", signed=None)


def _fence(sign: str, form: str, tall: float) -> str:
    size = f' minsize="{tall:.1f}em"' if tall > TALLEST_PLAIN else ""
    return f'<mo form="{form}" stretchy="false"{size}>{sign}</mo>'


def raised(base: Box, exponent: Box) -> Box:
    """Return `base` to a power, written at its `last` element."""
    power = stacked("msup", [Box(last=base.last), exponent], 1.0)
    tall = base.tall + SCRIPT * (exponent.tall - 0.5)
    return replace(base, last=power.last, level=POWER, tall=tall, work=base.work + power.work, breaks=(), whole=0)
