"""Functions of a loss from data: one that runs over the rows at one point, and those that call it at many points."""

from __future__ import annotations

from collections.abc import Sequence

from engine.language.codegen.assembly import (
    INTEGERS,
    LANES,
    MASK,
    VECTOR,
    function,
    load_uniforms,
    return_vectors,
    spread,
    vectors,
)
from engine.language.codegen.loops import Carried, loop
from engine.language.codegen.mean_loops import EVERY_LANE, MeanLoops
from engine.language.graph.graph import Graph

Function = tuple[str, set[str]]

_POINT = (
    "%xp = getelementptr double, ptr %xs, i64 %i", "%x = load double, ptr %xp",
    "%yp = getelementptr double, ptr %ys, i64 %i", "%y = load double, ptr %yp",
)  # fmt: skip
"""The lines that load the point with the number %i."""


def at_one_point(
    name: str, graph: Graph, outputs: Sequence[int], parameters: Sequence[str], columns: Sequence[str]
) -> Function:
    """Return the function ``name(x, y, parameters)`` of two doubles, which returns each output in every lane.

    `parameters` points to the values of the parameters; behind them stand, as integers, the number of rows and the
    address of each column's first row.  Up to `LANES` - 1 values behind the last row are read, too, but not used.
    """
    loads, uniform = load_uniforms(parameters, "%parameters", "p")
    loops = MeanLoops(graph, columns, {**uniform, "x": "%x", "y": "%y"}, "start")
    loops.lines += ["start:", *loads, *_integer("%rows", "i64", len(parameters)), "%count = uitofp i64 %rows to double"]
    for number in range(len(columns)):
        loops.lines += _integer(f"%column{number}", "ptr", len(parameters) + 1 + number)
    loops.add_all(outputs)
    body = loops.lines + return_vectors(loops.at_the_point(outputs))
    return function(f"{vectors(len(outputs))} @{name}(double %x, double %y, ptr %parameters)", body), loops.declarations


def in_every_lane(name: str, single: str, outputs: int) -> str:
    """Return the function ``name(x, y, parameters)`` of two vectors that calls `single` at the point of each lane.

    It calls once where all lanes are the same point, as those of a racer are.
    """
    lines = ["start:"]
    for axis in "xy":
        lines += [f"%{axis}0 = extractelement {VECTOR} %{axis}, i64 0", *spread(f"%{axis}0", f"%{axis}s")]
        lines += [f"%{axis}bits = bitcast {VECTOR} %{axis} to {INTEGERS}"]
        lines += [f"%{axis}sbits = bitcast {VECTOR} %{axis}s to {INTEGERS}"]
        lines += [f"%{axis}same = icmp eq {INTEGERS} %{axis}bits, %{axis}sbits"]
    lines += [f"%same = and {MASK} %xsame, %ysame", f"%samebits = bitcast {MASK} %same to i{LANES}"]
    lines += [f"%once = icmp eq i{LANES} %samebits, -1", *_call(single, outputs, "%x0", "%y0", "%first")]
    each = [f"%{axis}lane = extractelement {VECTOR} %{axis}, i64 %lane" for axis in "xy"]
    each += [*_call(single, outputs, "%xlane", "%ylane", "%answer"), *spread("%lane", "%lanes", "i64")]
    each += [f"%here = icmp eq {INTEGERS} %lanes, {EVERY_LANE}"]
    for number in range(outputs):
        answers = f"{VECTOR} %answer{number}, {VECTOR} %before{number}"
        each.append(f"%after{number} = select {MASK} %here, {answers}")
    carried = [Carried(f"%before{n}", f"%first{n}", f"%after{n}", f"%result{n}") for n in range(outputs)]
    enter = ["br i1 %once, label %done, label %each"]
    lines += loop(each, "%lane", first=1, step=1, end=LANES, entry="start", enter=enter, carried=carried)
    lines += return_vectors([f"%result{number}" for number in range(outputs)])
    return function(f"{vectors(outputs)} @{name}({VECTOR} %x, {VECTOR} %y, ptr %parameters)", lines)


def in_lanes_of_members(name: str, single: str, outputs: int, numbers: int) -> str:
    """Return the function ``name(x, y, table, i, n)`` of two vectors that calls `single` for each lane.

    The parameters of a lane are its row of the table (n, numbers), from row i on.
    """
    each = [f"%{axis}lane = extractelement {VECTOR} %{axis}, i64 %lane" for axis in "xy"]
    each += ["%own = add i64 %i, %lane", f"%skipped = mul i64 %own, {numbers}"]
    each.append("%parameters = getelementptr double, ptr %table, i64 %skipped")
    each += _call(single, outputs, "%xlane", "%ylane", "%answer")
    for number in range(outputs):
        each.append(f"%one{number} = extractelement {VECTOR} %answer{number}, i64 0")
        each.append(f"%after{number} = insertelement {VECTOR} %before{number}, double %one{number}, i64 %lane")
    carried = [Carried(f"%before{number}", "poison", f"%after{number}") for number in range(outputs)]
    enter = ["br label %each"]
    lines = ["start:", *loop(each, "%lane", step=1, end=LANES, entry="start", enter=enter, carried=carried)]
    lines += return_vectors([f"%after{number}" for number in range(outputs)])
    return function(f"{vectors(outputs)} @{name}({VECTOR} %x, {VECTOR} %y, ptr %table, i64 %i, i64 %n)", lines)


def over_members(name: str, single: str, numbers: int) -> str:
    """Return the function ``name(n, x, y, table, f)`` that calls `single` at each of `n` points with its own row."""
    each = [f"%skipped = mul i64 %i, {numbers}", "%parameters = getelementptr double, ptr %table, i64 %skipped"]
    each += [*_POINT, *_call(single, 1, "%x", "%y", "%answer"), f"%result = extractelement {VECTOR} %answer0, i64 0"]
    each += ["%place = getelementptr double, ptr %f, i64 %i", "store double %result, ptr %place"]
    lines = ["start:", *loop(each, step=1, entry="start"), "ret void"]
    return function(f"void @{name}(i64 %n, ptr %xs, ptr %ys, ptr %table, ptr %f)", lines)


def over_points(name: str, single: str, outputs: int) -> str:
    """Return the function ``name(n, x, y, parameters, *results)`` that calls `single` at each of `n` points."""
    each = [*_POINT, *_call(single, outputs, "%x", "%y", "%answer")]
    for number in range(outputs):
        each.append(f"%result{number} = extractelement {VECTOR} %answer{number}, i64 0")
        each.append(f"%place{number} = getelementptr double, ptr %out{number}, i64 %i")
        each.append(f"store double %result{number}, ptr %place{number}")
    lines = ["start:", *loop(each, step=1, entry="start"), "ret void"]
    pointers = ("%xs", "%ys", "%parameters", *(f"%out{number}" for number in range(outputs)))
    return function(f"void @{name}(i64 %n, {', '.join(f'ptr {pointer}' for pointer in pointers)})", lines)


def _integer(operand: str, type_: str, place: int) -> list[str]:
    """Return the lines that load an integer or an address that stands behind the parameters."""
    return [
        f"{operand}p = getelementptr double, ptr %parameters, i64 {place}",
        f"{operand} = load {type_}, ptr {operand}p",
    ]


def _call(single: str, answers: int, x: str, y: str, name: str) -> list[str]:
    """Return the lines that call `single` at a point; the operands of its results are `name` and their number."""
    returned = vectors(answers)
    lines = [f"{name} = call {returned} @{single}(double {x}, double {y}, ptr %parameters)"]
    return lines + [f"{name}{number} = extractvalue {returned} {name}, {number}" for number in range(answers)]
