"""Graph to machine code: LLVM assembly for vectors of instances.

`vector_math` is what the platform offers, `assembly` the phrases of assembly, `vector_writer` mathematics of our own in
it, `power` powers and `remainder` remainders, `emitter` a graph, `noise` its random numbers, `mean_loops` and
`row_kernel` losses over the rows of a data set, `loss_kernel` whole functions of a loss, `bridges` what joins ours with
code made elsewhere; `step_graph` one update of a rule, `per_coordinate_emitter` one coordinate written for several, and
`step_kernel` an update.
"""
