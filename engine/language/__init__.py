"""Text to machine code: tokens, tree, graph, derivatives, a NumPy reference, and LLVM kernels."""
