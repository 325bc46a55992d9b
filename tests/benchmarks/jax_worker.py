"""Value and gradient by jax under jit and vmap, float64, in an environment of its own.

Each line of its input names a formula; the answer is the seconds of one round.
"""

import sys
import time

import jax
import jax.numpy as jnp
import numpy as np

LOSSES = {
    "Rosenbrock": lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
    "Himmelblau": lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    "Beale": lambda x, y: (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2,
    "Ackley": lambda x, y: (
        -20 * jnp.exp(-0.2 * jnp.sqrt((x**2 + y**2) / 2))
        - jnp.exp((jnp.cos(2 * jnp.pi * x) + jnp.cos(2 * jnp.pi * y)) / 2)
        + 20
        + jnp.e
    ),
    "Rastrigin": lambda x, y: 20 + x**2 - 10 * jnp.cos(2 * jnp.pi * x) + y**2 - 10 * jnp.cos(2 * jnp.pi * y),
    "Bump": lambda x, y: x * jnp.exp(-(x**2) - y**2),
    "Powers": lambda x, y: (x**2 + 1) ** 1.3 + (y**2 + 1) ** 0.7,
    "Logarithm": lambda x, y: jnp.log(1 + 3 * x**2 + y**2),
}


def main(points):
    """Answer every line."""
    jax.config.update("jax_enable_x64", True)
    x, y = jnp.asarray(np.random.default_rng(0).uniform(-2, 2, (2, points)))
    runs = {}
    for line in sys.stdin:
        name = line.strip()
        if name not in runs:
            runs[name] = jax.jit(jax.vmap(jax.value_and_grad(LOSSES[name], argnums=(0, 1))))
            jax.block_until_ready(runs[name](x, y))
        began = time.perf_counter()
        jax.block_until_ready(runs[name](x, y))
        print(time.perf_counter() - began, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
