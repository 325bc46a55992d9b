"""What no per-step rule can say: line searches, curvature, simplexes and populations, each solver one entry.

A *solver* makes one step at a time from what it keeps in a column of numbers; a *walk* is one solver under way; the
*oracle* answers what it asks of the loss.
"""
