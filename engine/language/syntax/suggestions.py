"""Hints for names and signs that have no meaning where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.language.errors import FormulaError, Replacement
from engine.language.functions import Function
from engine.language.syntax.tokens import Token

LONGEST_SHOWN = 30
"""Characters of a name that a message repeats, so that the sentence stays short."""

LONGEST_READING = 48
"""Characters of each of two readings."""

FOREIGN = frozenset(
    "False None True assert async await break class continue def del elif except finally for from global import in is "  # noqa: SIM905
    "lambda match nonlocal pass print raise return try while with xor yield".split()
)
"""Words of programming languages."""

_LARGE = "Write a large number, such as 1e300."
NO_NUMBERS: Mapping[str, str] = {
    **dict.fromkeys(("inf", "Inf", "infinity", "Infinity", "oo"), _LARGE),
    **dict.fromkeys(("nan", "NaN"), "Write a number."),
    "PI": 'Write "pi".', "Pi": 'Write "pi".', "true": 'Write "1".', "false": 'Write "0".',
}  # fmt: skip
"""Hints for names that look like a number and would otherwise become a parameter without a word."""

OTHER_AXES: Mapping[str, str] = {
    **dict.fromkeys(("X", "x1", "x_1"), "x"), **dict.fromkeys(("Y", "x2", "x_2"), "y"),
}  # fmt: skip
"""For each name that other books give a coordinate, ours: as parameters they would make the landscape flat."""

ELSEWHERE: Mapping[str, str] = {
    "pow": 'Write "a^b".', "power": 'Write "a^b".', "square": 'Write "a^2".', "int": 'Did you mean "trunc"?',
    "arctg": 'Did you mean "atan"?', "if": 'Write "a if c else b".',
    "random": 'A rule may use "rand()"; a loss is the same each time.',
    **dict.fromkeys(("product", "mul"), 'Did you mean "prod"?'), **dict.fromkeys(("Sum", "add"), 'Did you mean "sum"?'),
}  # fmt: skip
"""Hints for functions of other languages that this one writes differently."""

OTHERWISE_COUNTED: Mapping[tuple[str, int], str] = {
    ("root", 1): "sqrt(u)", ("nthroot", 1): "sqrt(u)", ("ln", 2): "log(u, v)", ("lg", 2): "log(u, v)",
    **{(root, 2): "root(u, v)" for root in ("sqrt", "cbrt")},
    **{(angle, 2): "atan2(u, v)" for angle in ("atan", "arctan")},
    ("hypot", 3): "norm(u, v, s)", ("abs", 2): "norm(u, v)", ("exp", 2): "u^v", ("norm", 0): "norm(u, v)",
}  # fmt: skip
"""For a function and a number of arguments that it does not take, the call that takes them."""

GIVEN_AT_W: Mapping[str, str] = {"grad": "g", "loss": "f"}
"""For each function of a point, the name that a rule has for its value at the position."""

BINDS_ONE_FACTOR = frozenset({"^", "/", "//", "%"})
"""Signs whose right side is a single factor: behind them, `x*y` in place of a name would mean something else."""

CONTINUED = frozenset({*"+-*/%^(,", "//", "<", "<=", ">", ">=", "==", "!="})
"""Signs after which an expression goes on."""

_CHOICE = 'Write "a if c else b".'
_MISFITS: Mapping[str, str] = {
    "=": 'To compare, write "==".',
    ",": "Numbers have a decimal point; arguments stand within a function's brackets.",
    "|": 'Close every "|" with another.',
    "if": _CHOICE, "else": _CHOICE, "not": 'Put brackets around "not" and what it denies.',
}  # fmt: skip

_MISFIT_PAIRS: Mapping[tuple[str, str], str] = {
    ("=", "<"): 'Write "<=".', ("=", ">"): 'Write ">=".', ("<", ">"): 'Write "!=".', ("*", "*"): 'Write "^".',
    ("/", "*"): 'A remark begins with "#".',
    **{(sign, "="): "Nothing can be changed here: define a new name." for sign in "+-*/%^"},
}  # fmt: skip
"""Hints for two signs beside each other, of which one does not fit."""


def shown(name: str, longest: int = LONGEST_SHOWN) -> str:
    """Return `name`, shortened to what a sentence can hold."""
    return name if len(name) <= longest else name[: longest - 1] + "…"


def misfit(tokens: Sequence[Token], at: int) -> str:
    """Return the hint for the token at `at`, which does not fit after those before it."""
    token, before, after = tokens[at], tokens[max(at - 1, 0)], tokens[min(at + 1, len(tokens) - 1)]
    for pair in ((before.text, token.text), (token.text, after.text)):
        if pair in _MISFIT_PAIRS and before is not token:
            return _MISFIT_PAIRS[pair]
    if token.text == ")":
        texts = [earlier.text for earlier in tokens[:at]]
        open_brackets = texts.count("(") - texts.count(")")
        return "Something is missing before it." if open_brackets > 0 else 'There is no "(" for it.'
    if token.kind == "number":
        return _misfit_number(before, token)
    if token.text == "," and _closely_between_numbers(before, token, after):
        return _comma_in_number(before.text, after.text)
    return _MISFITS.get(token.text, "Something is missing before it.")


def _misfit_number(before: Token, token: Token) -> str:
    if before.kind == "number" and before.end == token.start:
        return "A number has one decimal point."
    if before.kind == "number" and len(token.text) == len("000") and token.text.isdecimal():
        return f'A large number has no gaps: "{shown(before.text + token.text)}". To multiply, write "*" before it.'
    return 'To multiply, write "*" before it.'


def _comma_in_number(before: str, after: str) -> str:
    """Return how to write a number whose comma stands between `before` and `after`."""
    large = shown(before.replace(".", "") + ("." if "." in before else "") + after)
    if "." in before + after:
        return f'A number has one decimal point and no gaps: "{large}".'
    grouped = len(after) == len("000") and not before.startswith("0")
    thousands = f' A large one has no gaps: "{large}".' if grouped else ""
    return f'A decimal number has a point: "{shown(f"{before}.{after}")}".{thousands}'


def decimal_comma(before: Token, comma: Token, after: Token) -> bool:
    """Return whether a comma stands closely between two numbers without a point, as in ``1,5``."""
    return _closely_between_numbers(before, comma, after) and "." not in before.text + after.text


def _closely_between_numbers(before: Token, comma: Token, after: Token) -> bool:
    return before.kind == after.kind == "number" and before.end == comma.start and comma.end == after.start


def two_meanings(start: int, end: int, first: str, second: str) -> FormulaError:
    """Return the error for a part of a text that may mean `first` or `second`, which are texts for its place."""
    hint = f'Write "{shown(first, LONGEST_READING)}" or "{shown(second, LONGEST_READING)}".'
    replacements = (Replacement(first, start, end), Replacement(second, start, end))
    return FormulaError("This may mean two things.", start, end, hint, replacements=replacements)


def product_meant(sign: str, product: str) -> str:
    """Return, within quotes, what to write for a name behind `sign` that may mean a `product`."""
    if not sign or "*" not in product:
        return f'"{shown(product)}"'
    sign = "√" if sign == "sqrt" else sign
    minus = "-" * sign.endswith("-")
    return f'"{shown(f"{sign.removesuffix(minus)}({minus}{product})")}" or "{shown(sign + product)}"'


def arguments_taken(specs: Sequence[Function]) -> str:
    """Return in words how many arguments the functions of one name take."""
    least, most = specs[0].least, specs[-1].most
    if most is None:
        return "one or more arguments"
    return counted(most) if least == most else f"{least or 'no'} or {counted(most)}"


def calls_meant(name: str, specs: Sequence[Function], arguments: int) -> str:
    """Return the calls that may be meant by `name` with so many arguments, each within quotes."""
    other = OTHERWISE_COUNTED.get((name, arguments))
    return " or ".join(f'"{call}"' for call in ([other] if other else [spec.signature for spec in specs]))


def counted(arguments: int) -> str:
    """Return a number of arguments in words."""
    return "1 argument" if arguments == 1 else f"{arguments or 'no'} arguments"


def call_shown(name: str, parameters: Sequence[str]) -> str:
    """Return a call of a function that the text defines, shortened to what a sentence can hold."""
    return shown(f"{name}({', '.join(parameters)})")
