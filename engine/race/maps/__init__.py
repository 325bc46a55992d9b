"""Maps: a picture whose every cell is a racer of its own, computed coarse to fine by swarms.

A *basin map* has a start in each pixel, and a *label* that says at which minimum the racer *settled*; a *sweep* has a
setting in each cell.  A *grid* is the cells of a map; each *stage* computes a finer *sample* of them, whose cells stand
for their neighbours until these are computed too.  The *level* of a minimum is the loss below which a racer has
arrived there.
"""
