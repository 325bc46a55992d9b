"""Unusual session files: randomly broken ones, and valid ones that are as large as possible."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator

VALUES: tuple[object, ...] = (
    None, True, -1, 0, 2**70, 10**400, 1e308, float("nan"), float("inf"), "", "x", "x" * 10**6, [], {}, [[]],
    [None] * 3, [1, 2], [[1, 1], [0, 0]], {"a": {}}, "w = w - lr*g", "(" * 1000, "1/0", "\ud800", "Adam | ema",
)  # fmt: skip


def spoilt_files(session: dict, seed: int) -> Iterator[str]:
    """Yield the text of a saved session many times, each time with another random mistake."""
    generator = random.Random(seed)
    whole = json.dumps(session)
    damage: list[Callable[[], str]] = [
        lambda: whole[: generator.randrange(len(whole))],
        lambda: _with_a_wrong_letter(whole, generator),
        lambda: json.dumps(_with_another_value(session, generator)),
        lambda: json.dumps(_without_an_entry(session, generator)),
        lambda: _nested(whole, generator),
    ]
    while True:
        yield generator.choice(damage)()


def _with_a_wrong_letter(text: str, generator: random.Random) -> str:
    place = generator.randrange(len(text))
    return text[:place] + generator.choice('"{}[],:0e-\\x') + text[place + 1 :]


def _places(record: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    yield path
    pairs = record.items() if isinstance(record, dict) else enumerate(record) if isinstance(record, list) else ()
    for name, entry in pairs:
        yield from _places(entry, (*path, name))


def _with_another_value(session: dict, generator: random.Random) -> dict:
    spoilt = copy.deepcopy(session)
    *way, last = generator.choice([path for path in _places(session) if path])
    holder = spoilt
    for name in way:
        holder = holder[name]
    holder[last] = generator.choice(VALUES)
    return spoilt


def _without_an_entry(session: dict, generator: random.Random) -> dict:
    spoilt = copy.deepcopy(session)
    *way, last = generator.choice([path for path in _places(session) if path])
    holder = spoilt
    for name in way:
        holder = holder[name]
    del holder[last]
    return spoilt


def _nested(text: str, generator: random.Random) -> str:
    depth = generator.choice([10, 900, 100_000])
    return text.replace("[", "[" * depth, 1)


def racer(optimizer: str, rule: str = "") -> dict[str, object]:
    """Return the record of a racer as in a session file."""
    looks = {"name": "mine", "colour": "#123456", "visible": True}
    return {**looks, "optimizer": optimizer, "values": {}, "ranges": {}, "rule": rule}


def _drawn(formula: str) -> dict[str, object]:
    return {"landscape": "", "formula": formula, "good_formula": formula}


def _rule(number: int) -> str:
    states = "\n".join(f"a{state} = b*a{state} + sin(g*{state + number})" for state in range(40))
    return f"w = w - lr*g\n{states}"


TRIGAMMAS = "+".join(f"trigamma(x*{number} + y)" for number in range(1, 100))
DIGAMMAS = "*".join(f"digamma(x + {number}*y)" for number in range(1, 110))
RANDOMNESS = {"noise": "", "sigma": 0.1, "seed": 3, "seeds": 64}
HEAVY: dict[str, dict[str, object]] = {
    "two hundred racers": {"racers": [racer("Adam")] * 200},
    "two hundred plots": {"racers": [racer("Adam")] * 200, "layout": "side by side"},
    "two hundred long rules": {"racers": [racer("SGD", _rule(number)) for number in range(200)]},
    "a hundred wrapped racers": {"racers": [racer(f"Adam | ema | ema | schedule(cos(t/{n + 2}))") for n in range(100)]},
    "31 racers of 64 seeds": {"racers": [racer("Adam")] * 31, "randomness": RANDOMNESS},
    "31 solvers": {"racers": [racer("BFGS")] * 31},
    "two thousand letters of trigammas": _drawn(TRIGAMMAS),
    "two thousand letters of digammas": _drawn(DIGAMMAS),
    "a thousand terms": _drawn("sum(sin(i*x)*y, i, 1, 1000)"),
    "as many terms as there can be": _drawn("sum(x*y*i, i, 1, 9000)"),
    "two hundred parameters": _drawn("+".join(f"p{number}*x" for number in range(200))),
    "a domain as large as there is": {"bounds": [[-1e300, 1e300]] * 2, "domain": [[-1e300, 1e300]] * 2},
    "a long text that is no formula": {"formula": "x^2 + (" * 500},
}
"""Valid entries of sessions that give the window much work."""
