"""The language of formulas and rules: a text becomes a tree, the tree a graph, the graph numbers or machine code.

`errors` holds the one error that a text can cause, `functions` the table of all that can be applied, `reductions` the
table of sums and products, and `precedence` how tightly operators bind: the four packages share them.  `syntax` reads a
text to a tree, `graph` makes a graph of the tree, `codegen` writes machine code for the graph, and `display` shows text
and tree to a person.
"""
