"""A rule with places for numbers says, line by line and coordinate by coordinate, what the rule computes."""

import re

from engine import Race, compile_loss, compile_rule
from engine.language.display.numbered import ALWAYS, IF_NEGATIVE, NumberedRule, Place, marked_by, numbered_rule
from engine.language.display.typeset import Line
from engine.race.step_values.record import StepValues
from tests.engine.language.display.test_typeset import plain

PLACE = re.compile(r'<mspace width="[^"]*" height="[^"]*" mathbackground="([^"]*)"/>')
COORDINATE = "xy"


def step_of(racer: object, steps: int = 12) -> StepValues:
    race = Race(compile_loss("x^2 + 3*y^2"), [racer], (-1.2, 1.0))
    race.advance(steps)
    values = race.watch(0).made(steps)
    assert values is not None
    return values


def numbered(values: StepValues) -> NumberedRule:
    read = [values.read_by(number) for number in range(len(values.lines))]
    return numbered_rule(values.text, values.hyperparameters, read, [line.value for line in values.lines])


def shown(rule: NumberedRule, row: Line) -> str:
    """Return a row as text in which each place is the name that is read there, "?" for the result."""

    def name(match: re.Match[str]) -> str:
        number, brackets = marked_by(match[1])
        place = rule.places[number]
        word = f"{place.name or '?'}.{COORDINATE[place.coordinate]}"
        marks = {IF_NEGATIVE: f"⟨{word}⟩", ALWAYS: f"({word})"}
        return f"<mtext>{marks.get(brackets, word)}</mtext>"

    return "".join(plain(PLACE.sub(name, part)) for part in row.parts)


def rows_of(racer: object) -> list[list[str]]:
    rule = numbered(step_of(racer))
    return [[shown(rule, row) for row in line.rows] for line in rule.lines]


def test_adam_with_its_bias_correction() -> None:
    d, m, v, m_hat, v_hat, w = rows_of("Adam(lr=0.02)")
    assert d[0] == "d_{x}=g.x+0·⟨w.x⟩=?.x"
    assert m == ["m_{x}=0.9·⟨m.x⟩+(1−0.9)·⟨d.x⟩=?.x", "m_{y}=0.9·⟨m.y⟩+(1−0.9)·⟨d.y⟩=?.y"]
    assert v[1] == "v_{y}=0.999·⟨v.y⟩+(1−0.999)·(d.y)^{2}=?.y"
    assert m_hat[0] == "m_{hat,x}={m.x/1−0.9^{t.x}}=?.x"
    assert v_hat[0] == "v_{hat,x}={v.x/1−0.999^{t.x}}=?.x"
    assert w[0] == "w_{x}=w.x−{0.02·⟨m_hat.x⟩/√{v_hat.x}+10^{−8}}=?.x"


def test_a_number_has_one_row_in_which_vectors_are_whole() -> None:
    rule = compile_rule("n = norm(g)\nu = g/n\nw = w - lr*u", lr=0.01)
    n, u, _ = rows_of(rule)
    assert n == ["n=‖(g.x, g.y)‖=?.x"]
    assert u == ["u_{x}={g.x/n.x}=?.x", "u_{y}={g.y/n.x}=?.y"]


def test_functions_of_a_text_and_slopes_elsewhere_have_numbers_in_them() -> None:
    rule = compile_rule("half(a) = a/2\np = w - half(g)\nw = w - lr*grad(p)", lr=0.01)
    p, w = rows_of(rule)
    assert p[1] == "p_{y}=w.y−half(g.y)=?.y"
    assert w[0] == "w_{x}=w.x−0.01 (∇(p.x, p.y))_{1}=?.x"


def test_a_line_that_copies_a_name_does_not_say_it_twice() -> None:
    rule = compile_rule("last = g\nw = w - lr*last", lr=0.01)
    assert rows_of(rule)[0] == ["last_{x}=?.x", "last_{y}=?.y"]


def test_a_wrapped_rule_is_the_text_that_ran() -> None:
    lines = rows_of("SGD(lr=0.1) | clip_norm(max_norm=2)")
    assert lines[0][0] == "g_{x}=g.x min(1, {2/‖(g.x, g.y)‖})=?.x"


def test_places_are_those_of_their_lines() -> None:
    values = step_of("Momentum(lr=0.1)")
    rule = numbered(values)
    assert {place.line for place in rule.places} == set(range(len(values.lines)))
    assert Place(0, "", 1) in rule.places
