"""The error of a mistake has its place and what to try; independent mistakes are reported at once."""

import pytest

from engine.language.errors import MOST_REPORTED, FormulaError
from engine.loss.loss import compile_loss
from tests.engine.language.syntax.marked import assert_refused

MISTAKES = {
    # Functions and their arguments
    "«sinn»(x)": ('"sinn" is not known', '"sin"'),
    "«sin» x": ("argument in brackets", '"sin(x)"'),
    "«atan2» x": ("argument in brackets", '"atan2(u, v)"'),
    "2«sin» x": ("argument in brackets", '"sin(x)"'),
    "«sin» 2x": ("argument in brackets", 'Write "sin(2x)".'),
    "«sin» x y": ("argument in brackets", 'Write "sin(x y)" or "sin(x)*y".'),
    "«sin» x^2": ("argument in brackets", 'Write "sin(x^2)" or "sin(x)^2".'),
    "«sin» x/2": ("argument in brackets", 'Write "sin(x/2)" or "sin(x)/2".'),
    "«sin» 3cos": ("argument in brackets", 'Write "sin(3)".'),
    "3 «sin» x cos y": ("argument in brackets", 'Write "sin(x)".'),
    "«ln» -x": ("argument in brackets", 'Write "ln(-x)".'),
    "«sin»|x|": ("argument in brackets", 'Write "sin(|x|)".'),
    "«sin»^2 x^3": ("argument in brackets", 'Write "sin(x^3)^2".'),
    "«log» 2 x": ("argument in brackets", 'Write "log(2 x)" or "log(2)*x".'),
    "x + «sin»": ("argument in brackets", '"sin(u)"'),
    "«sin()»": ("needs an argument", '"sin(u)"'),
    "«sin»^2(x)": ("argument in brackets", '"sin(x)^2"'),
    "«sin»²(x)": ("argument in brackets", '"sin(x)^2"'),
    "«exp»^x": ("argument in brackets", '"exp(...)^x"'),
    "«sin»^(2)": ("argument in brackets", '"sin(...)^(2)"'),
    "«sin»⁻¹(x)": ("argument in brackets", '"asin(x)" or "sin(x)^(-1)"'),
    "«exp»^-1(x)": ("argument in brackets", 'Write "exp(x)^(-1)"'),
    "«atan2»(x)": ("takes 2 arguments, not 1", '"atan2(u, v)"'),
    "«sin»(x, y, 1)": ("takes 1 argument, not 3", '"sin(u)"'),
    "«root»(x)": ("takes 2 arguments, not 1", '"sqrt(u)"'),
    "«sqrt»(x, 3)": ("takes 1 argument, not 2", '"root(u, v)"'),
    "«atan»(y, x)": ("takes 1 argument, not 2", '"atan2(u, v)"'),
    "«hypot»(x, y, 1)": ("takes 2 arguments, not 3", '"norm(u, v, s)"'),
    "«ln»(x, 2)": ("takes 1 argument, not 2", '"log(u, v)"'),
    "«log»(x, y, 2)": ("takes 1 or 2 arguments, not 3", '"log(u)" or "log(u, v)"'),
    "«log(1,5)»": ("two things", '"log(1.5)" or "log(1, 5)"'),
    "«log_3»(x)": ("not known", '"log(..., 3)"'),
    "«log_2»(x)": ("not known", '"log2"'),
    "«log_b»(x)": ("not known", '"log(..., b)"'),
    "«root5»(x)": ("not known", '"root(..., 5)"'),
    "«∜»x": ("no meaning", '"root(..., 4)"'),
    "«sin»(1,5)": ("takes 1 argument, not 2", "decimal number has a point"),
    "«dot»(x, y)": ("for rules", ""),
    # What other programs write
    "100*(«x(2)» - x^2)^2": ("two things", 'Write "x*2" or "y".'),
    "«x(0)»^2 + y": ("two things", 'Write "x*0" or "x".'),
    "x«[»0]**2": ("no meaning", 'called "x" and "y"'),
    "y + «\\»frac{x^2}{2}": ("no meaning", '"(a)/(b)"'),
    "y + «\\»left|x\\right|": ("no meaning", 'Leave out "\\left".'),
    "2«\\»cdot x": ("no meaning", 'Write "*".'),
    "«\\»cos(x)": ("no meaning", 'without "\\"'),
    "«$»x^2": ("no meaning", "Leave it out."),
    "np«.»sin(x)": ("no meaning", 'without "np."'),
    "Math«.»PI*x": ("no meaning", 'without "Math."'),
    "x«.»^2 + y": ("no meaning", 'Write "^"'),
    "x «—» 1": ("no meaning", 'Write "-".'),
    "x + y «😀»": ("no meaning", "Delete it."),
    "x «xor» y": ("belongs to programs", ""),
    "x^2 + y^2 «// the bowl»": ("a remark", '"#"'),
    "x^2 + y^2 «% a bowl»": ("a remark", '"#"'),
    "x + «50% y»": ("two things", 'Write "50/100*y" or "50 % y".'),
    "«max(1,5, x)»": ("two things", "decimal number has a point"),
    "max(1«;» x)": ("ends a line", 'write ","'),
    "«pow»(x, 2)": ("not known", "a^b"),
    "«f»(x)": ('"f" is not known', "f(u) = ..."),
    "a*x + «a»(y + 1)": ("a parameter, not a function", "a*(...)"),
    "r = x; «r»(y)": ("a number, not a function", "r*(...)"),
    "«sinx»": ("is one name", '"sin(x)"'),
    "«sinxy»": ("is one name", '"sin(x*y)" or "sin(x)*y"'),
    "«cos2y» + x": ("is one name", '"cos(2*y)" or "cos(y)^2"'),
    "«sin2» x": ("is one name", '"sin(2)" or "sin(...)^2"'),
    "«sin2»(x)": ("is one name", '"sin(2*(...))" or "sin(...)^2"'),
    "«cosx2»": ("is one name", '"cos(x^2)" or "cos(x)^2"'),
    "«sincosx» + y": ("is one name", '"sin(cos(x))"'),
    "«log10x»": ("is one name", '"log10(x)"'),
    "x^2 + «xsin» y": ("is one name", '"x*sin(...)"'),
    "«xexp»(-x) + y": ("is one name", '"x*exp(...)"'),
    "bump(u) = u^2; «bumpx»": ("is one name", '"bump(x)"'),
    "«random»() + x": ('"random" is not known', "the same each time"),
    # Operators
    "x +«»": ("missing at the end", ""),
    "«*» x": ('"*" does not fit', "missing before"),
    "2 «3»": ('"3" does not fit', "*"),
    "x «3»": ('"3" does not fit', "*"),
    "(x)«3»": ('"3" does not fit', "*"),
    "x +«=» 1": ('"=" does not fit', "define a new name"),
    "x «=»> 1": ('"=" does not fit', ">="),
    "x «=»< 1": ('"=" does not fit', "<="),
    "x <«>» 1": ('">" does not fit', "!="),
    "x ==«=» 1": ('"=" does not fit', "=="),
    "x > «not» y": ('"not" does not fit', "brackets"),
    "x «&»& y": ('"&" has no meaning', '"and"'),
    "x«!»": ("no meaning", "factorial"),
    "0 < x «>» 1": ("one way", "and"),
    "x != y «!=» 1": ("one way", "and"),
    "sin(x)«(»y)": ("two things", 'write "*"'),
    # Choices and equations
    "x if y«»": ("other half", "else"),
    "x «else» y": ("does not fit", "a if c else b"),
    "x if x «=» 1 else y": ('"=" does not fit', "=="),
    "(x «=» 1)": ('"=" does not fit', "=="),
    "«x == 1»": ("equation", "(a - b)^2"),
    "«x^2 + y^2 = 1»": ("equation", "(a - b)^2"),
    # Brackets and bars
    "2«(»x + 1": ('"(" is not closed', '")"'),
    "x + 1«)»": ('")" does not fit', 'no "("'),
    "(x + «)»": ('")" does not fit', "before it"),
    "2 - sin«(»x": ('"(" is not closed', '")"'),
    "(«|»x + 1)": ('"|" is not closed', '"|"'),
    "|x + «(»y|": ('"(" is not closed', '")"'),
    "|2|x|«|»": ("left without another", "|2*|x||"),
    "|2|x«|»": ("left without another", "|2*|x||"),
    "|x| + |«»": ("missing", ""),
    "x + «[»y]": ("no meaning", "round brackets"),
    # Numbers
    "1«,»5*x": ('"," does not fit', '"1.5"'),
    "1.000«,»5": ('"," does not fit', "decimal point"),
    "1«,»000 x": ('"," does not fit', 'no gaps: "1000"'),
    "1 «000» x": ('"000" does not fit', '"1000"'),
    "1.2«.3»": ('".3" does not fit', "one decimal point"),
    "«1e400»": ("too large", ""),
    "«0x1F»": ("no number", "decimal digits"),
    "«2j»": ("real", '"2*j"'),
    "x + «inf»": ("no number", "large"),
    "«PI» x": ("no number", '"pi"'),
    # Names
    "«xy»": ("is one name", 'Did you mean "x*y"'),
    "x^2 + «x2y»": ("is one name", '"x*2*y" or "x^2*y"'),
    "2«pix» + x": ("is one name", '"pi*x"'),
    "sin(«πy»)": ("is one name", '"π*y"'),
    "e^«xy»": ("is one name", '"^(x*y)" or "^x*y"'),
    "e^«xcos»(y)": ("is one name", '"^(x*cos(...))" or "^x*cos(...)"'),
    "e^-«xy»": ("is one name", '"^(-x*y)" or "^-x*y"'),
    "e^--«xy»": ("is one name", '"^(x*y)" or "^x*y"'),
    "e^-«ax» + y": ('nothing else reads "x"', '"^(-a*x)" or "^-a*x"'),
    "y^2 - «ax»": ('nothing else reads "x"', 'Did you mean "a*x"'),
    "1/«xy» + y": ("is one name", '"/(x*y)" or "/x*y"'),
    "1/«ax» + y": ('nothing else reads "x"', '"/(a*x)" or "/a*x"'),
    "√«xy»": ("is one name", '"√(x*y)" or "√x*y"'),
    "«xe»^x": ("is one name", '"x*e"'),
    "«pi2» + x": ("is one name", '"pi*2" or "pi^2"'),
    "x + «πr»": ("is one name", '"π*r"'),
    "x*y + «ex»": ("is one name", '"e*x"'),
    "r = hypot(x, y); «rx» + r": ("is one name", '"r*x"'),
    "r = hypot(x, y); «sinr» + r": ("is one name", '"sin(r)"'),
    "f(u) = «ux»; f(y)": ("is one name", '"u*x"'),
    "sum(«ix»^2, i, 1, 3) + x": ("is one name", '"i*x"'),
    "«pi2»(x + y)": ("is one name", '"pi*2*(...)" or "pi^2*(...)"'),
    "«ax»^2 + y": ('nothing else reads "x"', '"a*x"'),
    "2«x3» + y": ('nothing else reads "x"', '"x*3" or "x^3"'),
    "«xa» + y": ('nothing else reads "x"', '"x*a"'),
    "«x1» + x": ("coordinates", '"x"'),
    "raduis = x; «radius» + y": ("not known", '"raduis"'),
    "«lambda»": ("programs", ""),
    "x + «'»y'": ("no meaning", "no text"),
    "sin«'»(x)": ("no meaning", "worked out"),
    "x«\u200b» + y": ('"U+200B" has no meaning', "Delete"),
    "x«\u3000»+ y": ('"U+3000" has no meaning', "plain space"),
    "«⌊»x": ("no meaning", '"floor(...)"'),
    "d/«dx» x^2": ("worked out", "d/d"),
    # Definitions
    "«x» = 2\nx": ("already", ""),
    "«sin»(u) = u; sin(x)": ("already", ""),
    "«add»(u, v) = u + v; add(x, y)": ("already", ""),
    "«sum» = 1; sum": ("already", ""),
    "«z =» x^2": ("the loss itself", "z ="),
    "«f(x, y) =» x^2": ("the loss itself", "Leave out"),
    "«f(u) =» u^2": ("the loss itself", 'uses "f"'),
    "f(u, «u») = u; f(x)": ("twice", ""),
    "f(«2») = x; f(x)": ("A parameter is a name", ""),
    "f(«e») = e; f(x)": ("already", ""),
    "f(u) = «f»(u - 1); f(x)": ("its own definition", "sum"),
    "f(u) = «g»(u); g(u) = u; f(x)": ("before it is defined", "up"),
    "f(u, v) = u; «f»(x)": ("takes 2 arguments, not 1", '"f(u, v)"'),
    "f(u, v) = u; «f»": ("argument in brackets", '"f(u, v)"'),
    "bump(u) = u; «bum»(x)": ("not known", '"bump"'),
    # Sums
    "«sum»(x, 3)": ("takes 4 arguments, not 2", '"sum(term, i, first, last)"'),
    "«prod» x": ("argument in brackets", '"prod(term, i, first, last)"'),
    "sum(i, i«=»1, 5)": ('"=" does not fit', '"sum(term, i, first, last)"'),
    "sum(x, «3», 1, 5)": ("the name that counts", ""),
    "sum(x, «e», 1, 5)": ("already", ""),
    "sum(x, i, 1, «y»)": ("must not depend", "whole"),
    "sum(x, i, 1, «n»)": ("must not depend", "whole"),
    "sum(x, i, 1, «2.5»)": ("not to 2.5", "whole"),
    "sum(x, i, 1, «1/0»)": ("not to inf", "whole"),
    "«sum(x, i, 1, 1e300)»": ("too many terms: 10,000", ""),
    # Lines
    "«»": ("no formula", "x^2"),
    "«x^2 +»\ny^2": ("breaks off", "brackets"),
    "«x^2»\ny": ("defines nothing", ""),
    "s = «r»\nr = x\ns": ("before it is defined", "up"),
    "r = «r» + 1\nr": ("before it is defined", "up"),
    "r = «(»x + 1\ns = r^2\ns + y": ('"(" is not closed', '")"'),
    "«(»x, 1\n2": ('"(" is not closed', '")"'),
    "«(»(x)\n+ y": ('"(" is not closed', '")"'),
    "r = «(»x\nr + (y": ('"(" is not closed', '")"'),
    "r = 1; «(»x; y": ('"(" is not closed', '")"'),
    "(«|»x\n+ y)": ('"|" is not closed', '"|"'),
    "«|»x\ny": ('"|" is not closed', '"|"'),
}
"""To a text, in which « and » mark the place: words of the sentence, and of what to try."""


@pytest.mark.parametrize("marked", MISTAKES)
def test_a_mistake_is_reported_at_its_place_with_what_to_try(marked: str) -> None:
    assert_refused(marked, *MISTAKES[marked], compile_loss)


NAMES_OF_THEIR_OWN = (
    "alpha", "step2", "gamma1", "x0", "y0", "e1", "r2", "y_max", "x_y", "pi_2", "xstep", "rate", "pixel", "period",
    "pitch", "expected", "tangent", "logs", "cost", "beta", "theta", "Δx", "Δτ", "maxx", "ymin", "scale_x",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES_OF_THEIR_OWN)
def test_a_name_that_only_begins_or_ends_like_a_known_one_is_a_parameter(name: str) -> None:
    assert list(compile_loss(f"r = hypot(x, y); {name}*r^2 + x*y").parameters) == [name]


@pytest.mark.parametrize("text", ["l = x; r = y; lr*l*r", "f(u) = u^2; f2*f(x) + y", "f(u, v) = u*v*uv; f(x, y)"])
def test_names_that_the_text_defines_may_make_up_another(text: str) -> None:
    assert len(compile_loss(text).parameters) == 1


def test_independent_mistakes_are_reported_together() -> None:
    with pytest.raises(FormulaError) as caught:
        compile_loss("r = sinn(x)\ns = coss(y) + kosh(x)\nr + s + $")
    reported = (caught.value, *caught.value.also)
    assert [error.message.split('"')[1] for error in reported] == ["sinn", "coss", "kosh", "$"]


def test_what_follows_from_a_mistake_is_not_reported_beside_it() -> None:
    for text in ("f() = 1; f()", "random() + x", "r = sinn(x); r + r^2"):
        with pytest.raises(FormulaError) as caught:
            compile_loss(text)
        assert caught.value.also == ()


def test_of_many_mistakes_the_first_are_reported() -> None:
    with pytest.raises(FormulaError) as caught:
        compile_loss("\n".join(f"a{i} = sinn{i}(x)" for i in range(50)) + "\nx")
    assert len(caught.value.also) == MOST_REPORTED - 1
