"""A loss from data as machine code: at one point over its rows, and from there at many points."""

from __future__ import annotations

from collections.abc import Sequence

from engine.language.codegen.assembly import INTEGERS, LANES, MASK, VECTOR, function, load_uniforms, vectors
from engine.language.codegen.mean_loops import EVERY_LANE, MeanLoops, splat
from engine.language.graph.graph import Graph

Function = tuple[str, set[str]]


def at_one_point(
    name: str, graph: Graph, outputs: Sequence[int], parameters: Sequence[str], columns: Sequence[str]
) -> Function:
    """Return the function ``name(x, y, parameters)`` of two doubles, which returns each output in every lane.

    `parameters` points to the values of the parameters; behind them stand, as integers, the number of rows and the
    address of each column's first row.  Up to `LANES` - 1 values behind the last row are read too, and left out.
    """
    loads, uniform = load_uniforms(parameters, "%parameters", "p")
    loops = MeanLoops(graph, columns, {**uniform, "x": "%x", "y": "%y"}, "start")
    loops.lines += ["start:", *loads, *_integer("%rows", "i64", len(parameters)), "%count = uitofp i64 %rows to double"]
    for number in range(len(columns)):
        loops.lines += _integer(f"%column{number}", "ptr", len(parameters) + 1 + number)
    loops.add_all(outputs)
    body = loops.lines + _returned(loops.at_the_point(outputs))
    return function(f"{vectors(len(outputs))} @{name}(double %x, double %y, ptr %parameters)", body), loops.declarations


def in_every_lane(name: str, single: str, outputs: int) -> str:
    """Return the function ``name(x, y, parameters)`` of two vectors that asks `single` at the point of each lane.

    Once is enough where all lanes are the same point, as those of a racer are.
    """
    lines = ["start:"]
    for axis in "xy":
        lines += [f"%{axis}0 = extractelement {VECTOR} %{axis}, i64 0", *splat(f"%{axis}0", f"%{axis}s", "double")]
        lines += [f"%{axis}bits = bitcast {VECTOR} %{axis} to {INTEGERS}"]
        lines += [f"%{axis}sbits = bitcast {VECTOR} %{axis}s to {INTEGERS}"]
        lines += [f"%{axis}same = icmp eq {INTEGERS} %{axis}bits, %{axis}sbits"]
    lines += [f"%same = and {MASK} %xsame, %ysame", f"%samebits = bitcast {MASK} %same to i{LANES}"]
    lines += [f"%once = icmp eq i{LANES} %samebits, -1", *_ask(single, outputs, "%x0", "%y0", "%first")]
    lines += ["br i1 %once, label %done, label %each", "each:", "%lane = phi i64 [1, %start], [%next, %each]"]
    for number in range(outputs):
        lines.append(f"%before{number} = phi {VECTOR} [%first{number}, %start], [%after{number}, %each]")
    lines += [f"%{axis}lane = extractelement {VECTOR} %{axis}, i64 %lane" for axis in "xy"]
    lines += [*_ask(single, outputs, "%xlane", "%ylane", "%answer"), *splat("%lane", "%lanes", "i64")]
    lines += [f"%here = icmp eq {INTEGERS} %lanes, {EVERY_LANE}"]
    for number in range(outputs):
        answers = f"{VECTOR} %answer{number}, {VECTOR} %before{number}"
        lines.append(f"%after{number} = select {MASK} %here, {answers}")
    lines += ["%next = add i64 %lane, 1", f"%more = icmp ult i64 %next, {LANES}"]
    lines += ["br i1 %more, label %each, label %done", "done:"]
    for number in range(outputs):
        lines.append(f"%result{number} = phi {VECTOR} [%first{number}, %start], [%after{number}, %each]")
    lines += _returned([f"%result{number}" for number in range(outputs)])
    return function(f"{vectors(outputs)} @{name}({VECTOR} %x, {VECTOR} %y, ptr %parameters)", lines)


def in_lanes_of_members(name: str, single: str, outputs: int, numbers: int) -> str:
    """Return the function ``name(x, y, table, i, n)`` of two vectors that asks `single` for each lane.

    The parameters of a lane are its row of the table (n, numbers), from row i on.
    """
    lines = ["start:", "br label %each", "each:", "%lane = phi i64 [0, %start], [%next, %each]"]
    for number in range(outputs):
        lines.append(f"%before{number} = phi {VECTOR} [poison, %start], [%after{number}, %each]")
    lines += [f"%{axis}lane = extractelement {VECTOR} %{axis}, i64 %lane" for axis in "xy"]
    lines += ["%own = add i64 %i, %lane", f"%skipped = mul i64 %own, {numbers}"]
    lines.append("%parameters = getelementptr double, ptr %table, i64 %skipped")
    lines += _ask(single, outputs, "%xlane", "%ylane", "%answer")
    for number in range(outputs):
        lines.append(f"%one{number} = extractelement {VECTOR} %answer{number}, i64 0")
        lines.append(f"%after{number} = insertelement {VECTOR} %before{number}, double %one{number}, i64 %lane")
    lines += ["%next = add i64 %lane, 1", f"%more = icmp ult i64 %next, {LANES}"]
    lines += ["br i1 %more, label %each, label %done", "done:"]
    lines += _returned([f"%after{number}" for number in range(outputs)])
    return function(f"{vectors(outputs)} @{name}({VECTOR} %x, {VECTOR} %y, ptr %table, i64 %i, i64 %n)", lines)


def over_members(name: str, single: str, numbers: int) -> str:
    """Return the function ``name(n, x, y, table, f)`` that asks `single` at each of `n` points with its own row."""
    lines = ["start:", "%idle = icmp eq i64 %n, 0", "br i1 %idle, label %done, label %each"]
    lines += ["each:", "%i = phi i64 [0, %start], [%next, %each]", f"%skipped = mul i64 %i, {numbers}"]
    lines.append("%parameters = getelementptr double, ptr %table, i64 %skipped")
    for axis in "xy":
        lines += [f"%{axis}p = getelementptr double, ptr %{axis}s, i64 %i", f"%{axis} = load double, ptr %{axis}p"]
    lines += [*_ask(single, 1, "%x", "%y", "%answer"), f"%result = extractelement {VECTOR} %answer0, i64 0"]
    lines += ["%place = getelementptr double, ptr %f, i64 %i", "store double %result, ptr %place"]
    lines += ["%next = add i64 %i, 1", "%more = icmp ult i64 %next, %n"]
    lines += ["br i1 %more, label %each, label %done", "done:", "ret void"]
    return function(f"void @{name}(i64 %n, ptr %xs, ptr %ys, ptr %table, ptr %f)", lines)


def over_points(name: str, single: str, outputs: int) -> str:
    """Return the function ``name(n, x, y, parameters, *results)`` that asks `single` at each of `n` points."""
    lines = ["start:", "%idle = icmp eq i64 %n, 0", "br i1 %idle, label %done, label %each"]
    lines += ["each:", "%i = phi i64 [0, %start], [%next, %each]"]
    for axis in "xy":
        lines += [f"%{axis}p = getelementptr double, ptr %{axis}s, i64 %i", f"%{axis} = load double, ptr %{axis}p"]
    lines += _ask(single, outputs, "%x", "%y", "%answer")
    for number in range(outputs):
        lines.append(f"%result{number} = extractelement {VECTOR} %answer{number}, i64 0")
        lines.append(f"%place{number} = getelementptr double, ptr %out{number}, i64 %i")
        lines.append(f"store double %result{number}, ptr %place{number}")
    lines += ["%next = add i64 %i, 1", "%more = icmp ult i64 %next, %n"]
    lines += ["br i1 %more, label %each, label %done", "done:", "ret void"]
    pointers = ("%xs", "%ys", "%parameters", *(f"%out{number}" for number in range(outputs)))
    return function(f"void @{name}(i64 %n, {', '.join(f'ptr {pointer}' for pointer in pointers)})", lines)


def _integer(operand: str, type_: str, place: int) -> list[str]:
    """Return the lines that load what stands among the parameters and is none."""
    return [
        f"{operand}p = getelementptr double, ptr %parameters, i64 {place}",
        f"{operand} = load {type_}, ptr {operand}p",
    ]


def _ask(single: str, answers: int, x: str, y: str, name: str) -> list[str]:
    """Return the lines that ask at a point; the answers are called `name` and their number."""
    returned = vectors(answers)
    lines = [f"{name} = call {returned} @{single}(double {x}, double {y}, ptr %parameters)"]
    return lines + [f"{name}{number} = extractvalue {returned} {name}, {number}" for number in range(answers)]


def _returned(results: Sequence[str]) -> list[str]:
    """Return the lines that return vectors together."""
    returned, joined, lines = vectors(len(results)), "poison", []
    for number, result in enumerate(results):
        lines.append(f"%returned{number} = insertvalue {returned} {joined}, {VECTOR} {result}, {number}")
        joined = f"%returned{number}"
    return [*lines, f"ret {returned} {joined}"]
