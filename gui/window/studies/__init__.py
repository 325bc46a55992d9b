"""Windows about many races at once: the tuning of racers, maps of their settings, and leagues.

A *study* is what such a window computes, behind the race that goes on; its *ground* is what it races on.
"""
