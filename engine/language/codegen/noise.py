"""Counter-based random numbers: each is a function of seed, step, instance and number, not of those drawn before.

So they are the same however a race is cut into slices, when it steps back, and for every racer of one seed.  The
generator is Philox 4x32 with 10 rounds (Salmon et al., Parallel random numbers: as easy as 1, 2, 3, 2011): it turns a
place into 128 bits, of which each uniform number takes 64.  The rounds are written once, for any type of integers that
has the operations: NumPy's arrays, and operands of machine code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.language.codegen.assembly import INTEGERS, LANES, VECTOR, literal
from engine.language.codegen.emitter import NOISE_A_PLACE, Emitter

T = TypeVar("T")
Apply = Callable[[str, T, T], T]
"""Applies an integer instruction, by its name in LLVM, to two numbers of 64 bits."""

ROUNDS = 10
MULTIPLIERS = 0xD2511F53, 0xCD9E8D57
KEY_STEPS = 0x9E3779B9, 0xBB67AE85
"""The generator's own constants."""
WORD_BITS = 32
WORD = 2**WORD_BITS - 1
FRACTION_BITS, ALL_BITS = 52, 64
SEED = (1 << ALL_BITS) - 1
ONE_BITS = 0x3FF0000000000000
"""The bits of 1.0: with others as its fraction it is a number from 1 up to 2."""

_NUMPY: Mapping[str, Any] = MappingProxyType(
    {
        "mul": np.multiply, "add": np.add, "xor": np.bitwise_xor, "and": np.bitwise_and, "or": np.bitwise_or,
        "lshr": np.right_shift, "shl": np.left_shift,
    }
)  # fmt: skip


def uniforms(
    seed: int | NDArray[np.uint64], step: int, number: int, instances: NDArray[np.uint64]
) -> NDArray[np.float64]:
    """Return the uniform number called `number` of each instance in a step, float64 from 0 up to 1, of any shape.

    The instances have one seed, or one each, of their shape.
    """

    def constant(value: int) -> NDArray[np.uint64]:
        return np.full(instances.shape, value, dtype=np.uint64)

    def apply(instruction: str, left: NDArray[np.uint64], right: NDArray[np.uint64]) -> NDArray[np.uint64]:
        return np.asarray(_NUMPY[instruction](left, right), dtype=np.uint64)

    place, half = divmod(number, NOISE_A_PLACE)
    seeds = constant(seed_bits(seed)) if isinstance(seed, int) else seed
    fractions = _fractions(seeds, constant(step), place, instances, constant, apply)
    return fractions[half].view(np.float64) - 1.0


def draw(emitter: Emitter, place: int) -> list[str]:
    """Write the uniform numbers of one `place`; return their operands.

    The function around has %seed, %now (the step), %instance (the number of the first instance) and %i.
    """
    first = emitter.write("add i64 %instance, %i", lane=True)
    lanes = f"<{', '.join(f'i64 {lane}' for lane in range(LANES))}>"
    instances = emitter.write(f"add {INTEGERS} {_spread(emitter, first)}, {lanes}", lane=True)
    return _draw(emitter, place, _spread(emitter, "%seed"), instances)


def draw_for_members(emitter: Emitter, place: int) -> list[str]:
    """Write the same where %seed and %instance are the addresses of arrays with an integer for each instance."""
    seeds, instances = (
        emitter.write(f"load {INTEGERS}, ptr {_place(emitter, array)}, align 8", lane=True)
        for array in ("%seed", "%instance")
    )
    return _draw(emitter, place, seeds, instances)


def _place(emitter: Emitter, array: str) -> str:
    pointer = emitter.write(f"inttoptr i64 {array} to ptr", lane=True)
    return emitter.write(f"getelementptr i64, ptr {pointer}, i64 %i", lane=True)


def _draw(emitter: Emitter, place: int, seeds: str, instances: str) -> list[str]:
    def constant(value: int) -> str:
        return f"<{', '.join([f'i64 {value}'] * LANES)}>"

    def apply(instruction: str, left: str, right: str) -> str:
        return emitter.write(f"{instruction} {INTEGERS} {left}, {right}", lane=True)

    one = f"<{', '.join([f'double {literal(1.0)}'] * LANES)}>"
    numbers = [
        emitter.write(f"bitcast {INTEGERS} {fraction} to {VECTOR}", lane=True)
        for fraction in _fractions(seeds, _spread(emitter, "%now"), place, instances, constant, apply)
    ]
    return [emitter.write(f"fsub {VECTOR} {number}, {one}", lane=True) for number in numbers]


def seed_bits(seed: int) -> int:
    """Return a seed of any size or sign as 64 bits."""
    return seed & SEED


def random_words(words: Sequence[T], keys: Sequence[T], constant: Callable[[int], T], apply: Apply[T]) -> list[T]:
    """Return the generator's four words for the four words of a place under the two words of a key."""
    first, second, third, fourth = words
    keys = list(keys)
    for number in range(ROUNDS):
        if number:
            keys = [
                apply("and", apply("add", key, constant(step)), constant(WORD))
                for key, step in zip(keys, KEY_STEPS, strict=True)
            ]
        products = [
            apply("mul", word, constant(factor)) for word, factor in zip((first, third), MULTIPLIERS, strict=True)
        ]
        high = [apply("lshr", product, constant(WORD_BITS)) for product in products]
        low = [apply("and", product, constant(WORD)) for product in products]
        first, second = apply("xor", apply("xor", high[1], second), keys[0]), low[1]
        third, fourth = apply("xor", apply("xor", high[0], fourth), keys[1]), low[0]
    return [first, second, third, fourth]


def _fractions(seed: T, step: T, place: int, instances: T, constant: Callable[[int], T], apply: Apply[T]) -> list[T]:
    """Return the bits of the random numbers of a place, which are from 1 up to 2."""

    def halves(number: T) -> list[T]:
        return [apply("and", number, constant(WORD)), apply("lshr", number, constant(WORD_BITS))]

    (step_low, step_high), instance_low = halves(step), halves(instances)[0]
    words = random_words([step_low, constant(place), instance_low, step_high], halves(seed), constant, apply)
    results = []
    for low, high in (words[:2], words[2:]):
        bits = apply("or", low, apply("shl", high, constant(WORD_BITS)))
        fraction = apply("lshr", bits, constant(ALL_BITS - FRACTION_BITS))
        results.append(apply("or", fraction, constant(ONE_BITS)))
    return results


def _spread(emitter: Emitter, operand: str) -> str:
    single = emitter.write(f"insertelement {INTEGERS} poison, i64 {operand}, i64 0", lane=True)
    return emitter.write(
        f"shufflevector {INTEGERS} {single}, {INTEGERS} poison, <{LANES} x i32> zeroinitializer", lane=True
    )
