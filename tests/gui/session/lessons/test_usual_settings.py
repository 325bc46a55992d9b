"""What the table of usual settings says is so: each row is raced with three seeds."""

from functools import lru_cache

import pytest

from engine.optimizers.racer_text import parse_racer
from engine.race.claims.claim import Claim
from engine.race.claims.racer_record import RacerRecord
from gui.session.lessons.lesson_race import records_of_lesson
from landscapes.lessons.usual_settings import USUAL_SETTINGS, UsualSetting

SEEDS = (0, 1, 2)
each_row = pytest.mark.parametrize("row", USUAL_SETTINGS, ids=lambda row: row.title)


@lru_cache
def raced(title: str, seed: int) -> list[RacerRecord]:
    return records_of_lesson(next(row.scene for row in USUAL_SETTINGS if row.title == title), seed)


@each_row
@pytest.mark.parametrize("seed", SEEDS)
def test_what_a_row_claims_is_so(row: UsualSetting, seed: int) -> None:
    assert row.claims
    assert [claim for claim in row.claims if Claim(claim).decided(raced(row.title, seed)) is not True] == []


@each_row
def test_a_row_races_a_smaller_a_usual_and_a_larger_value_of_its_setting_alone(row: UsualSetting) -> None:
    racers = [parse_racer(racer)[1] | {"batch": heat.batch} for heat in row.heats for racer in heat.racers]
    values = [racer[row.name] for racer in racers]
    assert len(values) == 3 and values == sorted(set(values))
    rest = [{name: value for name, value in racer.items() if name != row.name} for racer in racers]
    assert rest[0] == rest[1] == rest[2]
