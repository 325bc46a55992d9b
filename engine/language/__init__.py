"""The language of formulas and rules: a text becomes a tree, the tree a graph, the graph numbers or machine code.

Each file stands on those above it, and only on those.

Words: `errors` the one error a text can cause, `strangers` characters without meaning, `tokens` the pieces of a text,
`functions` the table of all that can be applied, `reductions` the table of sums and products, `precedence` how tightly
operators bind, `tree` what a text becomes.

Text to tree: `run_together` names that nobody means as one, `suggestions` what to try instead, `names` what a name
may be, `lines` where a line ends; then one reader in layers, `cursor` reads tokens, `brackets` what stands between
two, `applications` functions and their arguments, `atoms` what operators join, `expression` operators, `definitions`
a whole line; `bars` which bars belong together, `consistency` what the lines must say together, and `parser` all of
it; `rewriting` puts other names into a text.

Tree to graph: `folding` from the leaves up, `odd_powers` powers that negative numbers have no value of; `node` one
operation, `facts` what is known of it, `ranges` between which doubles it lies, `rounding` how exactly it must be
rounded, `simplify` what equals it, `graph` nodes that exist once, `lengths` what may be divided by a length,
`derivative` exact slopes.

Graph to numbers: `reference` by NumPy; `vector_math` what the platform offers, `assembly` the phrases of machine
code, `vector_writer` mathematics of our own in it, `power` powers and `remainder` remainders, `native` a graph, `noise`
its random numbers, `mean_loops` and `row_kernel` losses over the rows of a data set, `loss_kernel` whole functions of a
loss, `bridges` what joins ours with code made elsewhere; `step_graph` one update of a rule, `coordinates` one
coordinate written for several, and `step_kernel` an update.

Text and tree to the eye: `outline` what a text defines even while it is wrong, `highlight` colours; `box`, `symbols`
and `typeset` mathematics as it is printed; `completion` what could be typed.
"""
