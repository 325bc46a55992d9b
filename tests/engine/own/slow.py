"""A function that takes Numba seconds to compile: a long one."""

LINES = 80


def slow_step(lines: int = LINES) -> str:
    """Return a step of gradient descent, as a file, with so many lines that matter to nobody."""
    number = "    a{0} = math.sin(w[0]*{0}.0 + a{1}) if a{1} > 0 else math.cos(w[1] + {0}.0)\n"
    body = "".join(number.format(line, line - 1) for line in range(1, lines))
    return (
        f"import math\n\n\ndef slow(w, g, lr=0.01):\n    a0 = w[0]\n{body}"
        f"    w[0] -= lr*(g[0] + 0*a{lines - 1})\n    w[1] -= lr*g[1]\n"
    )
