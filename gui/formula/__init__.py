"""The formula bar, in which a loss function is typed, checked, completed and typeset.

Its editor is also that of rules and schedules.
"""
