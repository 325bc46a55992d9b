"""Rows in random orders, one for each epoch, by machine code: an order follows from seed and epoch alone.

Each row changes places with one of those before it (Fisher and Yates, in the form that fills as it goes).  The random
numbers are SplitMix64's (Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014), looked up by
their number, so that no library decides on what a replay repeats.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from engine.aligned import DOUBLE_BYTES, aligned_empty
from engine.language.assembly import function
from engine.language.native import Code
from engine.language.noise import wrapped

Array = NDArray[np.float64]
GOLDEN = 0x9E3779B97F4A7C15
MIXING = (30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)
LAST_SHIFT = 31
"""The generator's own constants."""
HALF = 32
"""Bits of a random number that choose a place: a place is preferred by 1 in 4 billion for each row at most."""


def shuffled(block: Array, rows: int, seed: int, first_epoch: int, epochs: int) -> Array:
    """Return the first `rows` of `block` (columns, width) in the order of each epoch, float64 (epochs, columns, width).

    What stands behind the rows is arbitrary.
    """
    columns, width = block.shape
    result = aligned_empty((epochs, columns, width))
    strides = block.strides[0] // DOUBLE_BYTES, width
    _shuffle(columns)(rows, wrapped(seed), first_epoch, epochs, *strides, block.ctypes.data, result.ctypes.data)
    return result


@cache
def _shuffle(columns: int) -> Callable[..., None]:
    code = Code(_assembly(columns))
    numbers = ctypes.c_int64, ctypes.c_uint64, *[ctypes.c_int64] * 4
    shuffle = ctypes.CFUNCTYPE(None, *numbers, *[ctypes.c_void_p] * 2)(code.address("shuffle"))
    return lambda *arguments, keeps_alive=code: shuffle(*arguments)


def _assembly(columns: int) -> str:
    """Return ``shuffle(rows, seed, first, epochs, source width, target width, source, target)`` for so many columns."""
    body = ["start:", f"%room = mul i64 %target_width, {columns}", "br label %epoch"]
    body += ["epoch:", "%e = phi i64 [0, %start], [%enext, %epoch_done]"]
    body += ["%skipped = mul i64 %e, %room", "%into = getelementptr double, ptr %target, i64 %skipped"]
    body += ["%number = add i64 %first, %e", *_random("%salt", "0", "%number"), *_random("%key", "%seed", "%salt")]
    for column in range(columns):
        body += [f"%skip{column} = mul i64 %source_width, {column}", f"%over{column} = mul i64 %target_width, {column}"]
        body.append(f"%from{column} = getelementptr double, ptr %source, i64 %skip{column}")
        body.append(f"%to{column} = getelementptr double, ptr %into, i64 %over{column}")
    body += ["br label %row", "row:", "%i = phi i64 [0, %epoch], [%above, %row]", "%above = add i64 %i, 1"]
    body += [*_random("%random", "%key", "%i"), f"%high = lshr i64 %random, {HALF}"]
    body += ["%scaled = mul i64 %high, %above", f"%j = lshr i64 %scaled, {HALF}"]
    for column in range(columns):
        body.append(f"%source{column} = getelementptr double, ptr %from{column}, i64 %i")
        body += [f"%{place}{column} = getelementptr double, ptr %to{column}, i64 %{place}" for place in "ij"]
        body += [f"%moved{column} = load double, ptr %j{column}", f"store double %moved{column}, ptr %i{column}"]
        body += [f"%new{column} = load double, ptr %source{column}", f"store double %new{column}, ptr %j{column}"]
    body += _repeat("row", "%above", "%rows", "epoch_done")
    body += ["epoch_done:", "%enext = add i64 %e, 1", *_repeat("epoch", "%enext", "%epochs", "done")]
    numbers = "rows", "seed", "first", "epochs", "source_width", "target_width"
    arguments = ", ".join([*(f"i64 %{name}" for name in numbers), "ptr noalias %source", "ptr noalias %target"])
    return function(f"void @shuffle({arguments})", [*body, "done:", "ret void"])


def _repeat(loop: str, counted: str, end: str, after: str) -> list[str]:
    """Return the end of a loop."""
    return [f"%{loop}_more = icmp ult i64 {counted}, {end}", f"br i1 %{loop}_more, label %{loop}, label %{after}"]


def _random(operand: str, key: str, number: str) -> list[str]:
    """Return the lines that look up a random number of 64 bits under a key."""
    lines = [f"{operand}.n = mul i64 {number}, {GOLDEN}", f"{operand}.g = add i64 {operand}.n, {GOLDEN}"]
    lines.append(f"{operand}.0 = add i64 {operand}.g, {key}")
    for round_, (shift, factor) in enumerate(MIXING):
        lines += _folded(f"{operand}.{round_}", shift, f"{operand}.x{round_}")
        lines.append(f"{operand}.{round_ + 1} = mul i64 {operand}.x{round_}, {factor}")
    return lines + _folded(f"{operand}.{len(MIXING)}", LAST_SHIFT, operand)


def _folded(operand: str, shift: int, result: str) -> list[str]:
    return [f"{result}.s = lshr i64 {operand}, {shift}", f"{result} = xor i64 {operand}, {result}.s"]
