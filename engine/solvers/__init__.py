"""Solvers: optimizers that no per-step rule can say, such as line searches, Newton's method, simplexes and populations.

A *step* is a plain function that Numba compiles.  It changes the *state*, a record of the position and of all that the
solver remembers; it reads its hyperparameters; it evaluates the loss and draws random numbers through the *context*.
Where no step can be made it returns the *reason*.
"""
