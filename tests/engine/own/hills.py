"""Functions such as a person writes, found by their names."""

from __future__ import annotations

import math

import numpy as np
from numba import njit


@njit
def valley(x, y, a=1.0, b=100.0):
    return (a - x) ** 2 + b * (y - x**2) ** 2


@njit
def valley_slopes(x, y, a=1.0, b=100.0):
    return -2.0 * (a - x) - 4.0 * b * x * (y - x * x), 2.0 * b * (y - x * x)


def eggs(x, y):
    """Return a landscape of many dimples, of NumPy's functions and of Python's."""
    far = -0.2 * np.sqrt((x * x + y * y) / 2)
    return -20 * np.exp(far) - math.exp((math.cos(2 * math.pi * x) + np.cos(2 * np.pi * y)) / 2) + math.e + 20


@njit
def cubed(x):
    return x**3


def camel(x, y):
    result = (4 - 2.1 * x**2 + x**4 / 3) * x**2
    result += x * y + (-4 + 4 * pow(y, 2)) * y**2
    result += cubed(x) + np.power(y, 3) + 2.0**x + (2.0 + np.sin(x)) ** (1.5 + np.cos(y)) + (x * x + 1.0) ** -0.5
    return result


def tent(x, y):
    return abs(x) + 2 * abs(y - 0.25)


def steps(x, y):
    if x > y:
        return max(x * x, y * y)
    return 3.0 * (y - x) + max(x * x, y * y)


def whole(x, y):
    return int(4 * x) + int(4 * y)


def gate(x, y):
    """Return a value outside of the unit circle only."""
    if x * x + y * y < 1.0:
        raise ValueError("too near the middle")
    return x * x + y


@njit(fastmath=True, parallel=True)
def hurried(x, y):
    return math.log(x) + y * y


def table(x, y):
    """Look its numbers up in an array that it makes."""
    rows = np.array([x, y, 1.0])
    return (rows * rows).sum()


def momentum(w, g, v, lr=0.01, mu=0.9):
    v[:] = mu * v + g
    w -= lr * v


@njit
def plain_descent(w, g, lr=0.001):
    return w - lr * g


@njit
def adam(w, g, t, m, v, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    for i in range(2):
        m[i] = beta1 * m[i] + (1 - beta1) * g[i]
        v[i] = beta2 * v[i] + (1 - beta2) * g[i] ** 2
        w[i] -= lr * (m[i] / (1 - beta1**t)) / (np.sqrt(v[i] / (1 - beta2**t)) + eps)


def polyak(w, g, f, least=0.0):
    """Step as far as the loss says, whose least value is known."""
    size = g[0] ** 2 + g[1] ** 2
    if size > 0.0:
        w -= (f - least) / size * g
