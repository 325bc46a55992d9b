"""Fair comparisons: every racer is tuned with the same budget and the same search, on one landscape or on many.

A *run* is a racer from one start with one seed, a *trial* one setting with all its runs, the *budget* how often a run
may evaluate the loss; a *cell* is a racer on a landscape, a *league* all cells.
"""
