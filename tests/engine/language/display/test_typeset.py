"""The typeset form says what the compiled tree says."""

import re
import time
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, reject, settings

from engine.language.display.typeset import FORMS, typeset, typeset_formula, typeset_rule
from engine.language.errors import FormulaError
from engine.language.functions import FUNCTIONS
from engine.language.syntax.parser import parse_formula, parse_rule
from engine.language.syntax.tree import Call, FormulaTree, Name, Number
from engine.optimizers import OPTIMIZERS
from engine.solvers.solver import Solver
from tests.engine.language.test_generated_texts import formulas, single_formulas


def plain(markup: str) -> str:
    """Return MathML as a line of text: ``{a/b}`` a fraction, ``^{}`` a power, ``_{}`` an index, ``√{}`` a root."""
    return "".join(_plain(element) for element in ET.fromstring(f"<math>{markup}</math>"))


def _plain(element: ET.Element) -> str:
    below = [_plain(child) for child in element]
    shapes = {
        "mfrac": "{{{0}/{1}}}", "msup": "{0}^{{{1}}}", "msub": "{0}_{{{1}}}", "msqrt": "√{{{0}}}",
        "mroot": "{1}√{{{0}}}", "munderover": "{0}_{{{1}}}^{{{2}}}",
    }  # fmt: skip
    if element.tag == "mspace":
        return " "
    if element.tag in shapes:
        return shapes[element.tag].format(*below)
    return (element.text or "") + "".join(below)


def tree_of(text: str) -> FormulaTree:
    """Return the tree of a generated text; a few are equations, which are no formulas."""
    try:
        return parse_formula(text)
    except FormulaError:
        reject()


def shown(text: str) -> str:
    """Return how a formula is typeset, its lines apart."""
    return " ; ".join("".join(map(plain, line.parts)) for line in typeset_formula(parse_formula(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x/2/y", "{{x/2}/y}"),
        ("x/(2*y)", "{x/2 y}"),
        ("-x^2", "−x^{2}"),
        ("(-x)^2", "(−x)^{2}"),
        ("2^-x", "2^{−x}"),
        ("x^y^2", "x^{y^{2}}"),
        ("(x^y)^2", "(x^{y})^{2}"),
        ("x - (y - 1)", "x−(y−1)"),
        ("x - y - 1", "x−y−1"),
        ("x - -y", "x−(−y)"),
        ("x*-y", "x·(−y)"),
        ("((x)) + ((y))", "x+y"),
        ("(x + 1)*y", "(x+1) y"),
        ("a*(x + 1)", "a·(x+1)"),
        ("2(x + 1)(y - 2)", "2 (x+1) (y−2)"),
        ("2*3*x", "2·3 x"),
        ("2*(1/2)", "2·{1/2}"),
        ("(x/y)^3", "({x/y})^{3}"),
        ("sqrt(x + 1)^2", "(√{x+1})^{2}"),
        ("cbrt(x)", "3√{x}"),
        ("root(x, 3) + root(y, 2)", "3√{x}+√{y}"),
        ("root(x + 1, n)^2", "(n√{x+1})^{2}"),
        ("log(x, b)^2", "log_{b}^{2}(x)"),
        ("2 log(x, a + 1)", "2 log_{a+1}(x)"),
        ("sin(x)^2", "sin^{2}(x)"),
        ("sin(x^2)", "sin(x^{2})"),
        ("sin(x)^-1", "(sin(x))^{−1}"),
        ("log(x) + log10(y)", "ln(x)+log_{10}(y)"),
        ("|x|^2 + floor(y)", "|x|^{2}+⌊y⌋"),
        ("factorial(x + 1)", "(x+1)!"),
        ("x % 3 + x//2", "x mod 3+⌊{x/2}⌋"),
        ("x if x < 1 else y", "{xif x<1yotherwise"),
        ("1 + (x if x < 1 else y)", "1+({xif x<1yotherwise)"),
        ("x > 1 and not y < 2", "x>1 and (not y<2)"),
        ("x <= 1", "x≤1"),
        ("x*1e-5 + 2.5e20", "x·10^{−5}+2.5·10^{20}"),
        ("0.1x", "0.1 x"),
        ("beta1*x + m_hat", "β_{1} x+m_{hat}"),
        ("beta1*x + β_1*y", "beta1 x+β_1 y"),
        ("gamma(x)*gamma", "Γ(x) γ"),
        ("norm(x, y)", "‖x, y‖"),
        ("r = x^2\nr + y", "r=x^{2} ; r+y"),
        ("0 < x <= y", "0<x≤y"),
        ("sum(i*x, i, 1, 5) + 1", "∑_{i=1}^{5}i x+1"),
        ("sum(i*x, i, 1, 5)*y", "(∑_{i=1}^{5}i x) y"),
        ("-sum(x, i, 1, 5) % 2", "(−∑_{i=1}^{5}x) mod 2"),
        ("2*prod(x - k, k, 1, 3)", "2 (∏_{k=1}^{3}(x−k))"),
        ("bump(u, v) = u^2 + v\nbump(x, 2)^2", "bump(u, v)=u^{2}+v ; bump^{2}(x, 2)"),
    ],
)
def test_a_formula_is_shown_as_it_is_read(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mean((x*u + y)^2)", "{1/n}∑(x u+y)^{2}"),
        ("mean(u)*x", "({1/n}∑u) x"),
        ("log(mean(x*u)) + k*y", "ln({1/n}∑x u)+k y"),
        ("2*mean(u - x)", "2 ({1/n}∑(u−x))"),
    ],
)
def test_a_mean_is_shown_as_what_it_is_worked_out_by(text: str, expected: str) -> None:
    assert (
        "".join(plain(part) for line in typeset_formula(parse_formula(text, ("u",))) for part in line.parts) == expected
    )


def test_every_function_of_the_table_can_be_typeset() -> None:
    for spec in FUNCTIONS.values():
        count = spec.least if spec.most is not None else 3
        call = Call(spec.name, tuple(Name(name, 0, 0) for name in "uvst"[:count]), 0, 0)
        text = plain(typeset(call).markup)
        assert all(name in text for name in "uvst"[:count]), spec.name


def test_every_form_in_the_table_is_known() -> None:
    assert {spec.form.split()[0] for spec in FUNCTIONS.values() if spec.form} | {"name"} == set(FORMS)


@settings(max_examples=200, deadline=None)
@given(formulas)
def test_whatever_is_a_formula_can_be_typeset(text: str) -> None:
    for line in typeset_formula(tree_of(text)):
        assert line.parts and line.work > 0
        for part in line.parts:
            assert plain(part)


@settings(max_examples=200, deadline=None)
@given(single_formulas)
def test_brackets_that_change_nothing_are_not_shown(text: str) -> None:
    tree_of(text)
    assert shown(f"({text})") == shown(text)


def test_parts_side_by_side_are_the_whole_line() -> None:
    (line,) = typeset_formula(parse_formula("x^2 - 3x*y + (y - 1)^2"))
    assert [plain(part) for part in line.parts] == ["x^{2}", "−3 x y", "+(y−1)^{2}"]


def test_a_long_sum_takes_no_time() -> None:
    tree = parse_formula(" + ".join(f"sin({i}x)" for i in range(1, 200)))
    began = time.thread_time()
    (line,) = typeset_formula(tree)
    assert time.thread_time() - began < 0.5
    assert len(line.parts) == 199


def test_a_row_within_a_row_doubles_the_work() -> None:
    def work(text: str) -> int:
        return sum(line.work for line in typeset_formula(parse_formula(text)))

    nested = "x + 1"
    figures = []
    for _ in range(8):
        nested = f"1 + sqrt({nested})"
        figures.append(work(nested))
    assert figures[-1] > 1.9 * figures[-2] > 3.5 * figures[-3]


def test_negative_numbers_and_numbers_beyond_all_bounds_have_a_form() -> None:
    assert plain(typeset(Call("add", (Number(-2.0, 0, 0), Number(float("inf"), 0, 0)), 0, 0)).markup) == "−2+∞"
    assert re.fullmatch("x−\\(−2\\)", plain(typeset(Call("sub", (Name("x", 0, 0), Number(-2.0, 0, 0)), 0, 0)).markup))


def rule_shown(text: str) -> list[str]:
    """Return how each line of a rule is typeset."""
    return ["".join(map(plain, line.parts)) for line in typeset_rule(parse_rule(text))]


def test_a_line_of_a_rule_gives_its_name_a_new_value() -> None:
    assert rule_shown("init v = a\nv = beta*v + g\nw = w - lr*v") == ["init v←a", "v←β v+g", "w←w−lr v"]


def test_a_coordinate_is_an_index_and_a_vector_stands_in_brackets() -> None:
    lines = rule_shown("c = coordinate(g, 1)*coordinate(w + g, 2)\nv1 = vector(c, -c)\nw = w - coordinate(v1, 1)^2")
    assert lines == ["c←g_{1} (w+g)_{2}", "v_{1}←(c, −c)", "w←w−((v_{1})_{1})^{2}"]


def test_a_function_of_a_rule_stands_before_its_lines_and_stays_an_equation() -> None:
    assert rule_shown("m = g\nf2(u) = u^2\nw = w - f2(m)") == ["f_{2}(u)=u^{2}", "m←g", "w←w−f_{2}(m)"]


@pytest.mark.parametrize("name", [name for name, entry in OPTIMIZERS.items() if not isinstance(entry, Solver)])
def test_every_rule_of_the_catalogue_is_typeset_line_for_line(name: str) -> None:
    text = OPTIMIZERS[name].rule
    assert len(rule_shown(text)) == sum(bool(line.split("#")[0].strip()) for line in text.splitlines())
