"""Drafts a lesson of the state of a session: a text that can be played as it is, and that its author goes on with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine.language.errors import FormulaError
from engine.race.claims.claim import Claim
from engine.race.claims.racer_record import RacerRecord
from gui.session.choices import Choices, RacerChoice
from gui.session.lessons.lesson_race import START_X, records_of_lesson, records_with_slider
from gui.session.lessons.scene_text import landscape_text, left_out, race_text, racing, table_text
from landscapes.lessons import VERSION, Lesson, Slider, read_lesson_text

FEWEST_STEPS, MOST_STEPS, STEPS = 10, 5_000, 200
"""The race goes as far as it has gone, within these; where it has hardly begun, as far as the last."""
PAUSE_SHARE = 4
"""The race waits for an answer after one of so many parts."""
SHARES = (0.0, 1.0, 0.25, 0.75, 0.5)
"""The places of the slider that are tried, the ends first."""
APART = 0.01
"""So much, as a share, must what the slider shows differ from the scene, so that a claim may stand between both."""
DIGITS = (2, 3, 4, 5, 6)
"""Of the number in that claim: as few as suffice."""


@dataclass(frozen=True)
class Ending:
    """One answer of a draft: what it says, when it is right, and what its reply goes on with."""

    text: str
    right_if: str
    reply: str


def steps_for(step: int) -> int:
    """Return how many steps a lesson has that is made after so many."""
    return min(step, MOST_STEPS) if step >= FEWEST_STEPS else STEPS


def draft_of(choices: Choices, step: int) -> str:
    """Return the text of a lesson of these choices, whose race is at `step`.

    Raises
    ------
    FormulaError
        Where a lesson cannot have them.
    """
    text = _text(choices, steps_for(step), 0, _first_slider(choices))
    lesson = _read(text)
    records = records_of_lesson(lesson)
    right = [number for number, answer in enumerate(lesson.answers) if Claim(answer.right_if).decided(records)]
    return _text(choices, steps_for(step), right[0] if len(right) == 1 else 0, _slider(choices, lesson, records))


def _read(text: str) -> Lesson:
    lesson, mistakes = read_lesson_text(Path("draft.toml"), text)
    if lesson is None:
        raise FormulaError(mistakes[0].message, hint=mistakes[0].hint)
    return lesson


def _text(choices: Choices, steps: int, right: int, slider: str) -> str:
    """Return the whole text, with the reply of one answer saying that it is right."""
    racers = racing(choices)
    endings = _endings([_plain(racer.name) for racer in racers])
    comments = "".join(f"# {_plain(sentence)}\n" for sentence in left_out(choices))
    head = table_text("", {
        "version": VERSION,
        "title": f"What happens on {choices.landscape or 'this landscape'}",
        "text": "Say what is seen, before anything moves.",
        "question": "Which racer gets lowest?" if len(racers) > 1 else "How does the race end?",
        "afterwards": "Say what else can be tried from here.",
        "sources": ["Say what this is taken from."],
    })  # fmt: skip
    answers = [
        table_text("[[answers]]", {
            "text": ending.text, "right_if": ending.right_if,
            "reply": f"{'Yes' if number == right else 'No'}: {ending.reply}",
        })
        for number, ending in enumerate(endings)
    ]  # fmt: skip
    caption = table_text("[[captions]]", {"racer": 1, "step": 0, "text": "Look at this one."})
    race = race_text(choices, steps, max(steps // PAUSE_SHARE, 1))
    return "\n\n".join([comments + head.strip(), landscape_text(choices), race, *answers, slider, caption]) + "\n"


def _endings(names: Sequence[str]) -> Sequence[Ending]:
    """Return three answers, of which the race makes one right."""
    if len(names) > 1:
        one, other = names[:2]
        told = f"the lowest loss of {one} is {{lowest(1)}}, that of {other} {{lowest(2)}}."
        return (
            Ending(f"{one}.", "lowest(1) < lowest(2)", told),
            Ending(f"{other}.", "lowest(2) < lowest(1)", told),
            Ending("Both get equally low.", "lowest(1) == lowest(2)", told),
        )
    told = "its lowest loss is {lowest(1)}, and it ends at {loss_at(1, steps)}."
    return (
        Ending("At its lowest loss.", "loss_at(1, steps) == lowest(1)", told),
        Ending("Above its lowest loss, but below its start.", "lowest(1) < loss_at(1, steps) < loss_at(1, 0)", told),
        Ending("No lower than it began.", "lowest(1) < loss_at(1, steps) and loss_at(1, steps) >= loss_at(1, 0)", told),
    )


def _plain(words: str) -> str:
    """Return words without braces, in which a reply has numbers, and on one line."""
    return " ".join(words.replace("{", "(").replace("}", ")").split())


def _first_slider(choices: Choices) -> str:
    slider = _movable(choices)[0]
    return _slider_text(slider, slider.range[0], "lowest(1) > 0")


def _movable(choices: Choices) -> list[Slider]:
    """Return the sliders that are tried: one of the first racer, where it has one, and where the race starts."""
    racer: RacerChoice = racing(choices)[0]
    spans = [
        (spec.name, racer.ranges.get(spec.name, (spec.low, spec.high))) for spec in racer.own_specs if not spec.whole
    ]
    found = [Slider(name, 1, (float(low), float(high)), "", low, "") for name, (low, high) in spans[:1]]
    return [*found, *(Slider(START_X, None, span, "", span[0], "") for span in choices.bounds[:1])]


def _slider(choices: Choices, lesson: Lesson, records: Sequence[RacerRecord]) -> str:
    """Return the table of a slider at a place where the race shows something else than the scene."""
    scene = float(records[0].losses.min())
    for slider in _movable(choices):
        for value, lowest in _tried(replace(lesson, slider=slider)):
            border = _between(scene, lowest)
            if border is not None:
                return _slider_text(slider, value, f"lowest(1) {'>' if lowest > scene else '<'} {border!r}")
    return _first_slider(choices)


def _tried(lesson: Lesson) -> Iterator[tuple[float, float]]:
    """Yield values of the slider, with the lowest loss of the first racer there."""
    low, high = lesson.slider.range
    for share in SHARES:
        value = low + share * (high - low)
        try:
            yield value, float(records_with_slider(lesson, value)[0].losses.min())
        except FormulaError:
            continue


def _between(one: float, other: float) -> float | None:
    """Return a short number between two losses, None where they hardly differ."""
    low, high = sorted((one, other))
    if not high - low > APART * max(abs(low), abs(high)):
        return None
    borders = (float(f"{low + (high - low) / 2.0:.{digits}g}") for digits in DIGITS)
    return next((border for border in borders if low < border < high), None)


def _slider_text(slider: Slider, at: float, shows: str) -> str:
    return table_text("[slider]", {
        "racer": slider.racer, "name": slider.name, "range": slider.range, "at": at, "shows": shows,
        "text": "Say what to move, and what to look for.",
    })  # fmt: skip
