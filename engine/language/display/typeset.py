"""Typesets a formula or a rule as MathML, from the tree that is compiled.

The `form` of a function in the table says how it looks.  Brackets stand where the parser would read something else
without them, whatever brackets were typed, so that a person sees how a text was read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from types import MappingProxyType

from engine.language.display.mathml import (
    ENCLOSED,
    SPACE,
    TALLEST_PLAIN,
    Box,
    bracketed,
    fenced,
    joined,
    operator,
    raised,
    stacked,
    word,
)  # fmt: skip
from engine.language.display.symbols import alike, name_box, number_box
from engine.language.functions import FUNCTIONS
from engine.language.precedence import BINARY, COMPARISON, COMPARISONS, POWER, PRODUCT, SIGN
from engine.language.reductions import REDUCTIONS
from engine.language.syntax.tree import (
    Assignment,
    Call,
    Chain,
    Expression,
    FormulaTree,
    FunctionDefinition,
    Name,
    Number,
    Reduction,
    RuleTree,
    all_parts_of,
    parts_of,
)

LOOSE = ("where", "or", "and", "not")
"""Functions that bind more loosely than any operator, the loosest first."""
LEVELS: Mapping[str, int] = MappingProxyType(
    {
        **{function: level for level, function in BINARY.values()},
        **dict.fromkeys(COMPARISONS.values(), COMPARISON),
        **{function: number - len(LOOSE) for number, function in enumerate(LOOSE)},
    }
)
"""How tightly a function binds its arguments, where it does not enclose them."""
LOOSEST = min(LEVELS.values())

COMMA = operator(",", "postfix") + SPACE

BAR_TALL, ROOT_TALL, INNER, LIMITS_TALL, SUM_TALL = 0.9, 1.1, 0.75, 2.4, 1.4
"""How tall a fraction, a root and a fraction in a fraction are beside what they hold; a sum sign with and without
limits."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of mathematics.

    Attributes
    ----------
    parts : sequence of str
        MathML, each a row of elements; between two of them the line may be broken.
    work : int
        How many elements there are to lay out, those of a row within a row counted twice.
    """

    parts: tuple[str, ...]
    work: int


def typeset_formula(tree: FormulaTree) -> list[Line]:
    """Return the definitions and then the loss of a formula, each as a line."""
    as_typed = alike_in(tree.definitions, _names_below(tree.result))
    loss = typeset(tree.result, as_typed)
    return [*(_defining(line, as_typed) for line in tree.definitions), Line(loss.parts, loss.work)]


def typeset_rule(tree: RuleTree) -> list[Line]:
    """Return the functions of a rule, then its lines in their order: an arrow says that a name takes a new value."""
    lines: tuple[Definition, ...] = (*tree.functions, *tree.assignments)
    as_typed = alike_in(lines, set())
    return [_defining(line, as_typed, "=" if isinstance(line, FunctionDefinition) else "←") for line in lines]


def alike_in(lines: Sequence[Definition], others: set[str]) -> Set[str]:
    """Return which names in `lines` and `others` must stay as they are typed."""
    return alike({line.name for line in lines}.union(others, *(_names_below(line.value) for line in lines)))


def _defining(line: Definition, as_typed: Set[str], sign: str = "=") -> Line:
    name = name_box(line.name, as_typed)
    if isinstance(line, FunctionDefinition):
        name = _applied(name, [name_box(parameter, as_typed) for parameter in line.parameters])
    begun = word("init") + SPACE if isinstance(line, Assignment) and line.initial else ""
    return _equation(begun + name.markup, typeset(line.value, as_typed), sign)


def typeset_slope(variable: str, slope: Expression) -> Line:
    """Return the line that says what the partial derivative by a variable is."""
    by = f"<mfrac><mrow><mi>∂</mi><mi>f</mi></mrow><mrow><mi>∂</mi><mi>{variable}</mi></mrow></mfrac>"
    return _equation(by, typeset(slope, alike(_names_below(slope))))


def typeset(
    tree: Expression, as_typed: Set[str] = frozenset(), named: Callable[[str], Box | None] = lambda name: None
) -> Box:
    """Return a tree as a box.

    Parameters
    ----------
    as_typed : set of str
        Names that stay as they are, since their letters are those of another name.
    named : callable
        Returns what stands in the place of a name; None for the name itself.
    """
    results: list[Box] = []
    pending: list[tuple[Expression, bool]] = [(tree, False)]
    # A loop instead of recursion, since a sum of a thousand terms is a thousand levels deep.
    while pending:
        node, below_done = pending.pop()
        if isinstance(node, Number):
            results.append(number_box(node.value))
        elif isinstance(node, Name):
            results.append(named(node.name) or name_box(node.name, as_typed))
        elif below_done:
            below = parts_of(node)
            arguments = results[len(results) - len(below) :]
            del results[len(results) - len(below) :]
            results.append(_together(node, arguments, as_typed))
        else:
            pending.append((node, True))
            pending.extend((child, False) for child in reversed(parts_of(node)))
    return results[0]


Inner = Call | Chain | Reduction
Definition = Assignment | FunctionDefinition


def _names_below(tree: Expression) -> set[str]:
    """Return the names in `tree`, those of indices and of functions that the text defines included."""
    found = set()
    for node in all_parts_of(tree):
        if isinstance(node, Name):
            found.add(node.name)
        elif isinstance(node, Reduction):
            found.add(node.index.name)
        elif isinstance(node, Call) and node.function not in FUNCTIONS:
            found.add(node.function)
    return found


def _equation(left: str, right: Box, sign: str = "=") -> Line:
    first, *others = right.parts
    return Line((left + operator(sign) + first, *others), right.work + 2)


def _together(node: Inner, arguments: list[Box], as_typed: Set[str]) -> Box:
    if isinstance(node, Reduction):
        return _reduction(node, name_box(node.index.name, as_typed), *arguments)
    if isinstance(node, Chain):
        return _chain(node, arguments)
    if node.function not in FUNCTIONS:
        return _applied(name_box(node.function, as_typed), arguments)
    kind, _, details = FUNCTIONS[node.function].form.partition(" ")
    return FORMS[kind or "name"](node.function, details, arguments)


def _infix(function: str, sign: str, arguments: list[Box]) -> Box:
    level = LEVELS[function]
    left, right = arguments
    return joined(level, _left(left, level), operator(sign), _held(right, level + 1, leading=False))


def _chain(node: Chain, terms: list[Box]) -> Box:
    chained, *others = (_held(term, COMPARISON + 1) for term in terms)
    for comparison, term in zip(node.comparisons, others, strict=True):
        chained = joined(COMPARISON, chained, operator(FUNCTIONS[comparison].form.split()[1]), term)
    return chained


def _prefix(function: str, sign: str, arguments: list[Box]) -> Box:
    level = LEVELS.get(function, SIGN)
    inner = _held(arguments[0], min(level, PRODUCT), leading=False)
    mark = word(sign + " ") if sign.isalpha() else operator(sign, "prefix")
    return Box(mark + inner.markup, level=level, tall=inner.tall, work=inner.work + 1, begins="sign", ends=inner.ends)


def _postfix(function: str, sign: str, arguments: list[Box]) -> Box:
    return joined(POWER, _held(arguments[0], ENCLOSED), operator(sign, "postfix"), Box())


def _product(function: str, _: str, arguments: list[Box]) -> Box:
    left, right = _left(arguments[0], PRODUCT), _held(arguments[1], PRODUCT + 1, leading=False)
    # Without the dot, `2 3`, `2 1/2` and `a (x + 1)` would be read as something else.
    dotted = right.begins in ("digit", "fraction") or (left.ends, right.begins) == ("letter", "bracket")
    return joined(PRODUCT, left, operator("·") if dotted else SPACE, right)


def _fraction(function: str, _: str, arguments: list[Box]) -> Box:
    over, under = (argument.tall if argument.tall < TALLEST_PLAIN else INNER * argument.tall for argument in arguments)
    fraction = stacked("mfrac", arguments, BAR_TALL * (over + under))
    return replace(fraction, begins="fraction", ends="fraction")


def _floored(function: str, _: str, arguments: list[Box]) -> Box:
    return fenced(_fraction(function, "", arguments), "⌊", "⌋")


def _power(function: str, _: str, arguments: list[Box]) -> Box:
    base, exponent = arguments
    # sin²(x), but (sin(x))⁻¹, since sin⁻¹ is the arcsine to many.
    carries = base.last and base.level > POWER and (not base.rest or exponent.whole > 1)
    return raised(base if carries else bracketed(base, always=True), exponent)


def _index(function: str, _: str, arguments: list[Box]) -> Box:
    whole, number = arguments
    # A name may have an index already.
    bare = whole.alone and not whole.last.startswith("<msub>")
    return stacked("msub", [whole if bare else fenced(whole), number], whole.tall)


def _root(function: str, index: str, arguments: list[Box]) -> Box:
    inner = arguments[0]
    below = [inner, Box(last=f"<mn>{index}</mn>")] if index else [inner]
    return stacked("mroot" if index else "msqrt", below, ROOT_TALL * inner.tall)


def _nth_root(function: str, _: str, arguments: list[Box]) -> Box:
    inner, index = arguments
    # A square root has no index.
    return stacked(
        "msqrt" if index.whole == 2 else "mroot", arguments[: 1 + (index.whole != 2)], ROOT_TALL * inner.tall
    )


def _fence(function: str, signs: str, arguments: list[Box]) -> Box:
    return fenced(_listed(arguments), *signs.split())


def _name(function: str, shown: str, arguments: list[Box]) -> Box:
    name, _, index = (shown or function).partition(" ")
    letters = word(name) if len(name) > 1 else f'<mi mathvariant="normal">{name}</mi>'
    head = f"<msub>{letters}<mn>{index}</mn></msub>" if index else letters
    return _applied(Box(last=head), arguments)


def _based(function: str, name: str, arguments: list[Box]) -> Box:
    *inside, base = arguments
    return _applied(stacked("msub", [Box(last=word(name)), base], 1.0, ENCLOSED), inside)


def _cases(function: str, _: str, arguments: list[Box]) -> Box:
    condition, chosen, otherwise = arguments
    rows = "".join(
        f"<mtr><mtd>{value}</mtd><mtd>{when}</mtd></mtr>"
        for value, when in ((chosen.markup, word("if ") + condition.markup), (otherwise.markup, word("otherwise")))
    )
    tall = max(chosen.tall, condition.tall) + otherwise.tall
    brace = f'<mo form="prefix" stretchy="false" minsize="{tall:.1f}em">{{</mo>'
    table = f'<mtable columnalign="left left" columnspacing="1em" rowspacing="0.2em">{rows}</mtable>'
    work = 2 * sum(argument.work for argument in arguments)
    return Box(brace + table, level=LEVELS[function], tall=1.2 * tall, work=work, begins="bracket")


def _applied(name: Box, arguments: list[Box]) -> Box:
    """Return ``name(arguments)``, which can be written ``name²(arguments)``."""
    inside = fenced(_listed(arguments))
    return replace(name, rest=inside.markup, tall=inside.tall, work=name.work + inside.work, ends="bracket")


def _listed(arguments: list[Box]) -> Box:
    if not arguments:
        return Box()
    listed = arguments[0]
    for argument in arguments[1:]:
        listed = joined(LOOSEST, listed, COMMA, argument)
    return listed


def _reduction(node: Reduction, index: Box, term: Box, first: Box, last: Box) -> Box:
    below = joined(LOOSEST, index, operator("="), first)
    limits = stacked(
        "munderover", [Box(last=operator(REDUCTIONS[node.function].form, "prefix")), below, last], LIMITS_TALL
    )
    return replace(joined(PRODUCT, limits, "", _held(term, PRODUCT, leading=False)), breaks=(), ends="term")


def _mean(function: str, _: str, arguments: list[Box]) -> Box:
    share = stacked("mfrac", [Box(last="<mn>1</mn>"), Box(last="<mi>n</mi>")], 1.0 + BAR_TALL)
    limits = joined(PRODUCT, share, "", Box(last=operator("∑", "prefix"), tall=SUM_TALL))
    return replace(
        joined(PRODUCT, limits, "", _held(arguments[0], PRODUCT, leading=False)),
        breaks=(),
        begins="fraction",
        ends="term",
    )


def _left(box: Box, level: int) -> Box:
    """Return the left operand of an operator, in brackets where it is a sum that the next factor would seem to join."""
    return bracketed(box) if level >= PRODUCT and box.ends == "term" else _held(box, level)


def _held(box: Box, loosest: int, leading: bool = True) -> Box:
    """Return `box`, in brackets where it binds more loosely, or begins with a sign that would follow another."""
    fits = box.level >= loosest and (leading or box.begins != "sign")
    return box if fits else bracketed(box)


FORMS: Mapping[str, Callable[[str, str, list[Box]], Box]] = MappingProxyType(
    {
        "infix": _infix, "prefix": _prefix, "postfix": _postfix, "product": _product, "fraction": _fraction,
        "floored": _floored, "power": _power, "index": _index, "root": _root, "nth": _nth_root, "fence": _fence,
        "name": _name, "based": _based, "cases": _cases, "mean": _mean,
    }
)  # fmt: skip
"""For each word that begins a `form`, the function that typesets it."""
