"""Text and tree to what a person sees: colours, completion, typeset mathematics.

`outline` finds what a text defines even while it is wrong, `highlight` its colours; `mathml`, `symbols` and `typeset`
typeset mathematics; `completion` finds what could be typed.
"""
