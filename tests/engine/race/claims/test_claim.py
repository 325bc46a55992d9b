"""A claim holds, does not hold, or cannot be decided; it never holds by mistake."""

from functools import lru_cache

import pytest

from engine import Race, compile_loss
from engine.language.errors import FormulaError
from engine.race.claims.claim import Claim, claims_within, filled
from engine.race.claims.racer_record import RacerRecord, records_of

STEPS = 50


@lru_cache
def records() -> list[RacerRecord]:
    """Return a racer that arrives, two that do not, and two that diverge."""
    racers = ["SGD(lr=0.5)", "SGD(lr=0.001)", "SGD(lr=0.002)", "SGD(lr=1e9)", "SGD(lr=1e10)"]
    race = Race(compile_loss("x^2 + y^2"), racers, start=(2, 1))
    race.advance(STEPS)
    return records_of(race, [(0.0, 0.0), (3.0, 4.0)])


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        ("steps_to(1, 1e-3) == 1", True),
        ("steps_to(1, 1e-3) < steps_to(2, 1e-3)", True),
        ("steps_to(2, 1e-3) < steps_to(1, 1e-3)", False),
        ("steps_to(2, 1e-3) > 50", True),
        ("steps_to(2, 1e-3) >= steps", True),
        ("steps_to(2, 1e-3) >= 51 and 51 <= steps_to(2, 1e-3)", True),
        ("steps_to(2, 1e-3) <= 50", False),
        ("steps_to(4, 1e-3) <= 1000", False),
        ("steps_to(2, 1e-3) == 10", False),
        ("0.9*steps_to(2, 1e-3) > 40", True),
        ("steps_to(4, 1e-3) > 1000", True),
        ("not steps_to(1, 1e-3) > 3", True),
        ("1 <= steps_to(1, 1e-3) <= 2", True),
        ("1 <= steps_to(1, 1e-3) <= 0", False),
        ("diverged(4) and not diverged(1)", True),
        ("loss_at(1, 0) == 5 and loss_at(1, steps) < 1e-12", True),
        ("x_at(1, 0) == 2 and y_at(1, 0) == 1", True),
        ("|x_at(2, 10) - 2| > 0.01 and x_at(2, 10) > -1e9", True),
        ("distance(1, 2) == 5 and distance(1, 1) == 0", True),
        ("nearest(1) == 1", True),
        ("minimum(1) == 0 and lowest(1) == 0", True),
        ("step_length(1, 1) == longest_step(1)", True),
        ("settled(1, 1e-3) == 1", True),
        ("highest_from(1, 1) < mean_loss(1, 0, 1)", True),
        ("crossings(1, 50) == 0", True),
        ("(1 if diverged(4) else 0) == 1", True),
        ("max(steps_to(1, 1e-3), 7) == 7 and min(3, 2) == 2", True),
    ],
)
def test_a_claim_that_the_race_decides(claim: str, holds: bool) -> None:
    assert Claim(claim).decided(records()) is holds


@pytest.mark.parametrize(
    "claim",
    [
        "steps_to(2, 1e-3) < steps_to(3, 1e-3)",
        "steps_to(2, 1e-3) == steps_to(3, 1e-3)",
        "steps_to(2, 1e-3) != steps_to(3, 1e-3)",
        "not steps_to(2, 1e-3) <= steps_to(3, 1e-3)",
        "steps_to(4, 1e-3) < steps_to(5, 1e-3)",
        "steps_to(4, 1e-3) == steps_to(5, 1e-3)",
        "steps_to(2, 1e-3) > 1000",
        "steps_to(2, 1e-3) <= 1000",
        "steps_to(2, 1e-3) <= 51",
        "steps_to(4, 1e-3) <= steps_to(5, 1e-3)",
        "steps_to(2, 1e-3) - steps_to(3, 1e-3) < 0",
        "steps_to(2, 1e-3)/steps_to(3, 1e-3) < 2",
        "sqrt(steps_to(2, 1e-3)) > 1",
        "loss_at(1, 1000) < 1",
        "x_at(4, 40) > 0",
        "steps_to(1, 1e-3) == 1 and steps_to(2, 1e-3) > 1000",
        "steps_to(1, 1e-3) == 2 or steps_to(2, 1e-3) > 1000",
        "(1 if steps_to(2, 1e-3) > 1000 else 0) == 1",
    ],
)
def test_a_claim_that_the_race_cannot_decide_is_never_called_right(claim: str) -> None:
    assert Claim(claim).decided(records()) is None


@pytest.mark.parametrize(
    "claim",
    ["steps_to(1, 1e-3) == 2 and steps_to(2, 1e-3) > 1000", "not (steps_to(1, 1e-3) == 1 or steps_to(2, 1e-3) > 1000)"],
)
def test_what_cannot_be_decided_does_not_matter_beside_what_is_false(claim: str) -> None:
    assert Claim(claim).decided(records()) is False


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ("steps_to(6, 1e-3) < 4", "There is no such racer. The racers are numbered from 1 to 5."),
        ("steps_to(0, 1e-3) < 4", "There is no such racer"),
        ("steps_to(1.5, 1e-3) < 4", "There is no such racer"),
        ("steps_too(1, 1e-3) < 4", 'Did you mean "steps_to"?'),
        ("steps_to(1) < 4", '"steps_to" takes 2 arguments, not 1'),
        ("speed < 4", 'A race has no "speed"'),
        ("x < 4", 'A race has no "x"'),
        ("loss_at(1, 1.5) < 4", "A step is a whole number"),
        ("distance(1, 3) < 4", "There is no minimum 3: 2 are known"),
        ("loss_at(1, steps_to(2, 1e-3)) < 4", "not known after the race"),
        ("clip(3, 1, 2) == 2", "This cannot be asked of a race"),
        ("sum(i, i, 1, 3) < 4", 'A race has no "i"'),
        ("", "This is to be one line"),
        ("1 < 2\n2 < 3", "This is to be one line"),
        ("steps_to(1, ", ""),
    ],
)
def test_a_claim_that_is_none_says_what_to_try(claim: str, message: str) -> None:
    with pytest.raises(FormulaError) as caught:
        Claim(claim).decided(records())
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("sentence", "written"),
    [
        ("It needs {steps_to(1, 1e-3)} step.", "It needs 1 step."),
        ("{steps_to(2, 1e-3)} in {steps} steps", "never in 50 steps"),
        ("{1234*steps_to(1, 1e-3)} and {1/3}", "1,234 and 0.333"),
        ("{0*(0 - 1)}", "0"),
        ("{-1/3} and {-4}", "−0.333 and −4"),
        ("{x_at(1, 1000)}", "unknown"),
    ],
)
def test_a_sentence_has_the_numbers_of_the_race(sentence: str, written: str) -> None:
    assert filled(sentence, records()) == written
    assert claims_within(sentence)


def test_a_loss_without_known_minima_leaves_its_claims_undecided() -> None:
    race = Race(compile_loss("x^2 + y^2"), ["SGD"], start=(2, 1))
    race.advance(3)
    known = records_of(race)
    for claim in ("nearest(1) == 1", "crossings(1, 3) == 0", "minimum(1) == 0"):
        assert Claim(claim).decided(known) is None
