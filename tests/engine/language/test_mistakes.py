"""A mistake is told at its place, with what to try; several at once where they have nothing to do with each other."""

import pytest

from engine.language.errors import MOST_TOLD, FormulaError
from engine.loss import Loss

MISTAKES = {
    # text: words of the sentence, words of what to try, how the text goes on from the marked place ("" is its end)
    # Functions and their arguments
    "sinn(x)": ("`sinn` is not known", "`sin`", "sinn"),
    "sin x": ("argument in brackets", "`sin(x)`", "sin"),
    "2sin x": ("argument in brackets", "`sin(x)`", "sin"),
    "sin 2x": ("argument in brackets", "`sin(...)`", "sin"),
    "x + sin": ("argument in brackets", "`sin(u)`", "sin"),
    "sin()": ("needs an argument", "`sin(u)`", "sin()"),
    "sin^2(x)": ("argument in brackets", "`sin(...)^2`", "sin"),
    "sin²(x)": ("argument in brackets", "`sin(...)^2`", "sin"),
    "atan2(x)": ("takes 2 arguments, not 1", "`atan2(u, v)`", "atan2"),
    "sin(x, y, 1)": ("takes 1 argument, not 3", "`sin(u)`", "sin"),
    "sin(1,5)": ("takes 1 argument, not 2", "decimal number has a point", "sin"),
    "dot(x, y)": ("for rules", "", "dot"),
    "pow(x, 2)": ("not known", "a^b", "pow"),
    "f(x)": ("`f` is not known", "f(u) = ...", "f"),
    "a*x + a(y + 1)": ("a parameter, not a function", "a*(...)", "a(y"),
    "r = x; r(y)": ("a number, not a function", "r*(...)", "r(y"),
    "sinx": ("is one name", "`sin(x)`", "sinx"),
    "cos2y + x": ("is one name", "`cos(2y)`", "cos2y"),
    # Operators
    "x +": ("missing at the end", "", ""),
    "* x": ("`*` does not fit", "missing before", "*"),
    "2 3": ("`3` does not fit", "*", "3"),
    "x 3": ("`3` does not fit", "*", "3"),
    "(x)3": ("`3` does not fit", "*", "3"),
    "x += 1": ("`=` does not fit", "define a new name", "="),
    "x => 1": ("`=` does not fit", ">=", "="),
    "x =< 1": ("`=` does not fit", "<=", "="),
    "x <> 1": ("`>` does not fit", "!=", ">"),
    "x === 1": ("`=` does not fit", "==", "= 1"),
    "x > not y": ("`not` does not fit", "brackets", "not"),
    "x && y": ("`&` has no meaning", "`and`", "&"),
    "x!": ("no meaning", "factorial", "!"),
    "0 < x > 1": ("one way", "and", ">"),
    "x != y != 1": ("one way", "and", "!= 1"),
    # Choices and equations
    "x if y": ("other half", "else", ""),
    "x else y": ("does not fit", "a if c else b", "else"),
    "x if x = 1 else y": ("`=` does not fit", "==", "="),
    "(x = 1)": ("`=` does not fit", "==", "="),
    "x == 1": ("equation", "(a - b)^2", "x == 1"),
    "x^2 + y^2 = 1": ("equation", "(a - b)^2", "x^2 + y^2 = 1"),
    # Brackets and bars
    "2(x + 1": ("`(` is not closed", "`)`", "("),
    "x + 1)": ("`)` does not fit", "no `(`", ")"),
    "(x + )": ("`)` does not fit", "before it", ")"),
    "2 - sin(x": ("`(` is not closed", "`)`", "("),
    "(|x + 1)": ("`|` is not closed", "`|`", "|"),
    "|x + (y|": ("`(` is not closed", "`)`", "("),
    "|2|x||": ("left without another", "|2*|x||", "|"),
    "|2|x|": ("left without another", "|2*|x||", "|"),
    "|x| + |": ("missing", "", ""),
    "x + [y]": ("no meaning", "round brackets", "["),
    # Numbers
    "1,5*x": ("`,` does not fit", "`1.5`", ","),
    "1.000,5": ("`,` does not fit", "decimal point", ","),
    "1 000 x": ("`000` does not fit", "`1000`", "000"),
    "1.2.3": ("`.3` does not fit", "one decimal point", ".3"),
    "1e400": ("too large", "", "1e400"),
    "0x1F": ("no number", "decimal digits", "0x1F"),
    "2j": ("real", "`2*j`", "2j"),
    "x + inf": ("no number", "large", "inf"),
    "PI x": ("no number", "`pi`", "PI"),
    # Names
    "xy": ("no product", "Did you mean `x*y`", "xy"),
    "ax^2 + y": ("nothing else reads `x`", "`a*x`", "ax"),
    "x1 + x": ("coordinates", "`x`", "x1"),
    "raduis = x; radius + y": ("not known", "`raduis`", "radius"),
    "lambda": ("programs", "", "lambda"),
    "x + 'y'": ("no meaning", "", "'"),
    "d/dx x^2": ("worked out", "d/d", "dx"),
    # Definitions
    "x = 2\nx": ("already", "", "x"),
    "sin(u) = u; sin(x)": ("already", "", "sin"),
    "add(u, v) = u + v; add(x, y)": ("already", "", "add"),
    "sum = 1; sum": ("already", "", "sum"),
    "z = x^2": ("the loss itself", "z =", "z ="),
    "f(x, y) = x^2": ("the loss itself", "Leave out", "f(x, y) ="),
    "f(u) = u^2": ("the loss itself", "uses `f`", "f(u) ="),
    "f(u, u) = u; f(x)": ("twice", "", "u) ="),
    "f(2) = x; f(x)": ("A parameter is a name", "", "2"),
    "f(e) = e; f(x)": ("already", "", "e)"),
    "f(u) = f(u - 1); f(x)": ("its own definition", "sum", "f(u - 1"),
    "f(u) = g(u); g(u) = u; f(x)": ("before it is defined", "up", "g(u);"),
    "f(u, v) = u; f(x)": ("takes 2 arguments, not 1", "`f(u, v)`", "f(x"),
    "f(u, v) = u; f": ("argument in brackets", "`f(u, v)`", "f"),
    "bump(u) = u; bum(x)": ("not known", "`bump`", "bum("),
    # Sums
    "sum(x, 3)": ("takes 4 arguments, not 2", "`sum(term, i, first, last)`", "sum"),
    "prod x": ("argument in brackets", "`prod(x)`", "prod"),
    "sum(x, 3, 1, 5)": ("the name that counts", "", "3"),
    "sum(x, e, 1, 5)": ("already", "", "e"),
    "sum(x, i, 1, y)": ("must not depend", "whole", "y"),
    "sum(x, i, 1, n)": ("must not depend", "whole", "n)"),
    "sum(x, i, 1, 2.5)": ("not to 2.5", "whole", "2.5"),
    "sum(x, i, 1, 1/0)": ("not to inf", "whole", "1/0"),
    "sum(x, i, 1, 1e300)": ("too many terms: 10,000", "", "sum(x, i, 1, 1e300)"),
    # Lines
    "": ("no formula", "x^2", ""),
    "x^2 +\ny^2": ("breaks off", "brackets", "x^2 +"),
    "x^2\ny": ("defines nothing", "", "x^2"),
    "s = r\nr = x\ns": ("before it is defined", "up", "r\n"),
    "r = r + 1\nr": ("before it is defined", "up", "r + 1"),
    "r = (x + 1\ns = r^2\ns + y": ("`(` is not closed", "`)`", "("),
    "((x)\n+ y": ("`(` is not closed", "`)`", "("),
    "r = (x\nr + (y": ("`(` is not closed", "`)`", "("),
    "r = 1; (x; y": ("`(` is not closed", "`)`", "("),
    "(|x\n+ y)": ("`|` is not closed", "`|`", "|"),
    "|x\ny": ("`|` is not closed", "`|`", "|"),
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_told_where_it_is_with_what_to_try(text: str) -> None:
    message, hint, place = MISTAKES[text]
    with pytest.raises(FormulaError) as caught:
        Loss(text, {})
    error = caught.value
    assert message in error.message
    assert hint in error.hint
    assert text.startswith(place, error.start) if place else error.start == len(text.rstrip())
    assert str(error).startswith(error.message)


def test_mistakes_that_have_nothing_to_do_with_each_other_are_told_together() -> None:
    with pytest.raises(FormulaError) as caught:
        Loss("r = sinn(x)\ns = coss(y) + kosh(x)\nr + s + $", {})
    told = (caught.value, *caught.value.also)
    assert [error.message.split("`")[1] for error in told] == ["sinn", "coss", "kosh", "$"]


def test_of_many_mistakes_the_first_are_told() -> None:
    with pytest.raises(FormulaError) as caught:
        Loss("\n".join(f"a{i} = sinn{i}(x)" for i in range(50)) + "\nx", {})
    assert len(caught.value.also) == MOST_TOLD - 1
