"""Graph to machine code: LLVM assembly for vectors of instances.

`vector_math` is what the platform offers, `machine_code` compiles assembly, `assembly` and `loops` are its phrases,
`vector_writer` operators that write it; `power` and `remainder` are vector functions of our own, `emitter` writes a
graph, `noise` its random numbers, `mean_loops` and `row_kernel` losses over the rows of a data set, `loss_kernel` the
functions of a loss, and `bridges` calls between our code and code of other compilers; `step_graph` is one update of a
rule, `per_coordinate_emitter` writes one coordinate for several, `divergence` notices numbers that are not finite, and
`step_kernel` writes an update.
"""
