"""Measures what the README claims and needs no window, with the yardstick beside ours: ``make bench``."""

import compile_latency
import compiled_loops
import data_losses
import evaluation
import landscapes_import
import league
import lock_hold
import map_against_optax
import maps
import own_functions
import panning
import rule_latency
import rules_against_c
import solvers
import swarm_against_c
import swarm_against_optax
import swarm_pictures
import vector_accuracy

if __name__ == "__main__":
    landscapes_import.main()
    compile_latency.main()
    compiled_loops.main()
    rule_latency.main()
    lock_hold.main()
    # Before any C is loaded: its fast-math makes the smallest numbers of the whole process zero.
    vector_accuracy.main()
    evaluation.main()
    panning.main()
    own_functions.main()
    swarm_against_c.main()
    rules_against_c.main()
    swarm_against_optax.main()
    solvers.main()
    maps.main()
    map_against_optax.main()
    swarm_pictures.main()
    data_losses.main()
    league.main()
