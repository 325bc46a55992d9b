"""A function that calls machine code."""

from engine.compiled.calls import call


def called(address: int, number: int) -> int:
    return call(address, (number, 2))
