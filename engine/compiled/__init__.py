"""Loops of fixed shape and fixed mathematics: plain Python functions that Numba compiles, once for each machine.

A *driver* is such a function with declared arguments.  Numba compiles it, with all functions that it calls, when it is
needed for the first time on a machine; the *object code* is kept in the user's cache folder, under a *fingerprint* of
all that it was made from.  From then on it is loaded in milliseconds, and Numba itself is not even imported.

A driver calls the machine code of typed texts (a formula, one update of a rule) by its address, so that a new text
needs no new driver.
"""
