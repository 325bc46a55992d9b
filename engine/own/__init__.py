"""Functions of one's own: losses and update steps that a person writes in Python, and Numba compiles.

A *person's function* is plain Python or decorated with ``@njit``.  Its *signature* has its parameters; its *location*,
a module or a file, is where another process finds it.  Its machine code has the same entry points as that of a formula
or of a rule, and returns NaN where the function raises.  Numba is imported when the first such function is compiled.
"""
