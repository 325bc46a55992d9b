"""The largest errors of functions of several numbers at once, against 50 digits: what docs/accuracy.md states."""

from engine.language.codegen.vector_math import vector_library
from tests.ulps import SCALES, vectorised, worst_ulps

POINTS = 1_000


def main() -> None:
    """Print a line for each function."""
    library = vector_library()
    print(f"{library.name}, {library.width} numbers a call, {POINTS * len(SCALES):,} points each:")
    worst = {row.name: worst_ulps(row, POINTS) for row in vectorised()}
    print("  " + ", ".join(f"{name} {error:.1f}" for name, error in worst.items()) + " ulp")
    print(f"  largest {max(worst.values(), default=0.0):.1f} ulp (goal 4)", flush=True)


if __name__ == "__main__":
    main()
