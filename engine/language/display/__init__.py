"""Text and tree to what a person sees: colours, completion, typeset mathematics.

`outline` is what a text defines even while it is wrong, `highlight` its colours; `mathml`, `symbols` and `typeset`
mathematics as it is printed; `completion` what could be typed.
"""
