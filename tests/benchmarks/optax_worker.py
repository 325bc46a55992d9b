"""Adam by optax under jit, vmap and scan, float64; runs in an environment of its own, a round a line of its input.

Each line names a formula and a way: ``array`` maps the gradient and lets one optimizer state serve the whole array of
instances, ``instance`` maps the whole step, state and all.  The answer is the seconds of one round, or, to the way
``positions``, where the instances of ``array`` are, as bytes in hexadecimal.
"""

import sys
import time

import jax
import jax.numpy as jnp
import numpy as np
import optax

LOSSES = {
    "Rosenbrock": lambda w: (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2,
    "Ackley": lambda w: (
        -20 * jnp.exp(-0.2 * jnp.sqrt((w[0] ** 2 + w[1] ** 2) / 2))
        - jnp.exp((jnp.cos(2 * jnp.pi * w[0]) + jnp.cos(2 * jnp.pi * w[1])) / 2)
        + 20
        + jnp.e
    ),
}


class Work:
    """One formula stepped in one way, compiled."""

    def __init__(self, loss, way, places, steps, learning_rate):
        optimizer = optax.adam(learning_rate)

        def move(place, state, slope):
            updates, state = optimizer.update(slope, state, place)
            return optax.apply_updates(place, updates), state

        if way == "array":
            slope, state = jax.vmap(jax.grad(loss)), optimizer.init(places)
            step = lambda place, state: move(place, state, slope(place))  # noqa: E731
        else:
            slope, state = jax.grad(loss), jax.vmap(optimizer.init)(places)
            step = jax.vmap(lambda place, state: move(place, state, slope(place)))
        self._run = jax.jit(lambda carry: jax.lax.scan(lambda now, _: (step(*now), None), carry, length=steps)[0])
        # The first round compiles, and is the one that all compare their positions after.
        self.carry = jax.block_until_ready(self._run((places, state)))
        self.first = np.asarray(self.carry[0])

    def seconds(self):
        """Make a round of steps; return how long it took."""
        began = time.perf_counter()
        self.carry = jax.block_until_ready(self._run(self.carry))
        return time.perf_counter() - began


def main(instances, steps, learning_rate):
    """Answer every line."""
    jax.config.update("jax_enable_x64", True)
    places = jnp.array(np.random.default_rng(0).uniform(-2, 2, (instances, 2)))
    works = {}
    for line in sys.stdin:
        name, way = line.split()
        key = (name, "array" if way == "positions" else way)
        if key not in works:
            works[key] = Work(LOSSES[name], key[1], places, steps, learning_rate)
        answer = works[key].first.tobytes().hex() if way == "positions" else works[key].seconds()
        print(answer, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
