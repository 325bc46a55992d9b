"""Random numbers of a solver's step: looked up, as a rule's are, by seed, step, instance and the number of the draw.

The generator is that of `engine.language.codegen.noise`, whose tests hold this one to the same numbers.
"""

from __future__ import annotations

import math

import numpy as np

from engine.language.codegen.noise import ALL_BITS, FRACTION_BITS, KEY_STEPS, MULTIPLIERS, ROUNDS, WORD, WORD_BITS
from engine.language.types import Point
from engine.solvers.context import SolverContext

SEEDS_APART = 0x9E3779B97F4A7C15 - 2**64
"""What separates the numbers of two seeds of a solver in one race: an odd number, so that none repeat."""
UNIT = 2.0**-FRACTION_BITS


def uniform_pair(context: SolverContext, seed: float, number: int) -> Point:
    """Return two random numbers from 0 up to 1.

    Parameters
    ----------
    context
        Whose seed, step and instance decide.
    seed
        The solver's own seed; with 0 the numbers are those of a rule.
    number
        Which draw of the step it is, from 0.
    """
    key = np.uint64(context.seed + round(seed) * SEEDS_APART)
    step = np.uint64(context.step)
    return _fractions(key, np.uint64(number), np.uint64(context.instance), step)


def normal_pair(context: SolverContext, seed: float, number: int) -> Point:
    """Return two independent numbers from the normal distribution, by Box and Muller's method (1958)."""
    first, second = uniform_pair(context, seed, number)
    radius, angle = math.sqrt(-2.0 * math.log1p(-first)), 2.0 * math.pi * second
    return radius * math.cos(angle), radius * math.sin(angle)


def _fractions(key: np.uint64, place: np.uint64, instance: np.uint64, step: np.uint64) -> Point:
    """Return both uniform numbers of a place: Philox 4x32 with 10 rounds."""
    word, shift = np.uint64(WORD), np.uint64(WORD_BITS)
    key_low, key_high = key & word, key >> shift
    first, second, third, fourth = step & word, place, instance & word, step >> shift
    for _ in range(ROUNDS):
        left, right = first * np.uint64(MULTIPLIERS[0]), third * np.uint64(MULTIPLIERS[1])
        first, second = (right >> shift) ^ second ^ key_low, right & word
        third, fourth = (left >> shift) ^ fourth ^ key_high, left & word
        key_low = (key_low + np.uint64(KEY_STEPS[0])) & word
        key_high = (key_high + np.uint64(KEY_STEPS[1])) & word
    return _fraction(first | (second << shift)), _fraction(third | (fourth << shift))


def _fraction(bits: np.uint64) -> float:
    return float(bits >> np.uint64(ALL_BITS - FRACTION_BITS)) * UNIT
