"""What no per-step rule can say: line searches, curvature, simplexes and populations, each solver one entry.

A *step* is a plain function that Numba compiles.  It changes the *walk*, the record of all that a solver remembers, and
asks the loss and draws random numbers through the *context*; where there is nowhere to go it returns a *reason*.
"""
