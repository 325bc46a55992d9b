"""Drivers: plain Python functions for loops and fixed mathematics, which Numba compiles once on each machine.

A *driver* is such a function with declared arguments.  Numba compiles it, with all functions that it calls, the first
time that it is needed on a machine.  Its *object code* is saved in the user's cache folder, under a *fingerprint* of
its *dependencies*.  After that it is loaded within milliseconds, without importing Numba.

A driver calls the machine code of typed texts (a formula, one update of a rule) by its address, so that a new text
needs no new driver.
"""
