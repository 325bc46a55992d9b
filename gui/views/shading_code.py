"""The shading of all pixels as machine code of our own: one call, without Python's lock.

In NumPy it is forty operations on arrays, between which a thread waits for the lock each time; while a person types
or pans, when others want it too, that takes several times as long as the work itself.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from engine.language.assembly import LANES, function, literal
from engine.language.native import Code

REAL, WHOLE, PLACES = f"<{LANES} x float>", f"<{LANES} x i32>", f"<{LANES} x ptr>"
TRUTH = f"<{LANES} x i1>"
OPAQUE, CHANNELS = -(2**24), (16, 8, 0)
"""Of an ARGB32 pixel: its highest byte full, and by how many bits red, green and blue are shifted."""
FEWEST_COLUMNS = LANES + 2
"""A row begins and ends with a whole vector, and its slopes, which lack both ends, do too."""


def reals(value: float) -> str:
    """Return a vector of one number, as single precision has it."""
    return f"splat (float {literal(float(np.float32(value)))})"


def wholes(value: int) -> str:
    """Return a vector of one whole number."""
    return f"splat (i32 {value})"


@dataclass(frozen=True)
class Constants:
    """What decides on the look of a picture beside its colours; `gui.views.shading` tells what each means."""

    height_steps: int
    light_steps: int
    light: tuple[float, ...]
    ambient: float
    lines: int
    line_half_width: float
    densest_lines: float
    flattest: float
    faintest_line: float


@cache
def shader(constants: Constants) -> Callable[..., None]:
    """Return ``(rows, columns, hole, heights, numbers, table, slopes, pixels)``: the last five are addresses.

    `heights` (float32) and `pixels` (uint32) have `rows` times `columns` elements, `columns` at least
    `FEWEST_COLUMNS`; `numbers` (float32) are how steep a rise of 1 a pixel is across and down, then the line's red,
    green, blue and opacity; `table` is a palette's; `slopes` has room for `columns` float32.
    """
    code = Code(_Shading(constants).function())
    run = ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * 3, *[ctypes.c_void_p] * 5)(code.address("shade"))

    def shade(*arguments: int) -> None:
        # It names the code, or else that would be gone before it is run.
        assert code is not None
        run(*arguments)

    return shade


class _Writer:
    """Writes lines of assembly, and names what they make."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.declared: set[str] = set()
        self._count = 0

    def write(self, operation: str) -> str:
        """Write an operation, and return its result's name."""
        self._count += 1
        self.lines.append(f"%v{self._count} = {operation}")
        return f"%v{self._count}"

    def real(self, operation: str, left: str, right: str) -> str:
        """Write an operation on two vectors of numbers."""
        return self.write(f"{operation} {REAL} {left}, {right}")

    def whole(self, operation: str, left: str, right: str) -> str:
        """Write an operation on two vectors of whole numbers."""
        return self.write(f"{operation} {WHOLE} {left}, {right}")

    def choose(self, where: str, left: str, right: str, kind: str = REAL) -> str:
        """Write a choice, lane by lane."""
        return self.write(f"select {TRUTH} {where}, {kind} {left}, {kind} {right}")

    def call(self, name: str, *arguments: str) -> str:
        """Write a call of one of LLVM's functions of vectors."""
        types = ", ".join([REAL] * len(arguments))
        self.declared.add(f"declare {REAL} @llvm.{name}.v{LANES}f32({types})")
        given = ", ".join(f"{REAL} {argument}" for argument in arguments)
        return self.write(f"call nnan {REAL} @llvm.{name}.v{LANES}f32({given})")

    def within(self, value: str, low: float, high: float) -> str:
        """Write what keeps a vector between two numbers."""
        return self.call("minnum", self.call("maxnum", value, reals(low)), reals(high))

    def at(self, array: str, index: str, element: str = "float") -> str:
        """Write where an element of an array lies."""
        return self.write(f"getelementptr {element}, ptr {array}, i64 {index}")

    def load(self, array: str, index: str) -> str:
        """Write the loading of a vector of numbers."""
        return self.write(f"load {REAL}, ptr {self.at(array, index)}, align 4")

    def height(self, array: str, index: str) -> str:
        """Write the loading of heights, a hole as 0."""
        found = self.load(array, index)
        return self.choose(self.real("fcmp ord", found, found), found, "zeroinitializer")

    def limited(self, name: str, left: str, right: str) -> str:
        """Write the ``umin`` or ``umax`` of two counters."""
        self.declared.add(f"declare i64 @llvm.{name}.i64(i64, i64)")
        return self.write(f"call i64 @llvm.{name}.i64(i64 {left}, i64 {right})")

    def spread(self, number: str) -> str:
        """Write a vector of one number of the function's own."""
        first = self.write(f"insertelement {REAL} poison, float {number}, i64 0")
        return self.write(f"shufflevector {REAL} {first}, {REAL} poison, {WHOLE} zeroinitializer")

    def look_up(self, table: str, index: str) -> str:
        """Write the loading of the elements of a table of whole numbers at a vector of places."""
        name = f"@llvm.masked.gather.v{LANES}i32.v{LANES}p0"
        self.declared.add(f"declare {WHOLE} {name}({PLACES}, i32, {TRUTH}, {WHOLE})")
        places = self.write(f"getelementptr i32, ptr {table}, {WHOLE} {index}")
        return self.write(f"call {WHOLE} {name}({PLACES} {places}, i32 4, {TRUTH} splat (i1 true), {WHOLE} poison)")

    def rows(self, label: str, body: Callable[[], None]) -> None:
        """Write a loop over rows: `body` finds the row in ``%{label}``."""
        self.lines += [f"br label %{label}.each", f"{label}.each:"]
        self.lines.append(f"%{label} = phi i64 [0, %0], [%{label}.next, %{label}.end]")
        body()
        self.lines += [f"br label %{label}.end", f"{label}.end:", f"%{label}.next = add i64 %{label}, 1"]
        self.lines.append(f"%{label}.more = icmp ult i64 %{label}.next, %rows")
        self.lines += [f"br i1 %{label}.more, label %{label}.each, label %{label}.done", f"{label}.done:"]

    def vectors(self, label: str, first: str, last: str, body: Callable[[], None]) -> None:
        """Write a loop over vectors from `first` on, the last of which begins at `last`: it may overlap the one before.

        `body` finds where its vector begins in ``%{label}``.
        """
        self.lines += [f"br label %{label}.begin", f"{label}.begin:", f"br label %{label}.each", f"{label}.each:"]
        self.lines.append(f"%{label}.want = phi i64 [{first}, %{label}.begin], [%{label}.next, %{label}.each]")
        self.lines.append(f"%{label}.over = icmp ugt i64 %{label}.want, {last}")
        self.lines.append(f"%{label} = select i1 %{label}.over, i64 {last}, i64 %{label}.want")
        body()
        self.lines.append(f"%{label}.next = add i64 %{label}, {LANES}")
        self.lines.append(f"%{label}.more = icmp ult i64 %{label}, {last}")
        self.lines += [f"br i1 %{label}.more, label %{label}.each, label %{label}.done", f"{label}.done:"]


class _Shading(_Writer):
    """Writes the function ``shade``."""

    def __init__(self, constants: Constants) -> None:
        super().__init__()
        self._constants = constants
        numbers = [self.write(f"load float, ptr {self.at('%numbers', str(number))}") for number in range(6)]
        self._across, self._down, *self._line, self._opacity = map(self.spread, numbers)
        self._last = self.write(f"sub i64 %columns, {LANES}")
        first = self.write(f"insertelement {WHOLE} poison, i32 {self.write('trunc i64 %hole to i32')}, i64 0")
        self._holes = self.write(f"shufflevector {WHOLE} {first}, {WHOLE} poison, {WHOLE} zeroinitializer")

    def function(self) -> str:
        """Return the function, and the declarations of what it calls."""
        self.rows("r", self._row)
        pointers = ", ".join(f"ptr %{name}" for name in ("heights", "numbers", "table", "slopes", "pixels"))
        head = f"void @shade(i64 %rows, i64 %columns, i64 %hole, {pointers})"
        return "\n".join([*sorted(self.declared), function(head, [*self.lines, "ret void"])])

    def _row(self) -> None:
        here = self._row_of("%r")
        inner = self.limited("umax", self.limited("umin", "%r", self.write("sub i64 %rows, 2")), "1")
        above, under = (self._row_of(self.write(f"{way} i64 {inner}, 1")) for way in ("sub", "add"))
        # Where it begins and ends, the ground is as steep as beside.
        self.vectors("s", "1", self.write(f"sub i64 {self._last}, 1"), lambda: self._rise(here))
        for end, beside in (("0", "1"), *[tuple(self.write(f"sub i64 %columns, {away}") for away in (1, 2))]):
            found = self.write(f"load float, ptr {self.at('%slopes', beside)}")
            self.lines.append(f"store float {found}, ptr {self.at('%slopes', end)}")
        target = self.at("%pixels", self.write("mul i64 %r, %columns"), "i32")
        self.vectors("c", "0", self._last, lambda: self._pixels(here, above, under, target))

    def _row_of(self, number: str) -> str:
        return self.at("%heights", self.write(f"mul i64 {number}, %columns"))

    def _rise(self, here: str) -> None:
        """Write how much the ground rises to the right, by central differences."""
        after, before = (self.height(here, self.write(f"{way} i64 %s, 1")) for way in ("add", "sub"))
        rise = self.real("fmul", self.real("fsub", after, before), reals(0.5))
        self.lines.append(f"store {REAL} {rise}, ptr {self.at('%slopes', '%s')}, align 4")

    def _pixels(self, here: str, above: str, under: str, target: str) -> None:
        constants = self._constants
        raw, right = self.load(here, "%c"), self.load("%slopes", "%c")
        hole = self.real("fcmp uno", raw, raw)
        height = self.choose(hole, "zeroinitializer", raw)
        down = self.real("fmul", self.real("fsub", self.height(under, "%c"), self.height(above, "%c")), reals(0.5))
        step = self.call("rint", self.real("fmul", self.within(height, 0.0, 1.0), reals(constants.height_steps - 1)))
        place = self.real("fadd", self.real("fmul", step, reals(constants.light_steps)), self._lit(right, down))
        ground = self.look_up("%table", self.write(f"fptosi {REAL} {place} to {WHOLE}"))
        colour = self.choose(hole, self._holes, self._lined(ground, self._covered(height, right, down)), WHOLE)
        self.lines.append(f"store {WHOLE} {colour}, ptr {self.at(target, '%c', 'i32')}, align 4")

    def _lit(self, right: str, down: str) -> str:
        """Write how strongly each pixel is lit, 0 .. light_steps - 1."""
        x, y, z = self._constants.light
        tilt, lean = self.real("fmul", right, self._across), self.real("fmul", down, self._down)
        squares = self.real("fadd", self.real("fmul", tilt, tilt), self.real("fmul", lean, lean))
        length = self.call("sqrt", self.real("fadd", squares, reals(1.0)))
        turned = self.real("fadd", self.real("fmul", tilt, reals(-x)), self.real("fmul", lean, reals(-y)))
        cosine = self.real("fdiv", self.real("fadd", turned, reals(z)), length)
        ambient, steps = self._constants.ambient, self._constants.light_steps - 1.0
        strength = self.real("fmul", self.real("fadd", cosine, reals(ambient)), reals(steps / (1.0 + ambient)))
        return self.call("rint", self.within(strength, 0.0, steps))

    def _covered(self, height: str, right: str, down: str) -> str:
        """Write how much of each pixel an iso-line covers, 0..1: antialiased, one width at any slope."""
        constants = self._constants
        squares = self.real("fadd", self.real("fmul", right, right), self.real("fmul", down, down))
        slope = self.real("fmul", self.call("sqrt", squares), reals(constants.lines))
        counted = self.real("fmul", height, reals(constants.lines))
        nearest, steep = self.call("rint", counted), self.call("maxnum", slope, reals(constants.flattest))
        apart = self.real("fdiv", self.call("fabs", self.real("fsub", counted, nearest)), steep)
        cover = self.within(self.real("fsub", reals(constants.line_half_width + 0.5), apart), 0.0, 1.0)
        faded = self.call("minnum", self.real("fdiv", reals(constants.densest_lines), steep), reals(1.0))
        cover = self.real("fmul", cover, faded)
        for off in (
            self.real("fcmp olt", nearest, reals(1.0)),
            self.real("fcmp ogt", nearest, reals(constants.lines - 1)),
            self.real("fcmp olt", slope, reals(constants.flattest)),
        ):
            cover = self.choose(off, "zeroinitializer", cover)
        return cover

    def _lined(self, ground: str, cover: str) -> str:
        """Write the colours with a line over them."""
        share, mixed = self.real("fmul", cover, self._opacity), wholes(OPAQUE)
        for channel, shift in zip(self._line, CHANNELS, strict=True):
            byte = self.whole("and", self.whole("lshr", ground, wholes(shift)), wholes(255))
            below = self.write(f"uitofp {WHOLE} {byte} to {REAL}")
            moved = self.real("fadd", below, self.real("fmul", self.real("fsub", channel, below), share))
            byte = self.write(f"fptosi {REAL} {self.call('rint', self.within(moved, 0.0, 255.0))} to {WHOLE}")
            mixed = self.whole("or", mixed, self.whole("shl", byte, wholes(shift)))
        return self.choose(self.real("fcmp ogt", cover, reals(self._constants.faintest_line)), mixed, ground, WHOLE)
