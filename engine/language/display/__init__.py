"""Text and tree to what a person sees: colours, completion, typeset mathematics.

`outline` finds what a text defines even while it is wrong, `highlight` its colours; `mathml`, `symbols` and `typeset`
typeset mathematics, `coordinates` and `numbered` that of a rule with numbers in the places of its names; `completion`
finds what could be typed.
"""
