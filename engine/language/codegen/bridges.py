"""Functions between our machine code and that of another compiler: they call a loss of ours, or serve as one.

Only our own functions pass vectors to each other, since another compiler may pass them in other registers.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from engine.language.codegen.assembly import LANES, VECTOR, VECTOR_BYTES, function, load, spread, store, vectors
from engine.language.codegen.loops import loop
from engine.language.codegen.loss_kernel import FIRST_ORDER
from engine.language.codegen.machine_code import Code
from engine.language.codegen.row_kernel import in_lanes_of_members, over_members


def asking_at_one_point(point: int) -> Code:
    """Return the code of ``single(x, y, parameters, answer)``, which calls a loss at one point."""
    answer = vectors(FIRST_ORDER)
    body = [*spread("%x", "%xs"), *spread("%y", "%ys"), f"%point = inttoptr i64 {point} to ptr"]
    body.append(f"%all = call {answer} %point({VECTOR} %xs, {VECTOR} %ys, ptr %parameters)")
    for number in range(FIRST_ORDER):
        body += [f"%v{number} = extractvalue {answer} %all, {number}"]
        body += [f"%f{number} = extractelement {VECTOR} %v{number}, i64 0"]
        body += [
            f"%p{number} = getelementptr double, ptr %answer, i64 {number}",
            f"store double %f{number}, ptr %p{number}",
        ]
    return Code(function("void @single(double %x, double %y, ptr %parameters, ptr %answer)", [*body, "ret void"]))


@cache
def asking_at_many_points(members: bool) -> Code:
    """Return the code of ``ask(n, here, losses, slopes, parameters, point)``: loss and slopes at many points."""
    more = ", i64 %i, i64 %n" if members else ""
    names = ("here", "losses", "slopes", "parameters", "point")
    body = [f"%{name}p = inttoptr i64 %{name} to ptr" for name in names]
    each = ["%second = add i64 %n, %i", *load("%x", "%herep", "%i"), *load("%y", "%herep", "%second")]
    answer = vectors(FIRST_ORDER)
    each.append(f"%all = call {answer} %pointp({VECTOR} %x, {VECTOR} %y, ptr %parametersp{more})")
    each += [f"%v{number} = extractvalue {answer} %all, {number}" for number in range(FIRST_ORDER)]
    each += [*store("%v0", "%lossesp", "%s0", "%i"), *store("%v1", "%slopesp", "%s1", "%i")]
    each += store("%v2", "%slopesp", "%s2", "%second")
    body += [*loop(each), "ret void"]
    arguments = ", ".join(f"i64 %{name}" for name in ("n", *names))
    return Code(function(f"void @ask({arguments})", body))


def answering_at_vectors(entries: Mapping[int, int]) -> Code:
    """Return the code of ``point`` for one vector of points, which calls functions of arrays.

    `entries` are the addresses of these functions, each with its number of results.
    """
    count = sum(entries.values())
    places = ["xs", "ys", *(f"out{number}" for number in range(count))]
    body = [f"%{place} = alloca {VECTOR}, align {VECTOR_BYTES}" for place in places]
    body += [f"store {VECTOR} %{name}, ptr %{name}s, align {VECTOR_BYTES}" for name in "xy"]
    body += _calls(entries, LANES)
    returned, joined = vectors(count), "poison"
    for number in range(count):
        body.append(f"%v{number} = load {VECTOR}, ptr %out{number}, align {VECTOR_BYTES}")
        body.append(f"%r{number} = insertvalue {returned} {joined}, {VECTOR} %v{number}, {number}")
        joined = f"%r{number}"
    return Code(
        function(f"{returned} @point({VECTOR} %x, {VECTOR} %y, ptr %parameters)", [*body, f"ret {returned} {joined}"])
    )


def answering_members(value: int, entries: Mapping[int, int], numbers: int) -> Code:
    """Return the code of ``point`` and ``value`` for instances that have so many parameters each.

    `value` is the address of the loss over arrays; `entries` are as for `answering_at_vectors`.
    """
    functions = [_single("single1", {value: 1}), _single("single", entries)]
    functions.append(in_lanes_of_members("point", "single", sum(entries.values()), numbers))
    return Code("\n".join([*functions, over_members("value", "single1", numbers)]))


def _single(name: str, entries: Mapping[int, int]) -> str:
    """Return ``name(x, y, parameters)`` of two doubles, which returns each result of `entries` in every lane."""
    count = sum(entries.values())
    body = [f"%{place} = alloca double" for place in ("xs", "ys", *(f"out{number}" for number in range(count)))]
    body += [f"store double %{axis}, ptr %{axis}s" for axis in "xy"]
    body += [*_calls(entries, 1)]
    returned, joined = vectors(count), "poison"
    for number in range(count):
        body += [f"%d{number} = load double, ptr %out{number}", *spread(f"%d{number}", f"%v{number}.")]
        body.append(f"%r{number} = insertvalue {returned} {joined}, {VECTOR} %v{number}., {number}")
        joined = f"%r{number}"
    return function(f"{returned} @{name}(double %x, double %y, ptr %parameters)", [*body, f"ret {returned} {joined}"])


def _calls(entries: Mapping[int, int], points: int) -> list[str]:
    """Return the lines that call each of `entries` for so many points."""
    lines, first = [], 0
    for number, (address, results) in enumerate(entries.items()):
        outputs = ", ".join(f"ptr %out{first + result}" for result in range(results))
        lines.append(f"%entry{number} = inttoptr i64 {address} to ptr")
        lines.append(f"call void %entry{number}(i64 {points}, ptr %xs, ptr %ys, ptr %parameters, {outputs})")
        first += results
    return lines
