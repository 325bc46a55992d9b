"""Tree to graph: every common subexpression once, simplified, with exact derivatives.

`folding` goes through a tree from the leaves up, `odd_powers` finds powers that negative numbers have no value of;
`node` is one operation, `assumptions` what is known of it, `ranges` between which doubles it lies, `rounding` how
exactly it must be rounded, `simplify` what equals it, `graph` the whole; `norms` what may be divided by a norm,
`derivative` exact slopes; `reference` evaluates a graph with NumPy, the oracle of the tests.
"""
