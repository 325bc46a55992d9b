"""Memory and threads: aligned arrays, a function run on all cores, jobs on executors, stacks large enough for LLVM.

Nothing here knows of losses, rules or races.
"""
