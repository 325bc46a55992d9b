"""The language of formulas and rules: a text becomes a tree, the tree a graph, the graph numbers or machine code.

All parts share `errors`, the one error that a text can cause; `functions`, the table of operators and functions;
`reductions`, the table of sums and products; and `precedence`, how tightly operators bind.  `syntax` reads a text to a
tree, `graph` builds a graph from the tree, `codegen` compiles the graph, and `display` shows text and tree to a person.
"""
