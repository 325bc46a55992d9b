"""The records of a lesson: one scene with its question, its answers, and the slider that breaks what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from landscapes.landscape import Point, Range

YES, NO = "Yes", "No"
"""How the reply to an answer begins: its author says by that which one the race will bear out."""


@dataclass(frozen=True)
class Heat:
    """One race of a lesson.

    Attributes
    ----------
    racers : tuple of str
        As the program reads racers: ``Adam(lr=0.02) | clip_norm(max_norm=1)``.
    start : (x, y)
        In the coordinates of the formula: it is turned, stretched and moved with the landscape.
    batch : int or None
        How many rows of the data a step learns from; None for all.
    turn, stretch : float
        How far the landscape is turned, in degrees, and the factor by which it is stretched.
    shift : (x, y)
        How far it is moved.
    parameters, data : mapping
        Values of the formula's parameters and of the data set's settings.
    """

    racers: tuple[str, ...]
    start: Point
    batch: int | None = None
    turn: float = 0.0
    stretch: float = 1.0
    shift: Point = (0.0, 0.0)
    parameters: Mapping[str, float] = field(default_factory=dict)
    data: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """One of the answers to the question.

    Attributes
    ----------
    text : str
    right_if : str
        The claim about the race that decides whether it is right.
    reply : str
        What is said to someone who chose it; begins with "Yes" or "No".
    heat : int
        The heat that is run to show it, from 1.
    """

    text: str
    right_if: str
    reply: str
    heat: int = 1

    @property
    def says_right(self) -> bool:
        """Whether the reply calls the answer right."""
        return self.reply.startswith(YES)


@dataclass(frozen=True)
class Slider:
    """The one slider that breaks what a scene shows.

    Attributes
    ----------
    name : str
        A hyperparameter of a racer; or ``turn``, ``batch``, ``start x``, ``start y``, a parameter of the formula or a
        setting of the data set.
    racer : int or None
        The racer of the first heat whose hyperparameter it is, from 1; None for the others.
    range : (low, high)
    text : str
        What to do with it.
    at : float
        A value at which the claim is broken.
    shows : str
        The claim about the first heat with the slider there.
    """

    name: str
    racer: int | None
    range: Range
    text: str
    at: float
    shows: str


@dataclass(frozen=True)
class Caption:
    """What to look at, beside a racer (its number from 1) or a point; from a step of the scene on."""

    text: str
    racer: int | None = None
    point: Point | None = None
    step: int = 0


@dataclass(frozen=True)
class Lesson:
    """One scene.

    Attributes
    ----------
    file : Path
    title : str
    text : str
        What the scene is about, said before anything moves.
    places : mapping of str to int
        The paths that it belongs to, and its place in each, from 1.
    landscape : str
        A name of the catalogue; "" where it has a formula of its own.
    formula : str
    domain : ((xmin, xmax), (ymin, ymax)) or None
        None for that of the catalogue.
    minima : tuple of (x, y)
        Those of its own formula.
    heats : tuple of Heat
        The first is shown.
    steps, pause : int
        How many steps the scene has, and the step before the decisive moment, at which it waits for an answer.
    speed : float
        Steps a second.
    question : str
    answers : tuple of Answer
        Three.
    slider : Slider
    captions : tuple of Caption
    claims : tuple of str
        What the texts say of the race without giving a number.
    afterwards : str
        What to try in the playground.
    next : str
        The stem of the file of the lesson that follows, "" where none does.
    sources : tuple of str
    lines : mapping of str to int
        The line of each key and table of the file, for messages.
    """

    file: Path
    title: str
    text: str
    places: Mapping[str, int]
    landscape: str
    formula: str
    domain: tuple[Range, Range] | None
    minima: tuple[Point, ...]
    heats: tuple[Heat, ...]
    steps: int
    pause: int
    speed: float
    question: str
    answers: tuple[Answer, ...]
    slider: Slider
    captions: tuple[Caption, ...]
    claims: tuple[str, ...]
    afterwards: str
    next: str
    sources: tuple[str, ...]
    lines: Mapping[str, int] = field(compare=False, repr=False, default_factory=dict)

    @property
    def name(self) -> str:
        """The name by which other lessons call it."""
        return self.file.stem

    @property
    def racers(self) -> int:
        """How many racers all heats have together."""
        return sum(len(heat.racers) for heat in self.heats)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The texts that may have numbers of the race in braces."""
        return (*(answer.reply for answer in self.answers), self.slider.text, self.afterwards)
