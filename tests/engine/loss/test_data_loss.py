"""A loss from data: its columns are names, and mean(...) runs over the rows."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import FormulaError, compile_loss
from engine.language.codegen.assembly import LANES

GENERATOR = np.random.default_rng(7)
U, V = GENERATOR.normal(size=(2, 200))
X, Y = GENERATOR.uniform(-2, 2, (2, 25))
LINE = "mean((x*u + y - v)^2)"
FORMULAS = [
    LINE,
    "log(mean((x*u + y - v)^2)) + a*x^2",
    "p = sigmoid(x*u + y); -mean(where(v > 0, log(p), log(1 - p)))",
    "m = mean(u); s = sqrt(mean((u - m)^2)); mean((x*(u - m)/s + y - v)^2)",
    "mean((y*tanh(x*u) - v)^2)",
    "huber(r) = where(|r| < 1, r^2/2, |r| - 0.5); mean(huber(x*u + y - v))",
    "mean(sum(cos(i*x*u), i, 1, 3)) + mean(mean(u)*v)*y",
    "x^2 + y^2 + mean(3)",
]
WITHIN_FEW_ULP = 1e-12


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("rows", [1, LANES - 1, LANES, 4 * LANES, 4 * LANES + 1, 200])
def test_machine_code_is_worth_what_numpy_makes_of_the_rows(formula: str, rows: int) -> None:
    loss = compile_loss(formula, {"u": U[:rows], "v": V[:rows]})
    expected = loss.preview(X, Y)
    np.testing.assert_allclose(loss.value(X, Y), expected, rtol=WITHIN_FEW_ULP, atol=WITHIN_FEW_ULP)
    np.testing.assert_allclose(loss.value_and_gradient(X, Y)[0], expected, rtol=WITHIN_FEW_ULP, atol=WITHIN_FEW_ULP)


def test_a_mean_is_the_mean_over_the_rows() -> None:
    loss = compile_loss(LINE, {"u": U, "v": V})
    assert float(loss.value(0.7, -0.2)) == pytest.approx(np.mean((0.7 * U - 0.2 - V) ** 2), rel=1e-14)
    assert loss.parameters == {}


@pytest.mark.parametrize("formula", FORMULAS)
def test_slopes_and_second_derivatives_are_exact(formula: str) -> None:
    loss = compile_loss(formula, {"u": U, "v": V})
    step = 1e-5
    gx, gy = loss.gradient(X, Y)
    np.testing.assert_allclose(gx, (loss.value(X + step, Y) - loss.value(X - step, Y)) / (2 * step), atol=1e-6)
    np.testing.assert_allclose(gy, (loss.value(X, Y + step) - loss.value(X, Y - step)) / (2 * step), atol=1e-6)
    if "huber" not in formula:
        hxx, hxy, hyy = loss.hessian(X, Y)
        right, left, up, down = (loss.gradient(X + a, Y + b) for a, b in ((step, 0), (-step, 0), (0, step), (0, -step)))
        np.testing.assert_allclose(hxx, (right[0] - left[0]) / (2 * step), atol=1e-6)
        np.testing.assert_allclose(hxy, (right[1] - left[1]) / (2 * step), atol=1e-6)
        np.testing.assert_allclose(hyy, (up[1] - down[1]) / (2 * step), atol=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=70))
def test_rows_behind_the_last_one_count_for_nothing(column: list[float]) -> None:
    loss = compile_loss("mean(u) + 0*x", {"u": np.array(column)})
    assert float(loss.value(0, 0)) == pytest.approx(np.mean(column), rel=1e-12, abs=1e-9)


def test_a_point_is_worth_the_same_whatever_is_asked_beside_it() -> None:
    loss = compile_loss(FORMULAS[2], {"u": U, "v": V})
    together = loss.value(X, Y)
    assert [float(loss.value(x, y)) for x, y in zip(X, Y, strict=True)] == together.tolist()


def test_another_data_set_is_taken_without_compiling() -> None:
    loss = compile_loss(LINE, {"u": U, "v": V})
    code = loss.point_address
    loss.set_columns({"u": U[:30], "v": V[:30] + 1})
    assert loss.point_address == code
    assert float(loss.value(0.5, 1)) == pytest.approx(np.mean((0.5 * U[:30] - V[:30]) ** 2), rel=1e-14)


def test_a_data_set_with_other_columns_is_refused_and_changes_nothing() -> None:
    loss = compile_loss(LINE, {"u": U, "v": V})
    before = float(loss.value(1, 1))
    for columns in ({"u": U}, {"u": U, "w": V}, {"u": U, "v": V[:3]}, {"u": [], "v": []}):
        with pytest.raises(FormulaError):
            loss.set_columns(columns)
    assert float(loss.value(1, 1)) == before


def test_parameters_stay_live_beside_the_data() -> None:
    loss = compile_loss("mean((x*u + y - v)^2) + k*(x^2 + y^2)", {"u": U, "v": V}, k=2.0)
    plain = compile_loss(LINE, {"u": U, "v": V})
    assert loss.parameters == {"k": 2.0}
    loss.set(k=0.5)
    assert float(loss.value(1, 1)) == pytest.approx(float(plain.value(1, 1)) + 1)


def test_a_loss_pickles_with_its_data() -> None:
    loss = compile_loss(LINE, {"u": U, "v": V})
    copy = pickle.loads(pickle.dumps(loss))
    assert copy.value(X, Y).tolist() == loss.value(X, Y).tolist()


def test_a_column_that_nothing_reads_is_no_mistake() -> None:
    assert float(compile_loss("mean(u*x)", {"u": U, "idle": V}).value(1, 0)) == pytest.approx(U.mean())


@pytest.mark.parametrize(
    ("formula", "marked", "told"),
    [
        ("x*u + y", "u", '"u" has a value for each row of the data.'),
        ("mean(u) + v*x + y", "v", '"v" has a value for each row of the data.'),
        ("r = x*u + y - v; r^2", "r", '"r" has a value for each row of the data.'),
        ("f(a) = a*u; f(x) + y", "f(x) + y", "This has a value for each row of the data."),
        ("u = 2; mean(u*x) + y", "u", '"u" is a column of the data.'),
        ("mean(u, v) + x*y", "mean", '"mean" takes 1 argument, not 2.'),
        ("mean u + x*y", "mean", '"mean" needs its argument in brackets.'),
        ("sum(x, i, 1, u)", "u", 'How far a "sum" runs must not depend on variables or parameters.'),
    ],
)
def test_a_mistake_with_columns_is_told_where_it_is(formula: str, marked: str, told: str) -> None:
    with pytest.raises(FormulaError) as caught:
        compile_loss(formula, {"u": U, "v": V})
    assert caught.value.message == told
    assert formula[caught.value.start : caught.value.end] == marked


def test_without_a_data_set_a_mean_has_nothing_to_run_over() -> None:
    with pytest.raises(FormulaError, match="runs over the rows of a data set, and there is none"):
        compile_loss("mean((x - y)^2)")


@pytest.mark.parametrize("name", ["x", "sin", "pi", "mean", "sum", "if", "2u", "body mass", "", "row_" * 20])
def test_a_column_has_a_name_that_a_formula_can_read(name: str) -> None:
    with pytest.raises(FormulaError, match="A column cannot be called"):
        compile_loss("x + y", {name: U})


@pytest.mark.parametrize("values", [[1.0, np.nan], [1.0, np.inf], [[1.0], [2.0]], 3.0])
def test_a_column_is_finite_numbers(values: object) -> None:
    with pytest.raises(FormulaError, match="must be finite numbers, one for each row"):
        compile_loss("mean(u)*x", {"u": values})  # type: ignore[dict-item]


def test_names_of_other_books_may_be_columns() -> None:
    assert float(compile_loss("mean(x1*x)", {"x1": U}).value(1, 0)) == pytest.approx(U.mean())
