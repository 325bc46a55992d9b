"""A function that calls machine code."""

from engine.compiled.address_calls import call_integer


def called(address: int, number: int) -> int:
    return call_integer(address, (number, 2))
