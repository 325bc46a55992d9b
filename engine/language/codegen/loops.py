"""A counted loop in LLVM assembly: the one form in which kernels go through instances, rows, lanes and steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from engine.language.codegen.assembly import LANES, VECTOR


class Carried(NamedTuple):
    """A vector, or another value, that each turn of a loop hands on to the next.

    Attributes
    ----------
    before : str
        The operand that a turn finds.
    first : str
        The operand that the first turn finds.
    after : str
        The operand that a turn leaves.
    result : str
        The operand that holds it behind the loop, `first` where there was no turn; "" where none is needed.
    type : str
        Its type in the assembly.
    """

    before: str
    first: str
    after: str
    result: str = ""
    type: str = VECTOR


def loop(
    body: Sequence[str],
    counter: str = "%i",
    first: int | str = 0,
    step: int = LANES,
    end: int | str = "%n",
    entry: str = "0",
    enter: Sequence[str] | None = None,
    carried: Sequence[Carried] = (),
    begin: str = "each",
    last: str = "",
    done: str = "done",
) -> list[str]:
    """Return the lines of a loop: while `counter` is below `end`, from `first` on by `step`.

    Parameters
    ----------
    body
        The lines of one turn.
    entry
        The label of the block before the loop, which these lines end; "0" is the first of a function without a label.
    enter
        The lines that end that block and go to `begin` or to `done`; by default there is a turn unless `end` is 0.
    carried
        What a turn hands on to the next.
    begin, last, done
        The labels of the first and of the last block of a turn, "" where they are the same, and of what follows.
    """
    last = last or begin
    if enter is None:
        enter = [f"{counter}none = icmp eq i64 {end}, 0", f"br i1 {counter}none, label %{done}, label %{begin}"]
    lines = [*enter, f"{begin}:", f"{counter} = phi i64 [{first}, %{entry}], [{counter}next, %{last}]"]
    lines += [f"{one.before} = phi {one.type} [{one.first}, %{entry}], [{one.after}, %{last}]" for one in carried]
    lines += [*body, f"{counter}next = add i64 {counter}, {step}"]
    lines += [f"{counter}more = icmp ult i64 {counter}next, {end}"]
    lines += [f"br i1 {counter}more, label %{begin}, label %{done}", f"{done}:"]
    results = [one for one in carried if one.result]
    return lines + [f"{one.result} = phi {one.type} [{one.first}, %{entry}], [{one.after}, %{last}]" for one in results]
