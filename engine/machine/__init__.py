"""What the engine needs of the machine: aligned memory, threads with room for LLVM, a garbage collector that waits.

*Threads* run a function over parts of an array on all cores.  Nothing here knows of losses, rules or races.
"""
