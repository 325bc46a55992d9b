"""What a race says of the answer that a person chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.live.frame import RacerFrame
from engine.race.claims.claim import Claim, filled
from engine.race.claims.racer_record import RacerRecord
from landscapes.lessons import Answer

UNDECIDED = "This race cannot decide it. Let it run longer, or change less."
OTHERWISE = {
    True: "In this race your answer is right, though the lesson expected another.",
    False: "In this race your answer is wrong, though the lesson expected it.",
}


@dataclass(frozen=True)
class Verdict:
    """The answer's end: whether it is right, None where the race cannot decide it, and what is said."""

    right: bool | None
    text: str


def verdict_on(answer: Answer, records: Sequence[RacerRecord]) -> Verdict:
    """Return what the race of these racers says of an answer.

    The reply is said only where the race bears it out; it never calls an answer right that the race does not.

    Raises
    ------
    FormulaError
        Where the answer's claim asks what this race cannot answer.
    """
    right = Claim(answer.right_if).decided(records)
    if right is None:
        return Verdict(None, UNDECIDED)
    return Verdict(right, filled(answer.reply, records) if right == answer.says_right else OTHERWISE[right])


def records_shown(racers: Sequence[RacerFrame], step: int, raced: Sequence[RacerRecord]) -> list[RacerRecord] | None:
    """Return the records `raced` with the racers of a frame, at this step, in the place of the first ones.

    None where the frame has not every step of its racers, because the race was too long for that.
    """
    found = []
    for racer, record in zip(racers, raced, strict=False):
        trail = racer.trail
        if len(trail.steps) != int(trail.steps[-1]) + 1:
            return None
        diverged = racer.status == "diverged"
        found.append(replace(record, positions=trail.positions, losses=trail.losses, steps=step, diverged=diverged))
    return [*found, *raced[len(found) :]]
