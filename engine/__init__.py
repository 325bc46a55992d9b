"""The mathematics of Descent Derby, without a window: losses and rules from texts, races and swarms.

A *loss* is a compiled formula, a *rule* the text of one update step, a *racer* a rule with its settings and its trail.
"""
