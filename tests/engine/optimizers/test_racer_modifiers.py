"""The wrappers and schedules of a racer, one by one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from engine import OPTIMIZERS
from engine.optimizers.racer_modifiers import (
    RacerModifier,
    carried,
    core_of,
    delay_of,
    modifiers_of,
    name_of,
    own_specs,
)
from engine.rules.modifiers.schedule import SCHEDULES
from engine.rules.modifiers.wrappers import WRAPPERS

NAME = "SGD | weight_decay | cosine | weight_decay | schedule(|cos(pi*t/T)|) | warmup"
MIXED = st.lists(st.sampled_from(["weight_decay", "lookahead", "cosine", "schedule(k/t)", "polynomial"]), max_size=4)


def parts(name: str) -> tuple[RacerModifier, ...]:
    return modifiers_of(name, OPTIMIZERS[name].hyperparameters)


def test_each_part_has_its_own_hyperparameters_by_the_names_that_they_have_in_the_whole() -> None:
    assert core_of(NAME) == "SGD"
    assert [row.name for row in own_specs(NAME, OPTIMIZERS[NAME].hyperparameters)] == ["lr", "weight_decay"]
    assert [(part.entry.name, [spec.name for spec in part.specs]) for part in parts(NAME)] == [
        ("weight_decay", ["weight_decay_2"]),
        ("cosine", ["T", "low"]),
        ("weight_decay", ["weight_decay_3"]),
        ("schedule(|cos(pi*t/T)|)", ["T_2"]),
        ("warmup", ["W"]),
    ]


def test_nothing_is_round_an_optimizer_of_the_catalogue() -> None:
    assert all(parts(name) == () and core_of(name) == name for name in OPTIMIZERS)


def test_what_is_set_stays_when_another_part_goes_though_its_name_changes() -> None:
    less = name_of("SGD", ["cosine", "weight_decay"])
    values = {"lr": 0.3, "weight_decay": 0.1, "weight_decay_2": 0.2, "weight_decay_3": 0.4, "T": 30.0, "T_2": 40.0}
    kept = carried(parts(NAME), parts(less), (1, 2), values)
    assert kept == {"lr": 0.3, "weight_decay": 0.1, "T": 30.0, "weight_decay_2": 0.4}


@settings(max_examples=40, deadline=None)
@given(MIXED, st.data())
def test_a_part_put_on_and_taken_off_again_changes_nothing(names: list[str], data: st.DataObject) -> None:
    whole = OPTIMIZERS[name_of("SGD", names)]
    values = {name: float(number) for number, name in enumerate(whole.defaults)}
    number = data.draw(st.integers(0, len(names)))
    new = data.draw(st.sampled_from([*WRAPPERS, *set(SCHEDULES) - {"warmup"}]))
    more = name_of("SGD", [*names[:number], new, *names[number:]])
    places = [*range(number), None, *range(number, len(names))]
    there = carried(parts(whole.name), parts(more), places, values)
    back = carried(parts(more), parts(whole.name), [n + (n >= number) for n in range(len(names))], there)
    assert back == values


def test_a_schedule_waits_for_a_warm_up_beside_it_which_itself_waits_for_nothing() -> None:
    waiting = parts("SGD | cosine | warmup")
    assert [delay_of(number, waiting, {"W": 30.0}) for number in (0, 1)] == [30.0, 0.0]
    assert delay_of(0, parts("SGD | cosine"), {}) == 0.0
