"""Measures what the README claims and needs no window, with the yardstick beside ours: ``make bench``."""

import compile_latency
import swarm_against_c
import swarm_against_optax

if __name__ == "__main__":
    compile_latency.main()
    swarm_against_c.main()
    swarm_against_optax.main()
