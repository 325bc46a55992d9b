"""Memory and threads: aligned arrays, a function run on all cores, stacks large enough for LLVM, the garbage collector.

Nothing here knows of losses, rules or races.
"""
