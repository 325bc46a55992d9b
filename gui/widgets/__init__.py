"""Controls that any window could use: they know nothing of sessions, races or landscapes.

A control's `refused` signal carries a sentence that says why an input was refused, and "" once that is over.
"""
