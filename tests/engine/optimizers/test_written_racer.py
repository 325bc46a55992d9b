"""A racer that is written and read again is the same."""

import pytest

from engine.optimizers.racer_text import parse_racer
from engine.optimizers.written_racer import written_racer


@pytest.mark.parametrize(
    "text",
    [
        "Adam",
        "Adam(lr=0.1)",
        "SGD(lr=0.004) | clip_norm(max_norm=2) | cosine(T=321)",
        "Adam(lr=0.30000000000000004) | schedule(cos(pi*t/T), T=77)",
        "SGD | schedule(1/(1 + t))",
        "NelderMead(size=0.75)",
    ],
)
def test_a_racer_is_written_as_it_was_read(text: str) -> None:
    optimizer, values = parse_racer(text)
    assert written_racer(optimizer.name, optimizer.hyperparameters, {**optimizer.defaults, **values}) == text


def test_two_modifiers_of_one_name_keep_their_own_settings() -> None:
    optimizer, values = parse_racer("SGD | clip_norm(max_norm=2) | clip_norm(max_norm=3)")
    text = written_racer(optimizer.name, optimizer.hyperparameters, {**optimizer.defaults, **values})
    assert parse_racer(text) == (optimizer, values)
