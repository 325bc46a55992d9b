"""Makes the golden trajectories of the solvers: the iterates of scipy.optimize, until rounding rules them.

Run it with ``make golden``, which makes an environment of its own with the versions pinned in
``solver_requirements.txt`` beside this file.  Slopes and curvatures are written out by hand.
"""

import importlib.metadata
import json
from pathlib import Path

import numpy as np
from scipy.optimize import _optimize, minimize

MOST_STEPS = 60
FEWEST_PLACES = 7
"""Shorter trails, where a search of scipy's gave up early, would show little."""
ROUNDING_RULES = 1e-7
"""Where the slope is this small beside its first, descents drown in rounding, and trails end."""


def rosenbrock(w):
    x, y = w
    bend = y - x * x
    slope = np.array([-2 * (1 - x) - 400 * x * bend, 200 * bend])
    return (1 - x) ** 2 + 100 * bend**2, slope, np.array([[2 - 400 * bend + 800 * x * x, -400 * x], [-400 * x, 200]])


def beale(w):
    x, y = w
    powers, value, slope, curvature = (1.5, 2.25, 2.625), 0.0, np.zeros(2), np.zeros((2, 2))
    for k, constant in enumerate(powers, start=1):
        rest = constant - x + x * y**k
        by_x, by_y = y**k - 1, k * x * y ** (k - 1)
        first = np.array([by_x, by_y])
        mixed = k * y ** (k - 1)
        second = np.array([[0.0, mixed], [mixed, k * (k - 1) * x * y ** (k - 2) if k > 1 else 0.0]])
        value += rest**2
        slope += 2 * rest * first
        curvature += 2 * np.outer(first, first) + 2 * rest * second
    return value, slope, curvature


def himmelblau(w):
    x, y = w
    a, b = x * x + y - 11, x + y * y - 7
    slope = np.array([4 * x * a + 2 * b, 2 * a + 4 * y * b])
    return (
        a * a + b * b,
        slope,
        np.array([[12 * x * x + 4 * y - 42, 4 * x + 4 * y], [4 * x + 4 * y, 4 * x + 12 * y * y - 26]]),
    )


LANDSCAPES = {
    "rosenbrock": (rosenbrock, (-1.2, 1.0)),
    "beale": (beale, (1.0, 1.5)),
    "himmelblau": (himmelblau, (-0.2, -0.8)),
    "far": (rosenbrock, (1.5, -0.5)),
}
BENT_UPWARDS = ("rosenbrock", "far")
"""Where the curvature is positive definite all along, which scipy's dogleg asks for."""
GRADIENT_METHODS = [
    ("BFGS", {}, "BFGS", {"gtol": 1e-13}),
    ("BFGS", {"c2": 0.5, "c1": 1e-3}, "BFGS", {"gtol": 1e-13, "c1": 1e-3, "c2": 0.5}),
    ("LBFGS", {}, "L-BFGS-B", {"gtol": 1e-13, "ftol": 0.0, "maxcor": 10}),
    ("LBFGS", {"history_size": 3}, "L-BFGS-B", {"gtol": 1e-13, "ftol": 0.0, "maxcor": 3}),
    ("ConjugateGradient", {}, "CG", {"gtol": 1e-13, "c2": 0.1}),
    ("ConjugateGradient", {"c2": 0.05, "c1": 1e-3}, "CG", {"gtol": 1e-13, "c2": 0.05, "c1": 1e-3}),
]
SIZES = (0.5, 0.1)
SEARCH = _optimize._line_search_wolfe12


def trail_of(landscape, method, options, **more):
    """Return the start and every iterate of scipy's `method`, and how many points it asked in all."""
    function, start = LANDSCAPES[landscape]
    trail = [list(start)]
    result = minimize(lambda w: function(w)[0], start, method=method, callback=lambda w: trail.append(w.tolist()),
                      options={"maxiter": MOST_STEPS, **options}, **more)  # fmt: skip
    return trail, result


def cut(landscape, trail):
    """Leave out what rounding rules."""
    function = LANDSCAPES[landscape][0]
    slopes = [float(np.linalg.norm(function(np.array(place))[1])) for place in trail]
    kept = next((at for at, slope in enumerate(slopes) if slope < ROUNDING_RULES * slopes[0]), len(trail))
    return trail[:kept]


def search_without_condition(*arguments, extra_condition=None, **more):
    """Search as scipy does, but let conjugate gradients go on from wherever Wolfe's conditions hold.

    scipy wants the next direction to lead down by a certain share too, and else searches again in another way.
    """
    return SEARCH(*arguments, **more)


def main():
    """Write every trajectory to solver_trajectories.json."""
    folder = Path(__file__).parent
    pinned = dict(line.split("==") for line in (folder / "solver_requirements.txt").read_text().split())
    found = {name: importlib.metadata.version(name) for name in pinned}
    if found != pinned:
        raise SystemExit(f"solver_requirements.txt pins other versions than {found}; run `make golden`.")
    _optimize._line_search_wolfe12 = search_without_condition
    golden = []
    for landscape, (function, start) in LANDSCAPES.items():
        by_slope = {"jac": lambda w, function=function: function(w)[1]}
        for name, settings, method, options in GRADIENT_METHODS:
            trail, _ = trail_of(landscape, method, options, **by_slope)
            golden.append(
                {"solver": name, "settings": settings, "landscape": landscape, "trail": cut(landscape, trail)}
            )
        for size in SIZES:
            simplex = np.array(start) + np.vstack([np.zeros(2), size * np.eye(2)])
            options = {"initial_simplex": simplex, "xatol": 1e-9, "fatol": 0.0}
            trail, _ = trail_of(landscape, "Nelder-Mead", options)
            golden.append({"solver": "NelderMead", "settings": {"size": size}, "landscape": landscape, "trail": trail})
    for landscape in BENT_UPWARDS:
        function = LANDSCAPES[landscape][0]
        for radius in (1.0, 0.3):
            options = {"gtol": 1e-13, "initial_trust_radius": radius, "eta": 0.15, "max_trust_radius": 1000.0}
            by_curve = {"jac": lambda w, f=function: f(w)[1], "hess": lambda w, f=function: f(w)[2]}
            trail, _ = trail_of(landscape, "dogleg", options, **by_curve)
            moved = [place for at, place in enumerate(trail) if at == 0 or place != trail[at - 1]]
            case = {"solver": "TrustRegion", "settings": {"radius": radius}, "landscape": landscape}
            golden.append({**case, "trail": cut(landscape, moved)})
    golden = [case for case in golden if len(case["trail"]) >= FEWEST_PLACES]
    lines = {"versions": found, "trajectories": golden}
    (folder / "solver_trajectories.json").write_text(json.dumps(lines, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
