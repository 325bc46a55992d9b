"""A basin map against optax under jit, vmap and scan, which makes as many steps and labels nothing."""

from measure import MILLION, compare, in_turn, seconds
from worker_process import JAX, WorkerProcess, environment_python

from engine import BasinMap, compile_loss

SIZE, STEPS, LEARNING_RATE, ROUNDS = 512, 500, 0.1, 5
FORMULA = "(1 - x)^2 + 100*(y - x^2)^2"
DOMAIN = (-2.0, 2.0), (-2.0, 2.0)
"""Where the instances of optax start."""
GOAL = 5


def main() -> None:
    """Print millions of Adam steps a second in a basin map, with its labels, and by optax in both ways."""
    python = environment_python(JAX)
    if python is None:
        print("Basin map against optax: its environment could not be made; is there a network?")
        return
    worker = WorkerProcess(python, "optax_worker.py", SIZE * SIZE, STEPS, LEARNING_RATE)
    loss = compile_loss(FORMULA)

    def mapped() -> None:
        BasinMap(loss, f"Adam(lr={LEARNING_RATE})", DOMAIN, SIZE, STEPS).finished()

    mapped()
    for way in ("array", "instance"):
        line = f"Rosenbrock {way}"
        worker.ask(line)
        times = in_turn([lambda: seconds(mapped), lambda line=line: float(worker.ask(line))], ROUNDS)
        what = f"Basin map of Rosenbrock, {SIZE}x{SIZE}, against optax by {way} (goal {GOAL} times)"
        print(compare(what, "M steps/s", SIZE * SIZE * STEPS / MILLION, *times, "optax"), flush=True)
    worker.close()


if __name__ == "__main__":
    main()
