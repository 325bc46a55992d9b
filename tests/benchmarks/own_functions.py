"""Functions of one's own beside ours: a typed loss in a person's program, a person's loss and step in our races."""

import statistics
import time

import numpy as np
from measure import MILLION, in_turn
from numba import njit

from engine import Race, Swarm, compile_loss, compile_rule

ROUNDS = 15
STEPS, RATE, START = 2**17, 1e-4, (-1.0, 1.0)
INSTANCES, SWARM_STEPS = 65_536, 100
PROGRAM_GOAL = 1.1
"""How much longer than our kernel of one racer a program that calls a typed loss may take."""
VALLEY = "(1-x)^2 + 100*(y-x^2)^2"
EGGS = "-20exp(-0.2sqrt((x^2+y^2)/2)) - exp((cos(2pi*x)+cos(2pi*y))/2) + e + 20"
NANO = 1e9


def valley(x, y):
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def valley_slopes(x, y):
    return -2.0 * (1.0 - x) - 400.0 * x * (y - x * x), 200.0 * (y - x * x)


def eggs(x, y):
    far, waves = np.sqrt((x * x + y * y) / 2), (np.cos(2 * np.pi * x) + np.cos(2 * np.pi * y)) / 2
    return -20 * np.exp(-0.2 * far) - np.exp(waves) + np.e + 20


def kinks(x, y):
    return abs(x) + 2 * abs(y) + max(x, y)


@njit
def descend(loss, x, y, lr, steps):
    for _ in range(steps):
        _, gx, gy = loss(x, y)
        x -= lr * gx
        y -= lr * gy
    return x, y


def descent(w, g, lr=0.001):
    w[0] -= lr * g[0]
    w[1] -= lr * g[1]


def adam(w, g, t, m, v, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    for i in range(2):
        m[i] = beta1 * m[i] + (1 - beta1) * g[i]
        v[i] = beta2 * v[i] + (1 - beta2) * g[i] ** 2
        w[i] -= lr * (m[i] / (1 - beta1**t)) / (np.sqrt(v[i] / (1 - beta2**t)) + eps)


def thread_seconds(run):
    """Return how long `run` takes of this thread's processor: others work on the machine too."""

    def timed():
        began = time.thread_time()
        run()
        return time.thread_time() - began

    return timed


def medians(*runs):
    """Return the median of each, taken in turn, and that of the ratios of the second to the first."""
    for run in runs:
        run()
    first, second = in_turn([thread_seconds(run) for run in runs], ROUNDS)
    ratios = [b / a for a, b in zip(first, second, strict=True)]
    return statistics.median(first), statistics.median(second), statistics.median(ratios)


def one_racer(loss, racer):
    """Return what makes STEPS steps of one racer, by its kernel alone."""
    runner = Race(loss, [racer], start=START).racers[0]

    def run():
        block, diverged = runner.block.copy(), np.full(runner.block.shape[1], np.inf)
        table = runner.kernel.prepare(1, STEPS, runner.hyper, loss.parameter_array)
        runner.kernel.run(block, diverged, 1, table, loss.parameter_array)

    return run


def programs():
    for name, text in (("Rosenbrock", VALLEY), ("Ackley", EGGS)):
        loss = compile_loss(text)
        ask = loss.numba
        ours, theirs, ratio = medians(
            one_racer(loss, f"SGD(lr={RATE})"), lambda ask=ask: descend(ask, *START, RATE, STEPS)
        )
        print(
            f"a typed {name} in a person's program: {theirs / STEPS * NANO:.1f} ns a step, our kernel of one racer "
            f"{ours / STEPS * NANO:.1f}, ratio {ratio:.2f} (goal {PROGRAM_GOAL} at most)",
            flush=True,
        )


def losses():
    points = np.random.default_rng(0).uniform(-2, 2, (2, 2**15))
    texts = {"valley": VALLEY, "eggs": EGGS, "kinks": "abs(x) + 2abs(y) + max(x, y)"}
    for function, gradient in ((valley, None), (valley, valley_slopes), (eggs, None), (kinks, None)):
        began = time.process_time()
        own = compile_loss(function, gradient=gradient)
        took = time.process_time() - began
        typed = compile_loss(texts[function.__name__])
        ours, theirs, _ = medians(lambda typed=typed: typed.gradient(*points), lambda own=own: own.gradient(*points))
        count = points.shape[1] / MILLION
        print(
            f"slopes of a person's {function.__name__} ({own.slopes}): {count / theirs:.0f} M evaluations/s, typed "
            f"{count / ours:.0f}; compiled in {1e3 * took:.0f} ms of processor time",
            flush=True,
        )


def racers():
    typed_loss, own_loss = compile_loss(VALLEY), compile_loss(valley)
    for step, typed in ((descent, "SGD(lr=0.0001)"), (adam, "Adam(lr=0.0001)")):
        began = time.process_time()
        rule = compile_rule(step, lr=RATE)
        took = time.process_time() - began
        for name, loss in (("typed", typed_loss), ("person's", own_loss)):
            ours, theirs, _ = medians(one_racer(loss, typed), one_racer(loss, rule))
            print(
                f"a person's {step.__name__} down a {name} loss, one racer: {theirs / STEPS * NANO:.0f} ns a step, "
                f"typed rule {ours / STEPS * NANO:.0f}; compiled in {1e3 * took:.0f} ms of processor time",
                flush=True,
            )
        starts = np.random.default_rng(0).uniform(-2, 2, (INSTANCES, 2))
        swarms = [Swarm(typed_loss, racer, starts) for racer in (typed, rule)]
        seconds = []
        for swarm in swarms:
            swarm.advance(1)
            began = time.process_time()
            swarm.advance(SWARM_STEPS)
            seconds.append(time.process_time() - began)
        ours, theirs = (INSTANCES * SWARM_STEPS / MILLION / each for each in seconds)
        print(f"a swarm of it: {theirs:.0f} M steps/s of one core, typed rule {ours:.0f}", flush=True)


def main() -> None:
    """Print a line for each."""
    programs()
    losses()
    racers()


if __name__ == "__main__":
    main()
