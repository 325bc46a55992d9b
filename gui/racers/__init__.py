"""The racers: a card for each, the list to add one from, and what is known of each optimizer.

A modifier is a wrapper or a schedule of a racer's rule; a spec is a hyperparameter as its optimizer declares it: its
name, default, range and scale.
"""
