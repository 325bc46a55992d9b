"""Functions of one's own: losses and update steps that a person writes in Python, and Numba compiles.

A *person's function* is plain Python or made by ``@njit``.  Its *signature* tells its parameters, its *place* where it
is found again in another process, by module or by file.  Machine code is made from it that has the same entries as that
of a formula or of a rule; where the function raises, the code has a value that is no number.  Numba is imported when
the first such function is compiled, and not before.
"""
