"""What is no loss, or no step, is answered in a sentence, and nothing else happens."""

import math

import numpy as np
import pytest
from numba import njit, prange, vectorize

from engine import FormulaError, Race, compile_loss, compile_rule
from tests.engine.own import hills

TABLE = {"depth": 1.0}


def of_one(x):
    return x


def of_stars(*numbers):
    return numbers[0]


def by_keyword(x, y, *, depth=1.0):
    return x * y + depth


def with_words(x, y, kind="steep"):
    return x * y


def always_raising(x, y):
    raise ValueError("not today")


def raising_by_value(x, y):
    if x * x + y * y >= 0.0:
        raise ArithmeticError("there is nothing here")
    return x + y


def nowhere(x, y):
    return math.nan * x


def far_too_high(x, y):
    return math.inf


def ignoring(x, y):
    return 3.0


def by_lot(x, y):
    return x * y + np.random.random()


def of_arrays(x, y):
    return x[0] ** 2 + y[0]


def to_array(x, y):
    return np.array([x, y])


def to_nothing(x, y):
    x + y


def to_something_or_nothing(x, y):
    if x > y:
        return x
    return None


def to_complex(x, y):
    return complex(x, y)


def unknown_name(x, y):
    return depth_of(x) + y  # noqa: F821 - that is what is wrong with it


def of_dictionary(x, y):
    return TABLE["depth"] * x + y


def generator(x, y):
    yield x


async def waiting(x, y):
    return x


@njit(parallel=True)
def on_all_cores(x):
    total = 0.0
    for _ in prange(10):
        total += x
    return total


def calls_all_cores(x, y):
    return on_all_cores(x) + y


@vectorize
def universal(x, y):
    return x + y


class Callable:
    def __call__(self, x, y):
        return x

    def method(self, x, y):
        return x


BAD = [
    (of_one, "is a function of x, not of x and y"),
    (of_stars, '"*numbers"'),
    (by_keyword, '"depth=1.0"'),
    (with_words, "must be a finite number, not 'steep'"),
    (always_raising, "it raised ValueError: not today."),
    (raising_by_value, "raised ArithmeticError: there is nothing here."),
    (nowhere, "returned no finite number"),
    (far_too_high, "returned no finite number"),
    (ignoring, "it ignores x and y"),
    (by_lot, "has different values at the same point"),
    (of_arrays, 'Numba cannot compile "of_arrays"'),
    (to_array, "returns an array"),
    (to_nothing, "returns nothing"),
    (to_something_or_nothing, "not a number"),
    (to_complex, "returns complex128"),
    (unknown_name, "name 'depth_of' is not defined"),
    (of_dictionary, "Untyped global name 'TABLE'"),
    (generator, "it waits, or yields"),
    (waiting, "it waits, or yields"),
    (calls_all_cores, "parallel loops"),
    (universal, "is no function written in Python"),
    (Callable, "is no function written in Python"),
    (Callable(), "is no function written in Python"),
    (Callable().method, "is no function written in Python"),
    (math.hypot, "is no function written in Python"),
    (3, "is a formula or a function, not 3"),
    (None, "is a formula or a function, not None"),
]


@pytest.mark.parametrize(("function", "sentence"), BAD, ids=lambda value: str(getattr(value, "__name__", value))[:40])
def test_what_is_no_loss_gets_a_plain_sentence(function: object, sentence: str) -> None:
    with pytest.raises(FormulaError) as caught:
        compile_loss(function)
    assert sentence in caught.value.message
    assert "\n" not in str(caught.value)
    assert len(caught.value.message) < 260


BAD_GRADIENTS = [
    (lambda x: (x, x), "has the arguments (x), not (x, y) as"),
    (lambda x, y: x, "returns float64, not the slopes"),
    (lambda x, y: (x, y), "but differences of"),
    (3, "The gradient is no function"),
]


@pytest.mark.parametrize(("gradient", "sentence"), BAD_GRADIENTS)
def test_a_gradient_of_another_function_is_refused(gradient: object, sentence: str) -> None:
    with pytest.raises(FormulaError, match="gradient") as caught:
        compile_loss(lambda x, y: x * y, gradient=gradient)
    assert sentence in caught.value.message


def test_parameters_that_a_function_has_not_are_refused() -> None:
    with pytest.raises(FormulaError, match='no parameter "c"'):
        compile_loss(hills.valley, c=1)
    with pytest.raises(FormulaError, match="must be a finite number"):
        compile_loss(hills.valley, b=math.inf)
    with pytest.raises(FormulaError, match="no data set"):
        compile_loss(hills.valley, {"u": [1.0, 2.0]})


def test_a_free_name_of_a_formula_may_be_called_gradient() -> None:
    assert compile_loss("gradient*x + y", gradient=3.0).value(2.0, 0.0) == 6.0
    assert compile_loss(lambda x, y, gradient=1.0: gradient * x + y, gradient=3.0).value(2.0, 0.0) == 6.0


def leaves_w(w, g):
    g -= w


def forgets_w(w, g):
    w = w - g


def raising_step(w, g):
    raise ValueError("no way")


def to_number(w, g):
    return 3.0


def to_three(w, g):
    return np.zeros(3)


def beyond_bounds(w, g, v):
    w -= v[2]


def to_nan(w, g):
    w += math.nan


def to_one_point(w, g):
    return np.array([3.0, 4.0])


def default_of_t(w, g, t=1):
    w -= g


BAD_STEPS = [
    (lambda w: w, 'has no argument "g"'),
    (leaves_w, "leaves w where it is"),
    (forgets_w, "leaves w where it is"),
    (raising_step, "raised ValueError: no way."),
    (to_number, "returns float64"),
    (to_three, "returns 3 numbers, where w has 2"),
    (beyond_bounds, "raised IndexError"),
    (to_nan, "leads to no finite number"),
    (to_one_point, "leads to (3, 4) wherever it was tried: it ignores w and g."),
    (default_of_t, "has no default"),
    (of_stars, "has no place of its own"),
    (3, "A rule is a text or a function, not 3"),
]


@pytest.mark.parametrize(("step", "sentence"), BAD_STEPS, ids=lambda value: str(getattr(value, "__name__", value))[:40])
def test_what_is_no_step_gets_a_plain_sentence(step: object, sentence: str) -> None:
    with pytest.raises(FormulaError) as caught:
        compile_rule(step)
    assert sentence in caught.value.message


def test_a_race_goes_on_where_a_racer_is_refused() -> None:
    race = Race(compile_loss("x^2 + y^2"), ["SGD(lr=0.1)"], start=(1, 1))
    race.advance(5)
    for bad in (leaves_w, 3, None, lambda: 0):
        with pytest.raises(FormulaError):
            race.add(bad)
    race.advance(5)
    assert race.positions == pytest.approx(np.full((1, 2), 0.8**10))


def raises_after_ten(w, g, t, lr=0.1):
    if t > 10:
        raise ValueError("enough")
    w -= lr * g


def test_a_step_that_raises_under_way_ends_its_racer_alone() -> None:
    race = Race(compile_loss("x^2 + y^2"), [raises_after_ten, "SGD(lr=0.1)"], start=(1, 1))
    race.advance(20)
    assert race.status == ["diverged at step 11", "running"]
    assert race.positions[0] == pytest.approx([0.8**10, 0.8**10])
