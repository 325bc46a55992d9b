"""Races: racers descend one loss side by side, step for step; swarms are many starts of one racer; maps are
pictures whose every cell is a racer.

A *racer* is a rule with its settings and its trail; its *history* is the part of the trail that is kept in memory; the
spread of its losses over several seeds is a *band*; a *timeline* moves racers along their steps, forwards and back; the
*change log* holds every change of a setting, so that a replay is exact.
"""
