"""Races: racers descend one loss side by side, step for step; swarms are many starts of one racer.

A *racer* is a rule with its settings and its trail; its *history* is the part of the trail that is kept in memory; a
*bracket of seeds* of one racer is drawn as *bands*; the *change log* holds what was changed, so that a replay is exact.
"""
